"""The one person behind the agencies' records."""

import uuid

from django.db import models
from django.db.models import F, Q


class Person(models.Model):
    """One person of the spine. A merge is a pointer and can be taken back; nothing is rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    first_seen_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    died_source = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_self",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True, died_source="")
                | (Q(died_on__isnull=False) & ~Q(died_source="")),
                name="person_death_has_its_source",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("first_seen_on")),
                name="person_retired_after_first_seen",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
