"""An assessment: one document about one person or the family, in sections that are signed one by one."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import CapacityAssessment
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    Profession,
    RefusalDecision,
)
from joinedup.support.cases.models.case import Case
from joinedup.support.questions.models import SetVersion


class Assessments(models.QuerySet["Assessment"]):
    """Assessments, asked about in sentences."""

    def going_on(self) -> Self:
        """Those that are neither finished nor refused."""
        return self.filter(finished_at__isnull=True, refusals__isnull=True)


class Assessment(models.Model):
    """One document of a case about one person, the family or a carer; several agencies write in it at once.

    `subject` is the place under which its answers are kept beside those about others of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    kind = coded(AssessmentKind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    """Whom it is about; empty for a family, and for a carer who is in nobody's records."""
    carer = models.ForeignKey(
        "cases.Carer", on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    subject = models.PositiveSmallIntegerField()
    because = models.TextField()
    begun_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    finished_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = Assessments.as_manager()

    class Meta:
        constraints = (
            only("kind", AssessmentKind, "assessment_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=AssessmentKind.PERSON.value, person__isnull=False)
                | Q(kind=AssessmentKind.FAMILY.value, person__isnull=True)
                | Q(kind=AssessmentKind.CARER.value, carer__isnull=False),
                name="assessment_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("begun_at")),
                name="assessment_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class AssessmentSection(models.Model):
    """One profession's part: kept as it is typed, then signed by its author and never rewritten.

    The answers are `questions.Answer` rows; `first_answer` and `last_answer` say which of them were
    signed, so that answers given later change nothing. A correction is a section that stands
    `instead_of` the signed one from when it is signed itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sections")
    profession = coded(Profession)
    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who is asked to write it; empty where whoever of that profession works at the case may."""
    draft = models.JSONField(default=dict)
    edited = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    first_answer = models.BigIntegerField(null=True, blank=True)
    last_answer = models.BigIntegerField(null=True, blank=True)
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    because = models.TextField(blank=True, default="")
    """Why what was signed is corrected."""

    class Meta:
        constraints = (
            only("profession", Profession, "section_profession_is_known"),
            models.UniqueConstraint(
                fields=("assessment", "profession"),
                condition=Q(signed_at__isnull=True),
                name="section_written_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_at__isnull=True, signed_by__isnull=True, last_answer__isnull=True
                )
                | Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    first_answer__isnull=False,
                    last_answer__isnull=False,
                ),
                name="section_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(because=""),
                name="section_correction_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.profession} of {self.assessment_id}"


class AssessmentRefusal(models.Model):
    """That an assessment was declined, what was made of it, and what was decided (P30, Care Act s11)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="refusals")
    said_on = models.DateField()
    words = models.TextField()
    capacity_view = coded(CapacityView)
    capacity = models.ForeignKey(
        CapacityAssessment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_best_interests = models.BooleanField(default=False)
    grounds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    decision = coded(RefusalDecision)
    because = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("capacity_view", CapacityView, "refusal_capacity_view_is_known"),
            only("decision", RefusalDecision, "refusal_decision_is_known"),
            models.CheckConstraint(condition=~Q(because=""), name="refusal_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.assessment_id}"
