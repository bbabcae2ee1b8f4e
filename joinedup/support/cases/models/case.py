"""A case, and the one post that leads it at a time."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models import Involvement, Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import ForWhom, Programme


class Cases(models.QuerySet["Case"]):
    """Cases, asked about in sentences."""

    def open(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_at__isnull=True)


class Case(models.Model):
    """Work that an agency leads with a person, a family or a household."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    programme = coded(Programme)
    for_whom = coded(ForWhom, default=ForWhom.PERSON)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    """Whose case it is; others learn of it only as a gateway lets this agency's involvement be told."""
    recorded_in = models.CharField(max_length=100, blank=True, default="")
    """The system before, and its number there, where the case was brought over (P41)."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = Cases.as_manager()

    class Meta:
        indexes = (models.Index(fields=("agency", "opened_at"), name="case_of_agency"),)
        constraints = (
            only("programme", Programme, "case_programme_is_known"),
            only("for_whom", ForWhom, "case_for_whom_is_known"),
            models.UniqueConstraint(
                fields=("agency", "recorded_in"),
                condition=~Q(recorded_in=""),
                name="case_brought_over_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="case_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme} {self.pk}"


class Lead(models.Model):
    """Who leads a case, from a moment until another; one at a time, by the database's own word."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="leads")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="leads")
    is_acting = models.BooleanField(default=False)
    """Stands in because the lead's post ended (P33)."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("post",), condition=Q(ends_at__isnull=True), name="lead_of_post_now"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(ends_at__isnull=True), name="lead_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="lead_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} leads {self.case_id}"


class CaseInvolvement(models.Model):
    """The involvement a case rests on, one for each person in it: what others may hear of it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="+")
    is_begun_by_it = models.BooleanField(default=True)
    """Else it was recorded before, and does not end with the case."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "involvement"), name="case_rests_on_an_involvement_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} by {self.involvement_id}"
