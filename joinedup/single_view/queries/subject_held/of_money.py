"""What a case keeps of somebody's own budget: whether it was offered, its amounts and lines, spending, a year on."""

from collections.abc import Iterable

from joinedup.partnership.funds.rules import pounds
from joinedup.single_view.queries.subject_held.thing import About, Item, day, joined
from joinedup.support.cases.choices.budget import (
    BudgetRoute,
    BudgetState,
    Learning,
    OfferAnswer,
    Working,
)
from joinedup.support.cases.models import PersonalBudget, SelfDirectedOffer

Sort = tuple[str, Iterable[Item]]


def sorts(about: About) -> Iterable[Sort]:
    """The money of the case, under one heading."""
    yield "Money for your support", _money(about)


def _money(about: About) -> Iterable[Item]:
    theirs = {"case": about.case, "person__in": about.ids}
    for offer in SelfDirectedOffer.objects.filter(**theirs).order_by("at", "pk"):
        what = OfferAnswer(offer.answer).label
        yield Item(f"offer:{offer.pk}", day(offer.at), what, offer.because)
    found = PersonalBudget.objects.filter(**theirs).prefetch_related(
        "lines", "tapers", "spends", "follow_ups"
    )
    for budget in found.order_by("starts_on", "pk"):
        yield _budget(budget)
        yield from _life(budget)


def _budget(budget: PersonalBudget) -> Item:
    lines = "; ".join(
        f"{line.what}, {pounds(line.pence)}, {BudgetRoute(line.route).label}"
        for line in budget.lines.all()
    )
    contribution = (
        "You pay nothing: aftercare under section 117."
        if budget.is_aftercare
        else f"You pay {pounds(budget.contribution_pence)} a year."
    )
    return Item(
        f"budget:{budget.pk}", day(budget.starts_on),
        f"Personal budget of {pounds(budget.agreed_pence)} a year. {BudgetState(budget.state).label}",
        joined(
            f"By the points: {pounds(budget.indicative_pence)}.", budget.why_other,
            f"Of it for health: {pounds(budget.health_pence)}." if budget.health_pence else "",
            contribution, f"For: {lines}." if lines else "", budget.sent_back_because,
            budget.end_words,
        ),
    )  # fmt: skip


def _life(budget: PersonalBudget) -> Iterable[Item]:
    for taper in budget.tapers.all():
        what = f"{pounds(taper.pence)} a year from then on"
        yield Item(f"taper:{taper.pk}", day(taper.from_on), what, taper.because)
    for spent in budget.spends.all():
        yield Item(f"spend:{spent.pk}", day(spent.on), f"Spent: {pounds(spent.pence)}", spent.words)
    for asked in budget.follow_ups.all():
        what = f"{Working(asked.working).label}. {Learning(asked.learning).label}"
        yield Item(f"year-on:{asked.pk}", day(asked.on), what, asked.words)
