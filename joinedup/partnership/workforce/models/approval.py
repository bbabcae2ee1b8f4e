"""Who answers for a function of the law and who carries it out; who is approved for it by name."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.models.words import coded, only
from joinedup.partnership.workforce.choices import FunctionCode, Route


class Functions(models.QuerySet["StatutoryFunction"]):
    """Entries of the register, asked about in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class StatutoryFunction(models.Model):
    """That a body carries out a function of the law which another, or itself, answers for (S4-19).

    A change ends one entry and starts the next, so that the history is the table itself.
    """

    id = models.BigAutoField(primary_key=True)
    function = coded(FunctionCode)
    accountable = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="answers_for")
    operating = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="carries_out")
    route = coded(Route, default=Route.ITS_OWN)
    reference = models.CharField(max_length=100, blank=True, default="")
    """Of the agreement that it is delegated by."""
    evidence = models.TextField()
    """Where the decision is written: a minute, a clause, a scheme of delegation."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Functions.as_manager()

    class Meta:
        constraints = (
            only("function", FunctionCode, "function_is_known"),
            only("route", Route, "function_route_is_known"),
            models.CheckConstraint(
                condition=(Q(route=Route.ITS_OWN, accountable=F("operating")))
                | (~Q(route=Route.ITS_OWN) & ~Q(accountable=F("operating")) & ~Q(reference="")),
                name="function_delegated_by_an_agreement",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="function_has_evidence"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="function_ends_no_earlier_than_it_starts",
            ),
            models.UniqueConstraint(
                fields=("function", "operating"),
                condition=Q(ends_on__isnull=True),
                name="function_carried_out_once_by_a_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.function} by {self.operating_id}"


class Approvals(models.QuerySet["Approval"]):
    """Approvals, asked about in sentences."""

    def on(self, day: datetime.date) -> Self:
        """Those in force on that day."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class Approval(models.Model):
    """That somebody is approved by name for what the law keeps for an approved role (S4-21).

    It belongs to the practitioner and goes with them from post to post; withdrawn, it ends earlier.
    """

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals"
    )
    function = coded(FunctionCode)
    given_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="approvals_given")
    evidence = models.CharField(max_length=300)
    """The number of the warrant or of the decision, and where it is kept."""
    starts_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_because = models.CharField(max_length=300, blank=True, default="")
    set_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Approvals.as_manager()

    class Meta:
        indexes = (models.Index(fields=("ends_on",), name="approval_by_its_end"),)
        constraints = (
            only("function", FunctionCode, "approval_function_is_known"),
            models.CheckConstraint(condition=~Q(evidence=""), name="approval_has_evidence"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="approval_ends_no_earlier_than_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.function}"
