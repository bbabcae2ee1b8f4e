"""People who live at one address."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.models.person import Person


class Household(models.Model):
    """An address at which people of the spine live; too many people make it an institution."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address_key = models.TextField(unique=True)
    uprn = models.TextField(blank=True, default="", db_default="")
    is_institution = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = (models.Index(fields=("uprn",), condition=~Q(uprn=""), name="household_by_uprn"),)

    def __str__(self) -> str:
        return str(self.id)


class HouseholdMember(models.Model):
    """A person's time in a household, by the word of the agency whose record says so."""

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="households")
    holder = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(ends_on__isnull=True),
                name="person_in_one_household_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="member_leaves_after_joining",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
