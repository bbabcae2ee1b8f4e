"""What a person wrote on their own page, and what was answered."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.own import OwnKind
from joinedup.support.cases.models.case import Case


class OwnWords(models.Model):
    """Words of the person themselves to those who help, or that something written is wrong.

    Never rewritten: it is theirs. What was done about it stands beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="own_words")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = coded(OwnKind)
    words = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", OwnKind, "own_words_kind_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="own_words_say_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__gte=F("at")) & ~Q(answer="") & Q(answered_by__isnull=False)),
                name="own_words_answered_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("case", "-at"), name="own_words_of_case"),)

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"
