"""People who may be meant, out of the find index, ranked by how well they fit; nobody is shown here."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.fit import FLOOR, STRONG, Fitted, Fitting
from joinedup.intelligence.linkage.find.questions import sharp_keys, wide_keys
from joinedup.intelligence.linkage.find.weights import trained_weights

OF_EACH = 120
IN_ALL = 220
"""People read under one key, and in one pass: a common name costs no more than a rare one."""

BEHIND = 14.0
"""Whoever fits this much less than the best is not worth a line."""


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    person: UUID
    fitted: Fitted


def ranked_candidates(asked: Asked) -> list[Candidate]:
    """The people that fit, best first: two passes, the second only where the best is weak."""
    fitting = Fitting(asked, trained_weights())
    found: dict[UUID, Fitted] = {}
    for person, profile in _by_number(asked.numbers):
        fitted = fitting.fit(profile)
        found[person] = Fitted(max(fitted.odds, STRONG) + STRONG, ("same number", *fitted.why))
    for keys_of in (sharp_keys, wide_keys):
        found = fitting.rank(dict(_under(keys_of(asked)))) | found
        if any(fitted.odds >= STRONG for fitted in found.values()):
            break
    return _best_first(found)


def _best_first(found: dict[UUID, Fitted]) -> list[Candidate]:
    least = max((fitted.odds for fitted in found.values()), default=0.0) - BEHIND
    candidates = (Candidate(*item) for item in found.items())
    worth = [c for c in candidates if c.fitted.odds >= max(least, FLOOR)]
    return sorted(worth, key=lambda c: (-c.fitted.odds, c.person))


def _under(keys: list[int]) -> list[tuple[UUID, str]]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, profile FROM find_candidates(%s, %s, %s)", [keys, OF_EACH, IN_ALL]
        )
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    return rows


def _by_number(numbers: Sequence[str]) -> list[tuple[UUID, str]]:
    """People of whom an agency's record bears one of these numbers, in capitals or not."""
    if not numbers:
        return []
    written = [form for number in numbers for form in {number, number.lower()}]
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, profile FROM find_by_number(%s)", [written])
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    return rows
