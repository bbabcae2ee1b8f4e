"""Who looks at which item and types in which box: kept on their seat, never what they type."""

import datetime
import uuid

from django.db import connection

from joinedup.foundations.meetings.operations.holding import changed

AGAIN = datetime.timedelta(seconds=4)
"""A screen asks twice a second; that it did is written down no more often than this."""
_LOOKS = """
UPDATE meetings_seat SET seen_at = %(at)s, looks_at_id = %(looks)s, types_in = %(types)s
FROM (SELECT id, looks_at_id AS looked, types_in AS typed FROM meetings_seat
      WHERE meeting_id = %(meeting)s AND post_id = %(post)s) before
WHERE meetings_seat.id = before.id
  AND (looks_at_id IS DISTINCT FROM %(looks)s OR types_in <> %(types)s OR seen_at IS NULL
       OR seen_at < %(before)s)
RETURNING before.looked IS DISTINCT FROM %(looks)s OR before.typed <> %(types)s
"""


def look(
    *,
    meeting_id: uuid.UUID,
    post_id: uuid.UUID | None,
    agenda_id: int | None,
    types_in: str,
    at: datetime.datetime,
) -> None:
    """Say what a screen in the room shows now; the others see it where that is another than before.

    No line in the audit: the look at a person leaves its own when their item is shown.
    """
    said = {
        "at": at, "looks": agenda_id, "types": types_in[:60], "meeting": meeting_id,
        "post": post_id, "before": at - AGAIN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, said)
        row = cursor.fetchone()
    if row and row[0]:
        changed(meeting_id)
