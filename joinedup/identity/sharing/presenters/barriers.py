"""How barriers to sharing read on a page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, moment
from joinedup.identity.sharing.models import SharingBarrier
from joinedup.identity.sharing.presenters.agreements import who

SHORT = 120


def log(found: Iterable[SharingBarrier]) -> Table:
    """The log: what waits comes first."""
    lines = list(found)
    return table(
        count(len(lines), "barrier"),
        ["Barrier", "Told by", Column("When", date=True), "Gone up to", "Answer"],
        [
            [
                Cell(_short(each.what), href=reverse("barrier", args=[each.pk])),
                each.agency.name,
                day(each.told_at),
                who(each.escalated_to) if each.escalated_to else "",
                day(each.answered_at) if each.answered_at else "Waits",
            ]
            for each in lines
        ],
    )


def facts(barrier: SharingBarrier) -> list[dict[str, Any]]:
    """One barrier as a summary list."""
    rows = [
        ("What", barrier.what),
        ("Told by", who(barrier.told_by)),
        ("When", moment(barrier.told_at)),
    ]
    if barrier.escalated_to:
        rows.append(
            ("Gone up to", f"{who(barrier.escalated_to)}, on {moment(barrier.escalated_at)}")
        )
    if barrier.answered_by:
        rows.append(("Answer", barrier.answer))
        rows.append(
            ("Answered by", f"{who(barrier.answered_by)}, on {moment(barrier.answered_at)}")
        )
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
