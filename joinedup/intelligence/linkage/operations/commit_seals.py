"""Sealing (P2): what was kept of an earlier identity is purged, wherever it lies."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.sealed import NAMES, Sealed, birth_days, fingerprint, speaks_of_sealed

CHECK = "check"

FORGOTTEN = "night_forgotten"
"""The temporary table of all persons of whom a purge took something: what they were found by goes at once."""


def key_check(key: str) -> str:
    """A fingerprint of nothing, kept beside the others: it tells whether a key is theirs."""
    return fingerprint(key, CHECK, "")


def seal(cursor: Any, sealed: Sealed, *, on: datetime.date) -> bool:
    """Remember keys and fingerprints for ever; return whether anything is sealed for the first time.

    What was sealed before was purged then, and the gate has kept it out since.
    """
    fresh = 0
    for agency, record_id in sorted(sealed.records):
        cursor.execute(
            """INSERT INTO people_seal (agency_id, record_id, sealed_on) VALUES (%s, %s, %s)
               ON CONFLICT DO NOTHING""",
            [agency, record_id, on],
        )
        fresh += cursor.rowcount
    prints = sealed.prints | ({key_check(sealed.key)} if sealed.everybody() else set())
    for known in sorted(prints):
        cursor.execute(
            """INSERT INTO people_sealedfingerprint (fingerprint, sealed_on) VALUES (%s, %s)
               ON CONFLICT DO NOTHING""",
            [known, on],
        )
        fresh += cursor.rowcount
    return bool(fresh)


def purge(cursor: Any, sealed: Sealed, *, fresh: bool, on: datetime.date) -> int:
    """Remove every sealed record and all that hangs on it; `night_gone` names those that were live.

    The person stays as an identifier that holds nothing and leads nowhere.
    """
    cursor.execute(_SEALED)
    if fresh:
        _add_gone(cursor, sealed)
    for statement in (_PERSONS, _IDENTIFIERS, _FORGET, _TOUCH, *_PURGE):
        cursor.execute(statement, {"on": on} if "%(on)s" in statement else None)
    cursor.execute("DELETE FROM people_record WHERE id IN (SELECT id FROM night_sealed)")
    purged = int(cursor.rowcount)
    if fresh:
        _purge_versions(cursor, sealed)
        _purge_earlier_names(cursor, sealed)
        _purge_kept_back(cursor, sealed)
    return purged


def _add_gone(cursor: Any, sealed: Sealed) -> None:
    """The gate judges what is live; a record that went earlier is still kept, and is judged here."""
    cursor.execute(
        f"""SELECT r.id, r.nhs_number, r.born_on, {_NAMES} FROM people_record r
            WHERE r.gone_on IS NOT NULL AND ({_MAY_BE.format("r.born_on", "r.nhs_number")})""",
        _marks(sealed),
    )
    _put_sealed(cursor, [row["id"] for row in _rows(cursor) if sealed.judge(row)])


def _put_sealed(cursor: Any, records: Iterable[int]) -> None:
    cursor.execute(
        "INSERT INTO night_sealed SELECT unnest(%s::bigint[]) EXCEPT SELECT id FROM night_sealed",
        [list(records)],
    )


def _purge_versions(cursor: Any, sealed: Sealed) -> None:
    """What a record said before may be of the sealed identity, or name it, though it does so no more."""
    then = _MAY_BE.format("(v.identity->>'born_on')::date", "v.identity->>'nhs_number'")
    cursor.execute(
        f"""SELECT v.id, v.identity, r.born_on, r.person_id
            FROM people_recordversion v JOIN people_record r ON r.id = v.record_id
            WHERE ({then}) OR ({_MAY_BE.format("r.born_on", "r.nhs_number")})""",
        _marks(sealed),
    )
    found = [
        row
        for row in _rows(cursor)
        if sealed.judge(row["identity"]) is not None
        or sealed.judge({**row["identity"], "born_on": row["born_on"]}) is not None
    ]
    cursor.execute(
        "DELETE FROM people_recordversion WHERE id = ANY(%s)", [[row["id"] for row in found]]
    )
    _touch(cursor, (row["person_id"] for row in found))


def _purge_earlier_names(cursor: Any, sealed: Sealed) -> None:
    """A record that is gone may carry the sealed name as an earlier one; live ones changed tonight."""
    cursor.execute(
        f"""SELECT r.id, r.person_id, r.nhs_number, r.born_on, {_NAMES} FROM people_record r
            WHERE r.gone_on IS NOT NULL AND (r.previous_family_name <> '' OR r.known_as <> '')
              AND ({_MAY_BE.format("r.born_on", "r.nhs_number")})""",
        _marks(sealed),
    )
    found = [row for row in _rows(cursor) if sealed.judge(row) is False]
    cursor.execute(
        "UPDATE people_record SET previous_family_name = '', known_as = '' WHERE id = ANY(%s)",
        [[row["id"] for row in found]],
    )
    _touch(cursor, (row["person_id"] for row in found))


def _purge_kept_back(cursor: Any, sealed: Sealed) -> None:
    """A row kept back on an earlier night is a copy like any other."""
    contracts = {contract.code: contract for contract in CONTRACTS}
    cursor.execute(
        """SELECT q.id, q.raw, d.contract FROM linkage_quarantinedrow q
           JOIN linkage_delivery d ON d.id = q.delivery_id WHERE q.raw <> ''"""
    )
    found = [
        row["id"]
        for row in _rows(cursor)
        if speaks_of_sealed(contracts[row["contract"]], row["raw"], sealed)
    ]
    cursor.execute("DELETE FROM linkage_quarantinedrow WHERE id = ANY(%s)", [found])


def _marks(sealed: Sealed) -> dict[str, Any]:
    """What a row must share with a sealed identity to be looked at more closely."""
    return {
        "days": sorted({day for one in sealed.everybody() for day in birth_days(one.born_on)}),
        "numbers": sorted({one.nhs_number for one in sealed.everybody() if one.nhs_number}),
    }


def _touch(cursor: Any, persons: Iterable[Any]) -> None:
    found = list(persons)
    for table in ("touched", FORGOTTEN):
        cursor.execute(
            f"INSERT INTO {table} SELECT unnest(%s::uuid[]) EXCEPT SELECT person FROM {table}",
            [found],
        )


def _rows(cursor: Any) -> list[Mapping[str, Any]]:
    names = [column.name for column in cursor.description]
    return [
        {name: _decoded(name, value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _decoded(name: str, value: Any) -> Any:
    """JSON comes as text from a cursor that is not Django's model layer."""
    return json.loads(value) if name == "identity" and isinstance(value, str) else value


_NAMES = ", ".join(f"r.{name}" for name in NAMES)
_MAY_BE = """{0} IS NULL OR {0} = ANY(%(days)s)
  OR regexp_replace({1}, '[^0-9]', '', 'g') = ANY(%(numbers)s)"""
_SEALED = """
CREATE TEMPORARY TABLE night_sealed ON COMMIT DROP AS
SELECT r.id FROM people_record r
JOIN night_gone g ON g.agency = r.agency_id AND g.record_id = r.record_id AND g.why = 'sealed'
UNION
SELECT r.id FROM people_record r
JOIN people_seal s ON s.agency_id = r.agency_id AND s.record_id = r.record_id
"""
_PERSONS = """
CREATE TEMPORARY TABLE night_sealed_persons ON COMMIT DROP AS
SELECT DISTINCT person_id AS id FROM people_record WHERE id IN (SELECT id FROM night_sealed)
"""
# With those that were merged into them: what ties one of these to anybody ties the person of before.
_IDENTIFIERS = """
CREATE TEMPORARY TABLE night_sealed_identifiers ON COMMIT DROP AS
WITH RECURSIVE same AS (
    SELECT id FROM night_sealed_persons
    UNION SELECT p.id FROM same JOIN people_person p ON p.merged_into_id = same.id
)
SELECT id FROM same
"""
# And whoever held one of the records before.
_FORGET = f"""
CREATE TEMPORARY TABLE {FORGOTTEN} ON COMMIT DROP AS
SELECT id AS person FROM night_sealed_identifiers
UNION SELECT person_id FROM linkage_link WHERE record_id IN (SELECT id FROM night_sealed)
"""
_TOUCH = "INSERT INTO touched SELECT id FROM night_sealed_persons EXCEPT SELECT person FROM touched"
_PAIRS = """SELECT id FROM linkage_reviewpair
            WHERE record_a_id IN (SELECT id FROM night_sealed)
               OR record_b_id IN (SELECT id FROM night_sealed)"""
_OF_PERSONS = "(SELECT id FROM night_sealed_identifiers)"
# Last of all the ways from the person of before to the person of now: links, events, homes, pointers.
_PURGE = (
    f"UPDATE linkage_link SET pair_id = NULL WHERE pair_id IN ({_PAIRS})",
    f"DELETE FROM linkage_reviewdecision WHERE pair_id IN ({_PAIRS})",
    """DELETE FROM linkage_reviewpair WHERE record_a_id IN (SELECT id FROM night_sealed)
         OR record_b_id IN (SELECT id FROM night_sealed)""",
    "DELETE FROM linkage_link WHERE record_id IN (SELECT id FROM night_sealed)",
    "DELETE FROM linkage_correction WHERE record_id IN (SELECT id FROM night_sealed)",
    """DELETE FROM sharing_restrictedaddress a USING people_record r
       WHERE r.id IN (SELECT id FROM night_sealed) AND a.holder_id = r.agency_id
         AND a.record_key = r.record_id""",
    "DELETE FROM people_recordversion WHERE record_id IN (SELECT id FROM night_sealed)",
    f"DELETE FROM linkage_link WHERE person_id IN {_OF_PERSONS}",
    f"""DELETE FROM linkage_spineevent WHERE person_id IN {_OF_PERSONS}
          OR other_id IN {_OF_PERSONS}""",
    f"""DELETE FROM linkage_possiblelink WHERE person_a_id IN {_OF_PERSONS}
          OR person_b_id IN {_OF_PERSONS}""",
    f"""DELETE FROM sharing_heldplacing WHERE stays_person IN {_OF_PERSONS}
          OR goes_person IN {_OF_PERSONS}""",
    f"DELETE FROM people_householdmember WHERE person_id IN {_OF_PERSONS}",
    """UPDATE people_person SET merged_into_id = NULL, died_on = NULL, died_source = '',
          retired_on = greatest(%(on)s, first_seen_on)
          WHERE id IN (SELECT id FROM night_sealed_persons)""",
)
