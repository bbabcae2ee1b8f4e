"""Personal budgets of a case, what waits to be authorised, and who directs their own support, in numbers."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.budget import BudgetState, OfferAnswer
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.models import (
    BudgetLine,
    BudgetSpend,
    BudgetTaper,
    EligibilityDecision,
    FollowUp,
    PersonalBudget,
    SelfDirectedOffer,
    of_its_people,
)
from joinedup.support.cases.rules.budget import amount_on, due_until
from joinedup.support.questions.models import Answer

COUNTING = Viewer.system("counting who directs their own support")


@dataclass(frozen=True)
class BudgetSeen:
    """One budget with all that hangs on it."""

    budget: PersonalBudget
    lines: tuple[BudgetLine, ...]
    tapers: tuple[BudgetTaper, ...]
    spends: tuple[BudgetSpend, ...]
    follow_ups: tuple[FollowUp, ...]
    now_pence: int
    spent_pence: int
    due_pence: int
    days: int


def budgets_of(viewer: Viewer, matter_id: uuid.UUID, today: datetime.date) -> list[BudgetSeen]:
    """The budgets of a case, what is being made first, then the newest."""
    with acting(viewer):
        found = PersonalBudget.objects.filter(of_its_people(), case=matter_id).select_related(
            "made_by__user", "authorised_by__user", "table"
        )
        seen = [_seen(budget, today) for budget in found.order_by("-starts_on", "-made_at")]
    return sorted(seen, key=lambda each: _ORDER.index(BudgetState(each.budget.state)))


def one_budget(viewer: Viewer, budget_id: uuid.UUID, today: datetime.date) -> BudgetSeen:
    """One budget that the viewer may see; raises PersonalBudget.DoesNotExist."""
    with acting(viewer):
        budget = PersonalBudget.objects.select_related(
            "made_by__user", "authorised_by__user", "table"
        ).get(pk=budget_id)
        return _seen(budget, today)


_ORDER = [
    BudgetState.WAITS, BudgetState.SENT_BACK, BudgetState.DRAFT, BudgetState.AUTHORISED,
    BudgetState.ENDED,
]  # fmt: skip


def _seen(budget: PersonalBudget, today: datetime.date) -> BudgetSeen:
    tapers = tuple(budget.tapers.order_by("from_on"))
    steps = [(each.from_on, each.pence) for each in tapers]
    until = min(today, budget.ends_on or today)
    stands = budget.spends.filter(corrected_by__isnull=True)
    return BudgetSeen(
        budget=budget,
        lines=tuple(budget.lines.order_by("place")),
        tapers=tapers,
        spends=tuple(
            budget.spends.select_related("line", "by__user", "corrected_by").order_by("-on", "-pk")
        ),
        follow_ups=tuple(budget.follow_ups.order_by("-on")),
        now_pence=amount_on(budget.agreed_pence, steps, until),
        spent_pence=stands.aggregate(all=Sum("pence"))["all"] or 0,
        due_pence=(
            due_until(budget.agreed_pence, steps, budget.starts_on, until)
            if until > budget.starts_on
            else 0
        ),
        days=max(0, (until - budget.starts_on).days),
    )


def offers_of(viewer: Viewer, matter_id: uuid.UUID) -> list[SelfDirectedOffer]:
    """Each time somebody of the case was asked, newest first."""
    with acting(viewer):
        found = SelfDirectedOffer.objects.filter(of_its_people(), case=matter_id)
        return list(found.select_related("by__user").order_by("-at"))


def eligible_of(viewer: Viewer, matter_id: uuid.UUID) -> set[uuid.UUID]:
    """Those of the case whose last signed decision says that they are eligible under the Care Act."""
    with acting(viewer):
        decided = EligibilityDecision.objects.filter(
            case=matter_id, test=Test.CARE_ACT_ADULT, person__isnull=False
        )
        last = dict(decided.order_by("signed_at", "pk").values_list("person", "signed"))
    return {person for person, signed in last.items() if person and signed == Outcome.ELIGIBLE}


def waits_for_authority(viewer: Viewer) -> list[PersonalBudget]:
    """The budgets that wait in cases the viewer works at, and that it did not make itself."""
    with acting(viewer):
        waiting = PersonalBudget.objects.filter(state=BudgetState.WAITS)
        return list(waiting.exclude(made_by=viewer.post_id).order_by("starts_on", "pk"))


def follow_ups_due(viewer: Viewer, at: datetime.datetime) -> list[PersonalBudget]:
    """The budgets of whose people it is time to ask how they are, a year on."""
    with acting(viewer):
        due = PersonalBudget.objects.filter(follow_up_on__lte=day_of(at))
        return list(due.order_by("follow_up_on", "pk"))


@dataclass(frozen=True)
class Uptake:
    """Of one group: how many have a case, how many were asked, how many have a budget."""

    asked: int
    not_asked: int
    with_budget: int


def uptake(viewer: Viewer, at: datetime.datetime) -> dict[str, dict[str, Uptake]]:
    """Who is asked and who directs their own support, by age band and ethnic group (S4-36).

    Counted as the system, of open cases alone; raw numbers, which a page shows only through the rules
    of small numbers. Raises NotPermitted.
    """
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    today = day_of(at)
    with acting(COUNTING):
        offered = dict(
            SelfDirectedOffer.objects.exclude(answer=OfferAnswer.NOT_OFFERED)
            .values_list("person", "answer")
            .distinct()
        )
        not_offered = set(
            SelfDirectedOffer.objects.filter(answer=OfferAnswer.NOT_OFFERED).values_list(
                "person", flat=True
            )
        )
        budgets = set(
            PersonalBudget.objects.filter(
                state__in=(BudgetState.AUTHORISED, BudgetState.ENDED)
            ).values_list("person", flat=True)
        )
        persons = set(offered) | not_offered | budgets
        bands, groups = _bands(persons, today), _ethnic_groups(persons)
    return {
        "Age": _split(persons, bands, set(offered), budgets),
        "Ethnic group": _split(persons, groups, set(offered), budgets),
    }


def _split(
    persons: Iterable[uuid.UUID],
    groups: Mapping[uuid.UUID, str],
    asked: set[uuid.UUID],
    budgets: set[uuid.UUID],
) -> dict[str, Uptake]:
    all_of: Counter[str] = Counter()
    were: Counter[str] = Counter()
    have: Counter[str] = Counter()
    for person in persons:
        group = groups.get(person, "Not known")
        all_of[group] += 1
        were[group] += person in asked or person in budgets
        have[group] += person in budgets
    return {
        group: Uptake(were[group], many - were[group], have[group])
        for group, many in sorted(all_of.items())
    }


def _bands(persons: Iterable[uuid.UUID], today: datetime.date) -> dict[uuid.UUID, str]:
    born = Record.objects.filter(person__in=persons, gone_on=None, born_on__isnull=False)
    return {
        person: "65 and over" if (today - day).days >= 65 * 365.2425 else "Under 65"
        for person, day in born.order_by("pk").values_list("person", "born_on")
        if day is not None
    }


def _ethnic_groups(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What was last answered at the front door or in a case about this person alone."""
    said = (
        Answer.objects.filter(question_code="ethnic-group", matter__persons__person__in=persons)
        .order_by("at")
        .values_list("matter__persons__person", "value")
    )
    return {person: str(value).replace("_", " ").capitalize() for person, value in said if value}
