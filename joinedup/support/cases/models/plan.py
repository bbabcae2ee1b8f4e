"""The plan of a case, each version of it as it was agreed, and what each person said to it."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.plan import (
    CopyLayout,
    GivenHow,
    PlanAnswer,
    PlanKind,
    SpokenBy,
)
from joinedup.support.cases.models.case import Case


class Plan(models.Model):
    """The one plan of a case: what matters to the person, and what to do when it gets worse.

    Its goals and actions hang on the case beside it. What was agreed stands in its versions.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="plan"
    )
    kind = coded(PlanKind, default=PlanKind.SUPPORT)
    what_matters = models.TextField(blank=True, default="")
    """What matters to the person, and what is strong already, in their own words."""
    signs = models.TextField(blank=True, default="")
    """How it shows that it gets worse."""
    what_to_do = models.TextField(blank=True, default="")
    """What to do then."""
    whom_to_ring = models.TextField(blank=True, default="")
    edited = models.PositiveIntegerField(default=1)
    """Counts every change: of two who write at once the second is told."""
    edited_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (only("kind", PlanKind, "plan_kind_is_known"),)

    def __str__(self) -> str:
        return f"plan of {self.case_id}"


class PlanVersion(models.Model):
    """A plan as it stood when it was put to the people it is about; never changed after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    """The plan, its goals, milestones and open actions, as the words stood."""
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="plan_version_once"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.case_id}"


class PlanAgreement(models.Model):
    """What one person said to one version of a plan, on a day, in their words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_agreements")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = coded(PlanAnswer)
    words = models.TextField(blank=True, default="")
    spoken_by = coded(SpokenBy, default=SpokenBy.ITSELF)
    speaker = models.CharField(max_length=200, blank=True, default="")
    """Who spoke where it was not themselves, and by what paper."""
    best_interests = models.TextField(blank=True, default="")
    assessed_by = models.CharField(max_length=200, blank=True, default="")
    assessed_on = models.DateField(null=True, blank=True)
    said_on = models.DateField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("said", PlanAnswer, "plan_agreement_is_known"),
            only("spoken_by", SpokenBy, "plan_agreement_speaker_is_known"),
            models.CheckConstraint(
                condition=~Q(said__in=["in_part", "disagrees"]) | ~Q(words=""),
                name="plan_agreement_has_their_words",
            ),
            models.CheckConstraint(
                condition=~Q(said="lacks_capacity")
                | (~Q(best_interests="") & ~Q(assessed_by="") & Q(assessed_on__isnull=False)),
                name="plan_agreement_without_capacity_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(spoken_by="itself") | ~Q(speaker=""),
                name="plan_agreement_names_who_spoke",
            ),
        )

    def __str__(self) -> str:
        return f"{self.said} to {self.version_id}"


class PlanCopy(models.Model):
    """A copy of a version made for one adult (P35), and how and when it was given to them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_copies")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    layout = coded(CopyLayout)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_how = coded(GivenHow, blank=True, default="")
    given_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("layout", CopyLayout, "plan_copy_layout_is_known"),
            models.CheckConstraint(
                condition=Q(given_how="", given_on__isnull=True)
                | Q(given_how__in=[how.value for how in GivenHow], given_on__isnull=False),
                name="plan_copy_given_how_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.layout} of {self.version_id}"
