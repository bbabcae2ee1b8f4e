"""What stands in one agency's copy of minutes, as its PDF and its DOCX are set."""

from collections.abc import Sequence
from typing import Any

from joinedup.foundations.core.wording import day
from joinedup.foundations.meetings.models import AgendaItem
from joinedup.support.panels.models import MinutesPage
from joinedup.support.panels.presenters.minutes import head
from joinedup.support.panels.queries.meeting_actions import ActionShown
from joinedup.support.panels.queries.minutes import Sitting


def content(
    sitting: Sitting,
    general: Sequence[AgendaItem],
    actions: Sequence[ActionShown],
    pages: Sequence[MinutesPage],
    *,
    agency: str,
    part: str,
    made: str,
) -> dict[str, Any]:
    """The copy: what stands above its items, the items as they were put down for this agency, its footer."""
    return {
        "agency": agency,
        "copy_for": agency + (f", {part}" if part else ""),
        "head": head(sitting, general, actions),
        "items": [page.said for page in pages],
        "footer": f"{sitting.number}. {made}",
    }


def made_by(name: str, on: object, copy: str) -> str:
    """Who made the copy and when, and its number in the register of copies."""
    return f"Copy {copy}, made by {name} on {day(on)}. Keep it as your agency keeps records."  # type: ignore[arg-type]
