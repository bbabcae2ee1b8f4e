"""When somebody is away from a post; never why."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post


class Leaves(models.QuerySet["Leave"]):
    """Times away, asked about in sentences."""

    def within(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that touch a day between these two, both counted."""
        return self.filter(starts_on__lte=last, ends_on__gt=first)


class Leave(models.Model):
    """That somebody is away from their post, from a day until before another."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="leave")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Leaves.as_manager()

    class Meta:
        indexes = (models.Index(fields=("post", "starts_on"), name="leave_of_post"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="leave_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} away from {self.starts_on}"
