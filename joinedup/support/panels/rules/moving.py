"""Who leads which case after a move to another team: shared out by load, and why some cannot go."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from joinedup.support.cases.rules.caseload import FULL_WEEK


@dataclass(frozen=True)
class Goes:
    """A case that is to go, as the rule reads it."""

    case: uuid.UUID
    weight: int
    not_by: frozenset[uuid.UUID] = frozenset()
    """Posts that may not lead it (P28, P34)."""
    why_not: str = ""
    """Why it cannot go at all."""


@dataclass(frozen=True)
class Taker:
    """A post of the receiving team, and what it carries."""

    post: uuid.UUID
    weight: int
    full: int = FULL_WEEK
    """What they can carry in their week."""


@dataclass(frozen=True)
class Shared:
    """Who leads each case that goes, why others stay, and what each carries after."""

    to: Mapping[uuid.UUID, uuid.UUID]
    stays: Mapping[uuid.UUID, str]
    after: Mapping[uuid.UUID, int] = field(default_factory=dict)
    over: Sequence[uuid.UUID] = ()
    """Who would carry more than their week."""


def share_out(cases: Sequence[Goes], takers: Sequence[Taker]) -> Shared:
    """Give each case, heaviest first, to whoever carries least of their week then; the same facts give the same answer.

    A week that is full is no bar: the cases are there, and the preview says whom it would be too much for.
    """
    after = {taker.post: taker.weight for taker in takers}
    full = {taker.post: taker.full for taker in takers}
    to: dict[uuid.UUID, uuid.UUID] = {}
    stays: dict[uuid.UUID, str] = {}
    for case in sorted(cases, key=lambda each: (-each.weight, each.case.int)):
        if case.why_not:
            stays[case.case] = case.why_not
            continue
        free = [post for post in after if post not in case.not_by]
        if not free:
            stays[case.case] = "Nobody of the team may work with this person."
            continue
        post = min(free, key=lambda each: (after[each] / full[each], each.int))
        to[case.case] = post
        after[post] += case.weight
    return Shared(to, stays, after, [post for post in after if after[post] > full[post]])
