"""What a need is worth by a published table, and up to how much whose post may authorise."""

import datetime

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post


def holding_on(day: datetime.date) -> Q:
    """What holds on that day, of whatever holds from one day until before another."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class PointsTable(models.Model):
    """A version of the place's own table that turns needs into points and points into money.

    It is published whole, from a day on, and never changed again: the next version ends it. The
    amount that it gives is indicative, a start for planning, and never a cap (Care Act s26).
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    pence_a_point = models.PositiveIntegerField()
    """What one point is worth a year."""
    source = models.CharField(max_length=300)
    """The decision that it was published by, and where it can be read."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(pence_a_point__gt=0), name="point_is_worth_something"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="points_table_has_a_source"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="points_table_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("ends_on",),
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="points_table_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"points table {self.number}"


class PointsLine(models.Model):
    """One answer to one question of a table, and the points it gives."""

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(PointsTable, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    answer = models.CharField(max_length=200)
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("table", "place"), name="points_line_has_its_place"),
            models.UniqueConstraint(
                fields=("table", "question", "answer"), name="points_line_said_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.points} points"


class DelegatedLimit(models.Model):
    """Up to how much a year the posts of a role in an agency may authorise, by which scheme (S4-28).

    It goes by the employer: seconded staff authorise by the scheme of whoever employs them.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegated_limits")
    role = models.CharField(max_length=40)
    up_to_pence = models.PositiveBigIntegerField()
    alone_up_to_pence = models.PositiveBigIntegerField(default=0)
    """Up to here whoever made the budget may authorise it too; above it maker is not checker."""
    scheme = models.CharField(max_length=200)
    """The scheme of delegation, and its clause."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(scheme=""), name="limit_has_a_scheme"),
            models.CheckConstraint(
                condition=Q(alone_up_to_pence__lte=F("up_to_pence")), name="limit_alone_is_lower"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="limit_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("agency", "role"),
                condition=Q(ends_on__isnull=True),
                name="limit_once_for_a_role_of_an_agency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.role}"
