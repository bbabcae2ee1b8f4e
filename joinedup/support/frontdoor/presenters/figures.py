"""The words and tables of equity of access and of referral fatigue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import Bar, bars
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.pipeline import disclosure
from joinedup.support.frontdoor.models import FatigueAlert
from joinedup.support.frontdoor.rules.access import Line, Split
from joinedup.support.frontdoor.rules.fatigue import Fatigue

WITHHELD = "Withheld"
"""A small number, or one from which a small one could be reckoned (P44)."""


@dataclass(frozen=True)
class SplitShown:
    """One split: its table, and a chart where anything of it may be shown."""

    table: Table
    chart: SafeString | None


def split(by: Split, lines: Sequence[Line]) -> SplitShown:
    """One way of splitting the figures."""
    columns = (
        by.label,
        Column("Referrals", numeric=True),
        Column("Found eligible", numeric=True),
        Column("Offered an assessment", numeric=True),
        Column("Sent to what is open to all", numeric=True),
        Column("Days until accepted", numeric=True),
    )
    rows = [
        (
            each.group,
            _count(each.referrals),
            _share(each.eligible_share),
            _share(each.assessed_share),
            _share(each.open_access_share),
            WITHHELD if each.median_wait is None else str(each.median_wait),
        )
        for each in lines
    ]
    drawn = tuple(
        Bar(each.group, each.assessed_share, f"{each.assessed_share} %")
        for each in lines
        if each.assessed_share is not None
    )
    title = f"Offered an assessment, by {by.label.lower()}"
    chart = bars(drawn, title=title, unit="Per cent of referrals") if drawn else None
    return SplitShown(table(by.label, columns, rows), chart)


def _count(count: int | None) -> str:
    return WITHHELD if count is None else f"{count:,}"


def _share(share: int | None) -> str:
    return WITHHELD if share is None else f"{share} %"


_LEVELS = (1, 2, 3, 4)


def fatigue(measure: Fatigue) -> Table:
    """The measure of being passed on, small numbers suppressed."""
    people = disclosure.shown(measure.people)
    enough = people is not None
    mean = f"{measure.hand_offs:.1f}" if enough and measure.hand_offs is not None else WITHHELD
    days = str(measure.median_days) if enough and measure.median_days is not None else WITHHELD
    to_help = measure.median_days_to_help
    helped = str(to_help) if enough and to_help is not None else WITHHELD
    levels = disclosure.breakdown({level: measure.levels.get(level, 0) for level in _LEVELS})
    rows = [
        ("People referred", _count(people)),
        ("Hand-offs before first help, on average", mean),
        ("Days to the first contact, the middle one", days),
        ("Days to first help, the middle one", helped),
        (
            "Helped at once, with one hand-off or none",
            _share(disclosure.share(measure.settled, measure.people)),
        ),
        ("Signposts given", _count(disclosure.shown(measure.signposts))),
        (
            "Signposts followed by nothing for four weeks",
            _share(disclosure.share(measure.signposts_to_nothing, measure.signposts)),
        ),
        ("People over the limit", _count(disclosure.shown(measure.over))),
        *(
            (f"Need was at level {level} when first judged", _count(levels[level]))
            for level in _LEVELS
        ),
    ]
    return table(
        "The last twelve months", ("Measure", Column("Figure", numeric=True)), rows, stacks=False
    )


def alerts(found: Sequence[FatigueAlert], references: Mapping[object, str]) -> Table | None:
    """The alerts, whom they are of by reference alone."""
    if not found:
        return None
    rows = [
        (
            Cell(
                references.get(each.matter_id, "A referral"),
                href=reverse("fatigue-answer", args=[each.pk]),
            ),
            str(each.hand_offs),
            Cell(day(each.raised_at.date()), note=""),
            Cell(each.done_about, note=f"{each.seen_by.user.name}, {day(each.seen_at.date())}")
            if each.seen_by and each.seen_at
            else Cell("Waits for an answer", tag="govuk-tag--yellow"),
        )
        for each in found
    ]
    return table(
        "People passed on too often",
        (
            "Referral",
            Column("Passed on", numeric=True),
            Column("Told on", date=True),
            "Done about it",
        ),
        rows,
    )
