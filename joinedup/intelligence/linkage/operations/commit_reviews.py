"""Possible links and pairs for review: new ones open, those that are gone close, answered ones stay."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from joinedup.intelligence.linkage.operations.copying import copy_to_temporary
from joinedup.intelligence.linkage.rules import HARD_BELOW
from joinedup.pipeline.run import Ran

type Rows = Path | pa.Table


def write(cursor: Any, ran: Ran, *, night: int, first_load: bool) -> dict[str, int]:
    """Bring both lists up to date with tonight's; after a first load nothing says whose records moved."""
    possible = _write_possible(cursor, ran, night=night)
    changed = None if first_load else ran.linked.review_changed
    opened, closed = write_pairs(cursor, ran.linked.review, changed, night=night)
    return {"possible": possible, "pairs_opened": opened, "pairs_closed": closed}


def _write_possible(cursor: Any, ran: Ran, *, night: int) -> int:
    columns = {
        "person_a": "uuid", "person_b": "uuid", "weight": "double precision", "because": "text",
    }  # fmt: skip
    if ran.linked.possible_left:
        return _change_possible(cursor, ran, columns, night=night)
    found = copy_to_temporary(cursor, "night_possible", columns, ran.linked.possible)
    # Most stand from night to night: only what differs is touched.
    cursor.execute(
        """DELETE FROM linkage_possiblelink p USING (
             SELECT p.id FROM linkage_possiblelink p LEFT JOIN night_possible n
               ON n.person_a = p.person_a_id AND n.person_b = p.person_b_id
               AND n.weight = p.weight AND n.because = p.because
             WHERE n.person_a IS NULL) other
           WHERE other.id = p.id"""
    )
    cursor.execute(
        """INSERT INTO linkage_possiblelink (person_a_id, person_b_id, weight, because, night_id)
           SELECT n.person_a, n.person_b, n.weight, n.because, %s
           FROM night_possible n LEFT JOIN linkage_possiblelink p
             ON n.person_a = p.person_a_id AND n.person_b = p.person_b_id
           WHERE p.id IS NULL AND n.person_a < n.person_b""",
        [night],
    )
    return found


def _change_possible(cursor: Any, ran: Ran, columns: dict[str, str], *, night: int) -> int:
    """The same, where a night of changes says which came and which left."""
    copy_to_temporary(cursor, "night_possible_left", columns, ran.linked.possible_left)
    copy_to_temporary(cursor, "night_possible", columns, ran.linked.possible_came)
    cursor.execute(
        """DELETE FROM linkage_possiblelink p USING night_possible_left n
           WHERE n.person_a = p.person_a_id AND n.person_b = p.person_b_id"""
    )
    cursor.execute(
        """INSERT INTO linkage_possiblelink (person_a_id, person_b_id, weight, because, night_id)
           SELECT person_a, person_b, weight, because, %s FROM night_possible
           WHERE person_a < person_b
           ON CONFLICT (person_a_id, person_b_id) DO UPDATE
           SET weight = excluded.weight, because = excluded.because, night_id = excluded.night_id""",
        [night],
    )
    return ran.linked.counts["possible"]


def write_pairs(cursor: Any, review: Rows, changed: Rows | None, *, night: int) -> tuple[int, int]:
    """Open the pairs (REVIEW) that are new or back, close those that are no more; return how many of each.

    Where `changed` names the pairs that differ from those of the night before, no others are looked at but
    those of records that came to another person since.
    """
    columns = {
        "agency_a": "text", "record_id_a": "text", "agency_b": "text", "record_id_b": "text",
        "weight": "double precision", "because": "text",
    }  # fmt: skip
    copy_to_temporary(cursor, "night_review", columns, review)
    looked_at = "true"
    if changed is not None:
        _leave_out_what_stands(cursor, changed)
        looked_at = "(p.record_a_id, p.record_b_id) IN (SELECT a, b FROM night_looked_at)"
    cursor.execute(
        """CREATE TEMPORARY TABLE night_pairs ON COMMIT DROP AS
           SELECT a.id AS a, b.id AS b, n.weight, n.because FROM night_review n
           JOIN people_record a ON a.agency_id = n.agency_a AND a.record_id = n.record_id_a
           JOIN people_record b ON b.agency_id = n.agency_b AND b.record_id = n.record_id_b
           WHERE a.person_id <> b.person_id"""
    )
    cursor.execute("ANALYZE night_pairs")
    cursor.execute(
        f"""UPDATE linkage_reviewpair p SET status = 'vanished'
           WHERE p.status IN ('open', 'second_opinion') AND {looked_at} AND NOT EXISTS (
             SELECT FROM night_pairs n WHERE n.a = p.record_a_id AND n.b = p.record_b_id)"""
    )
    closed = cursor.rowcount
    cursor.execute(
        """INSERT INTO linkage_reviewpair
             (record_a_id, record_b_id, weight, because, hard, status, night_id)
           SELECT n.a, n.b, n.weight, n.because, n.weight < %(hard)s, 'open', %(night)s
           FROM night_pairs n ORDER BY n.a, n.b
           ON CONFLICT (record_a_id, record_b_id) DO UPDATE SET status = 'open',
             weight = excluded.weight, because = excluded.because, hard = excluded.hard
           WHERE linkage_reviewpair.status = 'vanished'""",
        {"hard": HARD_BELOW, "night": night},
    )
    return int(cursor.rowcount), int(closed)


def _leave_out_what_stands(cursor: Any, changed: Rows) -> None:
    """Leave in `night_review` what may differ from the night before, and in `night_looked_at` all pairs that may.

    These are the pairs that came or left, and those of records whose person is another: by this night,
    or by what reviewers answered or took back since the last began.
    """
    key = {"agency_a": "text", "record_id_a": "text", "agency_b": "text", "record_id_b": "text"}
    copy_to_temporary(cursor, "night_review_changed", key, changed)
    for statement in _LEAVE_OUT:
        cursor.execute(statement)


_LEAVE_OUT = (
    """CREATE TEMPORARY TABLE night_moved ON COMMIT DROP AS
       WITH answered AS (
         SELECT d.pair_id FROM linkage_reviewdecision d,
           (SELECT max(started_at) AS last FROM linkage_night WHERE state = 'committed') n
         WHERE d.at >= n.last OR d.undone_at >= n.last),
       moved AS (
         SELECT record FROM night_linked WHERE was <> person
         UNION SELECT record_id FROM linkage_link WHERE pair_id IN (SELECT pair_id FROM answered)
         UNION SELECT unnest(ARRAY[record_a_id, record_b_id]) FROM linkage_reviewpair
           WHERE id IN (SELECT pair_id FROM answered))
       SELECT r.id, r.agency_id AS agency, r.record_id FROM moved m JOIN people_record r ON r.id = m.record""",
    "ANALYZE night_moved",
    """DELETE FROM night_review n
       WHERE (agency_a, record_id_a, agency_b, record_id_b) NOT IN (SELECT * FROM night_review_changed)
         AND (agency_a, record_id_a) NOT IN (SELECT agency, record_id FROM night_moved)
         AND (agency_b, record_id_b) NOT IN (SELECT agency, record_id FROM night_moved)""",
    """CREATE TEMPORARY TABLE night_looked_at ON COMMIT DROP AS
       SELECT a.id AS a, b.id AS b FROM night_review_changed c
         JOIN people_record a ON a.agency_id = c.agency_a AND a.record_id = c.record_id_a
         JOIN people_record b ON b.agency_id = c.agency_b AND b.record_id = c.record_id_b
       UNION SELECT p.record_a_id, p.record_b_id FROM linkage_reviewpair p
         JOIN night_moved m ON m.id = p.record_a_id
       UNION SELECT p.record_a_id, p.record_b_id FROM linkage_reviewpair p
         JOIN night_moved m ON m.id = p.record_b_id""",
)
