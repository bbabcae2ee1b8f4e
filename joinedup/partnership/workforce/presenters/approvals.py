"""How the register of functions and the approvals read on their pages."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.rules import warning_due


def register(found: Iterable[StatutoryFunction], today: datetime.date) -> Table | None:
    """Who answers for what, and who carries it out."""
    rows = [
        [
            Cell(
                FunctionCode(each.function).label,
                note=FunctionCode(each.function).about.law,
                href="" if each.ends_on else reverse("function-end", args=[each.pk]),
            ),
            each.accountable.name,
            each.operating.name,
            Cell(Route(each.route).label, note=each.reference),
            Cell(each.evidence),
            _span(each.starts_on, each.ends_on, today),
        ]
        for each in found
    ]
    columns = [
        "Function",
        "Answers for it",
        "Carries it out",
        "By what right",
        "Written in",
        "When",
    ]
    return table("Functions of the law", columns, rows) if rows else None


def approvals(
    found: Iterable[Approval], today: datetime.date, *, linked: bool = True
) -> Table | None:
    """Who is approved for what, those that end first on top."""
    rows = [
        [
            Cell(
                each.holder.name,
                note=each.holder.email if linked else "",
                href=reverse("approval-withdraw", args=[each.pk])
                if linked and each.ends_on > today
                else "",
            ),
            Cell(
                FunctionCode(each.function).about.approved_role,
                note=FunctionCode(each.function).label,
            ),
            Cell(each.given_by.name, note=each.evidence),
            state(each, today),
        ]
        for each in found
    ]
    columns = ["Who", "Approved as", "By whom", Column("Until", date=True)]
    return table("Approvals", columns, rows) if rows else None


def state(approval: Approval, today: datetime.date) -> Cell:
    """Until when it holds, with a tag where that is soon or past."""
    last = day(approval.ends_on - datetime.timedelta(days=1))
    if approval.ends_on <= today:
        return Cell(f"Ended after {last}", note=approval.withdrawn_because, tag="govuk-tag--red")
    if approval.starts_on > today:
        return Cell(f"From {day(approval.starts_on)} to {last}")
    soon = warning_due(approval.ends_on, today)
    return Cell(f"To {last}", tag="govuk-tag--yellow" if soon is not None else "")


def _span(starts_on: datetime.date, ends_on: datetime.date | None, today: datetime.date) -> Cell:
    if ends_on is not None and ends_on <= today:
        return Cell(f"Until before {day(ends_on)}", note=f"from {day(starts_on)}", tag="grey")
    until = f", until before {day(ends_on)}" if ends_on else ""
    return Cell(f"From {day(starts_on)}{until}")
