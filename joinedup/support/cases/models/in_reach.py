"""Advice asked of a specialist team without handing anything over."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post, Team
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.models.case import Case


class InReach(models.Model):
    """A question to a specialist team and its advice; the lead stays, and the team reads this alone.

    The wall lets the team that is asked read the row, and nothing else of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="in_reaches")
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="in_reaches")
    question = models.TextField()
    sent = models.TextField()
    """What whoever asks tells of the person: all that the specialist learns."""
    footing = coded(Footing)
    because = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    advice = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("to_team", "due_at"),
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="in_reach_waits",
            ),
        )
        constraints = (
            only("footing", Footing, "in_reach_footing_is_known"),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(sent=""), name="in_reach_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(footing="agreed") | ~Q(because=""), name="in_reach_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, advice="")
                | (Q(answered_at__isnull=False) & ~Q(advice="")),
                name="in_reach_answered_with_advice",
            ),
        )

    def __str__(self) -> str:
        return f"advice for {self.case_id}"
