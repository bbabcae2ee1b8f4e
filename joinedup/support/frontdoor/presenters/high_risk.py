"""How high risk reads to the team that takes it, and to whoever says which team that is."""

import datetime
from collections.abc import Iterable
from typing import Any

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, listed, moment
from joinedup.support.frontdoor.choices import HighRiskRoute
from joinedup.support.frontdoor.models import HighRiskInbox, HighRiskPapers
from joinedup.support.frontdoor.models.high_risk import TO_A_TEAM
from joinedup.support.frontdoor.presenters.queue import UNNAMED, age
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Duty, Handover


def inbox(found: Iterable[HighRiskPapers]) -> Table:
    """What was handed to this team, newest first."""
    return table(
        "Handed to you",
        ["Who", "For", "Deemed high by", "Sent", "Closed"],
        [
            [
                Cell(
                    _names(papers) or UNNAMED,
                    href=f"/high-risk/{papers.pk}/",
                ),
                HighRiskRoute(papers.route).label,
                Cell(papers.deemed_by, note=papers.tool),
                moment(papers.sent_at),
                moment(papers.matter.closed_at),
            ]
            for papers in found
        ],
    )


def facts(papers: HighRiskPapers, duty: Duty | None, at: datetime.datetime) -> list[dict[str, Any]]:
    """What is known of it, as a summary list."""
    rows = [
        ("For", HighRiskRoute(papers.route).label),
        ("Deemed high by", f"{papers.deemed_by}, {papers.tool}, on {day(papers.deemed_on)}"),
        ("What is going on", papers.going_on),
        ("Referred by", papers.sent_by),
        ("Sent", f"{moment(papers.sent_at)}, {age(papers.sent_at, at)} ago"),
        ("Answers for it now", f"{duty.post.user.name}, {duty.post.team}" if duty else "Nobody"),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]


def people(papers: HighRiskPapers) -> Table:
    """Whom it is about, as typed."""
    return table(
        "Who it is about",
        ["Name as typed", "Born", "Lives", "Telephone"],
        [
            [each["name"] or UNNAMED, _day(each["born"]), each["lives"], each["phone"]]
            for each in papers.people
        ],
    )


def came_back(passed: Iterable[Handover]) -> bool:
    """Whether the last answer of a team was to send it back."""
    last = list(passed)[-1:]
    return bool(last) and last[0].state_word is HandoverState.RETURNED


def inboxes(found: Iterable[HighRiskInbox], today: datetime.date) -> Table | None:
    """Which team takes what, and since when."""
    rows = [
        [
            HighRiskRoute(each.route).label,
            Cell(str(each.team), note=str(each.team.agency)),
            day(each.starts_on),
            day(each.ends_on) if each.ends_on else "",
        ]
        for each in found
    ]
    return table("Who takes it", ["What goes to", "Team", "From", "Until"], rows) if rows else None


def missing(found: Iterable[HighRiskInbox], today: datetime.date) -> str:
    """What no team takes today: that rings at the safeguarding door."""
    taken = {
        each.route
        for each in found
        if each.starts_on <= today and (each.ends_on is None or each.ends_on > today)
    }
    return listed([route.label for route in TO_A_TEAM if route not in taken])


def _names(papers: HighRiskPapers) -> str:
    return listed([each["name"] for each in papers.people if each["name"]])


def _day(text: str) -> str:
    try:
        return day(datetime.date.fromisoformat(text))
    except ValueError:
        return text.capitalize()
