"""How self-directed support reads on a page."""

import datetime
import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.partnership.funds.rules import pounds
from joinedup.pipeline import disclosure
from joinedup.support.cases.choices.budget import BudgetRoute, BudgetState, Learning, Working
from joinedup.support.cases.models import BudgetLine
from joinedup.support.cases.queries.budget import BudgetSeen, Uptake
from joinedup.support.cases.rules.budget import (
    PlanLine,
    route_of,
    spending_says,
    why_not_whole,
)

_COLOURS = {
    BudgetState.WAITS: "govuk-tag--yellow",
    BudgetState.SENT_BACK: "govuk-tag--orange",
    BudgetState.AUTHORISED: "govuk-tag--green",
}


@dataclass(frozen=True)
class BudgetShown:
    """One budget, in words and tables."""

    pk: uuid.UUID
    name: str
    state: BudgetState
    colour: str
    facts: tuple[tuple[str, str], ...]
    lines: Table | None
    spends: Table | None
    follow_ups: Table | None
    says: str
    lacks: str

    @property
    def is_in_the_making(self) -> bool:
        """Whether it is written still."""
        return self.state in {BudgetState.DRAFT, BudgetState.SENT_BACK}


def shown(seen: BudgetSeen, names: Mapping[uuid.UUID, str]) -> BudgetShown:
    """One budget as the page shows it."""
    budget, state = seen.budget, BudgetState(seen.budget.state)
    lines = as_rule(seen.lines)
    in_force = state is BudgetState.AUTHORISED
    return BudgetShown(
        pk=budget.pk,
        name=names.get(budget.person_id, ""),
        state=state,
        colour=_COLOURS.get(state, "govuk-tag--grey"),
        facts=tuple(_facts(seen, lines)),
        lines=_lines(seen.lines) if seen.lines else None,
        spends=_spends(seen) if seen.spends else None,
        follow_ups=_follow_ups(seen) if seen.follow_ups else None,
        says=spending_says(seen.spent_pence, seen.due_pence, seen.days) if in_force else "",
        lacks=(
            why_not_whole(lines, budget.agreed_pence)
            if state in {BudgetState.DRAFT, BudgetState.SENT_BACK}
            else ""
        ),
    )


def as_rule(lines: Iterable[BudgetLine]) -> list[PlanLine]:
    """Lines as the rules read them."""
    return [
        PlanLine(line.what, line.pence, BudgetRoute(line.route), line.provider) for line in lines
    ]


def _facts(seen: BudgetSeen, lines: Sequence[PlanLine]) -> Iterable[tuple[str, str]]:
    budget = seen.budget
    yield "Agreed", f"{pounds(budget.agreed_pence)} a year"
    if seen.now_pence != budget.agreed_pence:
        yield "Since it was tapered", f"{pounds(seen.now_pence)} a year"
    worth = (
        f"{pounds(budget.indicative_pence)} by version {budget.table.number} of the points table"
    )
    yield (
        "Indicative",
        worth + (f". Another is agreed: {budget.why_other}" if budget.why_other else ""),
    )
    yield "How the money goes", route_of(lines)
    if budget.health_pence:
        yield "Of it, personal health budget", f"{pounds(budget.health_pence)} a year"
    yield (
        "They contribute",
        "Nothing: aftercare under section 117"
        if budget.is_aftercare
        else f"{pounds(budget.contribution_pence)} a year",
    )
    yield "Runs", _runs(budget.starts_on, budget.ends_on)
    if not budget.ends_on:
        yield "Review", day(budget.review_on)
    yield "Made by", f"{budget.made_by.user.name}, {day(budget.made_at)}"
    yield from _what_became(seen)


def _what_became(seen: BudgetSeen) -> Iterable[tuple[str, str]]:
    """Who authorised it, what is spent, and how it changed and ended."""
    budget = seen.budget
    if budget.authorised_by and budget.authorised_at:
        who = budget.authorised_by.user.name
        yield "Authorised by", f"{who}, {day(budget.authorised_at)}, {budget.scheme}"
        yield "Spent", f"{pounds(seen.spent_pence)} of {pounds(seen.due_pence)} planned until now"
    if budget.state == BudgetState.SENT_BACK:
        yield "Sent back because", budget.sent_back_because
    for each in seen.tapers:
        yield f"From {day(each.from_on)}", f"{pounds(each.pence)} a year: {each.because}"
    if budget.end_words:
        yield "Ended because", budget.end_words
    if budget.follow_up_on:
        yield "Ask how they are a year on", day(budget.follow_up_on)


def _runs(starts_on: datetime.date, ends_on: datetime.date | None) -> str:
    return f"From {day(starts_on)}" + (f" until {day(ends_on)}" if ends_on else "")


def _lines(lines: Sequence[BudgetLine]) -> Table:
    rows = [
        (line.what, line.provider or "Not said", BudgetRoute(line.route).label, pounds(line.pence))
        for line in lines
    ]
    rows.append(("Together", "", "", pounds(sum(line.pence for line in lines))))
    columns = ("What", "From whom", "How the money goes", Column("A year", numeric=True))
    return table("Support plan", columns, rows, caption_size="s")


def _spends(seen: BudgetSeen) -> Table:
    rows = [
        (
            day(each.on),
            Cell(each.words, note="Corrected below" if _is_corrected(each) else ""),
            each.line.what if each.line else "",
            pounds(each.pence),
        )
        for each in seen.spends
    ]
    columns = (Column("Day", date=True), "On what", "Line", Column("Pounds", numeric=True))
    return table("What was spent", columns, rows, caption_size="s")


def _is_corrected(spend: object) -> bool:
    return hasattr(spend, "corrected_by")


def _follow_ups(seen: BudgetSeen) -> Table:
    rows = [
        (
            day(each.on),
            Working(each.working).label,
            Learning(each.learning).label,
            "Yes" if each.still_served else "No",
            each.words,
        )
        for each in seen.follow_ups
    ]
    columns = (Column("Day", date=True), "Work", "Learning", "Still supported", "Their words")
    return table("A year on", columns, rows, caption_size="s")


def side_by_side(theirs: Sequence[PlanLine], mine: Sequence[PlanLine]) -> Table:
    """Two support plans, line by line: what somebody else saved meanwhile, and what was typed here."""
    rows = [
        (str(number), _one(first), _one(second))
        for number, (first, second) in enumerate(itertools.zip_longest(theirs, mine), 1)
    ]
    return table("Saved meanwhile, and yours", ("Line", "Saved meanwhile", "Yours"), rows)


def _one(line: PlanLine | None) -> str:
    return f"{line.what}, {line.route.label}, {pounds(line.pence)}" if line else "Nothing"


def uptake_table(by: str, groups: Mapping[str, Uptake]) -> Table:
    """Who was asked and who has a budget, with small numbers withheld (P44)."""
    names = list(groups)
    counts = disclosure.table(
        [[groups[n].asked, groups[n].not_asked, groups[n].with_budget] for n in names]
    )
    rows = [
        (name, *(disclosure.words(count) for count in row))
        for name, row in zip(names, counts, strict=True)
    ]
    columns = (
        by, Column("Were asked", numeric=True), Column("Were not asked", numeric=True),
        Column("Have a budget", numeric=True),
    )  # fmt: skip
    return table(by, columns, rows)
