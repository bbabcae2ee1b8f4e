"""What a recalled record alone said, for the rooms that copied it: whose it was, its number, its names (P15)."""

import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.identity.sharing.queries.known import same_people


@dataclass(frozen=True)
class TakenBack:
    """A record that was taken back."""

    agency: str
    record_id: str
    people: frozenset[uuid.UUID]
    """Every identifier of whoever it was of."""
    names: frozenset[str]
    """Given and family name, as it says them or said before, in small letters."""

    def without(self, said: Mapping[uuid.UUID, set[str]]) -> "TakenBack":
        """The same without names that something left still says of them: those are another's to recall."""
        still = frozenset(name for person in self.people for name in said.get(person, ()))
        return TakenBack(self.agency, self.record_id, self.people, self.names - still)


Elsewhere = Callable[[Sequence[TakenBack], datetime.datetime], Mapping[str, int]]
"""Takes out of rooms above what they copied of these records; how many rows that was, by table."""


def nowhere_else(taken: Sequence[TakenBack], at: datetime.datetime) -> Mapping[str, int]:
    """Where no room stands above."""
    return {}


def about_to_go(cursor: Any) -> list[TakenBack]:
    """What the records in `recalled` say, asked before they go."""
    cursor.execute("SELECT id FROM recalled WHERE id IS NOT NULL")
    records = [record for (record,) in cursor.fetchall()]
    cursor.execute(f"SELECT * FROM ({_SAID}) said WHERE said.record = ANY (%s)", [records])
    rows = cursor.fetchall()
    same = same_people({person for *_, person, _ in rows})
    names: dict[tuple[str, str, uuid.UUID], set[str]] = {}
    for agency, record_id, _, person, name in rows:
        names.setdefault((agency, record_id, person), set()).add(name)
    return [
        TakenBack(agency, record_id, frozenset(same[person]), frozenset(filter(None, said)))
        for (agency, record_id, person), said in names.items()
    ]


def gone(cursor: Any, taken: Sequence[TakenBack]) -> list[TakenBack]:
    """The same once the records have gone, with such names alone as nothing that is left says of them."""
    people = {person for each in taken for person in each.people}
    asked = f"SELECT said.person, said.name FROM ({_SAID}) said WHERE said.person = ANY (%s)"
    cursor.execute(asked, [list(people)])
    still: dict[uuid.UUID, set[str]] = {}
    for person, name in cursor.fetchall():
        still.setdefault(person, set()).add(name)
    return [each.without(still) for each in taken]


_SAID = """
SELECT r.agency_id, r.record_id, r.id AS record, r.person_id AS person,
  lower(trim(r.given_name || ' ' || r.family_name)) AS name
FROM people_record r
UNION ALL SELECT r.agency_id, r.record_id, r.id, r.person_id,
  lower(trim(concat_ws(' ', v.identity ->> 'given_name', v.identity ->> 'family_name')))
FROM people_recordversion v JOIN people_record r ON r.id = v.record_id
"""
