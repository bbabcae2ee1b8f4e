"""Households of a night: who lives at one address, moved with the people whose records changed."""

import datetime
from typing import Any

from joinedup.intelligence.linkage.rules import MOST_IN_A_HOUSEHOLD

_HOMES = """
CREATE TEMPORARY TABLE night_homes ON COMMIT DROP AS
SELECT DISTINCT ON (r.person_id) r.person_id AS person, r.agency_id AS holder, r.address_key, r.uprn
FROM touched t JOIN {records} r ON r.person_id = t.person
WHERE r.gone_on IS NULL AND r.died_on IS NULL AND (r.address_key <> '' OR r.uprn <> '')
ORDER BY r.person_id, r.updated_on DESC NULLS LAST,
  array_position(ARRAY['gp', 'adult_care', 'housing', 'children', 'fire', 'police'],
                 r.agency_id::text), r.id
"""
# One UPRN is one home, however its address is spelt; a home without one is known by its address.
_ADDRESS_OF_UPRN = """
CREATE TEMPORARY TABLE night_uprns ON COMMIT DROP AS
SELECT uprn, min(address_key) AS address_key FROM (
  SELECT n.uprn, n.address_key FROM night_homes n WHERE n.uprn <> '' AND n.address_key <> ''
    AND NOT EXISTS (SELECT FROM people_household h WHERE h.uprn = n.uprn AND h.uprn <> '')
  UNION ALL
  SELECT h.uprn, h.address_key FROM people_household h
  JOIN (SELECT DISTINCT uprn FROM night_homes WHERE uprn <> '') n ON n.uprn = h.uprn
  WHERE h.uprn <> ''
) known GROUP BY uprn
"""
_WHERE = """
CREATE TEMPORARY TABLE night_members ON COMMIT DROP AS
SELECT person, holder, home, uprn, md5(home)::uuid AS household FROM (
  SELECT n.person, n.holder, n.uprn,
    coalesce(u.address_key, nullif(n.address_key, ''), 'uprn ' || n.uprn) AS home
  FROM night_homes n LEFT JOIN night_uprns u ON n.uprn <> '' AND u.uprn = n.uprn) placed
"""
_ADD_HOUSEHOLDS = """
INSERT INTO people_household (id, address_key, uprn)
SELECT household, home, max(uprn) FROM night_members GROUP BY household, home
ON CONFLICT (id) DO UPDATE SET uprn = excluded.uprn
WHERE people_household.uprn = '' AND excluded.uprn <> ''
"""
_LEAVE = """
UPDATE people_householdmember m SET ends_on = greatest(%s, m.starts_on)
FROM touched t WHERE m.person_id = t.person AND m.ends_on IS NULL AND NOT EXISTS (
  SELECT FROM night_members n WHERE n.person = m.person_id AND n.household = m.household_id)
RETURNING m.household_id
"""
_BY_ANOTHER_S_WORD = """
UPDATE people_householdmember m SET holder_id = n.holder FROM night_members n
WHERE m.person_id = n.person AND m.ends_on IS NULL AND m.holder_id IS DISTINCT FROM n.holder
"""
# Laid aside before it is inserted, or the planner would search the table it is filling.
_NEWCOMERS = """
CREATE TEMPORARY TABLE night_newcomers ON COMMIT DROP AS
SELECT n.household, n.person, n.holder FROM night_members n
LEFT JOIN people_householdmember m ON m.person_id = n.person AND m.ends_on IS NULL
WHERE m.id IS NULL
"""
_JOIN = """
INSERT INTO people_householdmember (household_id, person_id, holder_id, starts_on)
SELECT household, person, holder, %s FROM night_newcomers ORDER BY household, person
"""
_SIZE = """
UPDATE people_household h SET is_institution = s.people > %s
FROM (SELECT m.household_id, count(*) AS people FROM people_householdmember m
      WHERE m.ends_on IS NULL AND m.household_id IN (
        SELECT household FROM night_members UNION SELECT household FROM night_left)
      GROUP BY m.household_id) s
WHERE h.id = s.household_id AND h.is_institution <> (s.people > %s)
"""


def write(cursor: Any, *, on: datetime.date, records: str = "people_record") -> None:
    """Put each person in `touched` in the household of the newest live record's address.

    `records` is a table that holds theirs, where they have been read already.
    """
    for statement in (_HOMES.format(records=records), _ADDRESS_OF_UPRN, _WHERE):
        cursor.execute(statement)
    for table in ("night_homes", "night_uprns", "night_members"):
        cursor.execute(f"ANALYZE {table}")
    cursor.execute(_ADD_HOUSEHOLDS)
    cursor.execute("CREATE TEMPORARY TABLE night_left (household uuid) ON COMMIT DROP")
    cursor.execute(f"WITH l AS ({_LEAVE}) INSERT INTO night_left SELECT household_id FROM l", [on])
    cursor.execute(_BY_ANOTHER_S_WORD)
    cursor.execute(_NEWCOMERS)
    cursor.execute(_JOIN, [on])
    cursor.execute(_SIZE, [MOST_IN_A_HOUSEHOLD, MOST_IN_A_HOUSEHOLD])
