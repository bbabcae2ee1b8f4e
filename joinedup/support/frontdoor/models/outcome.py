"""What the front door asked a referral’s sender, and what became of the referral in the end."""

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import OutcomeKind


class SenderQuestion(models.Model):
    """One question to whoever sent a referral, and their answer; both sides read it."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="sender_questions")
    words = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("matter", "at"), name="sender_question_of_matter"),)
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="sender_question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="sender_question_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        return f"question of {self.matter_id}"


class Outcome(models.Model):
    """What became of a referral when it was closed; its words are meant for whoever sent it."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="outcome"
    )
    outcome = coded(OutcomeKind)
    words = models.TextField()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("outcome", OutcomeKind, "outcome_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="outcome_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.outcome} of {self.matter_id}"
