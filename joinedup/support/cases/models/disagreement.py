"""A disagreement about a step, and the ladder that it climbs (P40)."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.level import Rung, RungSaid, Settled
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.stepping import CaseStep


class Disagreement(models.Model):
    """That two sides disagree about a step; until it is settled the safer position holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disagreements")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="disagreements")
    because = models.TextField()
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    rung = coded(Rung, default=Rung.WORKER)
    due_at = models.DateTimeField(null=True, blank=True)
    """When it goes up by itself; never from the last rung."""
    settled = coded(Settled, blank=True, default="")
    settled_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(settled_at__isnull=True), name="disagreement_due"
            ),
        )
        constraints = (
            only("rung", Rung, "disagreement_rung_is_known"),
            models.CheckConstraint(condition=~Q(because=""), name="disagreement_has_reason"),
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True)
                | Q(settled__in=[each.value for each in Settled], settled_at__isnull=False),
                name="disagreement_settled_as_something",
            ),
            models.UniqueConstraint(
                fields=("step",),
                condition=Q(settled_at__isnull=True),
                name="disagreement_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"disagreement at {self.case_id}"


class DisagreementWord(models.Model):
    """What was said on a rung, and who went up or settled it; added to and never changed."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    disagreement = models.ForeignKey(
        Disagreement, on_delete=models.PROTECT, related_name="words_said"
    )
    rung = coded(Rung)
    said = coded(RungSaid)
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("disagreement", "at"), name="disagreement_words"),)
        constraints = (
            only("rung", Rung, "disagreement_word_rung_is_known"),
            only("said", RungSaid, "disagreement_word_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.said} in {self.disagreement_id}"
