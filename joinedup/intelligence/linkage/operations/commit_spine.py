"""Persons and links of a night: added, moved, merged by pointer, retired; and what became of whom."""

import datetime
import uuid
from typing import Any

from joinedup.intelligence.linkage.operations.copying import copy_to_temporary
from joinedup.pipeline.linkage import Linked


def stage(cursor: Any, linked: Linked) -> None:
    """Copy the links that changed, and the events, beside the tables."""
    links = {
        "agency": "text", "record_id": "text", "person": "uuid", "tier": "text",
        "weight": "double precision", "because": "text",
    }  # fmt: skip
    copy_to_temporary(cursor, "night_links", links, linked.links_changed)
    events = {"kind": "text", "person": "uuid", "other": "uuid", "because": "text"}
    copy_to_temporary(cursor, "night_events", events, linked.events)


def add_persons(cursor: Any, *, on: datetime.date) -> None:
    """Add persons never seen, and call back those that were merged or retired and hold records again."""
    cursor.execute(
        """INSERT INTO people_person (id, first_seen_on)
           SELECT DISTINCT person, %s::date FROM night_links ON CONFLICT (id) DO NOTHING""",
        [on],
    )
    cursor.execute(
        """UPDATE people_person p SET merged_into_id = NULL, retired_on = NULL
           FROM (SELECT DISTINCT person FROM night_links) l
           WHERE p.id = l.person AND (p.merged_into_id IS NOT NULL OR p.retired_on IS NOT NULL)"""
    )


def end_links(cursor: Any, *, night: int, on: datetime.date) -> int:
    """Keep the links that end tonight; newer evidence alone ends nothing. Before any link is changed.

    Leaves `night_linked`: the records whose link becomes another, or rests on other evidence.
    """
    cursor.execute(
        """CREATE TEMPORARY TABLE night_linked ON COMMIT DROP AS
           SELECT r.id AS record, r.person_id AS was, l.person, l.tier, l.weight, l.because
           FROM night_links l
           JOIN people_record r ON r.agency_id = l.agency AND r.record_id = l.record_id
           WHERE (r.person_id, r.tier, r.weight, r.because)
             IS DISTINCT FROM (l.person, l.tier, l.weight, l.because)"""
    )
    cursor.execute("ANALYZE night_linked")
    cursor.execute(
        """INSERT INTO linkage_link (record_id, person_id, tier, weight, because, starts_on, ends_on,
             night_id)
           SELECT r.id, r.person_id, r.tier, r.weight, r.because, r.linked_on,
             greatest(%s, r.linked_on), %s
           FROM night_linked l JOIN people_record r ON r.id = l.record WHERE l.was <> l.person""",
        [on, night],
    )
    return int(cursor.rowcount)


def write(cursor: Any, *, night: int, at: datetime.datetime, on: datetime.date) -> dict[str, int]:
    """Write the links that differ, and what became of persons.

    Leaves the temporary table `touched`: every person of whom anything is different but the evidence.
    """
    cursor.execute(
        """UPDATE people_record r SET person_id = l.person, tier = l.tier, weight = l.weight,
             because = l.because,
             linked_on = CASE WHEN l.was = l.person THEN r.linked_on
                              ELSE greatest(%s, r.linked_on) END
           FROM night_linked l WHERE r.id = l.record""",
        [on],
    )
    cursor.execute(
        """CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
           SELECT l.person FROM night_links l
             JOIN night_changes c ON c.agency = l.agency AND c.record_id = l.record_id
           UNION SELECT person FROM night_linked WHERE was <> person
           UNION SELECT was FROM night_linked WHERE was <> person
           UNION SELECT r.person_id FROM people_record r JOIN night_known k ON k.id = r.id
           UNION SELECT r.person_id FROM people_record r
             JOIN night_gone g ON g.agency = r.agency_id AND g.record_id = r.record_id
           UNION SELECT person FROM night_events WHERE kind <> 'created'
           UNION SELECT other FROM night_events WHERE other IS NOT NULL"""
    )
    cursor.execute("ANALYZE touched")
    return _write_events(cursor, night=night, at=at, on=on)


def _write_events(
    cursor: Any, *, night: int, at: datetime.datetime, on: datetime.date
) -> dict[str, int]:
    """Point merged persons, retire empty ones, and tell it; a creation is told by `first_seen_on`."""
    cursor.execute(
        """UPDATE people_person p SET merged_into_id = e.other FROM night_events e
           WHERE e.kind = 'merged' AND p.id = e.person AND p.id <> e.other"""
    )
    cursor.execute(
        """UPDATE people_person p SET retired_on = greatest(%s, p.first_seen_on)
           FROM night_events e WHERE e.kind = 'retired' AND p.id = e.person""",
        [on],
    )
    cursor.execute(
        """INSERT INTO linkage_spineevent (at, night_id, kind, person_id, other_id, because)
           SELECT %s, %s, e.kind, e.person, e.other, e.because FROM night_events e
           JOIN people_person p ON p.id = e.person
           WHERE e.kind <> 'created' ORDER BY e.kind, e.person""",
        [at, night],
    )
    cursor.execute("SELECT kind, count(*) FROM night_events GROUP BY kind")
    return {f"persons_{kind}": count for kind, count in cursor.fetchall()}


def tell_deaths(
    cursor: Any, *, at: datetime.datetime, night: int | None = None, by: uuid.UUID | None = None,
    records: str = "people_record",
) -> int:  # fmt: skip
    """Write trusted deaths on the persons touched, the same night (P5), and tell them.

    Trusted: a GP practice, or adult social care under a verified NHS number. A record that has since
    left its register still tells it; one that is corrected no longer does. `records` is a table that
    holds those of the persons touched, where they have been read already.
    """
    cursor.execute(
        f"""CREATE TEMPORARY TABLE night_deaths ON COMMIT DROP AS
           WITH told AS (
             SELECT DISTINCT ON (r.person_id) r.person_id, r.died_on, r.agency_id AS source
             FROM {records} r JOIN touched t ON t.person = r.person_id
             WHERE r.died_on IS NOT NULL
               AND (r.agency_id = 'gp'
                    OR (r.agency_id = 'adult_care' AND r.nhs_number_status = '01'))
             ORDER BY r.person_id, (r.gone_on IS NULL) DESC, (r.agency_id = 'gp') DESC,
               r.changed_on DESC, r.id)
           SELECT t.person, d.died_on, coalesce(d.source, '') AS source
           FROM touched t JOIN people_person p ON p.id = t.person
           LEFT JOIN told d ON d.person_id = t.person
           WHERE (p.died_on, p.died_source) IS DISTINCT FROM (d.died_on, coalesce(d.source, ''))"""
    )
    cursor.execute(
        """UPDATE people_person p SET died_on = d.died_on, died_source = d.source
           FROM night_deaths d WHERE p.id = d.person"""
    )
    cursor.execute(
        """INSERT INTO linkage_spineevent (at, night_id, by_id, kind, person_id, because)
           SELECT %s, %s, %s, 'died', person, source FROM night_deaths
           WHERE died_on IS NOT NULL""",
        [at, night, by],
    )
    return int(cursor.rowcount)
