"""The minutes of a meeting: their number, where they stand, until when they can be corrected (P29)."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import MinutesState
from joinedup.foundations.meetings.models.meeting import Meeting

STATES = [(each.value, each.label) for each in MinutesState]


class Minutes(models.Model):
    """That minutes of a meeting were drafted and approved; their words are kept by the body."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, primary_key=True, related_name="minutes"
    )
    number = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=20, choices=STATES, default=MinutesState.DRAFT)
    drafted_at = models.DateTimeField()
    correct_by = models.DateField()
    """The last day on which an agency can ask for a correction."""
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[each for each, _ in STATES]), name="minutes_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="draft") & Q(approved_at__isnull=True))
                | (
                    Q(state="approved")
                    & Q(approved_at__isnull=False)
                    & Q(approved_by__isnull=False)
                ),
                name="minutes_approved_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.number
