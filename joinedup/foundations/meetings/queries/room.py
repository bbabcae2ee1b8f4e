"""Who sits at a meeting and what they do there now; what a screen in the room asks each half second."""

import datetime
import uuid

from joinedup.foundations.meetings.choices import Attendance, Standing
from joinedup.foundations.meetings.models import Meeting, Seat
from joinedup.foundations.meetings.rules.quorum import AtTheTable, why_no_quorum

SEEN_WITHIN = datetime.timedelta(seconds=8)
"""Whose screen has asked within so long is looking."""


def seats_of(meeting_id: uuid.UUID) -> list[Seat]:
    """Every seat: the chair, then members by agency and name, whoever coordinates last."""
    found = Seat.objects.filter(meeting=meeting_id).select_related(
        "post__user", "post__team", "agency", "instead_of__user"
    )
    order = [Standing.CHAIR, Standing.MEMBER, Standing.GUEST, Standing.COORDINATOR]
    return sorted(
        found,
        key=lambda seat: (
            order.index(Standing(seat.standing)),
            seat.agency.name,
            seat.post.user.name,
        ),
    )


def what_quorum_lacks(meeting: Meeting, *, but: frozenset[uuid.UUID] = frozenset()) -> str:
    """What is missing before an item may open, in a sentence; `but` those who may not sit at it (P26, P28)."""
    there = Seat.objects.filter(meeting=meeting, attendance=Attendance.PRESENT).exclude(
        post__in=but
    )
    return why_no_quorum(
        [
            AtTheTable(seat.agency_id, seat.discipline, Standing(seat.standing).counts)
            for seat in there
        ],
        meeting.quorum,
        meeting.required_disciplines,
    )
