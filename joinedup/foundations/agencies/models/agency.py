"""A body that has joined the partnership."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind, Regulator

_KINDS = [(kind.value, kind.label) for kind in AgencyKind]
_REGULATORS = [(regulator.value, regulator.label) for regulator in Regulator]


class Agency(models.Model):
    """A body that has joined the partnership; its code is its contract's."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=_KINDS)
    ods_code = models.CharField(max_length=12, blank=True, default="")
    regulator = models.CharField(max_length=30, choices=_REGULATORS, blank=True, default="")
    name_reveals = models.BooleanField(default=False)
    """Its very name tells something: substance misuse, a refuge, sexual health (P8, P17)."""
    is_commissioner = models.BooleanField(default=False)
    is_provider = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="agency_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(regulator__in=["", *(code for code, _ in _REGULATORS)]),
                name="agency_regulator_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ods_code="") | Q(ods_code__regex=r"^[A-Z0-9]{3,12}$"),
                name="agency_ods_code_is_in_form",
            ),
        )

    def __str__(self) -> str:
        return self.name
