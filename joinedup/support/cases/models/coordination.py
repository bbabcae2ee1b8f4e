"""Which lead coordinates where several cases are open on one person (S0-20, P27)."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.support.cases.models.case import Case


class Coordination(models.Model):
    """That one case's lead coordinates all of a person's cases: asked by one lead, agreed by the others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="coordinates")
    """Whose lead it is."""
    because = models.TextField()
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(agreed_at__isnull=False, ends_at__isnull=True),
                name="coordination_by_one_lead",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(agreed_at__isnull=True, ends_at__isnull=True),
                name="coordination_one_question_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="coordination_has_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("asked_at")),
                name="coordination_ends_after_it_was_asked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} coordinates"


class CoordinationVoice(models.Model):
    """What the lead of one of the cases says to it: yes, no, or nothing yet."""

    id = models.BigAutoField(primary_key=True)
    coordination = models.ForeignKey(
        Coordination, on_delete=models.CASCADE, related_name="voices", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agrees = models.BooleanField(null=True, blank=True)
    words = models.TextField(blank=True, default="")
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("coordination", "case"), name="coordination_voice_once_for_a_case"
            ),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True) | Q(post__isnull=False, said_at__isnull=False),
                name="coordination_voice_is_somebody_s",
            ),
            models.CheckConstraint(
                condition=~Q(agrees=False) | ~Q(words=""), name="coordination_refused_in_words"
            ),
        )

    def __str__(self) -> str:
        return f"voice of {self.case_id}"
