"""Community beds and other places, and the stays in them; no step between levels (S0-47)."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.level import StepDirection
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.models.case import Case


class BedSite(models.Model):
    """A house or ward with places of one kind."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="bed_sites")
    name = models.CharField(max_length=120)
    kind = coded(BedKind)

    class Meta:
        constraints = (
            only("kind", BedKind, "bed_kind_is_known"),
            models.UniqueConstraint(fields=("agency", "name", "kind"), name="bed_site_once"),
        )

    def __str__(self) -> str:
        return self.name


class BedPlacesSet(models.QuerySet["BedPlaces"]):
    """How many places, asked in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class BedPlaces(models.Model):
    """How many places a site has from a day until another; a change ends one and starts the next."""

    id = models.BigAutoField(primary_key=True)
    site = models.ForeignKey(BedSite, on_delete=models.PROTECT, related_name="places")
    places = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BedPlacesSet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("site",),
                condition=Q(ends_on__isnull=True),
                name="bed_places_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="bed_places_end_no_earlier_than_they_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.places} at {self.site_id}"


class Placement(models.Model):
    """Somebody's stay in a place: an episode of its own, that moves neither lead nor level.

    The database lets no more stays run than the site has places.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(BedSite, on_delete=models.PROTECT, related_name="placements")
    direction = coded(StepDirection)
    """Up from home, or down from hospital."""
    because = models.TextField()
    starts_on = models.DateField()
    planned_end_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    outcome = coded(StayOutcome, blank=True, default="")
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=("site",), condition=Q(ends_on__isnull=True), name="placement_runs_at_site"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(direction__in=["up", "down"]), name="placement_steps_up_or_down"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="placement_has_reason"),
            models.CheckConstraint(
                condition=Q(planned_end_on__gte=F("starts_on"))
                & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
                name="placement_ends_no_earlier_than_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, outcome="")
                | Q(ends_on__isnull=False, outcome__in=[each.value for each in StayOutcome]),
                name="placement_ended_with_outcome",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(ends_on__isnull=True),
                name="placement_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"stay at {self.site_id}"
