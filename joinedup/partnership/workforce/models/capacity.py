"""Which share of a full week a post works, from a day on; full where nothing is said."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post

LEAST, FULL = 5, 100


class Capacities(models.QuerySet["Capacity"]):
    """Shares of a week, asked about in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Capacity(models.Model):
    """That a post takes on a share of a full week's work; what was before stays with its days."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="capacity")
    percent = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Capacities.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__gte=LEAST, percent__lte=FULL), name="capacity_is_a_share"
            ),
            models.UniqueConstraint(
                fields=("post",), condition=Q(ends_on__isnull=True), name="capacity_of_a_post_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="capacity_ends_no_earlier_than_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} at {self.percent} %"
