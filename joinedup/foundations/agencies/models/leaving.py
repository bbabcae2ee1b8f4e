"""That an agency leaves the partnership, from which day, and what becomes of its data (P15)."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models.agency import Agency
from joinedup.foundations.agencies.models.post import Post


class AgencyExit(models.Model):
    """An agency's exit: from the start of `leaves_on` it gives and gets nothing under any agreement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="exits")
    leaves_on = models.DateField()
    because = models.TextField()
    data_becomes = models.TextField()
    """What becomes of what it delivered, as its agreements say: given back, erased, kept by whom."""
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    taken_back_because = models.TextField(blank=True, default="")
    taken_back_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency",),
                condition=Q(taken_back_at__isnull=True),
                name="agency_leaves_once",
            ),
            models.CheckConstraint(
                condition=~Q(because="") & ~Q(data_becomes=""), name="agency_exit_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because=""
                )
                | (
                    Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_because="")
                ),
                name="agency_exit_taken_back_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"exit of {self.agency_id}"
