"""Questions to a professional lead, and what they advised (S4-18)."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post


class ProfessionalAdvice(models.Model):
    """What somebody asks a professional lead about practice, and the answer. About no person.

    Only who asked and who is asked read it: the wall keeps it, because words may say more than they should.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="asks_leads")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="asked_as_lead")
    question = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    advice = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("to_post", "due_at"),
                condition=Q(answered_at__isnull=True),
                name="lead_advice_waits",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(question=""), name="lead_asked_something"),
            models.CheckConstraint(
                condition=~Q(from_post=F("to_post")), name="lead_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, advice="")
                | (Q(answered_at__isnull=False) & ~Q(advice="")),
                name="lead_answered_with_advice",
            ),
        )

    def __str__(self) -> str:
        return f"advice to {self.from_post_id}"
