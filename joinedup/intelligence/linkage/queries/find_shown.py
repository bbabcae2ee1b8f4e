"""Of the people who may be meant those who are seen, as they are shown; each one is an audited look (P3)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.audit.operations.record import About, line_of_looks, looks_beside
from joinedup.foundations.core.database.prepared import Rows, array_of, ask
from joinedup.identity.sharing.access import Reading, Viewer, marks, nhs_number_for, reading
from joinedup.identity.sharing.choices import Category
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.queries.find_candidates import (
    Candidate,
    ranked_candidates,
    sharp_question,
)

BEHIND = 10.0
"""Whoever fits this much less than the best is not worth a line."""

_IN_FIND = {"in": "find"}
_SPEAKS_FIRST = ("gp", "adult_care", "children", "housing", "police", "fire")
_SHOWN = """
    SELECT person, agency, given_name, family_name, born_on, sex, address, postcode, nhs_number, died_on
    FROM find_shown($1::uuid[])
"""
_SHOWN_AND_LOOKED_AT = looks_beside(
    _SHOWN,
    line="$2",
    people="$3",
    where="(SELECT count(DISTINCT person) FROM asked) = cardinality($1::uuid[])",
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


Seen = tuple[Candidate, Sequence[_Record]]
"""Somebody who fits, and the records of them that are seen."""


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


def looked_at(
    viewer: Viewer, asked: Asked, limit: int, *, at: datetime.datetime
) -> tuple[tuple[Answer, ...], bool]:
    """The best of those who fit and are seen, each an audited look; and whether there are more."""
    with reading(viewer, sharp_question(asked)) as look:
        candidates = ranked_candidates(viewer, asked, look.first)
        seen = _looked_at_in_one(viewer, look, candidates, limit, at=at)
        if seen is not None:
            return tuple(answer_of(viewer, *one) for one in seen[:limit]), len(seen) > limit
    with reading(viewer):
        seen = seen_of(viewer, asked, candidates, limit + 1)
        answers = tuple(answer_of(viewer, *one) for one in seen[:limit])
        record_looks_at(viewer, answers, at=at)
    return answers, len(seen) > limit


def _looked_at_in_one(
    viewer: Viewer,
    look: Reading,
    candidates: Sequence[Candidate],
    limit: int,
    *,
    at: datetime.datetime,
) -> list[Seen] | None:
    """The best, read and their looks recorded by one question, which is the last.

    None, and no look recorded, where somebody of them is hidden, so that the search must go on.
    """
    best = _near_the_best(candidates, limit + 1)
    if not best:
        return []
    if _is_cut_short(candidates, best):
        return None
    line = line_of_looks(
        at=at, post_id=viewer.post_id, purpose=viewer.purpose, detail=_IN_FIND, **_marks(viewer)
    )
    if line is None:
        return None
    people = [str(one.person) for one in best]
    rows = look.ask_last(_SHOWN_AND_LOOKED_AT, array_of(people), line, array_of(people[:limit]))
    facts = _facts(rows)
    if len(facts) < len(best):
        return None
    return [(one, facts[one.person]) for one in best]


def seen_of(
    viewer: Viewer, asked: Asked, candidates: Sequence[Candidate], number: int
) -> list[Seen]:
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


def _first_seen(candidates: Sequence[Candidate], number: int) -> list[Seen]:
    """The first of the candidates of whom a record may be read, and no one far behind the best of these."""
    seen: list[Seen] = []
    while candidates and len(seen) < number:
        best = seen[0][0] if seen else candidates[0]
        some = _near_the_best(candidates, number - len(seen), best)
        if not some:
            break
        facts = _facts(ask(_SHOWN, array_of([str(one.person) for one in some])))
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


def record_looks_at(viewer: Viewer, answers: Sequence[Answer], *, at: datetime.datetime) -> None:
    if not answers:
        return
    record_looks(
        at=at,
        post_id=viewer.post_id,
        subject_kind="person",
        subject_ids=[str(answer.person) for answer in answers],
        purpose=viewer.purpose,
        detail=_IN_FIND,
        **_marks(viewer),
    )


def _marks(viewer: Viewer) -> About:
    """A look at who somebody is, and at nothing else that is held of them."""
    return {**marks(viewer), "categories": (Category.IDENTITY.value,)}


def _facts(rows: Rows) -> dict[UUID, list[_Record]]:
    """The records of each person, the one that speaks first in front."""
    found: dict[UUID, list[_Record]] = {}
    for record in sorted(map(_Record._make, rows), key=_speaks_at):
        found.setdefault(record.person, []).append(record)
    return found


def _speaks_at(record: _Record) -> tuple[int, str, str]:
    """Agencies that joined later speak after the six, in the order of their codes."""
    known = record.agency in _SPEAKS_FIRST
    first = _SPEAKS_FIRST.index(record.agency) if known else len(_SPEAKS_FIRST)
    return first, record.agency, record.family_name


def answer_of(viewer: Viewer, candidate: Candidate, said: Sequence[_Record]) -> Answer:
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
