"""Take records back: what a source recalls, or deleted long enough ago, leaves every copy (P15)."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.audit.operations.copies import recall_copies
from joinedup.foundations.audit.queries.copies import Copy, copies_about, copies_out
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.trouble import Trouble
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.operations.subject import ANSWER
from joinedup.identity.sharing.queries.known import same_people
from joinedup.intelligence.linkage.operations import cache, delivered_files, taken_back
from joinedup.intelligence.linkage.operations.commit_spine import tell_deaths
from joinedup.intelligence.linkage.operations.delivered_files import Reached
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.intelligence.linkage.operations.night_lock import WAIT, may_answer
from joinedup.intelligence.linkage.operations.taken_back import Elsewhere, nowhere_else
from joinedup.intelligence.linkage.queries import night_facts
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.inbox import files_in
from joinedup.pipeline.sealed import fields

RECALLING = Viewer.system("taking back what its source recalled")
COPY = "rows to mend"
"""The rows kept back of a delivery, as a file to be mended: a copy of the records themselves."""


class CannotRecall(Exception):
    """Nothing was taken back; the message says why."""


@dataclass(frozen=True)
class Recalled:
    """How much left each table, which copies outside somebody must now destroy, which files left the inbox."""

    counts: dict[str, int]
    copies: tuple[Copy, ...]
    files: Reached = field(default_factory=Reached)


def recall_records(
    *, by: Viewer, agency: str, record_ids: Sequence[str], data: Path, inbox: Path,
    at: datetime.datetime, elsewhere: Elsewhere = nowhere_else,
) -> Recalled:  # fmt: skip
    """Take these records of an agency back, live or gone, with all that hangs on them.

    A record that the agency sends again is a new one. `elsewhere` does the same in rooms above.
    Raises CannotRecall, NotPermitted, Trouble.
    """
    by.must(Permission.SEND_DELIVERIES)
    if not by.is_system and by.agency != agency:
        raise NotPermitted("An agency takes back its own records and no other’s.")
    with transaction.atomic():
        done = _take_back(by, _RECALLED, [agency, list(record_ids)], at, elsewhere)
        if not done.counts["people_record"] and not done.counts["linkage_quarantinedrow"]:
            raise CannotRecall(_no_such_record(agency, inbox))
        return replace(done, files=_forget_files(by, agency, data, inbox, at))


def forget_deleted(
    *, by: Viewer, agency: str, gone_before: datetime.date, data: Path, inbox: Path,
    at: datetime.datetime, controller: str = "", besides: Collection[str] = (), most: int | None = None,
    elsewhere: Elsewhere = nowhere_else,
) -> Recalled:  # fmt: skip
    """Take back what an agency deleted, or sent no longer, before that day: its retention is over.

    Of a contract that several controllers send, as practices do, of that controller's records alone where it is named,
    and never of those named in `besides`, who have a retention of their own. No more than `most`, the
    longest gone first. Raises CannotRecall, NotPermitted, Trouble.
    """
    by.must(Permission.SEND_DELIVERIES)
    if not by.is_system and by.agency != agency:
        raise NotPermitted("An agency’s retention is its own.")
    with transaction.atomic():
        done = _take_back(
            by, _DELETED, [agency, gone_before, controller, controller, list(besides), most], at,
            elsewhere,
        )  # fmt: skip
        if not done.counts["people_record"]:
            return done
        return replace(done, files=_forget_files(by, agency, data, inbox, at))


def forget_agency(
    *, by: Viewer, agency: str, data: Path, inbox: Path, at: datetime.datetime,
    elsewhere: Elsewhere = nowhere_else,
) -> Recalled:  # fmt: skip
    """Take back everything that an agency delivered and wrote down as held, once it has left the partnership (P15).

    Raises CannotRecall, NotPermitted, Trouble.
    """
    by.must(Permission.SEND_DELIVERIES)
    if not by.is_system:
        raise NotPermitted("Whoever runs the system takes back all of an agency.")
    leaves_on = exits().get(agency)
    if leaves_on is None:
        raise CannotRecall(
            "That agency is part of the partnership. Let it leave first, on its page under Agencies."
        )
    if leaves_on > day_of(at):
        raise CannotRecall(
            f"It leaves the partnership on {day(leaves_on)}. All of it is taken out from that day on, and not before."
        )
    with transaction.atomic():
        done = _take_back(by, _OF_THE_AGENCY, [agency], at, elsewhere, whole=True)
        with acting(RECALLING), connection.cursor() as cursor:
            for table, statement in _ALL_HELD:
                cursor.execute(statement, [agency])
                done.counts[table] = cursor.rowcount
        return replace(done, files=_forget_files(by, agency, data, inbox, at))


def _no_such_record(agency: str, inbox: Path) -> str:
    lying = ", ".join(delivered_files.names_of(agency, files_in(inbox)))
    told = f" Its files in the inbox may hold it; look there: {lying}." if lying else ""
    return f"That agency has no such record here.{told}"


def _forget_files(
    by: Viewer, agency: str, data: Path, inbox: Path, at: datetime.datetime
) -> Reached:
    """The nights' own files are a cache; without them the next night reads the database.

    What cannot be removed still tells of somebody: then nothing was taken back. Raises Trouble.
    """
    try:
        cache.clear_rubble(data, None)
        return delivered_files.reach(by, agency, files_in(inbox), at=at)
    except OSError as why:
        raise Trouble(
            f"Nothing was taken back: {why.filename or data} could not be removed "
            f"({why.strerror or type(why).__name__}), and it tells of people. Remove it as the account "
            "that runs the nights, and recall again."
        ) from why


def _take_back(
    by: Viewer, which: str, given: Sequence[Any], at: datetime.datetime, elsewhere: Elsewhere,
    *, whole: bool = False,
) -> Recalled:  # fmt: skip
    agency = given[0]
    with acting(RECALLING):
        if not may_answer():
            raise CannotRecall(WAIT)
        with connection.cursor() as cursor:
            cursor.execute(which, given)
            taken = taken_back.about_to_go(cursor)
            deliveries, kept_back = _rows_kept_back(cursor, agency, whole=whole)
            counts = {table: _run(cursor, statement) for table, statement in _PURGE}
            counts["linkage_quarantinedrow"] = kept_back
            counts["people_person"] = _empty(cursor, at)
            counts["linkage_spineevent"] = _run(cursor, _FORGET_DEATHS)
            cursor.execute(f"CREATE TEMPORARY TABLE touched ON COMMIT DROP AS {_TOUCHED}")
            tell_deaths(cursor, at=at, by=by.post_id, night=None if by.post_id else _last_night())
            cursor.execute(f"SELECT DISTINCT p.person_id FROM {_PERSONS} p")
            people = [person for (person,) in cursor.fetchall()]
            refresh_find_index(cursor, list(map(str, people)), forget=True)
            cursor.execute("DROP TABLE recalled, touched, night_deaths")
            counts |= elsewhere(taken_back.gone(cursor, taken), at)
        copies = copies_out(COPY, map(str, deliveries)) + _copies_about(people, agency)
        recall_copies(by=by.post_id, copies=copies, purpose=by.purpose, at=at)
        record_change(
            at=at, post_id=by.post_id, act="took back", subject_kind="records", subject_id=agency,
            purpose=by.purpose, holder=agency, detail={**counts, "copies": len(copies)},
        )  # fmt: skip
    return Recalled(counts, copies)


def _copies_about(people: Sequence[uuid.UUID], agency: str) -> tuple[Copy, ...]:
    """Minutes, plans and answers about them that left: each may say what was recalled; another's answer does not."""
    same = {one for group in same_people(people).values() for one in group}
    return tuple(
        copy for copy in copies_about(same) if copy.kind != ANSWER or copy.holder == agency
    )


def _run(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.rowcount)


def _last_night() -> int | None:
    """Which night a death is told by that stands now, where nobody's post asks: it read the record left."""
    last = night_facts.last_committed()
    return last.pk if last else None


def _empty(cursor: Any, at: datetime.datetime) -> int:
    """Whoever has no record left is an identifier that holds nothing; homes without people go."""
    cursor.execute(_RETIRE, {"on": at.date()})
    emptied = int(cursor.rowcount)
    cursor.execute(
        """DELETE FROM people_household h
           WHERE NOT EXISTS (SELECT FROM people_householdmember m WHERE m.household_id = h.id)"""
    )
    return emptied


def _rows_kept_back(cursor: Any, agency: str, *, whole: bool) -> tuple[set[int], int]:
    """Rows of these records that were kept back, in whichever delivery: they are copies like any other.

    Of the `whole` agency all of them, whether or not their number can be read.
    """
    contracts = {contract.code: contract for contract in CONTRACTS}
    cursor.execute("SELECT record_id FROM recalled")
    wanted = {record_id for (record_id,) in cursor.fetchall()}
    cursor.execute(
        """SELECT q.id, q.delivery_id, q.raw, d.contract FROM linkage_quarantinedrow q
           JOIN linkage_delivery d ON d.id = q.delivery_id WHERE d.agency_id = %s AND q.raw <> ''""",
        [agency],
    )
    found = [
        (row, delivery)
        for row, delivery, raw, contract in cursor.fetchall()
        if whole or fields(contracts[contract], raw).get("record_id") in wanted
    ]
    cursor.execute(
        "DELETE FROM linkage_quarantinedrow WHERE id = ANY (%s)", [[row for row, _ in found]]
    )
    return {delivery for _, delivery in found}, len(found)


# A record that was only ever kept back has no row here, and its number stands alone.
_RECALLED = """
CREATE TEMPORARY TABLE recalled ON COMMIT DROP AS
SELECT r.id, r.person_id, w.record_id, w.agency AS agency_id
FROM (SELECT %s::text AS agency, unnest(%s::text[]) AS record_id) w
LEFT JOIN people_record r ON r.agency_id = w.agency AND r.record_id = w.record_id
"""
_DELETED = """
CREATE TEMPORARY TABLE recalled ON COMMIT DROP AS
SELECT r.id, r.person_id, r.record_id, r.agency_id FROM people_record r
WHERE r.agency_id = %s AND r.gone_on < %s AND (%s = '' OR r.controller = %s)
  AND r.controller <> ALL (%s::text[])
ORDER BY r.gone_on, r.id LIMIT %s
"""
_OF_THE_AGENCY = """
CREATE TEMPORARY TABLE recalled ON COMMIT DROP AS
SELECT r.id, r.person_id, r.record_id, r.agency_id FROM people_record r WHERE r.agency_id = %s
"""
_OF_HOLDING = "(SELECT id FROM people_holding WHERE holder_id = %s)"
_ALL_HELD = (
    ("people_holdingdetail", f"DELETE FROM people_holdingdetail WHERE holding_id IN {_OF_HOLDING}"),
    (
        "people_holdingsummary",
        f"DELETE FROM people_holdingsummary WHERE holding_id IN {_OF_HOLDING}",
    ),
    ("people_holding", "DELETE FROM people_holding WHERE holder_id = %s"),
)
_RECORDS = "(SELECT id FROM recalled WHERE id IS NOT NULL)"
_PERSONS = "(SELECT person_id FROM recalled WHERE person_id IS NOT NULL)"
_EMPTIED = """(SELECT p.person_id FROM recalled p WHERE p.person_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM people_record r WHERE r.person_id = p.person_id))"""
_PAIRS = f"""(SELECT id FROM linkage_reviewpair
              WHERE record_a_id IN {_RECORDS} OR record_b_id IN {_RECORDS})"""
_PURGE = (
    ("linkage_link_pair", f"UPDATE linkage_link SET pair_id = NULL WHERE pair_id IN {_PAIRS}"),
    ("linkage_reviewdecision", f"DELETE FROM linkage_reviewdecision WHERE pair_id IN {_PAIRS}"),
    ("linkage_reviewpair", f"DELETE FROM linkage_reviewpair WHERE id IN {_PAIRS}"),
    ("linkage_link", f"DELETE FROM linkage_link WHERE record_id IN {_RECORDS}"),
    ("linkage_correction", f"DELETE FROM linkage_correction WHERE record_id IN {_RECORDS}"),
    ("people_recordversion", f"DELETE FROM people_recordversion WHERE record_id IN {_RECORDS}"),
    (
        "sharing_restrictedaddress",
        """DELETE FROM sharing_restrictedaddress a USING recalled p
           WHERE a.holder_id = p.agency_id AND a.record_key = p.record_id""",
    ),
    ("people_record", f"DELETE FROM people_record WHERE id IN {_RECORDS}"),
    (
        "people_householdmember",
        f"""DELETE FROM people_householdmember m WHERE m.person_id IN {_PERSONS}
              AND NOT EXISTS (SELECT FROM people_record r JOIN people_household h
                              ON h.id = m.household_id AND h.address_key = r.address_key
                              WHERE r.person_id = m.person_id)""",
    ),
    (
        "linkage_possiblelink",
        f"""DELETE FROM linkage_possiblelink WHERE person_a_id IN {_EMPTIED}
              OR person_b_id IN {_EMPTIED}""",
    ),
)
_TOUCHED = f"""SELECT DISTINCT p.id AS person FROM people_person p
  WHERE p.id IN {_PERSONS} AND p.merged_into_id IS NULL"""
# That a source told a death is its word like any other: it stays where another record of it says so.
_FORGET_DEATHS = """DELETE FROM linkage_spineevent e USING recalled p
  WHERE e.kind = 'died' AND e.person_id = p.person_id AND e.because = p.agency_id
    AND NOT EXISTS (SELECT FROM people_record r WHERE r.person_id = p.person_id
                    AND r.agency_id = p.agency_id AND r.died_on IS NOT NULL)"""
_RETIRE = f"""UPDATE people_person SET died_on = NULL, died_source = '',
  retired_on = coalesce(retired_on, greatest(%(on)s, first_seen_on))
  WHERE id IN {_EMPTIED} AND merged_into_id IS NULL"""
