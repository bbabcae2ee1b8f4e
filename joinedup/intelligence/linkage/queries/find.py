"""Find a person by one box, and tell code whether somebody is one of ours."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.audit.operations.record import lines_of_looks, looks_beside
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.sharing.access import Viewer, marks, nhs_number_for, reading
from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked, read_box
from joinedup.intelligence.linkage.find.enough import (
    NHS_NUMBERS,
    how_it_was_read,
    is_unique,
    what_is_needed,
)
from joinedup.intelligence.linkage.find.fit import LIKELY, STRONG, Fitted
from joinedup.intelligence.linkage.queries.find_candidates import Candidate, ranked_candidates
from joinedup.pipeline.standardise.names import name_tokens
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.postcodes import standard_postcode

MOST_SHOWN = 10
BEHIND = 10.0
"""Whoever fits this much less than the best is not worth a line."""

MARGIN = 4.0
"""How much better the best must fit than the next before code is told yes."""

_IN_FIND = {"in": "find"}
_SPEAKS_FIRST = ("gp", "adult_care", "children", "housing", "police", "fire")
_SHOWN = """
    SELECT person, agency, given_name, family_name, born_on, sex, address, postcode, nhs_number, died_on
    FROM find_shown(%s::uuid[])
"""
_SHOWN_AND_LOOKED_AT = looks_beside(
    _SHOWN, where="(SELECT count(DISTINCT person) FROM asked) = %s::integer"
)


class _Record(NamedTuple):
    """What `find_shown` gives of a record."""

    person: UUID
    agency: str
    given_name: str
    family_name: str
    born_on: datetime.date | None
    sex: str
    address: str
    postcode: str
    nhs_number: str
    died_on: datetime.date | None


_Seen = tuple[Candidate, Sequence[_Record]]


@dataclass(frozen=True)
class Answer:
    """One person shown, as the agency that speaks first for them has it, and why."""

    person: UUID
    name: str
    born_on: datetime.date | None
    sex: str
    address: str
    postcode: str
    nhs_number: str
    """Empty where the viewer may not see it."""
    died_on: datetime.date | None
    why: tuple[str, ...]
    strength: str
    """strong, likely or possible."""


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
    with reading(viewer):
        asked = _only_numbers(asked) if needed else asked
        answers, more = _looked_at(viewer, asked, limit, at=at)
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
    with reading(viewer):
        seen = _seen(viewer, asked, ranked_candidates(viewer, asked), min(limit, MOST_SHOWN))
        verdict = _verdict([one.fitted for one, _ in seen], by_nhs=asked.nhs is not None)
        likely = [one for one in seen if one[0].fitted.odds >= LIKELY]
        answers = tuple(_answer(viewer, *one) for one in likely)
        shown = answers if verdict is OneOfOurs.UNSURE else answers[:1]
        _record_looks(viewer, shown if verdict is not OneOfOurs.NO else (), at=at)
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
    limit = min(limit, MOST_SHOWN)
    with reading(viewer):
        answers, more = _looked_at(viewer, asked, limit, at=at)
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


def _looked_at(
    viewer: Viewer, asked: Asked, limit: int, *, at: datetime.datetime
) -> tuple[tuple[Answer, ...], bool]:
    """The best of those who fit and are seen, each an audited look; and whether there are more."""
    candidates = ranked_candidates(viewer, asked)
    seen = _looked_at_in_one(viewer, candidates, limit, at=at)
    if seen is None:
        seen = _seen(viewer, asked, candidates, limit + 1)
        answers = tuple(_answer(viewer, *one) for one in seen[:limit])
        _record_looks(viewer, answers, at=at)
    else:
        answers = tuple(_answer(viewer, *one) for one in seen[:limit])
    return answers, len(seen) > limit


def _looked_at_in_one(
    viewer: Viewer, candidates: Sequence[Candidate], limit: int, *, at: datetime.datetime
) -> list[_Seen] | None:
    """The best, read and their looks recorded by one question.

    None, and no look recorded, where somebody of them is hidden, so that the search must go on.
    """
    best = _near_the_best(candidates, limit + 1)
    if not best:
        return []
    if _is_cut_short(candidates, best):
        return None
    looks = lines_of_looks(
        at=at,
        post_id=viewer.post_id,
        people=[one.person for one in best[:limit]],
        purpose=viewer.purpose,
        detail=_IN_FIND,
        **marks(viewer),
    )
    if looks is None:
        return None
    facts = _facts([one.person for one in best], [*looks, len(best)])
    if len(facts) < len(best):
        return None
    return [(one, facts[one.person]) for one in best]


def _seen(
    viewer: Viewer, asked: Asked, candidates: Sequence[Candidate], number: int
) -> list[_Seen]:
    """The best of the candidates who are seen, at most so many: whoever is hidden changes nothing.

    Only people who fit are read, and their records judged; so where somebody hidden ended the search
    early, it goes on.
    """
    seen = _first_seen(candidates, number)
    if _is_cut_short(candidates, [one for one, _ in seen]):
        seen = _first_seen(ranked_candidates(viewer, asked, thorough=True), number)
    return seen


def _is_cut_short(candidates: Sequence[Candidate], seen: Sequence[Candidate]) -> bool:
    """Whether the search ended early because of somebody who is not among those seen."""
    ended = any(one.fitted.is_enough for one in candidates)
    return ended and not any(one.fitted.is_enough for one in seen)


def _first_seen(candidates: Sequence[Candidate], number: int) -> list[_Seen]:
    """The first of the candidates of whom a record may be read, and no one far behind the best of these."""
    seen: list[_Seen] = []
    while candidates and len(seen) < number:
        best = seen[0][0] if seen else candidates[0]
        some = _near_the_best(candidates, number - len(seen), best)
        if not some:
            break
        facts = _facts([one.person for one in some])
        seen += [(one, facts[one.person]) for one in some if one.person in facts]
        candidates = candidates[len(some) :]
    return seen


def _near_the_best(
    candidates: Sequence[Candidate], number: int, best: Candidate | None = None
) -> list[Candidate]:
    """The first so many of the candidates, without those far behind the best: the first, or another."""
    if not candidates:
        return []
    least = (best or candidates[0]).fitted.odds - BEHIND
    return [one for one in candidates[:number] if one.fitted.odds >= least]


def _record_looks(viewer: Viewer, answers: Sequence[Answer], *, at: datetime.datetime) -> None:
    if not answers:
        return
    record_looks(
        at=at,
        post_id=viewer.post_id,
        subject_kind="person",
        subject_ids=[str(answer.person) for answer in answers],
        purpose=viewer.purpose,
        detail=_IN_FIND,
        **marks(viewer),
    )


def _facts(people: list[UUID], looks: list[Any] | None = None) -> dict[UUID, list[_Record]]:
    """The records of each person, the one that speaks first in front.

    The database judges which of them may be read. Where all of the people are seen, these looks are
    recorded.
    """
    with prepared(), connection.cursor() as cursor:
        if looks is None:
            cursor.execute(_SHOWN, [people])
        else:
            cursor.execute(_SHOWN_AND_LOOKED_AT, [people, *looks])
        records = sorted(map(_Record._make, cursor.fetchall()), key=_speaks_at)
    found: dict[UUID, list[_Record]] = {}
    for record in records:
        found.setdefault(record.person, []).append(record)
    return found


def _speaks_at(record: _Record) -> tuple[int, str, str]:
    """Agencies that joined later speak after the six, in the order of their codes."""
    known = record.agency in _SPEAKS_FIRST
    first = _SPEAKS_FIRST.index(record.agency) if known else len(_SPEAKS_FIRST)
    return first, record.agency, record.family_name


def _answer(viewer: Viewer, candidate: Candidate, said: Sequence[_Record]) -> Answer:
    """Each fact from the first record that has it."""
    named = next((r for r in said if r.given_name and r.family_name), said[0])
    housed = next((r for r in said if r.address), said[0])
    number = next((r.nhs_number for r in said if r.nhs_number), "")
    return Answer(
        person=candidate.person,
        name=f"{named.given_name} {named.family_name}".strip(),
        born_on=next((r.born_on for r in said if r.born_on), None),
        sex=next((r.sex for r in said if r.sex), ""),
        address=housed.address,
        postcode=housed.postcode,
        nhs_number=nhs_number_for(viewer, number),
        died_on=said[0].died_on,
        why=candidate.fitted.why,
        strength=candidate.fitted.strength,
    )
