"""Keeps the find index in step with the spine, inside the night's own transaction."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from django.db import connection

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.find.index import build_index
from joinedup.intelligence.linkage.find.profile import UnreadableProfile, read_profile
from joinedup.intelligence.linkage.operations import find_change, find_lately
from joinedup.intelligence.linkage.operations.find_ahead import Ahead, lay
from joinedup.intelligence.linkage.operations.find_said import (
    NightFiles,
    profiles_in_use,
    rows_of_records,
    said_of_all,
    said_tonight,
)


def refresh_find_index(
    cursor: Any,
    persons: Sequence[str] | None,
    *,
    night: NightFiles | None = None,
    ahead: Future[Ahead] | None = None,
    forget: bool = False,
) -> int:
    """Make the index of these persons anew, or of everybody for None; return the keys written.

    Call it in the transaction that changed records, versions or persons: what is found never runs
    ahead of the spine, nor behind it. Built only from records that are there now and what these
    said before: a sealed identity is in neither (P2). `night` spares reading and standardising what
    a full night has in hand; where it is not of all live records, the database is read after all.
    `ahead` is the index of the same, made beside the writing; of use where records say nothing else yet.
    An index that another version has written is made anew for everybody. To `forget` is to leave nothing in the
    large table of what these persons are found by no longer (P15).
    """
    if persons is None:
        return _make_anew(cursor, night, ahead)
    if not persons:
        return 0
    cursor.execute("CREATE TEMPORARY TABLE find_persons (person uuid) ON COMMIT DROP")
    with cursor.copy("COPY find_persons FROM STDIN") as copy:
        copy.write("\n".join(dict.fromkeys(persons)) + "\n")
    cursor.execute("ANALYZE find_persons")
    theirs = """(SELECT r.* FROM people_record r
                 JOIN find_persons f ON f.person = r.person_id)"""
    now = find_change.say(rows_of_records(cursor, theirs))
    difference = find_change.differ(now, profiles_in_use(cursor, "find_persons"))
    written = bring_find_index(cursor, difference, forgotten="find_persons" if forget else None)
    cursor.execute("DROP TABLE find_persons")
    return written


def bring_find_index(
    cursor: Any, difference: find_change.Difference | None, *, forgotten: str | None
) -> int:
    """Write what differs; for None, where another version has written the index, everybody's anew.

    `forgotten` is a table of persons of whom the large table may keep nothing that has left (P2, P15).
    """
    if difference is None:
        return _make_anew(cursor, None, None)
    written = find_change.write(cursor, difference)
    if forgotten:
        find_lately.forget(cursor, forgotten)
    return written


def mend_find_index() -> int:
    """Make an index anew that another version wrote, so that people are found before the next night."""
    with acting(Viewer.system("making the find index anew")), connection.cursor() as cursor:
        cursor.execute("SELECT profile FROM linkage_findprofile LIMIT 1")
        try:
            for (profile,) in cursor.fetchall():
                read_profile(profile)
        except UnreadableProfile:
            return refresh_find_index(cursor, None)
    return 0


def _make_anew(cursor: Any, night: NightFiles | None, ahead: Future[Ahead] | None) -> int:
    made = ahead.result() if ahead else None
    if made is None or not _is_of_all(cursor, made):
        in_hand = said_tonight(cursor, night) if night else None
        index = build_index(said_of_all(cursor) if in_hand is None else in_hand)
        lay(cursor, index)
    else:
        index = made.index
        if not made.laid:
            lay(cursor, index)
    cursor.execute("SELECT find_index_take()")
    return len(index.keys)


def _is_of_all(cursor: Any, ahead: Ahead) -> bool:
    """Whether what was made ahead is of every live record, and none has said anything else before."""
    cursor.execute(
        "SELECT count(*), EXISTS (SELECT FROM people_recordversion) FROM people_record WHERE gone_on IS NULL"
    )
    records, said_before = cursor.fetchone()
    return bool(records == ahead.records and not said_before)
