"""A step of a case between levels and agencies, what is told of it, and what does not go along."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import StepDirection, Telling
from joinedup.support.cases.models.case import Case
from joinedup.support.handovers.models import Handover


class CaseStep(models.Model):
    """One step up or down: a hand-over of the case, with reason and evidence; it stands where that stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="case_step")
    direction = coded(StepDirection)
    is_protection = models.BooleanField(default=False)
    """It counted from when it was sent (P34)."""
    from_programme = coded(Programme)
    to_programme = coded(Programme)
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    """Who led it when it was sent."""
    reason = models.TextField()
    evidence = models.TextField()
    stays_beside = models.BooleanField(default=False)
    """Whoever led goes on helping beside the new lead."""
    beside_does = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    """When it was accepted, sent back or taken back."""

    class Meta:
        indexes = (models.Index(fields=("case", "sent_at"), name="case_step_of_case"),)
        constraints = (
            only("direction", StepDirection, "case_step_direction_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(evidence=""), name="case_step_has_reason_and_evidence"
            ),
            models.CheckConstraint(
                condition=Q(from_level__in=[1, 2, 3, 4], to_level__in=[1, 2, 3, 4]),
                name="case_step_levels_are_known",
            ),
            models.CheckConstraint(
                condition=Q(direction="up", to_level__gt=models.F("from_level"))
                | Q(direction="down", to_level__lt=models.F("from_level"))
                | Q(direction="across", to_level=models.F("from_level")),
                name="case_step_goes_its_way",
            ),
            models.CheckConstraint(
                condition=Q(is_protection=False) | ~Q(direction="down"),
                name="case_step_down_is_no_protection",
            ),
            models.CheckConstraint(
                condition=Q(stays_beside=False) | ~Q(beside_does=""),
                name="case_step_beside_does_something",
            ),
        )

    def __str__(self) -> str:
        return f"step {self.direction} of {self.case_id}"


class StepTelling(models.Model):
    """That the family was told of a step: by whom, whom, when, in what words; or why not yet."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="tellings")
    telling = coded(Telling)
    whom = models.CharField(max_length=200, blank=True, default="")
    told_on = models.DateField(null=True, blank=True)
    words = models.TextField()
    """What was said; or why it was not."""
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("telling", Telling, "step_telling_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="step_telling_has_words"),
            models.CheckConstraint(
                condition=Q(telling="not_yet", told_on__isnull=True)
                | (Q(telling="told", told_on__isnull=False) & ~Q(whom="")),
                name="step_told_names_whom_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.telling} of {self.step_id}"


class ReleaseSummary(models.Model):
    """What a step-down hands on of what was gathered for safeguarding, written for the new purpose (P11)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    step = models.OneToOneField(CaseStep, on_delete=models.PROTECT, related_name="release")
    for_purpose = models.CharField(max_length=200)
    words = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(for_purpose="") & ~Q(words=""), name="release_has_purpose_and_words"
            ),
        )

    def __str__(self) -> str:
        return f"release for {self.step_id}"


class SafeguardingGathered(models.Model):
    """What a team gathered for safeguarding: that team reads it, and it follows no step (P11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    words = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(words=""), name="gathered_has_source_and_words"
            ),
        )

    def __str__(self) -> str:
        return f"gathered for {self.case_id}"


class CaseSchool(models.Model):
    """A school of somebody in the case: its social work manager hears of every step (S0-68)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="schools")
    school = models.CharField(max_length=200)
    school_key = models.CharField(max_length=200)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "school_key"), name="case_school_once"),
        )

    def __str__(self) -> str:
        return self.school
