"""Where referrals can go, what is open to whom and since when, and from how many contacts on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import (
    ContactReason,
    Duty,
    EmergencyService,
    RouteKind,
    Source,
)


class Route(models.Model):
    """A place a referral can be sent to; its next date and capacity are set by its own room.

    Empty `needs` or `localities` mean all. A route with a duty is never refused for capacity (P20).
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    sentence = models.CharField(max_length=300)
    kind = coded(RouteKind)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="routes"
    )
    needs = ArrayField(models.CharField(max_length=40), default=list)
    localities = ArrayField(models.CharField(max_length=20), default=list)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    to_age = models.PositiveSmallIntegerField(null=True, blank=True)
    duty = coded(Duty, blank=True, default=Duty.NONE)
    is_warm = models.BooleanField(default=True)
    """A warm hand-over; else it is a signpost, and is recorded as what it is."""
    reach = models.CharField(max_length=300, blank=True, default="")
    """How somebody signposted gets there."""
    next_on = models.DateField(null=True, blank=True)
    """Its next meeting or first free date, where it has such a thing."""
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many it can take before the next date; empty where it does not count."""
    capacity_said_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", RouteKind, "route_kind_is_known"),
            only("duty", Duty, "route_duty_is_known"),
            models.CheckConstraint(
                condition=Q(from_age__isnull=True)
                | Q(to_age__isnull=True)
                | Q(to_age__gte=F("from_age")),
                name="route_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(is_warm=False) | Q(team__isnull=False), name="route_warm_has_a_team"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="route_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SourceOpening(models.Model):
    """That a source may refer to the programme from a day on, on a recorded test result (P22)."""

    id = models.BigAutoField(primary_key=True)
    source = coded(Source)
    phase = models.CharField(max_length=60)
    test_result = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("source", Source, "opening_source_is_known"),
            models.CheckConstraint(
                condition=~Q(test_result=""), name="opening_rests_on_a_test_result"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gt=F("opens_on")),
                name="opening_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} from {self.opens_on}"


class Threshold(models.Model):
    """From how many contacts within how many days a service's use counts, with the source of the rule."""

    id = models.BigAutoField(primary_key=True)
    service = coded(EmergencyService)
    reason = coded(ContactReason)
    contacts = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("service", EmergencyService, "threshold_service_is_known"),
            only("reason", ContactReason, "threshold_reason_is_known"),
            models.CheckConstraint(
                condition=Q(contacts__gt=0, days__gt=0), name="threshold_counts_something"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="threshold_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.contacts} in {self.days} days, {self.service}"
