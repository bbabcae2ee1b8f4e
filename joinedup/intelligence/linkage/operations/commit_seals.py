"""Sealing (P2): what was kept of an earlier identity is purged, wherever it lies."""

import datetime
from typing import Any

from joinedup.pipeline.sealed import Sealed, SealedIdentity, fingerprint

CHECK = "check"


def key_check(key: str) -> str:
    """A fingerprint of nothing, kept beside the others: it tells whether a key is theirs."""
    return fingerprint(key, CHECK, "")


def seal(cursor: Any, sealed: Sealed, *, on: datetime.date) -> None:
    """Remember the keys and fingerprints for ever."""
    for agency, record_id in sorted(sealed.records):
        cursor.execute(
            """INSERT INTO people_seal (agency_id, record_id, sealed_on) VALUES (%s, %s, %s)
               ON CONFLICT DO NOTHING""",
            [agency, record_id, on],
        )
    prints = sealed.prints | ({key_check(sealed.key)} if sealed.records else set())
    for known in sorted(prints):
        cursor.execute(
            """INSERT INTO people_sealedfingerprint (fingerprint, sealed_on) VALUES (%s, %s)
               ON CONFLICT DO NOTHING""",
            [known, on],
        )


def purge(cursor: Any, sealed: Sealed) -> int:
    """Remove every sealed record and all that hangs on it; `night_gone` names them.

    The person stays as an identifier that holds nothing, so that what pointed at it still points.
    """
    cursor.execute(
        """CREATE TEMPORARY TABLE night_sealed ON COMMIT DROP AS
           SELECT r.id FROM people_record r WHERE EXISTS (
               SELECT FROM night_gone g WHERE g.why = 'sealed'
                 AND g.agency = r.agency_id AND g.record_id = r.record_id)
             OR EXISTS (SELECT FROM people_seal s
                        WHERE s.agency_id = r.agency_id AND s.record_id = r.record_id)"""
    )
    for identity in sealed.identities:
        _add_gone(cursor, identity)
    cursor.execute(
        """INSERT INTO touched SELECT DISTINCT person_id FROM people_record
           WHERE id IN (SELECT id FROM night_sealed) EXCEPT SELECT person FROM touched"""
    )
    for statement in _PURGE:
        cursor.execute(statement)
    cursor.execute("DELETE FROM people_record WHERE id IN (SELECT id FROM night_sealed)")
    purged = int(cursor.rowcount)
    for identity in sealed.identities:
        _purge_elsewhere(cursor, identity)
    return purged


def _add_gone(cursor: Any, identity: SealedIdentity) -> None:
    """The gate judges what is live; a record that went earlier is still kept, and is purged here."""
    cursor.execute(
        f"""INSERT INTO night_sealed SELECT id FROM people_record WHERE gone_on IS NOT NULL AND (
              regexp_replace(nhs_number, '[^0-9]', '', 'g') = %(nhs)s
              OR (born_on = %(born)s AND {_PLAIN.format("family_name")} = %(family)s
                  AND split_part({_PLAIN.format("given_name")}, ' ', 1) = %(given)s))
            EXCEPT SELECT id FROM night_sealed""",
        {
            "nhs": identity.nhs_number,
            "born": identity.born_on,
            "family": identity.family,
            "given": identity.given,
        },
    )


# Standard names are compared, so SMITH-JONES in a record is SMITH JONES here.
_PLAIN = "upper(trim(regexp_replace({}, '[^[:alpha:]]+', ' ', 'g')))"
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


def _purge_elsewhere(cursor: Any, identity: SealedIdentity) -> None:
    """The earlier number and name also leave versions, earlier-name fields and rows kept back."""
    if identity.nhs_number:
        digits = "regexp_replace({}, '[^0-9]', '', 'g') LIKE %s"
        like = f"%{identity.nhs_number}%"
        cursor.execute(
            f"DELETE FROM people_recordversion WHERE {digits.format("identity->>'nhs_number'")}",
            [like],
        )
        cursor.execute(f"DELETE FROM linkage_quarantinedrow WHERE {digits.format('raw')}", [like])
    if not (identity.given and identity.family):
        return
    names = [f"%{identity.given}%", f"%{identity.family}%"]
    cursor.execute(
        "DELETE FROM linkage_quarantinedrow WHERE upper(raw) LIKE %s AND upper(raw) LIKE %s", names
    )
    if not identity.born_on:
        return
    cursor.execute(
        f"""DELETE FROM people_recordversion v USING people_record r
            WHERE r.id = v.record_id AND r.born_on = %s
              AND {_PLAIN.format("v.identity::text")} LIKE %s
              AND {_PLAIN.format("v.identity::text")} LIKE %s""",
        [identity.born_on, *names],
    )
    for field in ("previous_family_name", "known_as"):
        name = identity.family if field == "previous_family_name" else identity.given
        cursor.execute(
            f"""UPDATE people_record r SET {field} = '' WHERE r.born_on = %s
                  AND {_PLAIN.format(f"r.{field}")} = %s
                  AND ({_PLAIN.format("r.given_name")} LIKE %s
                       OR {_PLAIN.format("r.family_name")} LIKE %s
                       OR {_PLAIN.format("r.previous_family_name")} LIKE %s)""",
            [identity.born_on, name, names[0], names[1], names[1]],
        )
