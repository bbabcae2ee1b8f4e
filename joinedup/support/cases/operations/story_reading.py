"""Note that a post reads a story, and say when it did so before: what came since is new to it."""

import datetime
import uuid

from django.db import connection

from joinedup.identity.sharing.access import Viewer, reading

ONE_READING = 30
"""Minutes: pages opened within this time of each other are one reading: nothing stops being new at a click."""

_NOTE = """
INSERT INTO cases_storyreading (case_id, post_id, read_at) VALUES (%(case)s, %(post)s, %(at)s)
ON CONFLICT (case_id, post_id) DO UPDATE SET
    before_at = CASE WHEN cases_storyreading.read_at < excluded.read_at - make_interval(mins => %(one)s)
                     THEN cases_storyreading.read_at ELSE cases_storyreading.before_at END,
    read_at = greatest(cases_storyreading.read_at, excluded.read_at)
RETURNING before_at
"""


def note_reading(
    *, by: Viewer, case_id: uuid.UUID, at: datetime.datetime
) -> datetime.datetime | None:
    """Note that `by` reads the story of this case; return when it read it last, None the first time.

    The wall lets a post write its own readings of cases that it works at, and no others'.
    """
    if by.post_id is None:
        return None
    with reading(by), connection.cursor() as cursor:
        cursor.execute(_NOTE, {"case": case_id, "post": by.post_id, "at": at, "one": ONE_READING})
        before: datetime.datetime | None = cursor.fetchone()[0]
    return before
