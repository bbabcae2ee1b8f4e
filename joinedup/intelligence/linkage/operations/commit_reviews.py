"""Possible links and pairs for review: new ones open, those that are gone close, answered ones stay."""

from typing import Any

from joinedup.intelligence.linkage.operations.copying import copy_to_temporary
from joinedup.intelligence.linkage.rules import HARD_BELOW
from joinedup.pipeline.run import Ran


def write(cursor: Any, ran: Ran, *, night: int) -> dict[str, int]:
    """Bring both lists up to date with tonight's."""
    possible = _write_possible(cursor, ran, night=night)
    opened, closed = _write_pairs(cursor, ran, night=night)
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


def _write_pairs(cursor: Any, ran: Ran, *, night: int) -> tuple[int, int]:
    columns = {
        "agency_a": "text", "record_id_a": "text", "agency_b": "text", "record_id_b": "text",
        "weight": "double precision", "because": "text",
    }  # fmt: skip
    copy_to_temporary(cursor, "night_review", columns, ran.linked.review)
    cursor.execute(
        """CREATE TEMPORARY TABLE night_pairs ON COMMIT DROP AS
           SELECT a.id AS a, b.id AS b, n.weight, n.because FROM night_review n
           JOIN people_record a ON a.agency_id = n.agency_a AND a.record_id = n.record_id_a
           JOIN people_record b ON b.agency_id = n.agency_b AND b.record_id = n.record_id_b
           WHERE a.person_id <> b.person_id"""
    )
    cursor.execute("ANALYZE night_pairs")
    cursor.execute(
        """UPDATE linkage_reviewpair p SET status = 'vanished'
           WHERE p.status IN ('open', 'second_opinion') AND NOT EXISTS (
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
