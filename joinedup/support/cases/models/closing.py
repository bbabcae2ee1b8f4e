"""How a case closed and opened again, and the words that went out when it did."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.models.case import Case


class Closing(models.Model):
    """One closing of a case: why, in words what stays; and its opening again, which begins a period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    reason = coded(ClosingReason)
    words = models.TextField()
    """What became of it, as whoever handed it over reads."""
    what_stays = models.TextField(blank=True, default="")
    """What goes on after it and why, and whom to ring."""
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_because = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("case", "closed_at"), name="closing_of_case"),)
        constraints = (
            only("reason", ClosingReason, "closing_reason_is_known"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(reopened_at__isnull=True), name="closing_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_because="")
                | (Q(reopened_at__gte=F("closed_at")) & ~Q(reopened_because="")),
                name="closing_reopened_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.case_id}"


class ClosingWord(models.Model):
    """The word that a person's GP practice gets of a closing; it reads this, and nothing of the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closing_words")
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="sent")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    footing = coded(Footing)
    because = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("footing", Footing, "closing_word_footing_is_known"),
            models.CheckConstraint(
                condition=Q(footing="agreed") | ~Q(because=""),
                name="closing_word_without_agreement_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} to {self.to_agency_id}"
