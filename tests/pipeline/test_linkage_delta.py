"""A night of changes gives the same people as a full run: additions, corrections, deletions, splits."""

import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.contracts.stages import DECISIONS, STANDARD
from joinedup.pipeline.linkage import NeedsFullRun, link

NIGHT = date(2026, 11, 20)
GIVEN = "JOHN JON JONATHAN MARY MARIE ANN ANNA MOHAMMED MUHAMMAD ELIZABETH LIZ KRZYSZTOF".split()
FAMILY = "SMITH JONES KHAN KOWALSKI SMITH JONES".split()
AGENCIES = ("gp", "adult_care", "children", "police", "fire", "housing")


class Town:
    """A few crowded streets whose records change from night to night."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.people = [self._person(number) for number in range(60)]
        self.records: dict[tuple[str, str], dict] = {}
        self.decisions: list[dict] = []
        self.issued = 0
        for _ in range(200):
            self.add()

    def _person(self, number: int) -> dict:
        draw = self.draw
        given = draw.choice(GIVEN)
        born = date(1960, 1, 1) + timedelta(days=draw.choice((3, 33, 36, 370, 4000, 9000)))
        return {
            "given": given, "given_root": given[:3], "family": draw.choice(FAMILY), "born_on": born,
            "sex": draw.choice("FM"), "postcode": f"AB1 {draw.randint(1, 4)}CD", "house": draw.choice("12"),
            "nhs": f"9990{number:06}", "phone": f"07700900{draw.randint(0, 30):03}",
        }  # fmt: skip

    def _record(self, key: tuple[str, str]) -> dict:
        draw = self.draw
        person = dict(draw.choice(self.people))
        for field, odds in (("born_on", 0.2), ("nhs", 0.5), ("phone", 0.5), ("postcode", 0.2)):
            if draw.random() < odds:
                person[field] = None
        if draw.random() < 0.1:
            person["nhs"] = draw.choice(self.people)["nhs"]
        if draw.random() < 0.15:
            person["given"] = draw.choice(GIVEN)
        verified = person["nhs"] is not None and draw.random() < 0.8
        return {"agency": key[0], "record_id": key[1], "nhs_verified": verified, **person}

    def add(self) -> tuple[str, str]:
        self.issued += 1
        key = (self.draw.choice(AGENCIES), str(self.issued))
        self.records[key] = self._record(key)
        return key

    def night(self) -> tuple[pa.Table, pa.Table]:
        """Change a few things; returns the changed records and the keys of those withdrawn."""
        draw = self.draw
        gone = draw.sample(sorted(self.records), 8)
        for key in gone:
            del self.records[key]
        changed = {self.add() for _ in range(6)}
        for key in draw.sample(sorted(self.records), 8):
            self.records[key] = self._record(key)
            changed.add(key)
        keys = sorted(self.records)
        for same in (True, False):
            (a, b) = sorted(draw.sample(keys, 2))
            self.decisions.append(
                {"agency_a": a[0], "record_id_a": a[1], "agency_b": b[0], "record_id_b": b[1], "same": same}
            )  # fmt: skip
        if len(self.decisions) > 3:
            self.decisions.pop(0)
        return standard([self.records[key] for key in changed]), keys_table(gone)

    def decided(self) -> pa.Table:
        return pa.Table.from_pylist(self.decisions, schema=DECISIONS)

    def whole(self) -> pa.Table:
        return standard(list(self.records.values()))


def standard(rows: list[dict]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=STANDARD)


def keys_table(keys: list[tuple[str, str]]) -> pa.Table:
    schema = pa.schema([("agency", pa.string()), ("record_id", pa.string())])
    return pa.Table.from_pylist([{"agency": a, "record_id": r} for a, r in keys], schema=schema)


def said(folder: Path, name: str) -> list[tuple]:
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)


def grouped(folder: Path) -> set[frozenset]:
    groups: dict[str, set] = {}
    for row in pq.read_table(folder / "links.parquet").to_pylist():
        groups.setdefault(row["person"], set()).add((row["agency"], row["record_id"]))
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("seed", range(6))
def test_a_night_of_changes_gives_the_same_people_as_a_full_run(seed: int, tmp_path: Path):
    town = Town(seed)
    before = tmp_path / "0"
    link(town.whole(), out=before, as_at=NIGHT)
    for number in (1, 2, 3):
        changed, gone = town.night()
        options = {"as_at": NIGHT + timedelta(days=number), "decisions": town.decided()}
        delta, full, afresh = (
            tmp_path / f"{number}-{kind}" for kind in ("delta", "full", "afresh")
        )
        link(changed, gone=gone, previous=before, out=delta, **options)
        link(town.whole(), previous=before, out=full, **options)
        link(town.whole(), out=afresh, **options)
        for name in ("links", "links_changed", "possible", "review", "events", "retired"):
            assert said(delta, name) == said(full, name), name
        assert grouped(delta) == grouped(afresh)
        before = delta


def test_a_block_that_outgrows_its_size_is_left_as_a_full_run_leaves_it(tmp_path: Path):
    def john(number: int) -> dict:
        return {
            "agency": "fire", "record_id": str(number), "given": "JOHN", "given_root": "JOHN",
            "family": f"S{number}", "nhs_verified": False, "postcode": "AB1 2CD", "house": "1",
            "phone": f"0770090{number // 2:04}", "born_on": date(1980, 1, 1) if number % 7 else None,
        }  # fmt: skip

    few, more = [john(n) for n in range(395)], [john(n) for n in range(395, 410)]
    link(standard(few), out=tmp_path / "few", as_at=NIGHT)
    link(
        standard(more),
        gone=keys_table([]),
        previous=tmp_path / "few",
        out=tmp_path / "more",
        as_at=NIGHT,
    )
    link(standard(few + more), out=tmp_path / "full", as_at=NIGHT)
    assert said(tmp_path / "more", "edges") == said(tmp_path / "full", "edges")
    gone = keys_table([("fire", str(n)) for n in range(395, 410)])
    link(standard([]), gone=gone, previous=tmp_path / "more", out=tmp_path / "again", as_at=NIGHT)
    assert said(tmp_path / "again", "edges") == said(tmp_path / "few", "edges")


def test_changes_need_a_whole_folder_of_the_same_model(tmp_path: Path):
    town = Town(9)
    link(town.whole(), out=tmp_path / "before", as_at=NIGHT)
    (tmp_path / "before" / "manifest.json").write_text("{}")
    with pytest.raises(NeedsFullRun, match="another model"):
        link(
            standard([]),
            gone=keys_table([]),
            previous=tmp_path / "before",
            out=tmp_path / "o",
            as_at=NIGHT,
        )
    (tmp_path / "before" / "edges.parquet").unlink()
    with pytest.raises(NeedsFullRun, match="not complete"):
        link(
            standard([]),
            gone=keys_table([]),
            previous=tmp_path / "before",
            out=tmp_path / "o",
            as_at=NIGHT,
        )
    with pytest.raises(NeedsFullRun, match="no run before"):
        link(standard([]), gone=keys_table([]), out=tmp_path / "o", as_at=NIGHT)
