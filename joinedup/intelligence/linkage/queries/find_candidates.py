"""People who may be meant, out of the find index, ranked by how well they fit; nobody is shown here."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from joinedup.foundations.core.database.prepared import prepared
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

_CANDIDATES = """
    SELECT person, profile, by_number
    FROM find_candidates(%s::bigint[], %s::bigint, %s::text[], %s::integer, %s::integer)
"""


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    person: UUID
    fitted: Fitted


class _Known(NamedTuple):
    """What the index knows of people who bear a number or share a key, and whose word is heard of them."""

    holders: Holders
    by_number: dict[UUID, str]
    by_key: dict[UUID, str]


def ranked_candidates(viewer: Viewer, asked: Asked, *, thorough: bool = False) -> list[Candidate]:
    """The people that fit, best first: two passes, the second where the best is weak, or if `thorough`.

    The viewer acts already: by whose word people are found is read from what entering said.
    """
    mark = mark_of_question(asked)
    known = _known(viewer, sharp_keys(asked), mark, asked.numbers)
    fitting = Fitting(asked, trained_weights(), known.holders)
    found: dict[UUID, Fitted] = {}
    for person, profile in known.by_number.items():
        if fitted := fitting.fit(profile):
            odds = max(fitted.odds, STRONG) + STRONG
            found[person] = Fitted(odds, ("same number", *fitted.why), wholly=True)
    found = fitting.rank(known.by_key) | found
    if (thorough or not _any_enough(found)) and (keys := wide_keys(asked)):
        found = fitting.rank(_known(viewer, keys, mark).by_key) | found
    candidates = (Candidate(*item) for item in found.items() if item[1].odds >= FLOOR)
    return sorted(candidates, key=lambda c: (-c.fitted.odds, c.person))


def _any_enough(found: Mapping[UUID, Fitted]) -> bool:
    return any(fitted.is_enough for fitted in found.values())


def _known(viewer: Viewer, keys: list[int], mark: int, numbers: Sequence[str] = ()) -> _Known:
    """Ask the index once. An agency's number is looked for in capitals and in small letters."""
    must_act(viewer)
    written = [form for number in numbers for form in {number, number.lower()}]
    with prepared(), connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [keys, mark, written, OF_EACH, IN_ALL])
        (_, heard, _), *rows = cursor.fetchall()
    holders = None if viewer.is_system else frozenset(filter(None, heard.split(BETWEEN_HOLDERS)))
    return _Known(
        holders,
        {person: profile for person, profile, by_number in rows if by_number},
        {person: profile for person, profile, by_number in rows if not by_number},
    )
