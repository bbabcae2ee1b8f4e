"""The person's own page as tables, in plain words."""

import uuid
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.identity.accountability.queries import MyComplaint
from joinedup.identity.accountability.rules import acknowledge_by
from joinedup.single_view.queries.looks import Look
from joinedup.single_view.queries.own_page import CodeShown, OwnPage

DECIDED = "They decided to tell you of this."


def opened(page: OwnPage) -> str:
    """When it was opened before, so that somebody else's visit shows (P39)."""
    if page.opened_before_at is None:
        return "This page has not been opened before."
    return (
        f"This page was last open on {wording.moment(page.opened_before_at)}. If that was not you, "
        "ring the person who gave you the code."
    )


def codes(found: Sequence[CodeShown]) -> Table | None:
    """The codes handed over, and when each was last used."""
    if not found:
        return None
    return table(
        "Codes that your agency handed over",
        ["Handed over", "By", "Last used", "Works until"],
        [
            [
                Cell(wording.moment(each.handed_over_at)),
                Cell(each.handed_over_by),
                Cell(wording.moment(each.opened_last_at) if each.opened_last_at else "Never"),
                Cell(f"Stopped on {wording.moment(each.revoked_at)}")
                if each.revoked_at
                else Cell(wording.moment(each.ends_at)),
            ]
            for each in found
        ],
    )


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
    """Who has looked: agency, role, reason and time; a name only on request.

    Looks that one took for one reason on one day stand together: a team's list that is opened every
    hour is one thing to whoever reads who has looked.
    """
    if not page.looks.looks:
        return None
    of_a_day: dict[tuple[object, ...], list[Look]] = {}
    for look in page.looks.looks:
        whose = (look.post_id, look.agency, look.role, look.reason, look.by_decision)
        of_a_day.setdefault((*whose, day_of(look.at)), []).append(look)
    rows = [_of_a_day(each, may_ask=page.is_the_person) for each in of_a_day.values()]
    return table("Each look, newest first", ["When", "Who", "Why", "At what"], rows)


def _to_ask(look: Look) -> str:
    return reverse("own-look", args=[look.entry_id]) if look.may_ask_name else ""


def _of_a_day(looks: Sequence[Look], *, may_ask: bool) -> list[Cell]:
    last, first = looks[0], looks[-1]
    more = len(looks) - 1
    many = "once more" if more == 1 else f"{more} times more"
    seen = dict.fromkeys(name for look in looks for name in look.categories)
    return [
        Cell(
            wording.moment(last.at),
            note=f"and {many} that day, first at {wording.hour(first.at)}" if more else "",
        ),
        Cell(last.agency, note=last.role, href=_to_ask(last) if may_ask else ""),
        Cell(last.reason, note=DECIDED if last.by_decision else ""),
        Cell(wording.listed(sorted(seen)) or "Who I am"),
    ]


def held(page: OwnPage) -> Table | None:
    """What agencies hold, as summaries."""
    if not page.held:
        return None
    return table(
        "Held about me",
        ["Agency", "What", "In short"],
        [[Cell(h.agency), Cell(h.headline, note=h.category), Cell(h.summary)] for h in page.held],
    )


def shared(page: OwnPage) -> Table | None:
    """What one agency told another, and why."""
    if not page.shared:
        return None
    return table(
        "What one agency told another",
        ["When", "Who told whom", "What", "Why"],
        [
            [
                Cell(wording.day(each.at)),
                Cell(f"{each.holder} told {each.recipient}"),
                Cell(wording.listed(each.categories)),
                Cell(each.because),
            ]
            for each in page.shared
        ],
    )


def asked(page: OwnPage) -> list[tuple[str, list[tuple[str, uuid.UUID | None]]]]:
    """Each request for everything: by when, where each agency is with it, and whose answer can be read."""
    found = []
    for each in page.asked:
        first = (
            f"You asked on {wording.day(each.asked_at)}. You get it by {wording.day(each.due_on)}."
        )
        if each.extended_because:
            first += f" It takes longer: {each.extended_because}"
        parts = [
            (
                f"{agency}: {f'ready since {wording.day(at)}' if at else 'being prepared'}",
                answer if page.is_the_person else None,
            )
            for agency, at, answer in each.parts
        ]
        found.append((first, parts))
    return found


def complaints(found: Sequence[MyComplaint]) -> list[dict[str, str]]:
    """Each complaint as its words, where it is, and what was answered."""
    return [
        {
            "words": each.words,
            "about": f"About {each.agency}, {wording.day(each.received_on)}",
            "where": _where(each),
            "progress": "" if each.outcome else each.progress,
            "answer": f"{each.outcome.to_them}. {each.answer}" if each.outcome else "",
        }
        for each in found
    ]


def _where(complaint: MyComplaint) -> str:
    if complaint.answered_at is not None:
        return f"Answered on {wording.day(complaint.answered_at)}"
    if complaint.acknowledged_on is not None:
        return f"They have had it since {wording.day(complaint.acknowledged_on)} and look into it"
    return (
        f"They tell you by {wording.day(acknowledge_by(complaint.received_on))} that they have it"
    )
