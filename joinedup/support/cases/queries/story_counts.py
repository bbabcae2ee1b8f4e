"""How the entries and contacts of a story lie over agencies and quarters, and how contact is recorded: one question."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from joinedup.support.cases.rules.story import Tally, together
from joinedup.support.contacts.rules import WRITTEN_WITHIN

LATELY = datetime.timedelta(days=90)
_ASKED = """SELECT agency, quarter, many, serious, new, last_seen, last_seen_alone, written_lately, written_late
FROM cases_story_counts(%s, %s::uuid[], %s, %s::timestamptz, %s, %s)"""


@dataclass(frozen=True)
class Recording:
    """How contact is recorded: when somebody was last seen, and how much of late was written late (S4-43)."""

    last_seen_at: datetime.datetime | None
    last_seen_alone_at: datetime.datetime | None
    lately: int
    late: int


@dataclass(frozen=True)
class Counts:
    """Of the entries and contacts of a story, whatever of it is asked for."""

    tally: Tally
    new: int
    recording: Recording


def counts_of(
    case_id: uuid.UUID,
    identifiers: Collection[uuid.UUID],
    at: datetime.datetime,
    new_since: datetime.datetime | None,
) -> Counts:
    """Every entry and contact that whoever acts reads, counted by the database as its owner.

    Row security would judge two thousand rows that all hang on the same case; the function judges the
    case once, by the same word, and gives nothing to whoever does not work at it.
    """
    asked: list[Any] = [case_id, list(identifiers), at, new_since, at - LATELY, WRITTEN_WITHIN]
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, asked)
        rows = cursor.fetchall()
    seen, alone = ([row[place] for row in rows if row[place] is not None] for place in (5, 6))
    return Counts(
        together({(row[0], row[1]): (row[2], row[3])} for row in rows),
        sum(row[4] for row in rows) if new_since else 0,
        Recording(
            max(seen, default=None), max(alone, default=None),
            sum(row[7] for row in rows), sum(row[8] for row in rows),
        ),
    )  # fmt: skip
