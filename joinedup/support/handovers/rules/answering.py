"""Who answers for a post at an instant: itself, who stands in for it, who acts once it has ended (P33)."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from joinedup.support.handovers.choices import Answers

Id = uuid.UUID


def _nobody() -> Iterable[Id]:
    return ()


@dataclass(frozen=True)
class Standing:
    """What the rule asks of a post on that day: whether it is held, who covers it, who manages it."""

    held: bool
    covered_by: Id | None = None
    manager: Id | None = None


@dataclass(frozen=True)
class Answering:
    """The post that answers, and by what right."""

    post: Id
    answers: Answers


def answering_for(
    post: Id,
    standing: Callable[[Id], Standing],
    *,
    last_resort: Callable[[], Iterable[Id]] = _nobody,
    unfit: frozenset[Id] = frozenset(),
) -> Answering:
    """The one post that answers for this one; there always is one.

    Itself; else whoever covers it; else its manager, and theirs; else the first of the last resort.
    Whoever may not work with the person (`unfit`) is passed over. Where nobody is left the post
    itself stays named, so that the gap has a name on it.
    """
    for each in _in_turn(post, standing, last_resort):
        if each not in unfit and standing(each).held and standing(each).covered_by is None:
            return Answering(each, _right(post, each, standing, unfit))
    # Everybody fit is away, and covers run in a circle: one who holds a post is better than none.
    for each in _in_turn(post, standing, last_resort):
        if each not in unfit and standing(each).held:
            return Answering(each, _right(post, each, standing, unfit))
    return Answering(post, Answers.ITSELF)


def _right(
    post: Id, answers: Id, standing: Callable[[Id], Standing], unfit: frozenset[Id]
) -> Answers:
    if answers == post:
        return Answers.ITSELF
    return Answers.COVER if standing(post).held and post not in unfit else Answers.ACTING


def _in_turn(
    post: Id, standing: Callable[[Id], Standing], last_resort: Callable[[], Iterable[Id]]
) -> Iterator[Id]:
    """Each post once: this one and those covering, then managers upwards with theirs, then the last."""
    met: set[Id] = set()
    for start in chain(_upwards(post, standing), _lazily(last_resort)):
        each: Id | None = start
        while each is not None and each not in met:
            met.add(each)
            yield each
            each = standing(each).covered_by


def _lazily(asked: Callable[[], Iterable[Id]]) -> Iterator[Id]:
    yield from asked()


def _upwards(post: Id, standing: Callable[[Id], Standing]) -> Iterator[Id]:
    met: set[Id] = set()
    each: Id | None = post
    while each is not None and each not in met:
        met.add(each)
        yield each
        each = standing(each).manager


def covered_on(
    day: datetime.date, spans: Iterable[tuple[datetime.date, datetime.date, Id]]
) -> Id | None:
    """Who covers on that day, of spans (from, until before, by whom); the one that began last."""
    found = [(start, by) for start, end, by in spans if start <= day < end]
    return max(found, key=lambda each: (each[0], each[1].int))[1] if found else None
