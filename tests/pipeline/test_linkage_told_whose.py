"""Whose the records are is told before it is known who else may be one person."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.linkage import Linked, link
from tests.pipeline.towns import Town

NIGHT = date(2026, 11, 20)


def rows(path: Path) -> list[tuple]:
    return sorted((tuple(row.values()) for row in pq.read_table(path).to_pylist()), key=repr)


@pytest.fixture
def before(tmp_path: Path) -> tuple[Town, Path]:
    town = Town(3)
    link(town.whole(), out=tmp_path / "before", as_at=NIGHT)
    return town, tmp_path / "before"


def test_a_night_of_changes_tells_its_links_once_and_whole_before_it_ends(
    before: tuple[Town, Path], tmp_path: Path
) -> None:
    town, previous = before
    changed, gone = town.night()
    told = []

    def look(linked: Linked) -> None:
        assert not linked.possible.exists()
        told.append((rows(linked.links_changed), rows(linked.events), linked.counts))

    ended = link(
        changed, gone=gone, previous=previous, out=tmp_path / "night",
        as_at=NIGHT + timedelta(days=1), decisions=town.decided(), told_whose=look,
    )  # fmt: skip

    [(links, events, counts)] = told
    assert links == rows(ended.links_changed)
    assert links
    assert events == rows(ended.events)
    assert counts.items() <= ended.counts.items()


def test_a_full_run_tells_nothing_ahead(before: tuple[Town, Path], tmp_path: Path) -> None:
    town, previous = before

    def never(linked: Linked) -> None:
        raise AssertionError

    link(town.whole(), previous=previous, out=tmp_path / "full", as_at=NIGHT, told_whose=never)
