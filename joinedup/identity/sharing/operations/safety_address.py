"""An address restricted for safety lies in a room of its own, and comes back when it is lifted (P13)."""

import uuid

from django.db import connection

from joinedup.identity.sharing.access import must_act_as_system

APART = (
    "address", "postcode", "previous_address", "previous_postcode", "uprn", "phone", "email",
    "address_key",
)  # fmt: skip
"""What leads to somebody's door, or rings there."""

# Whoever looks for somebody who fled may look anywhere: every holder's address of them is set apart,
# not only that of the agency which restricted it.
_KEPT = """kept AS (
    SELECT DISTINCT same AS person, held.holder
    FROM sharing_restriction b, unnest(wall_identifiers(b.person_id)) same,
        LATERAL (SELECT b.holder_id AS holder
                 UNION SELECT r.agency_id FROM people_record r WHERE r.person_id = same
                 UNION SELECT a.holder_id FROM sharing_restrictedaddress a WHERE a.person_id = same
        ) held
    WHERE b.kind = 'safety_address' AND b.starts_at <= joinedup_now()
      AND (b.ends_at IS NULL OR b.ends_at > joinedup_now()))"""
# Their records, and those already set apart that a split has given to somebody else since: whose
# address it is was settled before the split, and a doubt about that opens nothing.
_TARGET = """target AS (
    SELECT r.id, k.person, k.holder, r.person_id AS now
    FROM kept k JOIN people_record r ON r.person_id = k.person AND r.agency_id = k.holder
    UNION
    SELECT r.id, k.person, k.holder, r.person_id
    FROM kept k
    JOIN sharing_restrictedaddress a ON a.person_id = k.person AND a.holder_id = k.holder
    JOIN people_record r ON r.agency_id = a.holder_id AND r.record_id = a.record_key)"""
_FREE = """free AS (
    SELECT a.holder_id, a.record_key, a.address FROM sharing_restrictedaddress a
    WHERE NOT EXISTS (SELECT FROM kept k WHERE k.person = a.person_id AND k.holder = a.holder_id))"""
_SAID = ", ".join(f"'{name}', r.{name}" for name in APART)
_SAYS = " OR ".join(f"r.{name} <> ''" for name in APART)
_BLANK = ", ".join(f"{name} = ''" for name in APART)
_BACK = ", ".join(f"{name} = coalesce(f.address ->> '{name}', r.{name})" for name in APART)

# Records, versions and homes.
_RECORDS_APART = f"""
WITH {_KEPT}, {_TARGET}, moved AS (
    SELECT DISTINCT ON (r.id) r.id, t.person AS person_id, r.agency_id, r.record_id,
        jsonb_build_object({_SAID}) AS address
    FROM target t JOIN people_record r ON r.id = t.id
    WHERE {_SAYS} ORDER BY r.id, t.person
), put AS (
    INSERT INTO sharing_restrictedaddress AS a (person_id, holder_id, record_key, address, kept_at)
    SELECT person_id, agency_id, record_id, address, joinedup_now() FROM moved
    ON CONFLICT (holder_id, record_key) DO UPDATE
    SET address = a.address || excluded.address, person_id = excluded.person_id,
        kept_at = excluded.kept_at
)
UPDATE people_record r SET {_BLANK} FROM moved m WHERE r.id = m.id RETURNING r.person_id
"""
_VERSIONS_APART = f"""
WITH {_KEPT}, {_TARGET}, told AS (
    SELECT DISTINCT ON (v.id) v.id, t.person AS person_id, r.agency_id, r.record_id, (
        SELECT jsonb_object_agg(key, value) FROM jsonb_each(v.identity) WHERE key = ANY (%(apart)s)
    ) AS said
    FROM target t JOIN people_record r ON r.id = t.id
    JOIN people_recordversion v ON v.record_id = r.id
    WHERE jsonb_exists_any(v.identity, %(apart)s) ORDER BY v.id, t.person
), put AS (
    INSERT INTO sharing_restrictedaddress AS a (person_id, holder_id, record_key, address, kept_at)
    SELECT person_id, agency_id, record_id,
        jsonb_build_object('versions', jsonb_object_agg(id::text, said)), joinedup_now()
    FROM told GROUP BY person_id, agency_id, record_id
    ON CONFLICT (holder_id, record_key) DO UPDATE
    SET address = a.address || jsonb_build_object('versions',
        coalesce(a.address -> 'versions', '{{}}') || (excluded.address -> 'versions'))
)
UPDATE people_recordversion v SET identity = v.identity - %(apart)s::text[]
FROM told WHERE v.id = told.id RETURNING told.person_id
"""
_HOMES_APART = f"""
WITH {_KEPT}, {_TARGET}, left_behind AS (
    DELETE FROM people_householdmember m
    USING (SELECT person, holder FROM kept UNION SELECT now, holder FROM target) k
    WHERE m.person_id = k.person AND (m.holder_id = k.holder OR m.holder_id IS NULL)
    RETURNING m.household_id, m.person_id, m.id
), emptied AS (
    DELETE FROM people_household h WHERE h.id IN (SELECT household_id FROM left_behind)
      AND NOT EXISTS (SELECT FROM people_householdmember m WHERE m.household_id = h.id
                      AND m.id NOT IN (SELECT id FROM left_behind))
)
SELECT person_id FROM left_behind
"""
_VERSIONS_BACK = f"""
WITH {_KEPT}, {_FREE}
UPDATE people_recordversion v SET identity = v.identity || told.said FROM (
    SELECT each.key::bigint AS id, each.value AS said
    FROM free, jsonb_each(coalesce(free.address -> 'versions', '{{}}')) each
) told WHERE v.id = told.id
RETURNING NULL::uuid
"""
_RECORDS_BACK = f"""
WITH {_KEPT}, {_FREE}
UPDATE people_record r SET {_BACK} FROM free f
WHERE r.agency_id = f.holder_id AND r.record_id = f.record_key RETURNING r.person_id
"""
_FORGET = f"""
WITH {_KEPT}
DELETE FROM sharing_restrictedaddress a
WHERE NOT EXISTS (SELECT FROM kept k WHERE k.person = a.person_id AND k.holder = a.holder_id)
RETURNING a.person_id
"""
_STEPS = (
    _RECORDS_APART, _VERSIONS_APART, _HOMES_APART, _VERSIONS_BACK, _RECORDS_BACK, _FORGET,
)  # fmt: skip


def kept_apart() -> frozenset[uuid.UUID]:
    """Every identifier of those whose address is restricted for safety now."""
    must_act_as_system()
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {_KEPT} SELECT DISTINCT person FROM kept")
        return frozenset(person for (person,) in cursor.fetchall())


def settle_addresses() -> tuple[uuid.UUID, ...]:
    """Bring every record to what the restrictions for safety now say; return whose had to change.

    Called when one is set or lifted, and by each night for what was delivered anew. What it changes is
    dropped from the find index at once; whoever stands above sharing indexes it anew.
    """
    must_act_as_system()
    changed: set[uuid.UUID] = set()
    with connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(step, {"apart": list(APART)})
            changed.update(person for (person,) in cursor.fetchall() if person is not None)
        if changed:
            cursor.execute("SELECT people_addresses_changed(%s)", [list(changed)])
    return tuple(sorted(changed))
