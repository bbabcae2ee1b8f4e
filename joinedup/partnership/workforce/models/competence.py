"""What somebody can lead and speak, by name and date; and the courses by which they came to it."""

import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex


class Competences(models.QuerySet["Competence"]):
    """Competences, asked about in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those in date on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Competence(models.Model):
    """That somebody can lead a kind of case, or do what a kind of case needs (S0-95, S4-11).

    It belongs to the practitioner and goes with them from post to post.
    """

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="competences"
    )
    code = coded(CompetenceCode)
    evidence = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Competences.as_manager()

    class Meta:
        constraints = (
            only("code", CompetenceCode, "competence_is_known"),
            models.CheckConstraint(condition=~Q(evidence=""), name="competence_has_evidence"),
            models.UniqueConstraint(
                fields=("holder", "code"),
                condition=Q(ends_on__isnull=True),
                name="competence_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="competence_ends_no_earlier_than_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.code}"


class Language(models.Model):
    """A language that somebody works in without an interpreter; its name as people say it."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="languages"
    )
    name = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("holder", "name"), name="language_of_somebody_once"),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} speaks {self.name}"


class Course(models.Model):
    """A course of the partnership: whom it is required of, what it gives, for how long it holds (S0-96)."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200, unique=True)
    gives = models.CharField(max_length=40, blank=True, default="")
    """The competence that it gives, by its code; empty where it gives none."""
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    """For how many months it holds; empty for always."""
    required_of = ArrayField(models.CharField(max_length=40), default=list)
    """Codes of the roles that must have it."""
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(gives__in=["", *(each.value for each in CompetenceCode)]),
                name="course_gives_a_known_competence",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Attended(models.Model):
    """That somebody attended a course on a day, and until when that holds."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attended")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="courses"
    )
    on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("course", "holder", "on"), name="course_attended_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("on")),
                name="course_holds_after_it_was_attended",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} at {self.course_id}"


class WorksAs(models.Model):
    """As a woman or as a man somebody works, where a person asks for one (P28); said by themself."""

    holder = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="works_as",
    )
    as_sex = coded(WorkerSex)

    class Meta:
        constraints = (only("as_sex", WorkerSex, "works_as_is_known"),)

    def __str__(self) -> str:
        return f"{self.holder_id} as {self.as_sex}"
