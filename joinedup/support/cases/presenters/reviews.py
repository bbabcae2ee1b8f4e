"""How reviews, supervision, sign-offs and closings read on their page."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.choices.review import ClosingReason, LeastStep, SignedThing
from joinedup.support.cases.models import CaseReview, CaseSupervision, Closing, SignOff


@dataclass(frozen=True)
class ReviewShown:
    """A review that was held, in words."""

    pk: uuid.UUID
    held: str
    step: str
    by: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActShown:
    """A supervision or a sign-off, in words, and whether it waits for whoever looks."""

    pk: uuid.UUID
    what: str
    where: str
    words: str
    waits: bool
    is_mine: bool


def review(row: CaseReview) -> ReviewShown:
    """A review that was held."""
    said = (
        ("Who was there", row.present),
        ("What the person said", row.person_words),
        ("What changed, and what it means", row.found),
        ("What the person would choose", row.person_would_choose),
        ("Could less do?", row.why_not_less),
    )
    return ReviewShown(
        pk=row.pk,
        held=day(row.held_on),
        step=LeastStep(row.least_step).label if row.least_step else "",
        by=_name(row.held_by),
        parts=tuple((title, text) for title, text in said if text),
    )


def written_down(before: NeedLevel, after: NeedLevel) -> str:
    """That a review was written down, and the level it set with it."""
    if after == before:
        return f"The review is written down. The case stays at {before.label.lower()}."
    return (
        f"The review is written down. The case is at {after.label.lower()} from now on, and was "
        f"at {before.label.lower()}. Where another team is to lead, send a step."
    )


def is_late(row: CaseReview | None, today: datetime.date) -> bool:
    """Whether a booked review is past its day."""
    return row is not None and row.due_on < today


def supervision(rows: Sequence[CaseSupervision], viewer: Viewer) -> list[ActShown]:
    """Each supervision of the case."""
    return [
        ActShown(
            row.pk,
            f"{_name(row.by_post)} supervises {_name(row.of_post)}",
            f"Held on {day(row.held_on)}" if row.held_on else f"Asked on {day(row.asked_at)}",
            " ".join(filter(None, (row.words, f"Agreed: {row.agreed}" if row.agreed else ""))),
            waits=row.held_on is None,
            is_mine=row.held_on is None and row.by_post_id == viewer.post_id,
        )
        for row in rows
    ]


def sign_offs(rows: Sequence[SignOff], viewer: Viewer) -> list[ActShown]:
    """Each sign-off of the case: what it is of, whose work, and what the manager answered."""
    return [
        ActShown(
            row.pk,
            f"{_thing(row)}, by {_name(row.author)}",
            _answer(row),
            row.words,
            waits=row.answered_at is None,
            is_mine=row.answered_at is None and row.asked_of_id == viewer.post_id,
        )
        for row in rows
    ]


def _thing(row: SignOff) -> str:
    if row.version is not None:
        return f"The plan, version {row.version.number}"
    if row.review is not None:
        return f"The review of {day(row.review.held_on)}"
    return SignedThing(row.thing).label


def _answer(row: SignOff) -> str:
    if row.answered_at is None:
        return f"Waits for {_name(row.asked_of)} since {day(row.asked_at)}"
    said = "Signed off" if row.is_signed else "Sent back"
    left = ". The author had left by then" if row.author_had_left else ""
    return f"{said} by {_name(row.answered_by)} on {day(row.answered_at)}{left}"


@dataclass(frozen=True)
class ClosingShown:
    """A closing, in words, and the opening again after it."""

    closed: str
    why: str
    words: str
    what_stays: str
    reopened: str


def closings(rows: Sequence[Closing]) -> list[ClosingShown]:
    """Each closing, last first."""
    return [
        ClosingShown(
            closed=f"{day(row.closed_at)}, {_name(row.closed_by)}",
            why=ClosingReason(row.reason).label,
            words=row.words,
            what_stays=row.what_stays,
            reopened=(
                f"Opened again on {day(row.reopened_at)}: {row.reopened_because}"
                if row.reopened_at
                else ""
            ),
        )
        for row in rows
    ]


def _name(post: Post | None) -> str:
    return post.user.name if post else "Joined Up"
