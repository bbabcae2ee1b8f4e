"""How a proposal for an agenda and the report of gaps read on their pages."""

from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import listed
from joinedup.pipeline import disclosure
from joinedup.support.handovers.presenters import name_of
from joinedup.support.panels.queries.gaps import Gaps
from joinedup.support.panels.queries.proposing import ProposedShown
from joinedup.support.panels.queries.register import AgencyLoad


def proposal(found: Iterable[ProposedShown], code: str) -> Table | None:
    """Each item, who is proposed, and why."""
    rows = [
        [
            Cell(
                listed(each.names), note=each.item.reference,
                href=reverse("panel-proposal-change", args=[code, each.item.pk]),
            ),
            _who(each),
            each.proposed.why if each.proposed else "",
            Cell("What it needs", href=reverse("panel-need", args=[code, each.item.pk])),
        ]
        for each in found
    ]  # fmt: skip
    columns = ["About", "Proposed to lead", "Why", "Needs"]
    return table("Who leads", columns, rows) if rows else None


def _who(each: ProposedShown) -> Cell:
    made = each.proposed
    if made is None:
        return Cell("Not proposed yet")
    if made.post is None or made.agency is None:
        return Cell("Nobody", tag="govuk-tag--red")
    return Cell(
        name_of(made.post),
        note=f"{made.agency.name}{', as the chair chose' if made.is_changed else ''}",
    )


def gaps(found: Gaps) -> Table | None:
    """Too few agencies able to lead, by kind of need and month: so many of so many."""
    if not found.any:
        return None
    rows = [
        [kind.label, *(_of(few, every) for few, every in zip(row, all_row, strict=True))]
        for kind, row, all_row in zip(found.kinds, found.too_few, found.all, strict=True)
    ]
    months = [Column(f"{month:%B %Y}", numeric=True) for month in found.months]
    return table("Cases that fewer than two agencies could lead", ["Need", *months], rows)


def _of(few: disclosure.Shown, every: disclosure.Shown) -> str:
    if few is None and every is None:
        return disclosure.words(None)
    return f"{disclosure.words(few)} of {disclosure.words(every)}"


def loads(found: Iterable[AgencyLoad]) -> Table | None:
    """The agencies that could lead, what they carry, and who is away."""
    rows = [
        [
            each.name,
            str(each.posts),
            Cell(
                f"{each.weight} of {each.full}",
                note=f"{each.cases} cases, {each.share}% of a full week",
            ),
            str(each.away_soon),
        ]
        for each in found
    ]
    columns = [
        "Agency", Column("Can lead", numeric=True), "They carry",
        Column("Away within four weeks", numeric=True),
    ]  # fmt: skip
    return table("Agencies that could lead", columns, rows) if rows else None
