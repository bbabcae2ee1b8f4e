"""The night without its database: what a folder of files comes to, night after night."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.inbox import Outcome, files_in
from joinedup.pipeline.kept import RECORD, Kept
from joinedup.pipeline.night_folder import NightFolder
from joinedup.pipeline.run import Asked, Base, Ran, run_night
from tests.pipeline.night_files import DAY, NHS_1, NHS_2, flows, may, write

ANN = {"record_id": "1", "given_name": "Ann", "family_name": "Ash", "born_on": "01/05/1990",
       "sex": "F", "address": "1 Oak Road, Town", "postcode": "JU1 0AA", "uprn": "999900000001"}  # fmt: skip
BEN = {"record_id": "2", "given_name": "Ben", "family_name": "Beech", "born_on": "02/06/1980",
       "sex": "M", "address": "2 Oak Road, Town", "postcode": "JU1 0AA"}  # fmt: skip
CAT = {"record_id": "3", "given_name": "Cathal", "family_name": "Cedar", "born_on": "1975-07-03",
       "sex": "M", "address": "3 Oak Road, Town", "postcode": "JU1 0AA"}  # fmt: skip
NEXT = DAY + timedelta(days=1)


class Nights:
    """A place whose nights are run one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = folder / "inbox"
        self.ran: list[Ran] = []
        self.loaded: dict[str, frozenset[date]] = {}
        self.latest: dict[tuple[str, str], date] = {}

    def run(self, *, as_at: date = DAY, **asked: Any) -> Ran:
        before = self.ran[-1].folder if self.ran else None
        out = self.folder / f"night{len(self.ran)}"
        ran = run_night(
            Asked(
                **{
                    "files": files_in(self.inbox) if self.inbox.exists() else [],
                    "as_at": as_at,
                    "may": may(as_at=as_at),
                    "out": out,
                    "loaded": self.loaded,
                    "latest": self.latest,
                    "before": before,
                    **asked,
                }
            )
        )
        for outcome in ran.outcomes:
            if outcome.status == "loaded":
                days = self.loaded.get(outcome.sha256, frozenset())
                self.loaded[outcome.sha256] = days | {outcome.as_at}
                self.latest[outcome.contract, outcome.population] = outcome.as_at
        ran.folder.close({"stamp": str(len(self.ran))})
        self.ran.append(ran)
        return ran


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def one(ran: Ran) -> Outcome:
    [outcome] = ran.outcomes
    return outcome


def held_of(folder: NightFolder) -> pa.Table:
    with on_this_machine() as engine:
        return Kept(engine, "held", RECORD, folder.path).whole()


def keys(rows: pa.Table | Path) -> list[str]:
    table = pq.read_table(rows) if isinstance(rows, Path) else rows
    return sorted(table.column("record_id").to_pylist())


def people(ran: Ran) -> list[Sequence[str]]:
    """The records of each person, as sorted lists."""
    together: dict[str, list[str]] = {}
    for link in ran.linked.links().to_pylist():
        together.setdefault(link["person"], []).append(f"{link['agency']} {link['record_id']}")
    return sorted(sorted(records) for records in together.values())


def test_a_first_night_takes_everybody_and_joins_agencies(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN, BEN])
    write(nights.inbox, "fire", [{**ANN, "record_id": "F1"}])
    fire, housing = nights.run().outcomes
    assert (housing.sent, housing.loaded, housing.new, housing.matched) == (2, 2, 2, 1)
    assert (fire.new, fire.matched) == (1, 1)
    assert people(nights.ran[0]) == [["fire F1", "housing 1"], ["housing 2"]]


def test_the_same_file_twice_changes_nothing(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN])
    first = nights.run()
    second = nights.run(as_at=NEXT)
    assert second.outcomes == ()
    assert "was loaded before and changes nothing" in second.told[0]
    assert keys(second.folder.changes) == []
    assert people(second) == people(first)


def test_a_renamed_copy_is_known_by_its_contents(nights: Nights) -> None:
    path = write(nights.inbox, "housing", [ANN])
    nights.run()
    path.rename(path.with_name(path.name.replace(str(DAY), str(NEXT))))
    assert "changes nothing" in nights.run(as_at=NEXT).told[0]


def test_a_file_older_than_the_last_is_told_and_set_aside(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN])
    nights.run()
    write(nights.inbox, "housing", [BEN], day=DAY - timedelta(days=3))
    late = nights.run(as_at=NEXT).outcomes[0]
    assert late.status == "set_aside"
    assert (
        "a later delivery of housing_tenants (active-caseload), as at 20/11/2026" in late.sentence
    )


def test_a_second_file_of_one_day_is_set_aside(nights: Nights) -> None:
    path = write(nights.inbox, "housing", [ANN])
    nights.run()
    path.write_text(path.read_text() + "\n")
    [again] = nights.run(as_at=NEXT).outcomes
    assert (again.status, "later date in its name" in again.sentence) == ("set_aside", True)


def test_a_file_of_a_day_to_come_waits(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN], day=NEXT)
    early = nights.run()
    assert (early.outcomes, "yet to come" in early.told[0]) == ((), True)
    assert nights.run(as_at=NEXT).outcomes[0].new == 1


def test_a_file_with_another_name_is_left_aside_and_told(nights: Nights) -> None:
    nights.inbox.mkdir()
    (nights.inbox / "tenants.csv").write_text("a,b\n")
    (nights.inbox / "notes.txt").write_text("hello")
    (nights.inbox / ".hidden.csv").write_text("a")
    [told] = nights.run().told
    assert told.startswith("tenants.csv was left aside.")


def test_a_full_delivery_tells_new_changed_gone_and_unchanged(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN, BEN])
    nights.run()
    write(nights.inbox, "housing", [{**ANN, "family_name": "Elm"}, CAT], day=NEXT)
    outcome = one(nights.run(as_at=NEXT))
    counts = (outcome.new, outcome.changed, outcome.gone, outcome.unchanged)
    assert counts == (1, 1, 1, 0)
    assert pq.read_table(nights.ran[-1].folder.gone).to_pylist() == [
        {"agency": "housing", "record_id": "2", "why": "absent"}
    ]


LATER = NEXT + timedelta(days=1)
TWO_ARE_MANY = {"is_unusual_loss": lambda sent, gone: gone >= 2}


def _cut(nights: Nights) -> Ran:
    """A full delivery that lacks two of three, after a whole one."""
    write(nights.inbox, "housing", [ANN, BEN, CAT])
    nights.run(**TWO_ARE_MANY)
    write(nights.inbox, "housing", [{**ANN, "family_name": "Elm"}], day=NEXT)
    return nights.run(as_at=NEXT, **TWO_ARE_MANY)


def test_a_loss_far_from_usual_is_held_and_its_rows_are_loaded(nights: Nights) -> None:
    ran = _cut(nights)
    outcome = one(ran)
    assert (outcome.changed, outcome.gone, outcome.absences_held) == (1, 0, 2)
    assert keys(held_of(ran.folder)) == ["1", "2", "3"]
    assert keys(ran.folder.absent) == ["2", "3"]
    assert len(people(ran)) == 3


def test_the_next_full_delivery_confirms_only_whom_it_lacks_as_well(nights: Nights) -> None:
    absent = pq.read_table(_cut(nights).folder.absent)
    write(nights.inbox, "housing", [CAT], day=LATER)
    ran = nights.run(as_at=LATER, absent=absent, **TWO_ARE_MANY)
    assert (one(ran).gone, one(ran).absences_held) == (2, 0)
    assert keys(held_of(ran.folder)) == ["3"]
    assert keys(ran.folder.absent) == []


def test_another_cut_the_next_day_takes_nobody_whom_the_first_one_held(nights: Nights) -> None:
    first = [{**ANN, "record_id": f"A{n}", "family_name": f"Ash{'abc'[n]}"} for n in range(3)]
    last = [{**BEN, "record_id": f"B{n}", "family_name": f"Beech{'abc'[n]}"} for n in range(3)]
    write(nights.inbox, "housing", [*first, *last])
    nights.run(**TWO_ARE_MANY)
    write(nights.inbox, "housing", first, day=NEXT)
    absent = pq.read_table(nights.run(as_at=NEXT, **TWO_ARE_MANY).folder.absent)
    write(nights.inbox, "housing", last, day=LATER)
    ran = nights.run(as_at=LATER, absent=absent, **TWO_ARE_MANY)
    assert (one(ran).gone, one(ran).absences_held) == (0, 3)
    assert keys(ran.folder.absent) == ["A0", "A1", "A2"]


def test_accepted_losses_go_the_same_night_or_the_next(nights: Nights) -> None:
    absent = pq.read_table(_cut(nights).folder.absent)
    accepted = {"accept_losses": frozenset({"housing_tenants"}), **TWO_ARE_MANY}
    ran = nights.run(as_at=LATER, absent=absent, **accepted)
    assert keys(ran.folder.gone) == ["2", "3"]
    assert keys(held_of(ran.folder)) == ["1"]
    write(nights.inbox, "housing", [ANN, BEN, CAT], day=LATER)
    nights.run(as_at=LATER, **accepted)
    write(nights.inbox, "housing", [ANN], day=LATER + timedelta(days=1))
    last = nights.run(as_at=LATER + timedelta(days=1), **accepted)
    assert (one(last).gone, one(last).absences_held) == (2, 0)


def test_a_change_only_delivery_touches_only_what_it_names(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN, BEN])
    nights.run()
    rows = [{**BEN, "change": "D"}, {**CAT, "change": "A"}, {**ANN, "change": "C", "given_name": "Anne"},
            {"record_id": "99", "change": "D", "family_name": "Nobody"}]  # fmt: skip
    write(nights.inbox, "housing", rows, day=NEXT, extent="changes")
    outcome = one(nights.run(as_at=NEXT))
    assert (outcome.new, outcome.changed, outcome.gone, outcome.unchanged) == (1, 1, 1, 0)
    assert keys(held_of(nights.ran[-1].folder)) == ["1", "3"]


def test_a_row_kept_back_is_not_gone(nights: Nights) -> None:
    """A fault in a row says nothing of whether the person has left."""
    write(nights.inbox, "housing", [ANN, BEN])
    nights.run()
    write(nights.inbox, "housing", [ANN, {**BEN, "born_on": "31/02/1980"}], day=NEXT)
    outcome = one(nights.run(as_at=NEXT))
    assert (outcome.quarantined, outcome.gone, outcome.unchanged) == (1, 0, 1)


def test_a_row_kept_back_without_its_number_makes_nobody_gone(nights: Nights) -> None:
    """It may be anybody's."""
    write(nights.inbox, "housing", [ANN, BEN])
    nights.run()
    write(nights.inbox, "housing", [ANN, {**BEN, "record_id": ""}], day=NEXT)
    outcome = one(nights.run(as_at=NEXT))
    assert (outcome.quarantined, outcome.gone) == (1, 0)


def test_who_left_and_came_back_in_one_night_is_there(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN, BEN])
    nights.run()
    write(nights.inbox, "housing", [ANN], day=NEXT)
    write(nights.inbox, "housing", [ANN, BEN], day=NEXT + timedelta(days=1))
    ran = nights.run(as_at=NEXT + timedelta(days=1))
    assert keys(ran.folder.gone) == []
    assert keys(held_of(ran.folder)) == ["1", "2"]
    assert people(ran) == [["housing 1"], ["housing 2"]]


def test_populations_of_one_agency_do_not_empty_each_other(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN], population="whole-register")
    nights.run()
    write(nights.inbox, "housing", [BEN], population="active-caseload", day=DAY)
    assert (one(nights.run(as_at=NEXT)).new, one(nights.ran[-1]).gone) == (1, 0)


def test_a_night_without_deliveries_keeps_everything(nights: Nights) -> None:
    write(nights.inbox, "housing", [ANN, BEN])
    first = nights.run()
    assert people(nights.run(as_at=NEXT, files=[])) == people(first)


def test_a_flow_that_ends_withdraws_its_records(nights: Nights) -> None:
    """P1: what is held is judged every night."""
    write(nights.inbox, "housing", [ANN])
    write(nights.inbox, "fire", [{**ANN, "record_id": "F1"}])
    nights.run()
    ran = nights.run(as_at=NEXT, files=[], may=may(as_at=NEXT, flows=flows("fire")))
    assert people(ran) == [["housing 1"]]


def test_a_sealed_identity_leaves_the_links(nights: Nights) -> None:
    """P2: the night it is sealed, from every agency that has it."""
    write(nights.inbox, "gp", [{**ANN, "nhs_number": NHS_1, "nhs_number_status": "01"}, BEN])
    write(nights.inbox, "fire", [{**ANN, "record_id": "F1"}])
    nights.run()
    now = {**ANN, "record_id": "9", "given_name": "Zoe", "family_name": "New", "nhs_number": NHS_2}
    write(nights.inbox, "gp", [{**ANN, "nhs_number": NHS_1, "sealed": "Y"}, BEN, now], day=NEXT)
    ran = nights.run(as_at=NEXT)
    assert people(ran) == [["gp 2"], ["gp 9"]]


def test_a_night_built_anew_from_the_database_gives_the_same(
    nights: Nights, tmp_path: Path
) -> None:
    """The files between nights are a cache: without them the same people keep their identifiers."""
    write(nights.inbox, "housing", [ANN, BEN, CAT])
    write(nights.inbox, "fire", [{**ANN, "record_id": "F1"}])
    first = nights.run()
    base = Base(tmp_path / "records.parquet", tmp_path / "base")
    base.linked.mkdir()
    held = pq.read_table(first.folder.changes)
    pq.write_table(held.drop_columns(["kind", "received_on"]), base.records)
    pq.write_table(first.linked.links(), base.linked / "links.parquet")
    retired = pa.schema([("person", pa.string()), ("merged_into", pa.string())])
    pq.write_table(retired.empty_table(), base.linked / "retired.parquet")
    write(nights.inbox, "housing", [{**ANN, "phone": "07700 900123"}, CAT], day=NEXT)
    from_cache = nights.run(as_at=NEXT)
    anew = run_night(
        replace(
            Asked(
                files=files_in(nights.inbox), as_at=NEXT, may=may(as_at=NEXT),
                out=tmp_path / "anew", loaded={s: days for s, days in nights.loaded.items() if DAY in days},
                latest={("housing_tenants", "active-caseload"): DAY, ("fire_home_visits", "active-caseload"): DAY},
            ),
            base=base,
        )
    )  # fmt: skip
    assert [replace(o, matched=0) for o in anew.outcomes] == [
        replace(o, matched=0) for o in from_cache.outcomes
    ]
    assert _links(anew) == _links(from_cache)
    assert sorted(map(str, held_of(anew.folder).to_pylist())) == sorted(
        map(str, held_of(from_cache.folder).to_pylist())
    )


def _links(ran: Ran) -> list[tuple[str, str, str]]:
    rows = ran.linked.links().to_pylist()
    return sorted((row["agency"], row["record_id"], row["person"]) for row in rows)


def test_the_rubble_of_a_killed_night_is_cleared(nights: Nights) -> None:
    rubble = nights.folder / "night0"
    rubble.mkdir()
    (rubble / "held.arrow").write_text("half")
    assert not NightFolder(rubble).is_of("0")
    write(nights.inbox, "housing", [ANN])
    ran = nights.run()
    assert keys(held_of(ran.folder)) == ["1"]
    assert ran.folder.is_of("0")
    assert not ran.folder.is_of("1")
