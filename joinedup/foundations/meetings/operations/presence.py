"""What a screen in the room asks a few times a second: whether anything is new, and that it is still there."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from joinedup.foundations.accounts.rules import IDLE

AGAIN = datetime.timedelta(seconds=4)
"""That a screen asked is written down no more often than this."""
SETTLES = datetime.timedelta(seconds=1)
"""Where somebody looks becomes another no sooner: who has a tablet beside the screen on the wall looks at both."""
_ASK = """
WITH clock AS MATERIALIZED (
  SELECT joinedup_now() AS at, (joinedup_now() AT TIME ZONE 'Europe/London')::date AS today
)
SELECT meeting.version, post.role, seat.id, item.id, clock.at,
       (SELECT sum(moves) FROM meetings_seat WHERE meeting_id = meeting.id),
       (seat.looks_at_id IS DISTINCT FROM item.id OR seat.types_in <> %(types)s)
         AND (seat.seen_at IS NULL OR seat.seen_at < clock.at - %(settles)s),
       seat.seen_at IS NULL OR seat.seen_at < clock.at - %(again)s
FROM accounts_session session
CROSS JOIN clock
JOIN accounts_user who ON who.id = session.user_id AND who.is_active
JOIN agencies_post post ON post.id = session.post_id AND post.user_id = who.id
  AND post.starts_on <= clock.today AND (post.ends_on IS NULL OR post.ends_on > clock.today)
JOIN meetings_seat seat ON seat.post_id = post.id AND seat.meeting_id = %(meeting)s
JOIN meetings_meeting meeting ON meeting.id = seat.meeting_id
LEFT JOIN meetings_agendaitem item ON item.id = %(looks)s AND item.meeting_id = meeting.id
WHERE session.session_key = %(session)s AND session.expire_date > %(now)s
  AND session.seen_at <= %(now)s AND session.seen_at > %(idle)s
"""
_MOVE = """
UPDATE meetings_seat
SET seen_at = %(at)s, looks_at_id = %(looks)s, types_in = %(types)s, moves = moves + %(moved)s
WHERE id = %(seat)s
"""


@dataclass(frozen=True)
class Asked:
    """Where a meeting stands for one who sits at it, and in which role they do."""

    version: int
    moves: int
    role: str


def ask(
    *,
    session_key: str,
    meeting_id: uuid.UUID,
    agenda_id: int | None,
    types_in: str,
    now: datetime.datetime,
) -> Asked | None:
    """Say what a screen shows now, and learn the versions that it compares; `now` is the machine's own time.

    One statement, and one more where the screen shows something else than before. None for whom
    nothing stands any more: the session, the account, the post on this day, the seat. No line in the
    audit: the look at a person leaves its own when their item is shown.
    """
    types = types_in[:60]
    said: dict[str, Any] = {
        "session": session_key, "meeting": meeting_id, "looks": agenda_id, "types": types,
        "again": AGAIN, "settles": SETTLES, "now": now, "idle": now - IDLE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ASK, said)
        row = cursor.fetchone()
        if row is None:
            return None
        version, role, seat, looks, at, moves, is_another, is_due = row
        if is_another or is_due:
            moved = int(is_another)
            cursor.execute(
                _MOVE, {"at": at, "looks": looks, "types": types, "moved": moved, "seat": seat}
            )
            moves += moved
    return Asked(version, int(moves), role)
