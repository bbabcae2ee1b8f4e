"""Linkage as tiny tables: who is one person, who is not, and who may be."""

from datetime import date
from pathlib import Path

import pytest

from joinedup.pipeline.linkage import link
from tests.pipeline.towns import record, standard

NIGHT = date(2026, 11, 20)


HOME = {"postcode": "AB1 2CD", "house": "1"}
JOHN = {"nhs": "9990000018", "sex": "M", **HOME}


@pytest.fixture
def people(tmp_path: Path):
    """Link records and say which are together: a set of sets of agency:record_id."""

    def found(*rows, **options):
        linked = link(standard(list(rows)), out=tmp_path / "out", as_at=NIGHT, **options)
        groups: dict[str, set[str]] = {}
        for row in linked.links().to_pylist():
            groups.setdefault(row["person"], set()).add(f"{row['agency']}:{row['record_id']}")
        return {frozenset(group) for group in groups.values()}

    return found


def test_identical_records_and_one_verified_number_are_one_person(people):
    assert people(
        record("gp", "1", "JOHN", "SMITH", "1950-01-02", **JOHN),
        record("adult_care", "1", "JOHN", "SMITH", "1950-01-02", **JOHN),
        record("children", "1", "JOHN", "SMYTH", "1950-01-02", nhs="9990000018"),
    ) == {frozenset({"gp:1", "adult_care:1", "children:1"})}


def test_father_and_son_of_one_name_at_one_address_are_two(people):
    assert people(
        record("gp", "1", "JOHN", "SMITH", "1950-01-02", **JOHN),
        record("gp", "2", "JOHN", "SMITH", "1980-05-06", nhs="9990000026", **HOME),
        record("police", "1", "JOHN", "SMITH", "1980-05-06", sex="M", **HOME),
    ) == {frozenset({"gp:1"}), frozenset({"gp:2", "police:1"})}


def test_nobody_at_all_and_nobody_with_a_name_are_linked_as_well(people):
    assert people() == set()
    assert people(record("fire", "1", None, None, None)) == {frozenset({"fire:1"})}


def test_records_without_birth_date_and_number_are_never_collapsed(people):
    assert people(
        record("fire", "1", "JOHN", "SMITH", None, **HOME),
        record("fire", "2", "JOHN", "SMITH", None, **HOME),
    ) == {frozenset({"fire:1"}), frozenset({"fire:2"})}
