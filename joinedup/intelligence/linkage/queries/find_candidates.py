"""People who may be meant, out of the find index, ranked by how well they fit; nobody is shown here."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from joinedup.foundations.core.database.prepared import Question, Rows, array_of, ask_together
from joinedup.identity.sharing.access import Viewer, must_act
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.fit import FLOOR, STRONG, Fitted, Fitting
from joinedup.intelligence.linkage.find.marks import mark_of_question
from joinedup.intelligence.linkage.find.profile import BETWEEN_HOLDERS
from joinedup.intelligence.linkage.find.questions import sharp_keys, wide_keys
from joinedup.intelligence.linkage.find.weights import trained_weights

OF_EACH = 200
"""People looked at under one key: a common name costs no more than a rare one."""

IN_ALL = 24
"""People read in one pass: of those looked at, the ones whose marks are most like the question."""

Holders = frozenset[str] | None
"""The agencies whose word is heard, by their codes; everybody's where it is None."""

_CANDIDATES = f"""
    SELECT person::text, profile, by_number
    FROM find_candidates($1::bigint[], $2::bigint, $3::text[], {OF_EACH}, {IN_ALL})
"""


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    person: UUID
    fitted: Fitted


class _Known(NamedTuple):
    """What the index knows of people who bear a number or share a key, and whose word is heard of them."""

    holders: Holders
    by_number: dict[str, str]
    by_key: dict[str, str]


def sharp_question(asked: Asked) -> Question:
    """What the index is asked first: with entering, where nobody acts yet."""
    return _question(sharp_keys(asked), mark_of_question(asked), asked.numbers)


def ranked_candidates(
    viewer: Viewer, asked: Asked, first: Rows | None = None, *, thorough: bool = False
) -> list[Candidate]:
    """The people that fit, best first: two passes, the second where the best is weak, or if `thorough`.

    The viewer acts already: by whose word people are found is read from what entering said. `first` is
    the answer to the sharp question, where it has been asked.
    """
    must_act(viewer)
    if first is None:
        first, *_ = ask_together(sharp_question(asked))
    known = _known(viewer, first)
    fitting = Fitting(asked, trained_weights(), known.holders)
    found: dict[str, Fitted] = {}
    for person, profile in known.by_number.items():
        if fitted := fitting.fit(profile):
            odds = max(fitted.odds, STRONG) + STRONG
            found[person] = Fitted(odds, ("same number", *fitted.why), wholly=True)
    found = fitting.rank(known.by_key) | found
    if (thorough or not _any_enough(found)) and (keys := wide_keys(asked)):
        wide, *_ = ask_together(_question(keys, mark_of_question(asked)))
        others = _known(viewer, wide).by_key
        for person in known.by_key:
            others.pop(person, None)  # held against the question already
        found = fitting.rank(others) | found
    candidates = [item for item in found.items() if item[1].odds >= FLOOR]
    candidates.sort(key=lambda item: (-item[1].odds, item[0]))
    return [Candidate(UUID(person), fitted) for person, fitted in candidates]


def _any_enough(found: Mapping[str, Fitted]) -> bool:
    return any(fitted.is_enough for fitted in found.values())


def _question(keys: list[int], mark: int, numbers: Sequence[str] = ()) -> Question:
    """An agency's number is looked for in capitals and in small letters."""
    written = [form for number in numbers for form in {number, number.lower()}]
    return _CANDIDATES, (f"{{{','.join(map(str, keys))}}}", str(mark), array_of(written))


def _known(viewer: Viewer, answer: Rows) -> _Known:
    (_, heard, _), *rows = answer
    holders = None if viewer.is_system else frozenset(filter(None, heard.split(BETWEEN_HOLDERS)))
    return _Known(
        holders,
        {person: profile for person, profile, by_number in rows if by_number},
        {person: profile for person, profile, by_number in rows if not by_number},
    )
