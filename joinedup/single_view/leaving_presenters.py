"""How agencies, their exits and what is to be settled read on a page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, AgencyExit
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed, number
from joinedup.identity.sharing.presenters.agreements import categories
from joinedup.identity.sharing.queries.previews import Effect, Preview
from joinedup.pipeline import disclosure
from joinedup.single_view.queries.leaving import ToSettle


@dataclass(frozen=True)
class Thing:
    """One thing to be settled, and whether it is."""

    words: str
    done: bool | None
    """None where it would tell of a small number: whoever holds the cases knows."""
    links: tuple[tuple[str, str], ...] = ()


def agencies(found: Sequence[tuple[Agency, AgencyExit | None]], today: datetime.date) -> Table:
    """Every agency, and whether it leaves."""
    return table(
        count(len(found), "agency", "agencies"),
        ["Agency", "Kind", "Part of the partnership"],
        [
            [
                Cell(each.name, href=reverse("agency-leaving", args=[each.pk])),
                AgencyKind(each.kind).label,
                standing(exit_, today) or "Yes",
            ]
            for each, exit_ in found
        ],
    )


def standing(exit_: AgencyExit | None, today: datetime.date) -> str:
    """Whether it leaves or has left, in a few words; empty where it stays."""
    if exit_ is None:
        return ""
    word = "Left" if exit_.leaves_on <= today else "Leaves"
    return f"{word} on {day(exit_.leaves_on)}"


def lost(found: Preview) -> Table | None:
    """What would no longer be seen, a line for each two agencies: the purposes do not matter to an exit."""
    between: dict[tuple[str, str], list[Effect]] = {}
    for effect in found.effects:
        if effect.lost:
            between.setdefault((effect.holder, effect.recipient), []).append(effect)
    if not between:
        return None
    return table(
        "What would no longer be seen",
        [
            "Held by",
            "Seen by",
            "What",
            Column("Practitioners", numeric=True),
            Column("People", numeric=True),
        ],
        [
            [
                holder,
                recipient,
                categories({effect.category for effect in effects}),
                number(max(effect.practitioners for effect in effects)),
                _most(found, effects),
            ]
            for (holder, recipient), effects in sorted(between.items())
        ],
    )


def _most(found: Preview, effects: Sequence[Effect]) -> str:
    most = max((effect.people for effect in effects if effect.people is not None), default=None)
    return disclosure.words(most) if found.counts_rounded else number(most or 0)


def to_settle(found: ToSettle, today: datetime.date) -> list[Thing]:
    """What is to be settled, what is done last."""
    things = [
        Thing(_posts(found), not found.posts),
        Thing(_seconded(found), not found.seconded),
        Thing(
            "Agreements that it is party to. What it gives and gets under them shuts on the day by itself; "
            "amend or end each, so that its words are true."
            if found.agreements
            else "It is party to no agreement.",
            not found.agreements,
            tuple((each.title, reverse("agreement", args=[each.pk])) for each in found.agreements),
        ),
        # Small numbers of cases do not leave those who hold them, nought among them (P44).
        Thing(
            f"Open cases that it leads: {_few(found.cases)}. Its managers hand each over to another agency, or "
            "close it.",
            None,
        ),
        Thing(
            f"Matters that its posts answer for: {_few(found.duties)}. They hand each over before the day.",
            None,
        ),
        Thing(_records(found, today), _are_gone(found, today)),
    ]
    return sorted(things, key=lambda thing: bool(thing.done))


def _posts(found: ToSettle) -> str:
    if not found.posts:
        return "Nobody holds a post in it from that day on."
    who = (
        listed(found.posts)
        if len(found.posts) <= 5
        else count(len(found.posts), "person", "people")
    )
    return f"{who} would hold a post in it from that day on: the posts end with it."


def _seconded(found: ToSettle) -> str:
    if not found.seconded:
        return "It employs nobody in another agency’s team."
    return f"It employs {listed(found.seconded)}. Say who employs them then, or end their posts."


def _few(many: int) -> str:
    return disclosure.words(disclosure.shown(many))


def _are_gone(found: ToSettle, today: datetime.date) -> bool:
    return not found.records and found.exit is not None and found.exit.leaves_on <= today


def _records(found: ToSettle, today: datetime.date) -> str:
    if _are_gone(found, today):
        return "None of its records is here."
    many = f"Records of it here: {_few(found.records)}."
    if found.exit is not None and found.exit.leaves_on <= today:
        return (
            f"{many} Whoever runs the system takes them out of every table and file: "
            f"joinedup recall {found.agency.pk} --all-of-it"
        )
    return f"{many} Once it has left they can be taken out of every table and file."
