"""Objections people have made to the use of a record about them."""

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency


class Objection(models.Model):
    """A person's objection, told by the agency that holds the record, until it is withdrawn."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="objections")
    record_id = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "record_id"),
                condition=Q(ends_on__isnull=True),
                name="objection_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="objection_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"objection {self.pk}"
