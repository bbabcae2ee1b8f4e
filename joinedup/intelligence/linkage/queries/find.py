"""Find a person by one box, and tell code whether somebody is one of ours."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_looks
from joinedup.identity.sharing.access import Viewer, marks, reading
from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked, read_box
from joinedup.intelligence.linkage.find.enough import (
    NHS_NUMBERS,
    how_it_was_read,
    is_unique,
    what_is_needed,
)
from joinedup.intelligence.linkage.find.fit import LIKELY, STRONG, Fitted
from joinedup.intelligence.linkage.queries.find_candidates import ranked_candidates, sharp_question
from joinedup.intelligence.linkage.queries.find_shown import (
    Answer,
    answer_of,
    looked_at,
    record_looks_at,
    seen_of,
)
from joinedup.pipeline.standardise.names import name_tokens
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.postcodes import standard_postcode

MOST_SHOWN = 10
MARGIN = 4.0
"""How much better the best must fit than the next before code is told yes."""


@dataclass(frozen=True)
class Found:
    """What a question brought: answers best first, or what is still needed."""

    answers: tuple[Answer, ...]
    needed: str
    """What must be typed before anybody is shown, in a sentence; empty where it is enough."""
    understood: tuple[str, ...]
    """How the box was read, in words."""
    more: bool
    """More people fit than may be shown."""


class OneOfOurs(StrEnum):
    """Whether somebody is known to the spine."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Identity:
    """Somebody as a form or another system has them."""

    given_name: str = ""
    family_name: str = ""
    born_on: datetime.date | None = None
    postcode: str = ""
    nhs_number: str = ""


def find_people(
    viewer: Viewer, text: str, *, at: datetime.datetime, limit: int = MOST_SHOWN
) -> Found:
    """Find the people that a line of text may mean; each one shown is an audited look (P3).

    Nobody is shown before two identifying elements or one unique number, and never more than ten.
    Raises NotPermitted for a role that does not find people.
    """
    viewer.must(Permission.FIND_PEOPLE)
    asked = read_box(text, today=timezone.localtime(at).date())
    remarks = how_it_was_read(asked)
    if asked.nhs and not viewer.may(Permission.SEE_NHS_NUMBER):
        asked, remarks = replace(asked, nhs=None), (NHS_NUMBERS,)
    needed = what_is_needed(asked)
    if needed and not is_unique(asked):
        return Found((), needed, remarks, more=False)
    limit = min(limit, MOST_SHOWN)
    asked = _only_numbers(asked) if needed else asked
    answers, more = looked_at(viewer, asked, limit, at=at)
    unmet = needed if needed and not answers and not asked.nhs else ""
    return Found(answers, unmet, remarks, more)


@dataclass(frozen=True)
class Matched:
    """Whether somebody is known to the spine, and who it may be, best first: not to be shown."""

    verdict: OneOfOurs
    people: tuple[UUID, ...]


def is_this_one_of_ours(viewer: Viewer, identity: Identity, *, at: datetime.datetime) -> OneOfOurs:
    """Say yes, no or unsure of an identity, and nothing more; the asking itself is audited.

    Unsure is also the answer where less than two identifying elements are given. Raises NotPermitted.
    """
    return match_identity(viewer, identity, at=at).verdict


def match_identity(viewer: Viewer, identity: Identity, *, at: datetime.datetime) -> Matched:
    """Say yes, no or unsure of an identity, and of whom; the asking itself is audited.

    The people are for code alone, which decides what of them may be shown. Raises NotPermitted.
    """
    viewer.must(Permission.FIND_PEOPLE)
    asked = _asked(viewer, identity)
    with reading(viewer):
        record_looks(
            at=at, post_id=viewer.post_id, subject_kind="spine", subject_ids=[""],
            purpose=viewer.purpose, detail={"asked": "is this one of ours"}, **marks(viewer),
        )  # fmt: skip
        if what_is_needed(asked) and not asked.nhs:
            return Matched(OneOfOurs.UNSURE, ())
        candidates = ranked_candidates(viewer, asked)
    verdict = _verdict([one.fitted for one in candidates], by_nhs=asked.nhs is not None)
    likely = (one.person for one in candidates if one.fitted.odds >= LIKELY)
    return Matched(verdict, tuple(likely)[:MOST_SHOWN])


@dataclass(frozen=True)
class Recognised:
    """What a viewer may learn of an identity: by people they may see, as if there were no others."""

    verdict: OneOfOurs
    person: UUID | None = None
    """Who it is, where it is sure."""
    may_be: tuple[Answer, ...] = ()
    """Who it may be, where it is not."""
    needed: str = ""
    """What must still be typed, in a sentence."""


def recognise(
    viewer: Viewer, identity: Identity, *, at: datetime.datetime, limit: int = MOST_SHOWN
) -> Recognised:
    """Tell a viewer whether somebody is known, by those they may see; each one is an audited look (P3).

    Whoever is hidden from them changes nothing of the answer (P8). Raises NotPermitted.
    """
    viewer.must(Permission.FIND_PEOPLE)
    asked = _asked(viewer, identity)
    needed = what_is_needed(asked)
    if needed and not asked.nhs:
        return Recognised(OneOfOurs.UNSURE, needed=needed)
    with reading(viewer, sharp_question(asked)) as look:
        candidates = ranked_candidates(viewer, asked, look.first)
        seen = seen_of(viewer, asked, candidates, min(limit, MOST_SHOWN))
        verdict = _verdict([one.fitted for one, _ in seen], by_nhs=asked.nhs is not None)
        likely = [one for one in seen if one[0].fitted.odds >= LIKELY]
        answers = tuple(answer_of(viewer, *one) for one in likely)
        shown = answers if verdict is OneOfOurs.UNSURE else answers[:1]
        record_looks_at(viewer, shown if verdict is not OneOfOurs.NO else (), at=at)
    if verdict is OneOfOurs.YES:
        return Recognised(verdict, person=answers[0].person)
    return Recognised(verdict, may_be=shown if verdict is OneOfOurs.UNSURE else ())


def who_it_may_be(
    viewer: Viewer, identity: Identity, *, at: datetime.datetime, limit: int = MOST_SHOWN
) -> Found:
    """Show whom an identity may mean, best first, to a viewer who says which of them it is.

    At most ten, of those the viewer may see, and nobody before two identifying elements are given; each
    one shown is an audited look (P3). Raises NotPermitted.
    """
    viewer.must(Permission.FIND_PEOPLE)
    asked = _asked(viewer, identity)
    needed = what_is_needed(asked)
    if needed and not asked.nhs:
        return Found((), needed, (), more=False)
    answers, more = looked_at(viewer, asked, min(limit, MOST_SHOWN), at=at)
    return Found(answers, "", (), more)


def _verdict(fitted: Sequence[Fitted], *, by_nhs: bool) -> OneOfOurs:
    """Yes where one person fits and no other comes near; no where nobody is even likely.

    Whoever bears the very NHS number asked for, and nothing asked differs, fits by that alone.
    """
    if not fitted or fitted[0].odds < LIKELY:
        return OneOfOurs.NO
    alone = len(fitted) == 1 or fitted[0].odds - fitted[1].odds >= MARGIN
    fits = fitted[0].odds >= STRONG or (by_nhs and fitted[0].wholly)
    return OneOfOurs.YES if fits and alone else OneOfOurs.UNSURE


def _asked(viewer: Viewer, identity: Identity) -> Asked:
    family = name_tokens(identity.family_name)
    given = name_tokens(identity.given_name)
    born = identity.born_on
    may_use_number = viewer.may(Permission.SEE_NHS_NUMBER)
    return Asked(
        names=family + given,
        family_first=len(family) if given else 0,
        births=(Birth(born.year, born.month, born.day),) if born else (),
        postcode=standard_postcode(identity.postcode),
        nhs=standard_nhs_number(identity.nhs_number) if may_use_number else None,
    )


def _only_numbers(asked: Asked) -> Asked:
    """The numbers alone: what stands beside them is too little to find anybody by."""
    return Asked(nhs=asked.nhs, numbers=asked.numbers)
