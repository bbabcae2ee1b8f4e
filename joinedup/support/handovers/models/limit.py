"""How long each step of the clock may take, from a day on, and whose word that is (P33)."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.handovers.choices import StepKind


class ClockLimit(models.Model):
    """The limit of a step from a day on, in working days; the latest that has begun holds.

    What runs already keeps the time it was given. The first of each step came with the tables.
    """

    id = models.BigAutoField(primary_key=True)
    kind = coded(StepKind)
    days = models.PositiveSmallIntegerField()
    urgent = models.PositiveSmallIntegerField()
    """Where it is urgent."""
    source = models.CharField(max_length=300)
    starts_on = models.DateField()
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", StepKind, "clock_limit_step_is_known"),
            models.UniqueConstraint(fields=("kind", "starts_on"), name="clock_limit_once_a_day"),
            models.CheckConstraint(
                condition=Q(urgent__gte=1, urgent__lte=F("days")),
                name="clock_limit_of_a_day_or_more_and_urgent_no_longer",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="clock_limit_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"
