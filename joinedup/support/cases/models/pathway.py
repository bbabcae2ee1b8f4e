"""Pathways: which steps help of a kind goes through, whose each is and by when, by version; about nobody (S1-33)."""

import datetime

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.pathway import CountedFrom, StepSign


class Pathways(models.QuerySet["Pathway"]):
    """Versions of pathways, asked about in sentences."""

    def published(self) -> "Pathways":
        """Those that a second person has published."""
        return self.filter(published_at__isnull=False)

    def on(self, day: datetime.date) -> "list[Pathway]":
        """Of each pathway the version in force on that day, by title."""
        latest: dict[str, Pathway] = {}
        for each in self.published().filter(starts_on__lte=day).order_by("starts_on", "version"):
            latest[each.code] = each
        return sorted(latest.values(), key=lambda each: each.title)


class Pathway(models.Model):
    """One version of a pathway; published it is never changed, and who began under it goes on under it."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=300)
    """Whom it is meant for, in a sentence."""
    programme = coded(Programme, blank=True, default="")
    """The programme whose cases it is offered to first; none is offered to all alike."""
    source = models.CharField(max_length=300)
    """Who agreed it, and on what it rests."""
    because = models.TextField(blank=True, default="")
    """What is new in it and why."""
    starts_on = models.DateField()
    proposed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Pathways.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="pathway_version_once"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by")),
                name="pathway_published_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="pathway_published_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source=""), name="pathway_has_title_and_source"
            ),
            models.CheckConstraint(
                condition=Q(programme__in=["", *(each.value for each in Programme)]),
                name="pathway_programme_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"


class PathwayStep(models.Model):
    """One step of one version: what is done, whose it is, what the agencies share for it, and by when."""

    id = models.BigAutoField(primary_key=True)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=200)
    shared = models.CharField(max_length=200, blank=True, default="")
    """Which shared resource it draws on: the joint desk, the pooled fund, the beds."""
    days = models.PositiveSmallIntegerField()
    """So many working days it may take."""
    counted = coded(CountedFrom)
    sign = coded(StepSign, blank=True, default="")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("pathway", "place"), name="pathway_step_place_once"),
            only("counted", CountedFrom, "pathway_step_counted_is_known"),
            models.CheckConstraint(
                condition=Q(sign__in=["", *(each.value for each in StepSign)]),
                name="pathway_step_sign_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(who=""), name="pathway_step_says_what_and_who"
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="pathway_step_has_a_limit"),
        )

    def __str__(self) -> str:
        return f"step {self.place} of {self.pathway_id}"
