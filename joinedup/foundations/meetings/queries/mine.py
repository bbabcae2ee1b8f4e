"""The meetings that a post sits at or has still to write up. About no person."""

import uuid
from dataclasses import dataclass

from joinedup.foundations.meetings.choices import MeetingState, MinutesState, Standing
from joinedup.foundations.meetings.models import Meeting, Minutes, Seat


@dataclass(frozen=True)
class SatAt:
    """A meeting to come, and as what somebody sits there."""

    meeting: Meeting
    standing: Standing

    @property
    def is_going_on(self) -> bool:
        """Whether it has begun."""
        return self.meeting.state == MeetingState.OPEN


def meetings_of_post(post_id: uuid.UUID) -> list[SatAt]:
    """The meetings to come that a post sits at, the first first."""
    seats = Seat.objects.filter(
        post=post_id, meeting__state__in=[MeetingState.PLANNED, MeetingState.OPEN]
    )
    rows = seats.select_related("meeting").order_by("meeting__starts_at", "pk")
    return [SatAt(each.meeting, Standing(each.standing)) for each in rows]


def minutes_to_approve(post_id: uuid.UUID) -> list[Minutes]:
    """Draft minutes of meetings that a post chaired, the oldest first."""
    chaired = Seat.objects.filter(post=post_id, standing=Standing.CHAIR).values("meeting")
    drafts = Minutes.objects.filter(state=MinutesState.DRAFT, meeting__in=chaired)
    return list(drafts.select_related("meeting").order_by("drafted_at", "pk"))
