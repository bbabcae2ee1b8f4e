"""Calls up, while links are still being found, the pages that the rest of a night of changes will read."""

from threading import Event
from typing import Any

PARTS = 32
"""They are called up part by part, so that whoever waits for the connection waits for one part at most."""

# Whoever's record changed or went: nearly all of those the night will touch.
_WHO = f"""
CREATE TEMPORARY TABLE night_near ON COMMIT DROP AS
SELECT person_id AS person, ntile({PARTS}) OVER (ORDER BY person_id) AS part FROM (
  SELECT r.person_id FROM people_record r JOIN night_known k ON k.id = r.id
  UNION SELECT r.person_id FROM people_record r
    JOIN night_gone g ON g.agency = r.agency_id AND g.record_id = r.record_id) near
"""
# What is counted stands in the rows themselves: an index alone would answer less, and the pages stay where they are.
_READ = (
    """SELECT count(r.updated_on) FROM night_near n JOIN people_record r ON r.person_id = n.person
       WHERE n.part = %s""",
    """SELECT count(m.starts_on) FROM night_near n
       JOIN people_householdmember m ON m.person_id = n.person WHERE n.part = %s""",
    """SELECT count(p.profile) FROM night_near n
       JOIN linkage_findprofile p ON p.person = n.person WHERE n.part = %s""",
)


def call_up(cursor: Any, *, until: Event) -> None:
    """Read what is likely to be asked for next, until somebody waits for the cursor; nothing depends on it."""
    cursor.execute(_WHO)
    cursor.execute("ANALYZE night_near")
    for statement in _READ:
        for part in range(1, PARTS + 1):
            if until.is_set():
                return
            cursor.execute(statement, [part])
