"""The person's own page as tables, in plain words."""

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.single_view.queries.own_page import OwnPage


def helpers(page: OwnPage) -> Table | None:
    """Who is in the person's life now."""
    if not page.helpers:
        return None
    return table(
        "Teams that help me now",
        ["Team", "Why", "Since"],
        [
            [Cell(h.team, note=h.agency), Cell(h.because), Cell(wording.day(h.since))]
            for h in page.helpers
        ],
    )


def looks(page: OwnPage) -> Table | None:
    """Who has looked: agency, role, reason and time; a name only on request."""
    if not page.looks.looks:
        return None
    return table(
        "Each look, newest first",
        ["When", "Who", "Why", "At what"],
        [
            [
                Cell(wording.moment(look.at)),
                Cell(look.agency, note=look.role),
                Cell(look.reason),
                Cell(wording.listed(look.categories) or "Who I am"),
            ]
            for look in page.looks.looks
        ],
    )


def held(page: OwnPage) -> Table | None:
    """What agencies hold, as summaries."""
    if not page.held:
        return None
    return table(
        "Held about me",
        ["Agency", "What", "In short"],
        [[Cell(h.agency), Cell(h.headline, note=h.category), Cell(h.summary)] for h in page.held],
    )
