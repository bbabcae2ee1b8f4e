"""Where high risk goes beside the programme: who takes it, and what they read of it (P16)."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import HighRiskRoute

TO_A_TEAM = (HighRiskRoute.MARAC, HighRiskRoute.MAPPA, HighRiskRoute.IOM)
"""The MASH stays behind the safeguarding door."""


class HighRiskReferral(models.Model):
    """That high risk went to MARAC, MAPPA, IOM or the MASH beside the programme: never dropped (P16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="high_risk")
    route = coded(HighRiskRoute)
    tool = models.CharField(max_length=100)
    deemed_by = models.CharField(max_length=200)
    deemed_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_as = models.OneToOneField(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="high_risk_here"
    )
    """The matter under which a team was asked to take it; empty where it went through the exit."""

    class Meta:
        constraints = (
            only("route", HighRiskRoute, "high_risk_route_is_known"),
            models.UniqueConstraint(fields=("matter", "route"), name="high_risk_route_once"),
            models.CheckConstraint(
                condition=~Q(tool="") & ~Q(deemed_by=""), name="high_risk_says_who_and_how"
            ),
        )

    def __str__(self) -> str:
        return f"{self.route} of {self.matter_id}"

    @property
    def route_label(self) -> str:
        """Where it went, in words."""
        return HighRiskRoute(self.route).label


class HighRiskPapers(models.Model):
    """What the team that takes high risk reads of it: as typed, in a matter of its own.

    Nobody else has a part in that matter, so that nobody else learns of it (P8).
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="high_risk_papers"
    )
    route = coded(HighRiskRoute)
    tool = models.CharField(max_length=100)
    deemed_by = models.CharField(max_length=200)
    deemed_on = models.DateField()
    going_on = models.TextField()
    people = models.JSONField(default=list)
    """Whom it is about, as they were typed."""
    sent_by = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (only("route", HighRiskRoute, "high_risk_papers_route_is_known"),)

    def __str__(self) -> str:
        return f"{self.route} as {self.matter_id}"

    @property
    def in_words(self) -> str:
        """All of it as one text, for the hand-over."""
        who = "\n".join(", ".join(part for part in each.values() if part) for each in self.people)
        route = HighRiskRoute(self.route).label
        deemed = f"High risk, for {route}: deemed by {self.deemed_by} ({self.tool})."
        return "\n\n".join(part for part in (deemed, who, self.going_on) if part)


class HighRiskInbox(models.Model):
    """The team that takes what goes to MARAC, MAPPA or IOM, from a day on."""

    id = models.BigAutoField(primary_key=True)
    route = coded(HighRiskRoute)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("route", TO_A_TEAM, "high_risk_inbox_route_is_known"),
            models.UniqueConstraint(
                fields=("route",),
                condition=Q(ends_on__isnull=True),
                name="high_risk_inbox_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="high_risk_inbox_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.route} from {self.starts_on}"
