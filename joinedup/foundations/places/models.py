"""The place: localities, LSOAs, GP practices, postcodes, and areas that lie across them."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.places.choices import AreaKind

_AREA_KINDS = [(kind.value, kind.label) for kind in AreaKind]


class Locality(models.Model):
    """A part of the place that has its own integrated team."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="locality_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Lsoa(models.Model):
    """A lower-layer super output area: about 1,700 people, with its deprivation decile."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=100)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="lsoas")
    population = models.PositiveIntegerField()
    imd_decile = models.PositiveSmallIntegerField()
    imd_release = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(imd_decile__gte=1, imd_decile__lte=10), name="lsoa_decile_1_to_10"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Practice(models.Model):
    """A GP practice: a controller of its own (P1)."""

    ods_code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=200)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="practices")

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A postcode of the place and the LSOA it lies in."""

    postcode = models.CharField(max_length=8, primary_key=True)
    lsoa = models.ForeignKey(Lsoa, on_delete=models.PROTECT, related_name="postcodes")

    def __str__(self) -> str:
        return self.postcode


class Area(models.Model):
    """A ward, district or neighbourhood: LSOAs taken together for a purpose, across localities."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=_AREA_KINDS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="area_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in _AREA_KINDS]), name="area_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


class AreaLsoas(models.QuerySet["AreaLsoa"]):
    """Which LSOAs lay in which areas, asked by day."""

    def on(self, day: datetime.date) -> Self:
        """What lay where on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class AreaLsoa(models.Model):
    """That an LSOA lies in an area, from one day until another: lines are redrawn, not rewritten."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lsoas")
    lsoa = models.ForeignKey(Lsoa, on_delete=models.PROTECT, related_name="areas")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AreaLsoas.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="area_lsoa_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("area", "lsoa"),
                condition=Q(ends_on__isnull=True),
                name="area_lsoa_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lsoa_id} in {self.area_id}"
