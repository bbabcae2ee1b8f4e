"""A panel: what it is, by which terms it works, who sits on it. About no person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.models import Route
from joinedup.support.panels.choices import DecisionKind, PanelTemplate, Rhythm


class Panel(models.Model):
    """A body that decides with everyone's knowledge, of which kind, how often, led by whom.

    A successor names the panel before it, so that its history goes on.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    template = coded(PanelTemplate)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="panels")
    """The coordinator's team: what is sent to the panel is handed to it."""
    route = models.OneToOneField(
        Route, on_delete=models.PROTECT, null=True, blank=True, related_name="panel"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="panels"
    )
    coordinator = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="coordinates")
    chair = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="chairs")
    chair_cover = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="chairs_in_absence"
    )
    rhythm = coded(Rhythm, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=3)
    """Monday is 0."""
    at_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    minutes_an_item = models.PositiveSmallIntegerField(default=10)
    place = models.CharField(max_length=300, blank=True, default="")
    before_agreement = models.BooleanField(default=False)
    """Whether it may consider somebody who has not agreed: an exception of its programme (P25)."""
    before_agreement_basis = models.TextField(blank=True, default="")
    succeeds = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="succeeded_by"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("template", PanelTemplate, "panel_template_is_known"),
            only("rhythm", Rhythm, "panel_rhythm_is_known"),
            models.CheckConstraint(condition=Q(weekday__lte=4), name="panel_meets_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(minutes__gte=F("minutes_an_item"), minutes_an_item__gte=1),
                name="panel_has_time_for_an_item",
            ),
            models.CheckConstraint(
                condition=Q(before_agreement=False) | ~Q(before_agreement_basis=""),
                name="panel_before_agreement_on_a_basis",
            ),
            models.CheckConstraint(
                condition=~Q(template="care_team") | Q(practice__isnull=False),
                name="panel_care_team_of_a_practice",
            ),
            models.CheckConstraint(
                condition=Q(succeeds__isnull=True) | ~Q(succeeds=F("id")),
                name="panel_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="panel_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def capacity(self) -> int:
        """How many items one meeting has time for."""
        return self.minutes // self.minutes_an_item


class TermsOfReference(models.Model):
    """By which terms a panel works from a day on; a change is a new version."""

    id = models.BigAutoField(primary_key=True)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    words = models.TextField()
    quorum = models.PositiveSmallIntegerField()
    """How many agencies with a word in the decision must be there."""
    required_disciplines = ArrayField(models.CharField(max_length=40), default=list)
    case_types = ArrayField(models.CharField(max_length=40), default=list)
    """For whom it may be asked: a person, a family, a household."""
    question_sets = ArrayField(models.CharField(max_length=60), default=list)
    """Codes of the question sets that an item of each case type is to bring."""
    decisions = ArrayField(models.CharField(max_length=40), default=list)
    correction_days = models.PositiveSmallIntegerField(default=5)
    """Working days in which an agency can ask that the minutes be corrected (P29)."""
    starts_on = models.DateField()
    agreed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("panel", "version"), name="terms_version_once"),
            models.CheckConstraint(condition=Q(quorum__gte=2), name="terms_quorum_of_two_or_more"),
            models.CheckConstraint(condition=~Q(words=""), name="terms_say_something"),
            models.CheckConstraint(
                condition=Q(decisions__contained_by=[each.value for each in DecisionKind]),
                name="terms_decisions_are_known",
            ),
            models.CheckConstraint(
                condition=Q(required_disciplines__contained_by=[each.value for each in Discipline]),
                name="terms_disciplines_are_known",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} of {self.panel_id}"


class PanelMember(models.Model):
    """That a post sits on a panel for its agency and discipline, from a day until another."""

    id = models.BigAutoField(primary_key=True)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="panels")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="panel_members")
    discipline = coded(Discipline)
    cover = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="covers_panels"
    )
    checks = models.BooleanField(default=True)
    """Whether they answer their agency's checks before each meeting."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("discipline", Discipline, "panel_member_discipline_is_known"),
            models.UniqueConstraint(
                fields=("panel", "post"),
                condition=Q(ends_on__isnull=True),
                name="panel_member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="panel_member_ends_no_earlier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} on {self.panel_id}"
