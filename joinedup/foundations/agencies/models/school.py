"""Which social work manager a school has, from one day until another (S0-68)."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models.post import Post


class SchoolLinks(models.QuerySet["SchoolLink"]):
    """Schools and their managers, asked about in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def of(self, key: str) -> Self:
        """Those of the school of that key."""
        return self.filter(school_key=key)


class SchoolLink(models.Model):
    """That a school has this named social work manager, and who covers when they are away.

    A change ends one and starts the next, so that the history is the table itself. `school_key` is
    the name as `rules.school_key` writes it: a referral names a school in its sender's own spelling.
    """

    id = models.BigAutoField(primary_key=True)
    school = models.CharField(max_length=200)
    school_key = models.CharField(max_length=200)
    manager = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="schools")
    covered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="covers_schools"
    )
    because = models.CharField(max_length=300, blank=True, default="")
    """Why it changed, as whoever changed it says."""
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = SchoolLinks.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="school_link_ends_no_earlier_than_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(covered_by__isnull=True) | ~Q(covered_by=F("manager")),
                name="school_link_is_covered_by_another",
            ),
            models.UniqueConstraint(
                fields=("school_key",),
                condition=Q(ends_on__isnull=True),
                name="school_has_one_manager_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.school
