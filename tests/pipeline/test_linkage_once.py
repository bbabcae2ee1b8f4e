"""Two registers that hold each person once: nobody twice in a person, and the few left over paired."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.contracts.stages import LINKS, POSSIBLE
from joinedup.pipeline.linkage import each_once, load_model
from tests.pipeline.towns import record, standard

REGISTERS = ("one", "two")


@pytest.fixture
def read_again(tmp_path: Path):
    """Each record alone but for the possible links given; the possible links when they are read again."""

    def read(rows: list[dict], *possible: tuple[str, str, float]) -> set[tuple[str, str, str]]:
        links = [
            {"agency": r["agency"], "record_id": r["record_id"], "person": r["record_id"], "tier": "alone",
             "weight": None, "because": "same_identity"}
            for r in rows
        ]  # fmt: skip
        pq.write_table(pa.Table.from_pylist(links, schema=LINKS), tmp_path / "links.parquet")
        told = [
            {"person_a": a, "person_b": b, "weight": w, "because": "probable"}
            for a, b, w in possible
        ]
        pq.write_table(pa.Table.from_pylist(told, schema=POSSIBLE), tmp_path / "possible.parquet")
        each_once(standard(rows), tmp_path, registers=REGISTERS, model=load_model())
        found = pq.read_table(tmp_path / "possible.parquet").to_pylist()
        return {(r["person_a"], r["person_b"], r["because"]) for r in found}

    return read


def test_of_two_candidates_in_one_register_only_the_better_is_taken(read_again):
    rows = [
        record("one", "a", "JOHN", "SMITH", "1950-01-02"),
        record("two", "x", "JOHN", "SMITH", "1950-01-02"),
        record("two", "y", "JOAN", "SMYTHE", "1990-05-06"),
    ]
    found = read_again(rows, ("a", "y", 1.0), ("a", "x", 9.0))
    assert found == {("a", "x", "probable")}


def test_who_is_left_over_in_both_is_paired_though_too_little_agreed_before(read_again):
    home = {"postcode": "AB1 2CD", "house": "1"}
    rows = [
        record("one", "a", "JOSHUA", "DOLAN", "1967-04-25", **home),
        record("two", "x", "JOSHUA", "CUPO", "1967-04-25"),
        record("one", "b", "RUBY", "CAPURSO", "1920-01-02"),
        record("two", "y", "MATILDA", "SATTERLEY", "1988-11-30"),
    ]
    assert read_again(rows) == {("a", "x", "each_once")}


def test_nobody_is_left_over_whom_the_other_register_holds(read_again):
    rows = [
        record("one", "a", "JOSHUA", "DOLAN", "1967-04-25"),
        record("two", "x", "JOSHUA", "CUPO", "1967-04-25"),
        record("two", "y", "JOSHUA", "DOLAN", "1967-04-25"),
    ]
    assert read_again(rows, ("a", "y", 20.0)) == {("a", "y", "probable")}
