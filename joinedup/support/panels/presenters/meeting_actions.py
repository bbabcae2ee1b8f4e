"""How actions of meetings read: whose, by when, how late, what became of them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import capfirst

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed
from joinedup.foundations.meetings.choices import ActionState
from joinedup.support.panels.queries.meeting_actions import ActionShown


def open_ones(found: Sequence[ActionShown]) -> Table | None:
    """Those of which nothing has become yet; None where there are none."""
    rows = [
        [
            Cell(
                each.words, note=about(each), href=reverse("meeting-action", args=[each.action.pk])
            ),
            each.owner,
            _due(each),
            count(each.age, "day"),
        ]
        for each in found
        if each.is_open
    ]
    columns = ("Action", "Whose", Column("By", date=True), Column("Age", numeric=True))
    return table("Not done yet", columns, rows) if rows else None


def settled_ones(found: Sequence[ActionShown]) -> Table | None:
    """Those that are over, with what became of each; None where there are none."""
    rows = [
        [
            Cell(each.words, note=about(each)),
            each.owner,
            Cell(ActionState(each.action.state).label, note=_when(each)),
            each.became or "Nothing was written",
        ]
        for each in sorted(found, key=lambda each: str(each.action.settled_at), reverse=True)
        if not each.is_open
    ]
    return (
        table("What became of the others", ("Action", "Whose", "State", "What became of it"), rows)
        if rows
        else None
    )


def about(each: ActionShown) -> str:
    """Whom it is about, and of which meeting."""
    meeting = f"meeting of {day(each.action.meeting.starts_at)}"
    return f"{listed(each.names)}, {meeting}" if each.names else capfirst(meeting)


def _due(each: ActionShown) -> Cell:
    if each.days_late:
        return Cell(day(each.action.due_on), note=f"{count(each.days_late, 'day')} late")
    return Cell(day(each.action.due_on))


def _when(each: ActionShown) -> str:
    settled = each.action.settled_at
    in_time = settled is not None and settled.date() <= each.action.due_on
    return f"{day(settled)}, {'in time' if in_time else 'late'}"
