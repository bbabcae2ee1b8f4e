"""Who looks at which item and types in which box: kept on their seat, never what they type."""

import datetime
import uuid

from django.db import connection

from joinedup.foundations.meetings.models import Seat
from joinedup.foundations.meetings.operations.holding import changed

AGAIN = datetime.timedelta(seconds=4)
"""A screen asks twice a second; that it did is written down no more often than this."""
_NOW = """
SELECT seat.id, seat.looks_at_id IS DISTINCT FROM item.id OR seat.types_in <> %(types)s,
       seat.seen_at IS NULL OR seat.seen_at < %(before)s, item.id
FROM meetings_seat seat
LEFT JOIN meetings_agendaitem item ON item.id = %(looks)s AND item.meeting_id = seat.meeting_id
WHERE seat.meeting_id = %(meeting)s AND seat.post_id = %(post)s
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
        "looks": agenda_id, "types": types_in[:60], "meeting": meeting_id, "post": post_id,
        "before": at - AGAIN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NOW, said)
        row = cursor.fetchone()
    if row is None:
        return
    seat, is_another, is_due, looks = row
    if is_another:
        # The meeting before the seat, as every act in the room holds them.
        changed(meeting_id)
    if is_another or is_due:
        Seat.objects.filter(pk=seat).update(seen_at=at, looks_at=looks, types_in=types_in[:60])
