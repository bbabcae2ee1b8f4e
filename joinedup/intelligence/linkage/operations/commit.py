"""Brings what a night found into the database: all of it in the caller's transaction, or nothing."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from joinedup.intelligence.linkage.choices import NightState
from joinedup.intelligence.linkage.models import Night
from joinedup.intelligence.linkage.operations import (
    commit_deliveries,
    commit_first,
    commit_households,
    commit_records,
    commit_reviews,
    commit_seals,
    commit_sight,
    commit_spine,
    safety_address,
)
from joinedup.intelligence.linkage.operations.find_ahead import build_ahead
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.intelligence.linkage.operations.find_said import NightFiles
from joinedup.pipeline.linkage import lay_out_keys
from joinedup.pipeline.run import Ran

Progress = Callable[[str, float], None]

EVERYBODY = 0.3
"""When more than this share of people is touched, the find index is made anew as a whole."""


def commit(
    cursor: Any, night: Night, ran: Ran, *, at: datetime.datetime, progress: Progress, scratch: Path
) -> dict[str, int]:
    """Write records, versions, persons, links, events, pairs, households, deliveries; return counts."""
    cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute("SET LOCAL jit = off")
    # After the first night, what was just purged may still stand in the night's own files (P2).
    first = not Night.objects.filter(state=NightState.COMMITTED).exists()
    whole = ran.linked.whole_links
    files = NightFiles(ran.folder.standard, whole) if first and whole else None
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(build_ahead, files) if files else None
        keys = beside.submit(lay_out_keys, ran.linked.folder) if whole else None
        counts, touched = _write(cursor, night, ran, at=at, progress=progress, scratch=scratch)
        progress("Refreshing the find index", 0.7)
        refresh_find_index(cursor, touched, night=files, ahead=ahead)
        if keys:
            keys.result()
    progress("Loading deliveries", 0.97)
    commit_deliveries.write(ran, night=night)
    return counts


def _write(
    cursor: Any, night: Night, ran: Ran, *, at: datetime.datetime, progress: Progress, scratch: Path
) -> tuple[dict[str, int], list[str] | None]:
    """Write all but the find index and the deliveries; with the counts, whose index must be made anew."""
    progress("Loading records", 0.0)
    first_load = commit_first.begin(cursor)
    if first_load:
        counts = commit_first.load(cursor, ran, on=night.as_at, scratch=scratch)
        fresh = commit_seals.seal(cursor, ran.sealed, on=night.as_at)
    else:
        commit_records.stage(cursor, ran)
        commit_spine.stage(cursor, ran)
        fresh = commit_seals.seal(cursor, ran.sealed, on=night.as_at)
        commit_spine.add_persons(cursor, on=night.as_at)
        counts = commit_records.write(cursor, on=night.as_at)
        progress("Loading links and events", 0.35)
        counts |= commit_spine.write(cursor, night=night.pk, at=at, on=night.as_at)
    counts["sealed"] = commit_seals.purge(cursor, ran.sealed, fresh=fresh, on=night.as_at)
    counts |= commit_reviews.write(cursor, ran, night=night.pk)
    safety_address.settle(cursor)
    progress("Loading households and deaths", 0.6)
    touched = None if night.full or first_load else _touched(cursor)
    if touched is None:
        cursor.execute("SELECT linkage_analyse()")
    counts["died"] = commit_spine.tell_deaths(cursor, night=night.pk, at=at)
    commit_households.write(cursor, on=night.as_at)
    if not first_load:
        commit_sight.part_people(at=at)
    commit_sight.write(at=at)
    if first_load:
        commit_first.finish(cursor)
    return counts, touched


def _touched(cursor: Any) -> list[str] | None:
    """The persons whose index must be made anew; None for everybody."""
    cursor.execute("ANALYZE touched")
    cursor.execute("SELECT count(*) FROM touched")
    touched = cursor.fetchone()[0]
    # Whether there are so many others, not how many there are: those need not all be counted.
    cursor.execute("SELECT FROM people_person OFFSET %s LIMIT 1", [int(touched / EVERYBODY)])
    if not cursor.rowcount:
        return None
    cursor.execute("SELECT person::text FROM touched")
    return [person for (person,) in cursor.fetchall()]
