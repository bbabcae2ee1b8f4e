"""The place: localities, LSOAs, GP practices and postcodes."""

from django.db import models
from django.db.models import F, Q


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
