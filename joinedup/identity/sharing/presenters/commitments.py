"""How commitments of agencies read on a page."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day
from joinedup.identity.sharing.choices import CommitmentKind, CommitmentState
from joinedup.identity.sharing.models import Commitment
from joinedup.identity.sharing.presenters.agreements import who

_COLOURS = {"open": "yellow", "kept": "green", "not_kept": "red"}


def register(found: Iterable[Commitment], today: datetime.date) -> Table:
    """The register, agency by agency."""
    lines = list(found)
    return table(
        count(len(lines), "commitment"),
        ["Agency", "Commitment", "Made by", Column("By when", date=True), "Stands"],
        [
            [
                each.agency.name,
                Cell(
                    each.what, note=CommitmentKind(each.kind).label,
                    href=reverse("commitment", args=[each.pk]),
                ),
                who(each.made_by),
                day(each.due_on),
                _stands(each, today),
            ]
            for each in lines
        ],
    )  # fmt: skip


def facts(of: Commitment, today: datetime.date) -> list[dict[str, object]]:
    """One commitment as a summary list."""
    rows = [
        ("Agency", of.agency.name),
        ("Kind", CommitmentKind(of.kind).label),
        ("Made by", f"{who(of.made_by)}, {day(of.made_at)}"),
        ("By when", day(of.due_on)),
        ("Stands", _stands(of, today).text),
    ]
    if of.settled_by:
        rows.append(("What became of it", of.became))
        rows.append(("Said by", f"{of.settled_by.user.name}, {day(of.settled_at)}"))
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def _stands(of: Commitment, today: datetime.date) -> Cell:
    if of.state == CommitmentState.OPEN and of.due_on < today:
        return Cell("Past its day", tag="govuk-tag--red")
    return Cell(CommitmentState(of.state).label, tag=f"govuk-tag--{_COLOURS[of.state]}")
