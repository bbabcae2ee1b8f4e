"""Records of a night: what they said before is kept, what they say now is written, who is gone is told."""

import datetime
from typing import Any

from joinedup.intelligence.linkage.operations.copying import copy_to_temporary
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.night_folder import NightFolder

TEXTS = tuple(
    name for name in RECORDS.names
    if name not in {"agency", "record_id", "controller", "sealed", "born_on", "died_on", "updated_on"}
)  # fmt: skip
DATES = ("born_on", "died_on", "updated_on")
VERSIONED = (*TEXTS, "born_on", "died_on")
"""What a version keeps: everything but the day the source last touched the record."""

_KEY = {"agency": "text", "record_id": "text"}


def stage(cursor: Any, folder: NightFolder) -> None:
    """Copy changed and gone records, and the standard addresses, beside the tables."""
    changes = {
        **_KEY,
        "controller": "text",
        **dict.fromkeys(TEXTS, "text"),
        **dict.fromkeys(DATES, "date"),
        "population": "text",
        "received_on": "date",
    }
    copy_to_temporary(cursor, "night_changes", changes, folder.changes)
    gone = {**_KEY, "why": "text"}
    copy_to_temporary(cursor, "night_gone", gone, folder.gone)
    copy_to_temporary(cursor, "night_absent", _KEY, folder.absent)
    address = {**_KEY, "address_key": "text"}
    copy_to_temporary(cursor, "night_addresses", address, folder.addresses)


def write(cursor: Any, *, on: datetime.date) -> dict[str, int]:
    """Keep versions, then change and end records; whose they are is not asked, and stays as it is.

    Leaves `night_known`: the changed records that were here before.
    """
    cursor.execute(
        """CREATE TEMPORARY TABLE night_known ON COMMIT DROP AS
           SELECT r.id, c.agency, c.record_id FROM night_changes c
           JOIN people_record r ON r.agency_id = c.agency AND r.record_id = c.record_id"""
    )
    cursor.execute("ANALYZE night_known")
    _mend_corrections(cursor, on=on)
    versions = _keep_versions(cursor)
    changed = _change(cursor)
    cursor.execute(
        """UPDATE people_record r SET gone_on = greatest(%s, r.received_on)
           FROM night_gone g WHERE r.agency_id = g.agency AND r.record_id = g.record_id
             AND r.gone_on IS NULL""",
        [on],
    )
    gone = cursor.rowcount
    mark_absent(cursor, on=on)
    return {"changed": changed, "versions": versions, "gone": gone}


def mark_absent(cursor: Any, *, on: datetime.date) -> None:
    """Mark whose absence is held from tonight, and take the mark from who came again or went."""
    cursor.execute(
        """UPDATE people_record r SET absent_on = NULL WHERE r.absent_on IS NOT NULL
             AND NOT EXISTS (SELECT FROM night_absent a
                             WHERE a.agency = r.agency_id AND a.record_id = r.record_id)"""
    )
    cursor.execute(
        """UPDATE people_record r SET absent_on = %s FROM night_absent a
           WHERE r.agency_id = a.agency AND r.record_id = a.record_id AND r.absent_on IS NULL""",
        [on],
    )


def _mend_corrections(cursor: Any, *, on: datetime.date) -> None:
    """A source that has changed what it was told is wrong has mended it (P5)."""
    cursor.execute(
        """UPDATE linkage_correction t SET mended_on = %s
           FROM night_known k JOIN people_record r ON r.id = k.id
           JOIN night_changes c ON c.agency = k.agency AND c.record_id = k.record_id
           WHERE t.record_id = r.id AND t.mended_on IS NULL
             AND coalesce(to_jsonb(r) ->> t.field, '') <> coalesce(to_jsonb(c) ->> t.field, '')""",
        [on],
    )


def _keep_versions(cursor: Any) -> int:
    said = ", ".join(
        f"'{name}', nullif(r.{name}, '')" if name in TEXTS else f"'{name}', r.{name}"
        for name in VERSIONED
    )
    before, now = (", ".join(f"{of}.{name}" for name in VERSIONED) for of in ("r", "c"))
    cursor.execute(
        f"""INSERT INTO people_recordversion (record_id, identity, starts_on, ends_on)
            SELECT r.id, jsonb_strip_nulls(jsonb_build_object({said})), r.changed_on,
                   greatest(c.received_on, r.changed_on)
            FROM night_known k JOIN people_record r ON r.id = k.id
            JOIN night_changes c ON c.agency = k.agency AND c.record_id = k.record_id
            WHERE ({before}) IS DISTINCT FROM ({now})"""
    )
    return int(cursor.rowcount)


def _change(cursor: Any) -> int:
    said = ", ".join(f"{name} = c.{name}" for name in ("controller", "population", *TEXTS, *DATES))
    cursor.execute(
        f"""UPDATE people_record r SET {said}, gone_on = NULL,
              changed_on = greatest(c.received_on, r.received_on),
              address_key = coalesce(a.address_key, '')
            FROM night_known k
            JOIN night_changes c ON c.agency = k.agency AND c.record_id = k.record_id
            LEFT JOIN night_addresses a ON a.agency = k.agency AND a.record_id = k.record_id
            WHERE r.id = k.id"""
    )
    return int(cursor.rowcount)


def add(cursor: Any, *, on: datetime.date) -> int:
    """Add the records that are new, each to the person that `night_links` says; return how many."""
    names = ", ".join((*TEXTS, *DATES))
    said = ", ".join(f"c.{name}" for name in (*TEXTS, *DATES))
    cursor.execute(
        f"""INSERT INTO people_record (agency_id, record_id, controller, person_id, tier, weight,
              because, linked_on, {names}, population, address_key, received_on, changed_on)
            SELECT c.agency, c.record_id, c.controller, l.person, l.tier, l.weight, l.because,
              %s::date, {said}, c.population, coalesce(a.address_key, ''), c.received_on, c.received_on
            FROM night_changes c
            JOIN night_links l ON l.agency = c.agency AND l.record_id = c.record_id
            LEFT JOIN night_addresses a ON a.agency = c.agency AND a.record_id = c.record_id
            WHERE NOT EXISTS (SELECT FROM night_known k
                              WHERE k.agency = c.agency AND k.record_id = c.record_id)
""",
        [on],
    )
    return int(cursor.rowcount)
