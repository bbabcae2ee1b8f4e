"""A question set, and its versions: what is asked from one day until another, and where."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.questions.choices import VersionState


class QuestionSet(models.Model):
    """Questions that belong together and are asked together; what they are stands in its versions."""

    code = models.SlugField(max_length=40, primary_key=True)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, default="")
    is_shipped = models.BooleanField(default=False)
    """Came with the product; may be changed here like any other."""
    made_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Versions(models.QuerySet["SetVersion"]):
    """Versions of question sets, asked for in sentences."""

    def in_force(self, day: datetime.date) -> Self:
        """Those that are asked on that day."""
        return (
            self.exclude(state=VersionState.DRAFT)
            .filter(starts_on__lte=day)
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
        )

    def for_place(self, locality: str | None) -> Self:
        """Those for that locality and those for the whole place, the nearer first."""
        return self.filter(Q(locality__isnull=True) | Q(locality=locality)).order_by(
            F("locality").asc(nulls_last=True), "-starts_on", "-number"
        )


class SetVersion(models.Model):
    """One version of a set, as a whole: drafted, tried, published from a day on, and never changed again.

    `variant` is the name of a wording that runs beside another, each in its own locality.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question_set = models.ForeignKey(
        QuestionSet, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    variant = models.CharField(max_length=40, blank=True, default="")
    state = coded(VersionState, default=VersionState.DRAFT)
    locality = models.ForeignKey(
        Locality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Where it is asked; empty is wherever no version of its own is."""
    introduction = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    licence = models.TextField(blank=True, default="")
    tested = models.TextField(blank=True, default="")
    """How it was tested, with whom and with what result (S4-7)."""
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    begun_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="led_to"
    )
    edited = models.PositiveIntegerField(default=0)
    """Counts edits of its own words; each question and section counts its own."""
    made_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Versions.as_manager()

    class Meta:
        constraints = (
            only("state", VersionState, "set_version_state_is_known"),
            models.UniqueConstraint(fields=("question_set", "number"), name="set_version_once"),
            models.UniqueConstraint(
                fields=("question_set", "locality"),
                condition=Q(state=VersionState.PUBLISHED, ends_on__isnull=True),
                nulls_distinct=False,
                name="set_version_goes_on_once_in_a_place",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, starts_on__isnull=True, ends_on__isnull=True)
                | (
                    ~Q(state=VersionState.DRAFT)
                    & Q(starts_on__isnull=False, published_at__isnull=False)
                    & ~Q(source="")
                    & ~Q(licence="")
                ),
                name="set_version_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="set_version_ends_no_earlier_than_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_set_id} {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == VersionState.DRAFT
