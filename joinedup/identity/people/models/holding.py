"""What an agency holds about a person beyond identity: headline, summary and detail, a table each."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models.person import Person


class Holding(models.Model):
    """That an agency holds something of a category about a person: the headline.

    Levels are tables, because row security hides rows and not columns; each repeats person, holder
    and category, by which it is judged, and a foreign key over all of them keeps them equal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holdings")
    category = models.CharField(max_length=40)
    headline = models.CharField(max_length=200)
    handling_code = models.CharField(
        max_length=20, blank=True, default="", help_text="The police’s own, on police data (P10)."
    )
    event_code = models.CharField(max_length=40, blank=True, default="")
    """The contact that it tells of, where it is one and can be counted: a call, an attendance."""
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="holding_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("id", "person", "holder", "category"), name="holding_key_of_levels"
            ),
        )

    def __str__(self) -> str:
        return f"holding {self.pk}"


class HoldingSummary(models.Model):
    """The summary of a holding."""

    holding = models.OneToOneField(
        Holding, on_delete=models.CASCADE, primary_key=True, related_name="summary"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=40)
    summary = models.TextField()

    def __str__(self) -> str:
        return f"summary {self.pk}"


class HoldingDetail(models.Model):
    """The detail of a holding."""

    holding = models.OneToOneField(
        Holding, on_delete=models.CASCADE, primary_key=True, related_name="detail"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=40)
    detail = models.TextField()

    def __str__(self) -> str:
        return f"detail {self.pk}"
