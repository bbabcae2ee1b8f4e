"""Sealing (P2): what was kept of an earlier identity is purged, wherever it lies."""

import datetime
from typing import Any

from joinedup.pipeline.sealed import Sealed, SealedIdentity, fingerprint

CHECK = "check"


def key_check(key: str) -> str:
    """A fingerprint of nothing, kept beside the others: it tells whether a key is theirs."""
    return fingerprint(key, CHECK, "")


def seal(cursor: Any, sealed: Sealed, *, on: datetime.date) -> None:
    """Remember keys and fingerprints for ever, and lay out what is sealed for the first time.

    What was sealed before was purged then, and the gate has kept it out since.
    """
    cursor.execute(
        """CREATE TEMPORARY TABLE night_identities
             (nhs text, given text, family text, born_on date) ON COMMIT DROP"""
    )
    for agency, record_id in sorted(sealed.records):
        cursor.execute(
            """INSERT INTO people_seal (agency_id, record_id, sealed_on) VALUES (%s, %s, %s)
               ON CONFLICT DO NOTHING""",
            [agency, record_id, on],
        )
        if cursor.rowcount:
            _lay_out(cursor, sealed.identities[agency, record_id])
    prints = sealed.prints | ({key_check(sealed.key)} if sealed.records else set())
    for known in sorted(prints):
        cursor.execute(
            """INSERT INTO people_sealedfingerprint (fingerprint, sealed_on) VALUES (%s, %s)
               ON CONFLICT DO NOTHING""",
            [known, on],
        )


def _lay_out(cursor: Any, identity: SealedIdentity) -> None:
    cursor.execute(
        "INSERT INTO night_identities VALUES (%s, %s, %s, %s)",
        [identity.nhs_number, identity.given, identity.family, identity.born_on],
    )


def purge(cursor: Any) -> int:
    """Remove every sealed record and all that hangs on it; `night_gone` names them.

    The person stays as an identifier that holds nothing, so that what pointed at it still points.
    """
    for statement in (_SEALED, _SEALED_AND_GONE, _TOUCH, *_PURGE):
        cursor.execute(statement)
    cursor.execute("DELETE FROM people_record WHERE id IN (SELECT id FROM night_sealed)")
    purged = int(cursor.rowcount)
    for statement in _ELSEWHERE:
        cursor.execute(statement)
    return purged


# Standard names are compared, so SMITH-JONES in a record is SMITH JONES here.
_PLAIN = "upper(trim(regexp_replace({}, '[^[:alpha:]]+', ' ', 'g')))"
_DIGITS = "regexp_replace({}, '[^0-9]', '', 'g')"
_PAIRS = """SELECT id FROM linkage_reviewpair
            WHERE record_a_id IN (SELECT id FROM night_sealed)
               OR record_b_id IN (SELECT id FROM night_sealed)"""
_PURGE = (
    f"UPDATE linkage_link SET pair_id = NULL WHERE pair_id IN ({_PAIRS})",
    f"DELETE FROM linkage_reviewdecision WHERE pair_id IN ({_PAIRS})",
    """DELETE FROM linkage_reviewpair WHERE record_a_id IN (SELECT id FROM night_sealed)
         OR record_b_id IN (SELECT id FROM night_sealed)""",
    "DELETE FROM linkage_link WHERE record_id IN (SELECT id FROM night_sealed)",
    "DELETE FROM linkage_correction WHERE record_id IN (SELECT id FROM night_sealed)",
    "DELETE FROM people_recordversion WHERE record_id IN (SELECT id FROM night_sealed)",
)
_SEALED = """
CREATE TEMPORARY TABLE night_sealed ON COMMIT DROP AS
SELECT r.id FROM people_record r
JOIN night_gone g ON g.agency = r.agency_id AND g.record_id = r.record_id AND g.why = 'sealed'
UNION
SELECT r.id FROM people_record r
JOIN people_seal s ON s.agency_id = r.agency_id AND s.record_id = r.record_id
"""
# The gate judges what is live; a record that went earlier is still kept, and is purged here.
_SEALED_AND_GONE = f"""
INSERT INTO night_sealed
SELECT r.id FROM people_record r
JOIN night_identities i ON i.nhs = {_DIGITS.format("r.nhs_number")} WHERE r.gone_on IS NOT NULL
UNION
SELECT r.id FROM people_record r
JOIN night_identities i ON i.born_on = r.born_on AND i.family = {_PLAIN.format("r.family_name")}
  AND i.given = split_part({_PLAIN.format("r.given_name")}, ' ', 1) WHERE r.gone_on IS NOT NULL
EXCEPT SELECT id FROM night_sealed
"""
# Also whoever may lose a version or an earlier name below: the find index must forget it the same night.
_TOUCH = f"""
INSERT INTO touched (
    SELECT person_id FROM people_record WHERE id IN (SELECT id FROM night_sealed)
    UNION
    SELECT r.person_id FROM people_record r JOIN night_identities i ON i.born_on = r.born_on
    UNION
    SELECT r.person_id FROM people_recordversion v JOIN people_record r ON r.id = v.record_id
    JOIN night_identities i ON {_DIGITS.format("v.identity->>'nhs_number'")} = i.nhs
) EXCEPT SELECT person FROM touched
"""
_BEFORE = _PLAIN.format("v.identity::text")
# The earlier number and name also leave rows kept back, versions and earlier-name fields.
_ELSEWHERE = (
    f"""DELETE FROM linkage_quarantinedrow q USING night_identities i
        WHERE {_DIGITS.format("q.raw")} LIKE '%' || i.nhs || '%'
           OR (upper(q.raw) LIKE '%' || i.given || '%' AND upper(q.raw) LIKE '%' || i.family || '%')""",
    f"""DELETE FROM people_recordversion v USING night_identities i
        WHERE {_DIGITS.format("v.identity->>'nhs_number'")} = i.nhs""",
    f"""DELETE FROM people_recordversion v USING people_record r, night_identities i
        WHERE r.id = v.record_id AND i.born_on = r.born_on
          AND {_BEFORE} LIKE '%' || i.given || '%' AND {_BEFORE} LIKE '%' || i.family || '%'""",
    f"""UPDATE people_record r SET previous_family_name = '' FROM night_identities i
        WHERE i.born_on = r.born_on AND r.previous_family_name <> ''
          AND {_PLAIN.format("r.previous_family_name")} = i.family
          AND {_PLAIN.format("r.given_name || ' ' || r.known_as")} LIKE '%' || i.given || '%'""",
    f"""UPDATE people_record r SET known_as = '' FROM night_identities i
        WHERE i.born_on = r.born_on AND r.known_as <> ''
          AND {_PLAIN.format("r.known_as")} LIKE i.given || '%'
          AND {_PLAIN.format("r.family_name || ' ' || r.previous_family_name")}
            LIKE '%' || i.family || '%'""",
)
