"""Self-directed support: whether it was offered, the budget with its lines, what is spent, a year on."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.partnership.funds.models import PointsTable
from joinedup.support.cases.choices.budget import (
    BudgetRoute,
    BudgetState,
    Learning,
    OfferAnswer,
    Working,
)
from joinedup.support.cases.models.case import Case


def _post(**options: object) -> "models.ForeignKey[Post, Post]":
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


class SelfDirectedOffer(models.Model):
    """That somebody was asked whether they want to direct their own support, or why not (S4-39)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="self_directed_offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = coded(OfferAnswer)
    because = models.TextField(blank=True, default="")
    """Their reason, or why they were not asked."""
    by = _post()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            only("answer", OfferAnswer, "self_directed_answer_is_known"),
            models.CheckConstraint(
                condition=~Q(answer=OfferAnswer.NOT_OFFERED.value) | ~Q(because=""),
                name="self_directed_not_offered_has_a_reason",
            ),
        )
        indexes = (models.Index(fields=("case", "-at"), name="self_directed_of_case"),)

    def __str__(self) -> str:
        return f"{self.answer} in {self.case_id}"


class PersonalBudget(models.Model):
    """Money a year to meet somebody's needs, from points to authorisation; amounts in pence a year.

    Aftercare under s117 carries no contribution (P38). What is authorised is not rewritten: another
    budget follows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="personal_budgets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="personal_budgets")
    state = coded(BudgetState, default=BudgetState.DRAFT)
    table = models.ForeignKey(PointsTable, on_delete=models.PROTECT, related_name="+")
    points = models.JSONField(default=list)
    """The lines of the table that were chosen."""
    indicative_pence = models.PositiveBigIntegerField()
    agreed_pence = models.PositiveBigIntegerField()
    why_other = models.TextField(blank=True, default="")
    """Why another amount is agreed than the table gives."""
    health_pence = models.PositiveBigIntegerField(default=0)
    """Of the agreed amount, what a personal health budget bears."""
    contribution_pence = models.PositiveBigIntegerField(default=0)
    is_aftercare = models.BooleanField(default=False)
    made_by = _post()
    made_at = models.DateTimeField()
    edited = models.PositiveIntegerField(default=0)
    authorised_by = _post(null=True, blank=True)
    authorised_at = models.DateTimeField(null=True, blank=True)
    scheme = models.CharField(max_length=200, blank=True, default="")
    """The scheme of delegation it was authorised by."""
    sent_back_because = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_words = models.TextField(blank=True, default="")
    follow_up_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("state", BudgetState, "budget_state_is_known"),
            models.CheckConstraint(
                condition=Q(is_aftercare=False) | Q(contribution_pence=0),
                name="budget_of_aftercare_bears_no_contribution",
            ),
            models.CheckConstraint(
                condition=Q(contribution_pence__lte=F("agreed_pence") - F("health_pence")),
                name="budget_contribution_within_it",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "waits", "sent_back"), authorised_at__isnull=True)
                | (
                    Q(state__in=("authorised", "ended"), authorised_at__isnull=False)
                    & Q(authorised_by__isnull=False)
                    & ~Q(scheme="")
                ),
                name="budget_authorised_by_somebody_and_a_scheme",
            ),
            models.CheckConstraint(
                condition=Q(agreed_pence=F("indicative_pence")) | ~Q(why_other=""),
                name="budget_of_another_amount_says_why",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("starts_on")), name="budget_is_reviewed_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("case", "person"),
                condition=Q(state__in=("draft", "waits", "sent_back")),
                name="budget_one_in_the_making",
            ),
            models.UniqueConstraint(
                fields=("case", "person"),
                condition=Q(state="authorised"),
                name="budget_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"personal budget {self.pk}"


class BudgetLine(models.Model):
    """One line of a support plan: what it buys, from whom, how the money goes, pence a year."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    budget = models.ForeignKey(PersonalBudget, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    provider = models.CharField(max_length=120, blank=True, default="")
    route = coded(BudgetRoute)
    pence = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            only("route", BudgetRoute, "budget_line_route_is_known"),
            models.UniqueConstraint(fields=("budget", "place"), name="budget_line_has_its_place"),
        )

    def __str__(self) -> str:
        return f"line {self.place} of {self.budget_id}"


class BudgetTaper(models.Model):
    """That a budget is lower from a day on: support that was needed is needed less (S4-38)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    budget = models.ForeignKey(PersonalBudget, on_delete=models.CASCADE, related_name="tapers")
    from_on = models.DateField()
    pence = models.PositiveBigIntegerField()
    because = models.CharField(max_length=300)
    by = _post()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("budget", "from_on"), name="budget_taper_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.budget_id} from {self.from_on}"


class BudgetSpend(models.Model):
    """Money that was spent of a budget on a day; a correction is another that stands instead of it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    budget = models.ForeignKey(PersonalBudget, on_delete=models.PROTECT, related_name="spends")
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="spends"
    )
    on = models.DateField()
    pence = models.BigIntegerField()
    """Less than nothing where money comes back."""
    words = models.CharField(max_length=200)
    by = _post()
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="budget_spend_says_on_what"),
        )
        indexes = (models.Index(fields=("budget", "-on"), name="spend_of_budget"),)

    def __str__(self) -> str:
        return f"spend of {self.budget_id}"


class FollowUp(models.Model):
    """How somebody is twelve months on: work, learning, and in their own words (S4-38)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    budget = models.ForeignKey(PersonalBudget, on_delete=models.PROTECT, related_name="follow_ups")
    on = models.DateField()
    working = coded(Working)
    learning = coded(Learning)
    still_served = models.BooleanField()
    """Whether any service still supports them."""
    words = models.TextField(blank=True, default="")
    by = _post()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("working", Working, "follow_up_working_is_known"),
            only("learning", Learning, "follow_up_learning_is_known"),
            models.UniqueConstraint(fields=("budget", "on"), name="follow_up_once_a_day"),
        )

    def __str__(self) -> str:
        return f"follow-up of {self.budget_id}"
