"""What a panel decided of an item, who differed, what is to be done, and what became of it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.meetings.models import Action, Meeting
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.panels.choices import ApprovalState, DecisionKind, Stance
from joinedup.support.panels.models.item import PanelItem


class Decisions(models.QuerySet["Decision"]):
    """Decisions, asked about in sentences."""

    def in_force(self) -> Self:
        """Those that no agency has still to approve, and none refused (S0-30)."""
        others = [each for each in ApprovalState if each is not ApprovalState.GIVEN]
        return self.exclude(
            pk__in=Decision.objects.filter(approvals__state__in=others).values("pk")
        )


class Decision(models.Model):
    """One decision of an item, added to and never changed: what corrects it says which, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Empty for the chair's urgent action, until the meeting that ratifies it (P26)."""
    kind = coded(DecisionKind)
    reasons = models.TextField()
    lead_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    """Who held the chair."""
    at = models.DateTimeField()
    agencies_present = models.JSONField(default=list)
    without_words_because = models.TextField(blank=True, default="")
    """Why it was decided without the person's own words."""
    is_urgent = models.BooleanField(default=False)
    """The chair's urgent action with two named agencies (P26)."""
    ratified_at = models.DateTimeField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    corrected_because = models.TextField(blank=True, default="")

    objects = Decisions.as_manager()

    class Meta:
        indexes = (models.Index(fields=("item", "at"), name="decision_of_item"),)
        constraints = (
            only("kind", DecisionKind, "decision_kind_is_known"),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=~Q(kind__in=["allocate", "step_up"]) | Q(lead_agency__isnull=False),
                name="decision_names_the_lead_agency",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) ^ ~Q(corrected_because=""),
                name="decision_corrected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="decision_does_not_correct_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.item_id}"


class DecisionStance(models.Model):
    """How an agency stands to a decision, with its words where it dissents."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="stances")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    stance = coded(Stance)
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("stance", Stance, "stance_is_known"),
            models.UniqueConstraint(fields=("decision", "agency"), name="stance_of_agency_once"),
            models.CheckConstraint(
                condition=~Q(stance="dissents") | ~Q(words=""), name="dissent_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.stance}"


class ActionWords(models.Model):
    """What is to be done of an action about somebody: who works at it and who sat there may read it."""

    action = models.OneToOneField(
        Action, on_delete=models.PROTECT, primary_key=True, related_name="about"
    )
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="actions")
    words = models.TextField()
    became = models.TextField(blank=True, default="")
    """What became of it, as its owner says."""

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="action_says_what"),)

    def __str__(self) -> str:
        return f"words of {self.action_id}"


class FollowUp(models.Model):
    """What had become of a decision after 6 and after 26 weeks."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    weeks = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    found = models.JSONField(default=dict)
    """What the records said on the day: lead, plan, goals, actions; codes and dates alone."""
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("decision", "weeks"), name="follow_up_once"),
            models.CheckConstraint(condition=Q(weeks__in=[6, 26]), name="follow_up_weeks"),
        )

    def __str__(self) -> str:
        return f"{self.weeks} weeks after {self.decision_id}"
