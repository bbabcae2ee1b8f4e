"""The signature of the person themselves under their own part of an assessment (S4-12)."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.own_signature import HowConfirmed, TheirAnswer
from joinedup.support.cases.models.assessment import AssessmentSection
from joinedup.support.cases.models.case import Case


class OwnSignature(models.Model):
    """What somebody said to their own part, once, and how it was confirmed; never changed after.

    A section that is corrected is signed anew: what was signed of the earlier one stands with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    section = models.OneToOneField(
        AssessmentSection, on_delete=models.PROTECT, related_name="own_signature"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = coded(TheirAnswer)
    words = models.TextField(blank=True, default="")
    """What is wrong in it, in their words."""
    how = coded(HowConfirmed)
    shown_by = models.CharField(max_length=200, blank=True, default="")
    """The name they typed, who heard it, or where the paper is kept."""
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who was in the room with them; nobody on their own page."""
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("said", TheirAnswer, "own_signature_answer_is_known"),
            only("how", HowConfirmed, "own_signature_way_is_known"),
            models.CheckConstraint(
                condition=Q(said="my_words") | ~Q(words=""), name="own_signature_says_what_is_wrong"
            ),
            models.CheckConstraint(
                condition=Q(how="own_page", by_post__isnull=True)
                | (~Q(how="own_page") & Q(by_post__isnull=False) & ~Q(shown_by="")),
                name="own_signature_is_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.said} to {self.section_id}"
