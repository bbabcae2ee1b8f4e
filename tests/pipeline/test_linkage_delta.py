"""A night of changes gives the same people as a full run: additions, corrections, deletions, splits."""

import os
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.kept import Kept
from joinedup.pipeline.linkage import NeedsFullRun, link
from joinedup.pipeline.linkage.state import links_of
from tests.pipeline.towns import Town, keys_table, standard

NIGHT = date(2026, 11, 20)
TOWNS, NIGHTS = int(os.environ.get("JOINEDUP_TOWNS", "2")), 3


def said(folder: Path, name: str) -> list[tuple]:
    path = folder / f"{name}.parquet"
    rows = (pq.read_table(path) if path.exists() else kept(folder, name)).to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)


def kept(folder: Path, name: str) -> pa.Table:
    records = (("agency", "record_id"),)
    keys = {"edges": (("identity_l",), ("identity_r",)), "links": records, "members": records}
    with on_this_machine() as engine:
        return Kept(engine, name, keys.get(name, (("identity",),)), folder).whole()


def grouped(folder: Path) -> set[frozenset]:
    groups: dict[str, set] = {}
    for row in links_of(folder).to_pylist():
        groups.setdefault(row["person"], set()).add((row["agency"], row["record_id"]))
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("seed", range(TOWNS))
def test_a_night_of_changes_gives_the_same_people_as_a_full_run(seed: int, tmp_path: Path):
    """Table by table each night, and after the last as if there had been none; JOINEDUP_TOWNS asks for more."""
    town = Town(seed, exchanged=0.1)
    before = tmp_path / "0"
    link(town.whole(), out=before, as_at=NIGHT)
    for number in range(1, NIGHTS + 1):
        changed, gone = town.night()
        options = {"as_at": NIGHT + timedelta(days=number), "decisions": town.decided()}
        delta, full = (tmp_path / f"{number}-{kind}" for kind in ("delta", "full"))
        link(changed, gone=gone, previous=before, out=delta, **options)
        link(town.whole(), previous=before, out=full, **options)
        for name in (
            "links",
            "links_changed",
            "possible",
            "review",
            "events",
            "retired",
            "departed",
            "members",
            "identities",
            "edges",
            "hanging",
        ):
            assert said(delta, name) == said(full, name), name
        was, left, came = (
            set(said(folder, name))
            for folder, name in (
                (before, "possible"), (delta, "possible_left"), (delta, "possible_came"),
            )
        )  # fmt: skip
        assert left <= was
        assert (was - left) | came == set(said(delta, "possible"))
        differ = set(said(before, "review")) ^ set(said(delta, "review"))
        assert set(said(delta, "review_changed")) == {pair[:4] for pair in differ}
        before = delta
    afresh = tmp_path / "afresh"
    link(town.whole(), out=afresh, **options)
    assert grouped(before) == grouped(afresh)


def john(number: int) -> dict:
    return {
        "agency": "fire", "record_id": str(number), "given": "JOHN", "given_root": "JOHN",
        "family": f"S{number}", "nhs_verified": False, "postcode": "AB1 2CD", "house": "1",
        "phone": f"0770090{number // 2:04}", "born_on": date(1980, 1, 1) if number % 7 else None,
    }  # fmt: skip


def test_what_joins_a_block_that_was_too_large_is_not_paired_by_it(tmp_path: Path):
    """Two who came since are no block of their own beside the many that were left out."""

    def son(number: int) -> dict:
        return {**john(number), "family": "SMITH", "phone": f"0770090{number:04}"}

    many, two = [son(n) for n in range(480)], [son(480), son(484)]
    link(standard(many), out=tmp_path / "many", as_at=NIGHT)
    asked = {"gone": keys_table([]), "as_at": NIGHT}
    link(standard(two), previous=tmp_path / "many", out=tmp_path / "two", **asked)
    link(standard(many + two), out=tmp_path / "full", as_at=NIGHT)
    for name in ("edges", "possible"):
        assert said(tmp_path / "two", name) == said(tmp_path / "full", name), name


def test_a_block_that_outgrows_its_size_is_left_as_a_full_run_leaves_it(tmp_path: Path):
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
    (tmp_path / "before" / "edges.arrow").unlink()
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
