"""The one gate: what may not be used is gone before any stage sees it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from joinedup.pipeline.contracts.stages import DELIVERED, QUARANTINE, SEALS
from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.permitted import (
    HELD,
    OBJECTIONS,
    Arrived,
    MayBeUsed,
    Opened,
    Permitted,
    permit,
)
from joinedup.pipeline.sealed import Sealed, birth_days, sealed_in_records
from tests.pipeline.night_files import DAY, NHS_1, NHS_2, arrived, flows, may, row

ANN = {"given_name": "Ann", "family_name": "Old-Name", "born_on": date(1990, 5, 1)}
BEN = {"given_name": "Ben", "family_name": "Ash", "born_on": date(1980, 1, 2)}


def opened(
    *deliveries: Arrived,
    tmp_path: Path,
    held: pa.Table | None = None,
    may_use: MayBeUsed | None = None,
) -> Opened:
    with on_this_machine(scratch=tmp_path) as engine:
        return permit(
            deliveries, held, may=may_use or may(), engine=engine, scratch=tmp_path
        )  # fmt: skip


def ids(delivery: Permitted) -> list[str]:
    assert isinstance(delivery.records, pa.Table)
    return sorted(delivery.records.column("record_id").to_pylist())


def holding(*rows: dict[str, Any]) -> pa.Table:
    blank = {"population": "active-caseload", "row_hash": 1}
    wanted = HELD.names
    return pa.Table.from_pylist(
        [{name: {**blank, **r}.get(name) for name in wanted} for r in rows], schema=HELD
    )


def sealed_again(found: Opened) -> MayBeUsed:
    """What the gate goes by a night later."""
    return may(seals=found.sealed.keys(), fingerprints=found.sealed.fingerprint_table())


def test_a_delivery_without_a_live_flow_is_refused_whole(tmp_path: Path) -> None:
    """P1: a delivery is refused unless a live flow covers its population."""
    [delivery] = opened(
        arrived("police", [row("police", "1", **BEN)]), tmp_path=tmp_path,
        may_use=may(flows=flows("police")),
    ).deliveries  # fmt: skip
    assert ids(delivery) == []
    assert delivery.refused.startswith("No live flow covers the active-caseload population")


@pytest.mark.parametrize(("ends_on", "used"), [(DAY, False), (date(2026, 11, 21), True)])
def test_a_flow_ends_on_its_last_day_and_not_after(
    ends_on: date, used: bool, tmp_path: Path
) -> None:
    """P1: the end of a flow is exclusive."""
    [delivery] = opened(
        arrived("fire", [row("fire", "1")]),
        tmp_path=tmp_path,
        may_use=may(flows=flows(ends_on=ends_on)),
    ).deliveries
    assert (not delivery.refused) is used


def test_a_flow_for_one_population_does_not_cover_another(tmp_path: Path) -> None:
    """P1: a delivery declares its population, and the flow must cover that one."""
    only_caseload = flows().filter(
        pa.array([f["population"] == "active-caseload" for f in flows().to_pylist()])
    )
    [delivery] = opened(
        arrived("children", [row("children", "1")], population="whole-register"),
        tmp_path=tmp_path, may_use=may(flows=only_caseload),
    ).deliveries  # fmt: skip
    assert "whole-register" in delivery.refused


def test_each_practice_is_a_controller_of_its_own(tmp_path: Path) -> None:
    """P1: rows of a practice without a live flow are dropped and counted; the others are used."""
    rows = [
        row("gp", "1"),
        row("gp", "2", controller="Z99002"),
        row("gp", "3", controller="Z99999"),
    ]
    [delivery] = opened(
        arrived("gp", rows), tmp_path=tmp_path, may_use=may(flows=flows("Z99002"))
    ).deliveries
    assert (ids(delivery), delivery.withheld, delivery.refused) == (["1"], 2, "")


def test_what_is_held_is_withdrawn_when_its_flow_ends(tmp_path: Path) -> None:
    """P1: the gate runs over what is held as well, every night."""
    held = holding(
        {"agency": "police", "record_id": "1", "controller": "police"},
        {"agency": "fire", "record_id": "2", "controller": "fire"},
    )
    found = opened(tmp_path=tmp_path, held=held, may_use=may(flows=flows("police")))
    assert found.withdrawn.to_pylist() == [
        {"agency": "police", "record_id": "1", "why": "flow_ended"}
    ]


def test_an_objection_is_obeyed(tmp_path: Path) -> None:
    """P1: a record whose use somebody objects to goes no further, and is withdrawn where it is held."""
    objected = pa.Table.from_pylist([{"agency": "fire", "record_id": "1"}], schema=OBJECTIONS)
    held = holding({"agency": "fire", "record_id": "1", "controller": "fire"})
    found = opened(
        arrived("fire", [row("fire", "1"), row("fire", "2")]), tmp_path=tmp_path, held=held,
        may_use=may(objections=objected),
    )  # fmt: skip
    assert (ids(found.deliveries[0]), found.deliveries[0].withheld) == (["2"], 1)
    assert [w["why"] for w in found.withdrawn.to_pylist()] == ["objection"]


def test_a_sealed_row_is_dropped_and_remembered(tmp_path: Path) -> None:
    """P2: only the key of the record and keyed hashes are kept."""
    rows = [
        row("children", "old", sealed=True, nhs_number=NHS_1, **ANN),
        row("children", "2", **BEN),
    ]
    found = opened(arrived("children", rows), tmp_path=tmp_path)
    assert ids(found.deliveries[0]) == ["2"]
    assert found.sealed.keys().to_pylist() == [{"agency": "children", "record_id": "old"}]
    kept = json.dumps(found.sealed.fingerprint_table().to_pylist())
    assert NHS_1 not in kept
    assert "OLD" not in kept.upper()


@pytest.mark.parametrize(
    "same",
    [
        {"nhs_number": "999 000 0018"},
        {"given_name": "ANN MARIE", "family_name": "OLD NAME", "born_on": date(1990, 5, 1)},
        {"given_name": "Old-Name", "family_name": "Ann", "born_on": date(1990, 5, 1)},
    ],
    ids=["number", "name and birth date", "names exchanged"],
)
def test_a_sealed_identity_is_known_in_any_agencys_file(
    same: dict[str, Any], tmp_path: Path
) -> None:
    """P2: the same NHS number, or the same name with the same birth date, whatever the file's order."""
    found = opened(
        arrived("police", [row("police", "1", **same), row("police", "2", **BEN)]),
        arrived("children", [row("children", "old", sealed=True, nhs_number=NHS_1, **ANN)]),
        tmp_path=tmp_path,
    )
    assert ids(found.deliveries[0]) == ["2"]
    later = opened(
        arrived("fire", [row("fire", "9", **same)]), tmp_path=tmp_path, may_use=sealed_again(found)
    )
    assert ids(later.deliveries[0]) == []


def test_somebody_else_with_one_thing_in_common_is_not_sealed(tmp_path: Path) -> None:
    """P2 withdraws an identity, not everybody who shares a name or a birthday with it."""
    rows = [
        row("police", "name", given_name="Ann", family_name="Old-Name", born_on=date(1991, 5, 1)),
        row("police", "birthday", given_name="Eve", family_name="Fox", born_on=date(1990, 5, 1)),
        row("police", "number", nhs_number=NHS_2),
    ]
    found = opened(
        arrived("children", [row("children", "old", sealed=True, nhs_number=NHS_1, **ANN)]),
        arrived("police", rows), tmp_path=tmp_path,
    )  # fmt: skip
    assert len(ids(found.deliveries[1])) == 3


def test_junk_does_not_seal_everybody_who_has_it(tmp_path: Path) -> None:
    """P2: a sealed row with a junk number or no birth date seals its own key alone."""
    junk = row("gp", "old", sealed=True, nhs_number="9999999999", family_name="Fox")
    others = [row("fire", "1", nhs_number="9999999999"), row("fire", "2", family_name="Fox")]
    found = opened(arrived("gp", [junk]), arrived("fire", others), tmp_path=tmp_path)
    assert ids(found.deliveries[1]) == ["1", "2"]
    assert found.sealed.fingerprint_table().num_rows == 0


@pytest.mark.parametrize("field", ["previous_family_name", "known_as"])
def test_an_earlier_name_beside_the_present_one_is_blanked(field: str, tmp_path: Path) -> None:
    """P2: no search by maiden name shows the earlier identity; the present one stays."""
    now = {"given_name": "Ann", "family_name": "New", "born_on": date(1990, 5, 1)}
    if field == "known_as":
        now |= {"given_name": "Anthony", "known_as": "Ann", "family_name": "Old-Name"}
    else:
        now |= {"previous_family_name": "Old-Name"}
    found = opened(
        arrived("children", [row("children", "old", sealed=True, **ANN)]),
        arrived("gp", [row("gp", "1", **now)]), tmp_path=tmp_path,
    )  # fmt: skip
    records = found.deliveries[1].records
    assert isinstance(records, pa.Table)
    [kept] = records.to_pylist()
    assert (kept["record_id"], kept[field]) == ("1", None)


def test_what_is_held_of_a_sealed_identity_is_withdrawn(tmp_path: Path) -> None:
    """P2: by its key, its number, or its name and birth date."""
    held = holding(
        {"agency": "children", "record_id": "old", "controller": "children"},
        {"agency": "fire", "record_id": "1", "controller": "fire", "nhs_number": NHS_1},
        {"agency": "fire", "record_id": "2", "controller": "fire", "given_name": "ANN",
         "family_name": "OLD NAME", "born_on": date(1990, 5, 1)},
        {"agency": "fire", "record_id": "3", "controller": "fire"},
    )  # fmt: skip
    sealing = arrived("children", [row("children", "old", sealed=True, nhs_number=NHS_1, **ANN)])
    found = opened(sealing, tmp_path=tmp_path, held=held)
    withdrawn = {(w["record_id"], w["why"]) for w in found.withdrawn.to_pylist()}
    assert withdrawn == {("old", "sealed"), ("1", "sealed"), ("2", "sealed")}


def test_rows_kept_back_do_not_speak_of_a_sealed_identity(tmp_path: Path) -> None:
    """P2: the quarantine is a copy like any other; and a seal on a faulty row holds all the same."""
    sealed_row = {"child_ref": "old", "surname": "Old-Name", "forename": "Ann", "sealed": "Y",
                  "birth_date": "01/05/1990", "postcode": "?"}  # fmt: skip
    same_name = {"nominal_ref": "7", "SURNAME": "OLD-NAME", "FORENAME1": "ANN", "DOB": "1990-05-01"}
    someone = {"nominal_ref": "8", "SURNAME": "ASH", "FORENAME1": "BEN", "DOB": "31/02/1980"}

    def kept(*raws: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {"row": n, "column": "x", "reason": "wrong", "raw": json.dumps(raw)}
            for n, raw in enumerate(raws, 1)
        ] + [{"row": 9, "column": None, "reason": "not JSON", "raw": "["}]

    found = opened(
        arrived("children", [], quarantine=kept(sealed_row)),
        arrived("police", [], quarantine=kept(same_name, someone)), tmp_path=tmp_path,
    )  # fmt: skip
    assert found.sealed.records == {("children", "old")}
    assert [q["row"] for q in found.deliveries[0].quarantine.to_pylist()] == [9]
    assert [q["row"] for q in found.deliveries[1].quarantine.to_pylist()] == [2, 9]
    assert found.deliveries[1].withheld == 1


def test_a_big_delivery_passes_as_a_file(tmp_path: Path) -> None:
    """P1: a file that is too big for memory is cut down on disk."""
    import pyarrow.parquet as pq

    small = arrived("gp", [row("gp", "1"), row("gp", "2", controller="Z99999")])
    path = tmp_path / "big.parquet"
    pq.write_table(small.records, path)
    [delivery] = opened(Arrived(small.name, path, small.quarantine), tmp_path=tmp_path).deliveries
    assert pq.read_table(delivery.records).column("record_id").to_pylist() == ["1"]


def test_nothing_but_the_gate_makes_what_the_stages_accept() -> None:
    """P1: no stage can be entered without the gate."""
    name = arrived("gp", []).name
    with pytest.raises(TypeError, match="Only the gate"):
        Permitted(name, SEALS.empty_table(), QUARANTINE.empty_table(), 0, "", passed=object())


def test_the_stages_after_the_gate_take_only_what_it_let_through() -> None:
    """P1: deliveries reach the comparison, and through it every later stage, as Permitted alone."""
    import ast
    import inspect

    from joinedup.pipeline import changes, run

    assert inspect.signature(changes.apply).parameters["delivery"].annotation is Permitted
    reads = [
        node.func.attr
        for node in ast.walk(ast.parse(inspect.getsource(run)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "put" and any("arrived" in ast.dump(arg) for arg in node.args)
    ]
    assert reads == []


def test_nobody_who_would_be_judged_sealed_is_passed_over(tmp_path: Path) -> None:
    """P2: tonight's identities are looked for by day, number and name; judging every row finds no more."""
    tonight = Sealed("a key")
    fresh = row(
        "gp",
        "1",
        born_on=date(1984, 4, 3),
        given_name="Anne-Marie",
        family_name="Ash",
        nhs_number=NHS_1,
        sealed=True,
    )
    with on_this_machine(scratch=tmp_path) as engine:
        engine.put("arrived", pa.Table.from_pylist([fresh], schema=DELIVERED))
        tonight.add(sealed_in_records(engine, "arrived"))
        born, other = fresh["born_on"], date(1951, 2, 3)
        swapped = [day for day in birth_days(born) if day != born]
        names = [
            ("Anne", "Ash"), ("MARIE", "ash"), ("Ánne", "Ash"), ("Ann", "Ash"), ("Anne", "Elm"),
            ("Tom", "Ash"), ("Ash", "Anne"), ("Tom", "Elm"), (None, None),
        ]  # fmt: skip
        rows = [
            row(
                "fire", f"{number}-{place}-{days}-{earlier}", given_name=given, nhs_number=nhs,
                family_name="Oak" if earlier else family,
                previous_family_name=family if earlier else None, born_on=day,
            )
            for place, (given, family) in enumerate(names)
            for days, day in enumerate((born, other, None, *swapped))
            for number, nhs in enumerate((None, NHS_1, NHS_2, f"{NHS_1[:3]} {NHS_1[3:6]} {NHS_1[6:]}"))
            for earlier in (False, True)
        ]  # fmt: skip
        engine.put("rows", pa.Table.from_pylist(rows, schema=DELIVERED))
        found = tonight.matches(engine, "rows").to_pylist()
    judged = {one["record_id"]: tonight.judge(one) for one in rows}
    assert {one["record_id"]: one["whole"] for one in found} == {
        record: whole for record, whole in judged.items() if whole is not None
    }
    assert {True, False} <= set(judged.values())
