"""What a version asks: sections, and the questions in them."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.models.question_set import SetVersion


class Section(models.Model):
    """A part of a version with a heading of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SetVersion, on_delete=models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True, default="")
    edited = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of a version; its code stays the same from version to version.

    `choices` holds the fields of rules.asked.Choice, `shown_if` those of ShownIf or nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        SetVersion, on_delete=models.CASCADE, related_name="questions", db_index=False
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    kind = coded(QuestionKind)
    text = models.CharField(max_length=300)
    help = models.TextField(blank=True, default="")
    required = models.BooleanField(default=False)
    choices = models.JSONField(default=list, blank=True)
    lowest = models.IntegerField(null=True, blank=True)
    highest = models.IntegerField(null=True, blank=True)
    lowest_means = models.CharField(max_length=60, blank=True, default="")
    highest_means = models.CharField(max_length=60, blank=True, default="")
    shown_if = models.JSONField(null=True, blank=True)
    known_from = models.CharField(
        max_length=40, blank=True, default="", choices=[(k.value, k.label) for k in KnownFrom]
    )
    source = models.CharField(max_length=300, blank=True, default="")
    edited = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("section__place", "place", "id")
        constraints = (
            only("kind", QuestionKind, "question_kind_is_known"),
            only("known_from", KnownFrom, "question_known_from_is_known"),
            models.UniqueConstraint(fields=("version", "code"), name="question_code_once"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
        )

    def __str__(self) -> str:
        return self.text
