"""An action that a meeting gave somebody: who, by when, and what became of it."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.meetings.models.agenda import AgendaItem
from joinedup.foundations.meetings.models.meeting import Meeting

STATES = [(each.value, each.label) for each in ActionState]


class Actions(models.QuerySet["Action"]):
    """Actions, asked about in sentences."""

    def open(self) -> Self:
        """Those of which nothing has become yet."""
        return self.filter(state=ActionState.OPEN)

    def overdue(self, today: datetime.date) -> Self:
        """Those open past their day."""
        return self.open().filter(due_on__lt=today)


class Action(models.Model):
    """One action with its owner and day. Its words, where it is about somebody, are the body's own.

    `out_at` is when the meeting ended and it went out; until then it is a note of the meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    number = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="meeting_actions")
    due_on = models.DateField()
    words = models.TextField(blank=True, default="")
    """What is to be done, of a general action alone; never about a person."""
    became = models.TextField(blank=True, default="")
    """What became of a general action, as its owner says; never about a person."""
    state = models.CharField(max_length=20, choices=STATES, default=ActionState.OPEN)
    given_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Actions.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("owner", "due_on"), condition=Q(state="open"), name="meeting_action_to_do"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "number"), name="meeting_action_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each for each, _ in STATES]),
                name="meeting_action_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(settled_at__isnull=False),
                name="meeting_action_settled_when_it_was",
            ),
        )

    def __str__(self) -> str:
        return f"action {self.number} of {self.meeting_id}"
