"""Brings what a night found into the database: all of it in the caller's transaction, or nothing."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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
    find_change,
    safety_address,
)
from joinedup.intelligence.linkage.operations.find_ahead import build_ahead
from joinedup.intelligence.linkage.operations.find_change import Difference
from joinedup.intelligence.linkage.operations.find_index import bring_find_index, refresh_find_index
from joinedup.intelligence.linkage.operations.find_said import (
    READ,
    NightFiles,
    profiles_in_use,
    rows_of_records,
)
from joinedup.pipeline.kept import number_rows
from joinedup.pipeline.linkage import Linked, lay_out_keys
from joinedup.pipeline.night_folder import NightFolder
from joinedup.pipeline.run import Ran

Progress = Callable[[str, float], None]

_LOOKED_AT = (
    "id", "person_id", "agency_id", "died_on", "nhs_number_status", "gone_on", "changed_on",
    "updated_on", "address_key", "uprn",
)  # fmt: skip
"""What deaths and homes are told by."""

EVERYBODY = 0.3
"""When more than this share of people is touched, the find index is made anew as a whole."""


def write_what_changed(cursor: Any, folder: NightFolder, *, on: datetime.date) -> dict[str, int]:
    """Write of a night of changes what needs no link, and call up what the rest will read; return counts.

    `commit` goes on from there, in the same transaction.
    """
    _have_room(cursor)
    # Each key is checked while what it leads to is at hand, not when all has been written.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    commit_records.stage(cursor, folder)
    return commit_records.write(cursor, on=on)


def write_links(
    cursor: Any, linked: Linked, *, night: int, at: datetime.datetime, on: datetime.date
) -> dict[str, int]:
    """Write whose the records are now, and those that are new; return counts. `write_what_changed` comes first.

    Leaves `touched`: every person of whom anything is different but the evidence.
    """
    commit_spine.stage(cursor, linked)
    commit_spine.add_persons(cursor, on=on)
    moved = commit_spine.end_links(cursor, night=night, on=on)
    added = commit_records.add(cursor, on=on)
    return {"moved": moved, "added": added, **commit_spine.write(cursor, night=night, at=at, on=on)}


def _have_room(cursor: Any) -> None:
    cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute("SET LOCAL jit = off")
    # It waits for links, and for what the find index comes to: a server that ends whoever waits would undo the night.
    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def commit(
    cursor: Any, night: Night, ran: Ran, *, at: datetime.datetime, progress: Progress, scratch: Path,
    written: dict[str, int] | None = None,
) -> dict[str, int]:  # fmt: skip
    """Write records, versions, persons, links, events, pairs, households, deliveries; return counts.

    `written` are the counts of what changed and of links, where these were written ahead.
    """
    _have_room(cursor)
    # After the first night, what was just purged may still stand in the night's own files (P2).
    first = not Night.objects.filter(state=NightState.COMMITTED).exists()
    whole = ran.linked.whole_links
    files = NightFiles(ran.folder.standard, whole) if first and whole else None
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(build_ahead, files) if files else None
        keys = beside.submit(_lay_out, ran) if whole else None
        counts, change = _write(
            cursor, night, ran, at=at, progress=progress, scratch=scratch, beside=beside,
            written=written,
        )  # fmt: skip
        progress("Refreshing the find index", 0.7)
        if change:
            bring_find_index(cursor, change.result(), forgotten=commit_seals.FORGOTTEN)
        else:
            refresh_find_index(cursor, None, night=files, ahead=ahead)
        if keys:
            keys.result()
    progress("Loading deliveries", 0.97)
    commit_deliveries.write(ran, night=night)
    safety_address.settle_again(cursor)
    return counts


def _write(
    cursor: Any, night: Night, ran: Ran, *, at: datetime.datetime, progress: Progress, scratch: Path,
    beside: ThreadPoolExecutor, written: dict[str, int] | None,
) -> tuple[dict[str, int], Future[Difference | None] | None]:  # fmt: skip
    """Write all but the find index and the deliveries; with the counts, what differs in the index.

    That is worked out beside the writing, from what was read once records and persons stood; None
    where everybody's must be made anew.
    """
    progress("Loading records", 0.0)
    first_load = commit_first.begin(cursor)
    if first_load:
        counts = commit_first.load(cursor, ran, on=night.as_at, scratch=scratch)
        fresh = commit_seals.seal(cursor, ran.sealed, on=night.as_at)
    else:
        counts = written or write_what_changed(cursor, ran.folder, on=night.as_at)
        progress("Loading links and events", 0.35)
        if written is None:
            counts |= write_links(cursor, ran.linked, night=night.pk, at=at, on=night.as_at)
        fresh = commit_seals.seal(cursor, ran.sealed, on=night.as_at)
    counts["sealed"] = commit_seals.purge(cursor, ran.sealed, fresh=fresh, on=night.as_at)
    safety_address.settle(cursor)
    progress("Loading households and deaths", 0.6)
    change, records = None, "people_record"
    if night.full or first_load or _are_nearly_all(cursor):
        counts |= commit_reviews.write(cursor, ran, night=night.pk, first_load=first_load)
        cursor.execute("SELECT linkage_analyse()")
    else:
        records = _read_once(cursor)
        change = _differ_beside(cursor, beside, records)
        counts |= commit_reviews.write(cursor, ran, night=night.pk, first_load=first_load)
    counts["died"] = commit_spine.tell_deaths(cursor, night=night.pk, at=at, records=records)
    commit_households.write(cursor, on=night.as_at, records=records)
    if not first_load:
        commit_sight.part_people(at=at)
    commit_sight.write(at=at)
    if first_load:
        commit_first.finish(cursor)
    return counts, change


def _differ_beside(
    cursor: Any, beside: ThreadPoolExecutor, records: str
) -> Future[Difference | None]:
    """Have it worked out what differs in the index of the touched: it takes longer than all that comes after."""
    now = beside.submit(find_change.say, rows_of_records(cursor, records))
    was = profiles_in_use(cursor, "touched")
    return beside.submit(lambda: find_change.differ(now.result(), was))


def _lay_out(ran: Ran) -> None:
    """What the next night will look for rows by; of a full night, all anew."""
    lay_out_keys(ran.linked.folder)
    for folder, name in (
        (ran.linked.folder, "members"), (ran.linked.folder, "links"), (ran.folder.path, "held"),
    ):  # fmt: skip
        number_rows(folder, name)


def _are_nearly_all(cursor: Any) -> bool:
    """Whether so many persons are touched that the find index is better made anew for everybody."""
    cursor.execute("ANALYZE touched")
    cursor.execute("SELECT count(*) FROM touched")
    touched = cursor.fetchone()[0]
    # Whether there are so many others, not how many there are: those need not all be counted.
    cursor.execute("SELECT FROM people_person OFFSET %s LIMIT 1", [int(touched / EVERYBODY)])
    return not cursor.rowcount


def _read_once(cursor: Any) -> str:
    """Lay the records of those touched beside the tables: they lie far apart, and are asked for three times."""
    said = ", ".join(f"r.{name}" for name in dict.fromkeys((*_LOOKED_AT, *READ)))
    cursor.execute(
        f"""CREATE TEMPORARY TABLE touched_records ON COMMIT DROP AS
            SELECT {said} FROM touched t JOIN people_record r ON r.person_id = t.person"""
    )
    # What records said before is joined to it: where the server takes that table for empty, as it does after a night
    # was taken back, it would go over all of these for each of those.
    cursor.execute("CREATE INDEX ON touched_records (id)")
    cursor.execute("ANALYZE touched_records (id, person_id)")
    return "touched_records"
