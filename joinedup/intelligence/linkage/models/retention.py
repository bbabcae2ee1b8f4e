"""How long what a controller deleted, or no longer sends, is kept; and each day on which that was kept to (P15)."""

import datetime

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.intelligence.linkage.choices import MOST_MONTHS


class RetentionRules(models.QuerySet["RetentionRule"]):
    """Rules as they are asked for."""

    def of(self, agency: str, controller: str) -> "RetentionRules":
        """All that was ever set for this controller, the latest first."""
        return self.filter(agency=agency, controller=controller).order_by("-pk")

    def standing_on(self, day: datetime.date) -> "RetentionRules":
        """What holds of each controller on that day, an end too: what was set last of all that has begun."""
        begun = self.filter(starts_on__lte=day)
        return begun.order_by("agency", "controller", "-pk").distinct("agency", "controller")


class RetentionRule(models.Model):
    """What an agency set for itself or for one of its controllers; a change or an end is a row after it."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="retention_rules")
    controller = models.CharField(
        max_length=20, blank=True, default="", help_text="A practice as in Y99901; empty for all."
    )
    months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="None: from that day on there is no rule."
    )
    starts_on = models.DateField()
    reference = models.TextField(
        help_text="Where its own retention schedule says so, or why it ends."
    )
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="retention_set"
    )
    set_at = models.DateTimeField()
    before = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="after"
    )

    objects = RetentionRules.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__lte=MOST_MONTHS),
                name="retention_of_so_many_months",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="retention_says_why"),
            # With the one row after each, what was set of a controller is one line without a fork.
            models.UniqueConstraint(
                fields=("agency", "controller"),
                condition=Q(before__isnull=True),
                name="retention_begins_once",
            ),
        )

    def __str__(self) -> str:
        return f"retention of {self.agency_id} {self.controller}".rstrip()


class RetentionRuns(models.QuerySet["RetentionRun"]):
    """Runs as they are asked for."""

    def ended_on(self, day: datetime.date) -> "RetentionRuns":
        """Those of that day with nothing left to do."""
        return self.filter(day=day, ended_at__isnull=False)


class RetentionRun(models.Model):
    """That a rule was kept to on a day, or why it could not be: once it has ended, that day has no other."""

    id = models.BigAutoField(primary_key=True)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="runs")
    day = models.DateField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="None while more is to go than one round takes."
    )
    records = models.PositiveIntegerField(default=0)
    copies = models.JSONField(
        default=list,
        blank=True,
        help_text="The lines of copies outside that somebody is to see to.",
    )
    trouble = models.TextField(blank=True, default="")

    objects = RetentionRuns.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("rule", "day"), name="retention_runs_once_a_day"),
            models.CheckConstraint(
                condition=Q(trouble="") | Q(ended_at__isnull=False), name="retention_failed_is_over"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} on {self.day}"
