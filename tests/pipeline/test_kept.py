"""Tables kept from night to night: what came, what left, and that what left is on no disk."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from joinedup.pipeline.engines import on_this_machine, read_arrow, write_arrow
from joinedup.pipeline.kept import PERSON, RECORD, Kept, is_kept, number_rows, share_file, wipe

KEY = (("identity",),)
ROWS = 130_000
"""More than one batch of a file."""


def people(*numbers: int) -> pa.Table:
    return pa.table(
        {
            "identity": pa.array(numbers, pa.int64()),
            "family": [f"FAMILY{n}" if n % 3 else None for n in numbers],
            "roots": [[f"ROOT{n}", "JOHN"] if n % 5 else None for n in numbers],
            "born_on": [date(1990, 1, 1)] * len(numbers),
            "beside": [True] * len(numbers),
        }
    )


def night(before: Path, out: Path, *, leaving: list[int], coming: list[int]) -> bool:
    out.mkdir()
    with on_this_machine() as engine:
        kept = Kept(engine, "people", KEY, before)
        engine.put("gone", pa.table({"identity": pa.array(leaving, pa.int64())}))
        engine.put("came", people(*coming))
        kept.change(leaving="SELECT identity FROM gone", coming="SELECT * FROM came")
        same = kept.keep(out)
        engine.finish()
    return same


def whole(folder: Path) -> list[dict]:
    with on_this_machine() as engine:
        rows = Kept(engine, "people", KEY, folder).whole().to_pylist()
    return sorted(rows, key=lambda row: row["identity"])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    write_arrow(people(*range(30)), tmp_path / "people.arrow")
    return tmp_path


def test_a_base_lies_still_and_what_came_and_went_beside_it_makes_the_table(base: Path) -> None:
    assert night(base, base / "1", leaving=[4], coming=[30])
    assert night(base / "1", base / "2", leaving=[30, 7], coming=[31, 7])
    assert (base / "2" / "people.base.arrow").samefile(base / "people.arrow")
    assert is_kept(base / "2", "people")
    assert whole(base / "2") == people(*sorted({*range(30), 31} - {4})).to_pylist()
    assert whole(base) == people(*range(30)).to_pylist()


def test_only_the_rows_that_a_join_leaves_are_taken(base: Path) -> None:
    night(base, base / "1", leaving=[4], coming=[30])
    with on_this_machine() as engine:
        kept = Kept(engine, "people", KEY, base / "1")
        engine.put("wanted", pa.table({"identity": [29, 4, 3, 30]}))
        kept.choose("chosen", "SEMI JOIN wanted w ON w.identity = o.identity")
        assert sorted(engine.fetch("SELECT identity FROM chosen")["identity"].to_pylist()) == [
            3,
            29,
            30,
        ]


def test_a_table_that_has_changed_much_is_written_whole(base: Path) -> None:
    assert not night(base, base / "1", leaving=[1, 2, 3, 4], coming=[])
    assert read_arrow(base / "1" / "people.arrow").num_rows == 26


def test_what_left_is_overwritten_on_disk_and_nothing_else(tmp_path: Path) -> None:
    """P2: a sealed identity stays in no file, though the base it stood in is not written anew."""
    rows, gone = people(*range(ROWS)), [1, 122_881, ROWS - 1]
    write_arrow(rows, tmp_path / "people.arrow")
    night(tmp_path, tmp_path / "1", leaving=gone, coming=[])
    wipe(tmp_path / "1")
    path = tmp_path / "1" / "people.base.arrow"
    said = path.read_bytes()
    assert not any(word % n in said for n in gone[1:] for word in (b"FAMILY%d", b"ROOT%d"))
    others = [n for n in (0, 2, 122_880, 122_882, ROWS - 2)]
    assert read_arrow(path).take(others) == rows.take(others)
    assert read_arrow(path)["identity"].take(gone).to_pylist() == [0, 0, 0]


def test_rows_are_looked_for_by_the_numbers_of_their_texts_and_these_leave_with_them(
    tmp_path: Path,
) -> None:
    """P2: what stood beside a base for somebody who left says nothing of them either."""
    links = pa.table(
        {
            "agency": ["gp", "gp", "police"],
            "record_id": ["1", "2", "1"],
            "person": ["one", "two", "one"],
        }
    )
    write_arrow(links, tmp_path / "links.arrow")
    number_rows(tmp_path, "links")
    (tmp_path / "1").mkdir()
    with on_this_machine() as engine:
        kept = Kept(engine, "links", RECORD, tmp_path)
        engine.put("wanted", links.slice(2))
        kept.find("same_record", "wanted", RECORD[0])
        kept.find("same_person", "wanted", PERSON)
        assert engine.fetch("SELECT * FROM same_record").to_pylist() == links.slice(2).to_pylist()
        assert len(engine.fetch("SELECT * FROM same_person")) == 2
        kept.change(
            leaving="SELECT 'gp', '1'",
            coming="SELECT 'gp' AS agency, '3' AS record_id, 'one' AS person",
        )
        kept.find("same_person", "wanted", PERSON)
        assert sorted(
            engine.fetch("SELECT record_id FROM same_person")["record_id"].to_pylist()
        ) == ["1", "3"]
        write_arrow(pa.table({"place": [0]}), tmp_path / "1" / "links.left.arrow")
        engine.finish()
    share_file(tmp_path / "links.arrow", tmp_path / "1" / "links.base.arrow")
    for part in ("by_record", "by_person"):
        path = tmp_path / "1" / f"links.{part}.arrow"
        share_file(tmp_path / path.name, path)
        said = {row["place"]: row["key"] for row in read_arrow(path).to_pylist()}
        wipe(tmp_path / "1")
        rows = read_arrow(path).to_pylist()
        assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
        assert {row["place"]: row["key"] for row in rows if row["place"]} == {
            1: said[1],
            2: said[2],
        }
        assert next(row["key"] for row in rows if not row["place"]) in {0, said[1], said[2]}


def test_keys_stay_in_order_when_those_they_are_of_leave(tmp_path: Path) -> None:
    """P2: a key that has left says nothing of its own, and the others are found among it as before."""
    keys = pa.table(
        {
            "key": pa.array([3, 5, 5, 8, 9], pa.uint64()),
            "place": pa.array([1, 0, 2, 1, 3], pa.int64()),
            "free": [True, False, True, True, False],
        }
    )
    write_arrow(keys, tmp_path / "identities.keys_0.arrow")
    write_arrow(pa.table({"place": [1]}), tmp_path / "identities.left.arrow")
    wipe(tmp_path)
    left = read_arrow(tmp_path / "identities.keys_0.arrow")
    assert left["key"].to_pylist() == [0, 5, 5, 5, 9]
    assert left.select(["place", "free"]) == keys.select(["place", "free"])
