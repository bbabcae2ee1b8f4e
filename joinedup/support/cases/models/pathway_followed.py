"""That a case goes along a pathway, and what somebody says became of its steps."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.pathway import Became
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.pathway import Pathway, PathwayStep


class FollowedPathways(models.QuerySet["FollowedPathway"]):
    """Pathways that cases go along, asked about in sentences."""

    def going_on(self) -> Self:
        """Those that have not ended."""
        return self.filter(ends_on__isnull=True)


class FollowedPathway(models.Model):
    """A case on a version of a pathway, from one day until it has come to its end or was left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pathways")
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="followed")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True, default="")
    begun_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = FollowedPathways.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "pathway"),
                condition=Q(ends_on__isnull=True),
                name="followed_pathway_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_because="")
                | (Q(ends_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="followed_pathway_ends_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pathway_id} of {self.case_id}"


class PathwayMark(models.Model):
    """What somebody says became of one step; corrected by another that stands instead of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pathway_marks")
    followed = models.ForeignKey(FollowedPathway, on_delete=models.PROTECT, related_name="marks")
    step = models.ForeignKey(PathwayStep, on_delete=models.PROTECT, related_name="+")
    became = coded(Became)
    on = models.DateField()
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints = (
            only("became", Became, "pathway_mark_became_is_known"),
            models.CheckConstraint(
                condition=Q(became="done") | ~Q(words=""), name="pathway_mark_says_why"
            ),
            models.UniqueConstraint(
                fields=("followed", "step"),
                condition=Q(instead_of__isnull=True),
                name="pathway_mark_first_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.became} {self.step_id} of {self.case_id}"
