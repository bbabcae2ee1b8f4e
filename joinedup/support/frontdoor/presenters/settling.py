"""How those whom a referral may be about stand beside what was typed."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import count, day, name_case, years_on
from joinedup.intelligence.linkage.queries.find_shown import Answer
from joinedup.support.frontdoor.choices import Likeness, MatchAnswer
from joinedup.support.frontdoor.models import Settling, Subject
from joinedup.support.frontdoor.presenters.queue import UNNAMED
from joinedup.support.frontdoor.queries.settling import Whom
from joinedup.support.frontdoor.rules.likeness import Told, likenesses

_COLOURS = {
    Likeness.SAME: "govuk-tag--green",
    Likeness.DIFFERS: "govuk-tag--orange",
    Likeness.NOT_TYPED: "govuk-tag--grey",
    Likeness.NOT_HELD: "govuk-tag--grey",
}


@dataclass(frozen=True)
class Candidate:
    """One person whom it may be, side by side with what was typed."""

    answer: Answer
    name: str
    beside: Table
    differ: str
    """How much differs, in words."""
    not_them: str
    """That they were taken for this person before, and why that was taken back."""


def typed_name(subject: Subject) -> str:
    """The name as it was typed."""
    return f"{subject.given_name} {subject.family_name}".strip() or UNNAMED


def candidates(found: Whom, today: datetime.date) -> list[Candidate]:
    """Everybody whom it may be, best first."""
    if found.may_be is None:
        return []
    return [_candidate(found, answer, today) for answer in found.may_be.answers]


def standing(found: Whom) -> str:
    """What stands now, in a sentence."""
    if found.is_ours:
        who = found.match.by_post
        by = f"{who.user.name} said so" if who else "The spine was sure"
        return f"This is one of ours. {by}."
    if found.is_nobody:
        return "It was settled that nobody known here fits. You can still choose somebody."
    if found.match.answer == MatchAnswer.NOT_FOUND:
        return "Nobody was found by what was typed, and nobody has looked further yet."
    return "It may be one of these, and nobody has said which yet."


def before(found: Whom) -> list[tuple[Settling, str]]:
    """What was said before and taken back, in order."""
    return [
        (each, "One of ours" if each.answer == MatchAnswer.OURS else "None of these")
        for each in found.before
        if each.taken_back_at is not None
    ]


def _candidate(found: Whom, answer: Answer, today: datetime.date) -> Candidate:
    subject = found.subject
    typed = Told(
        f"{subject.given_name} {subject.family_name}", subject.born_on, subject.age,
        subject.address, subject.postcode,
    )  # fmt: skip
    held = Told(answer.name, answer.born_on, None, answer.address, answer.postcode)
    like = likenesses(typed, held, today)
    name = name_case(answer.name)
    rows = (
        ("Name", typed_name(subject), name, like.name),
        ("Born", _born(typed, today), _born(held, today), like.born),
        ("Address", _address(subject), name_case(answer.address), like.address),
        ("Postcode", subject.postcode, answer.postcode, like.postcode),
    )
    return Candidate(
        answer=answer,
        name=name,
        beside=table(
            f"{name}, beside what was typed",
            ["What", "As typed", "As known here", "Held against each other"],
            [
                [key, said or "Not typed", kept or "Not known", Cell(how.label, tag=_COLOURS[how])]
                for key, said, kept, how in rows
            ],
            caption_size="s",
        ),
        differ=f"{count(like.differ, 'thing')} differ{'s' if like.differ == 1 else ''}"
        if like.differ
        else "Nothing differs",
        not_them=next(
            (
                each.taken_back_because
                for each in reversed(found.before)
                if each.taken_back_at is not None and each.person_id == answer.person
            ),
            "",
        ),
    )


def _born(told: Told, today: datetime.date) -> str:
    if told.born_on is not None:
        return f"{day(told.born_on)}, {years_on(told.born_on, today)}"
    return f"About {told.age}" if told.age is not None else ""


def _address(subject: Subject) -> str:
    return "No fixed address" if subject.no_fixed_address else subject.address
