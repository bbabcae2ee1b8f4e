"""A meeting: when and where, where it stands, and who sits at it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.meetings.choices import Attendance, MeetingState, Standing

STATES = [(each.value, each.label) for each in MeetingState]
STANDINGS = [(each.value, each.label) for each in Standing]
ATTENDANCES = [(each.value, each.label) for each in Attendance]


class Meetings(models.QuerySet["Meeting"]):
    """Meetings, asked about in sentences."""

    def to_come(self) -> Self:
        """Those that are planned or going on."""
        return self.filter(state__in=[MeetingState.PLANNED, MeetingState.OPEN])


class Meeting(models.Model):
    """One meeting of a body; what the body is, and whom its items are about, is its own room's.

    `version` rises with every change that a screen in the room must show: a live page asks for it.
    `table_version` rises with all of those but what is written in a box: while it stands, a screen
    needs the words of its item and nothing else. Who looks at what is counted on their seats.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.CharField(max_length=200)
    """The name of the body as it was called on the day."""
    place = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=20, choices=STATES, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField()
    required_disciplines = models.JSONField(default=list)
    """Disciplines without which no item opens, as the terms of reference of that day have them."""
    version = models.PositiveBigIntegerField(default=1)
    table_version = models.PositiveBigIntegerField(default=1)

    objects = Meetings.as_manager()

    class Meta:
        indexes = (models.Index(fields=("starts_at",), name="meeting_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state for state, _ in STATES]), name="meeting_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(began_at__isnull=False) | ~Q(state__in=["open", "ended"]),
                name="meeting_open_when_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") ^ Q(ended_at__isnull=True),
                name="meeting_ended_when_it_ended",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} at {self.starts_at}"


class Seat(models.Model):
    """Somebody's place at one meeting: as what they sit, whether they came, what they look at now."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=40)
    standing = models.CharField(max_length=20, choices=STANDINGS, default=Standing.MEMBER)
    instead_of = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The member whom they stand in for."""
    attendance = models.CharField(max_length=20, choices=ATTENDANCES, default=Attendance.EXPECTED)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    """When their screen last asked."""
    looks_at = models.ForeignKey(
        "AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    types_in = models.CharField(max_length=60, blank=True, default="")
    """The box they are typing in, by its name; never what they type."""
    moves = models.PositiveBigIntegerField(default=0)
    """How often that became another: the sum over a meeting tells a screen whether anybody’s did."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "post"), name="seat_once_at_a_meeting"),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(standing="chair"), name="seat_of_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[each for each, _ in STANDINGS]),
                name="seat_standing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=[each for each, _ in ATTENDANCES]),
                name="seat_attendance_is_known",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=False) | ~Q(attendance__in=["present", "left"]),
                name="seat_taken_when_they_arrived",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} at {self.meeting_id}"
