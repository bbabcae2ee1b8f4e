"""People who may be meant, out of the find index, ranked by how well they fit; nobody is shown here."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.fit import FLOOR, STRONG, Fitted, Fitting
from joinedup.intelligence.linkage.find.marks import mark_of_question
from joinedup.intelligence.linkage.find.questions import sharp_keys, wide_keys
from joinedup.intelligence.linkage.find.weights import trained_weights

OF_EACH = 200
"""People looked at under one key: a common name costs no more than a rare one."""

IN_ALL = 24
"""People read in one pass: of those looked at, the ones whose marks are most like the question."""

Holders = frozenset[str] | None
"""The agencies whose word is heard, by their codes; everybody's where it is None."""


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    person: UUID
    fitted: Fitted


def ranked_candidates(asked: Asked, holders: Holders, *, thorough: bool = False) -> list[Candidate]:
    """The people that fit, best first: two passes, the second where the best is weak, or if `thorough`."""
    fitting = Fitting(asked, trained_weights(), holders)
    mark = mark_of_question(asked)
    found: dict[UUID, Fitted] = {}
    for person, profile in _by_number(asked.numbers, holders):
        if fitted := fitting.fit(profile):
            odds = max(fitted.odds, STRONG) + STRONG
            found[person] = Fitted(odds, ("same number", *fitted.why), wholly=True)
    for keys_of in (sharp_keys, wide_keys):
        found = fitting.rank(dict(_under(keys_of(asked), mark))) | found
        if not thorough and any(fitted.is_enough for fitted in found.values()):
            break
    candidates = (Candidate(*item) for item in found.items() if item[1].odds >= FLOOR)
    return sorted(candidates, key=lambda c: (-c.fitted.odds, c.person))


def _under(keys: list[int], mark: int) -> list[tuple[UUID, str]]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, profile FROM find_candidates(%s, %s, %s, %s)",
            [keys, mark, OF_EACH, IN_ALL],
        )
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    return rows


def _by_number(numbers: Sequence[str], holders: Holders) -> list[tuple[UUID, str]]:
    """People of whom an agency's record bears one of these numbers, in capitals or not."""
    if not numbers:
        return []
    written = [form for number in numbers for form in {number, number.lower()}]
    heard = None if holders is None else sorted(holders)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, profile FROM find_by_number(%s, %s)", [written, heard])
        rows: list[tuple[UUID, str]] = cursor.fetchall()
    return rows
