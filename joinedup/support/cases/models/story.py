"""What is written into the story of a case, what of it stands first, and when each post last read it."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Holding, Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Hidden, IncidentRole, Significance, Topic
from joinedup.support.cases.models.case import Case
from joinedup.support.contacts.models import Contact


class StoryEntry(models.Model):
    """One thing that happened, as somebody wrote it into a case: when, whose word, what, what it meant.

    It is never rewritten: a correction is another that stands instead of it, and both are read. What
    agencies hold is not among these; the story reads that live, so that nothing is a copy (P15).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="story", db_index=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="story"
    )
    """Whom of the case it is about; nobody where it is about all of them."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """The day after its last; open where it goes on still."""
    is_about = models.BooleanField(default=False)
    """The days are somebody's guess."""
    topic = coded(Topic)
    significance = coded(Significance)
    role = coded(IncidentRole, default=IncidentRole.NONE)
    """What the person was in it. Where they were harmed it is kept from who deals with offenders (P10)."""
    source = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_by = models.CharField(max_length=120, blank=True, default="")
    """Whose word it is: the person, their sister, the class teacher."""
    what = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")
    meant = models.TextField(blank=True, default="")
    """What it meant for the person: a list of events is no story."""
    hidden = models.CharField(
        max_length=40, choices=[(each.value, each.label) for each in Hidden], blank=True, default=""
    )
    """Why the person is not shown it."""
    hidden_because = models.TextField(blank=True, default="")
    written_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        indexes = (models.Index(fields=("case", "starts_on"), name="story_of_case"),)
        constraints = (
            only("topic", Topic, "story_topic_is_known"),
            only("significance", Significance, "story_significance_is_known"),
            only("role", IncidentRole, "story_role_is_known"),
            models.CheckConstraint(
                condition=Q(hidden="")
                | (Q(hidden__in=[each.value for each in Hidden]) & ~Q(hidden_because="")),
                name="story_hidden_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="story_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(told_by=""), name="story_has_source"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="story_says_what"),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(instead_of=F("id")),
                name="story_does_not_correct_itself",
            ),
        )

    def __str__(self) -> str:
        return f"entry in {self.case_id}"


class StoryPin(models.Model):
    """That a line of the story matters most, and why: a reference that goes with what it refers to.

    Whoever does not see the line does not see the pin either, nor the words beside it (P8, P15).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pins", db_index=False)
    entry = models.ForeignKey(
        StoryEntry, on_delete=models.CASCADE, null=True, blank=True, related_name="pins"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="pins"
    )
    holding = models.ForeignKey(
        Holding, on_delete=models.CASCADE, null=True, blank=True, related_name="pins"
    )
    why = models.CharField(max_length=300, blank=True, default="")
    pinned_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("case",), name="story_pin_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(entry__isnull=False, contact__isnull=True, holding__isnull=True)
                | Q(entry__isnull=True, contact__isnull=False, holding__isnull=True)
                | Q(entry__isnull=True, contact__isnull=True, holding__isnull=False),
                name="story_pin_is_of_one_line",
            ),
            models.UniqueConstraint(
                fields=("case", "entry", "contact", "holding"),
                nulls_distinct=False,
                name="story_pin_once",
            ),
        )

    def __str__(self) -> str:
        return f"pin in {self.case_id}"


class StoryReading(models.Model):
    """When a post last read the story of a case, and when before that: what came since is new to it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "post"), name="story_reading_once"),)

    def __str__(self) -> str:
        return f"{self.post_id} reads {self.case_id}"
