"""How birth dates and given names of two identities stand to each other, whatever they weigh."""

import re

from joinedup.pipeline.linkage.comparisons import BORN, FAMILY, GIVEN, Comparison

_SIDE = re.compile(r"\b(\w+?)_([lr])\b")

_FIRM = ("same_rare", "same", "known_as", "nickname")
_LOOSE = ("initial", "swapped", "middle", "typo")


def _sides(sql: str) -> str:
    """The same condition over two joined tables, l and r."""
    return _SIDE.sub(r"\2.\1", sql)


def _case(comparison: Comparison, grades: dict[str, int]) -> str:
    """A whole number for the level two identities stand at: 0 where a side is missing."""
    whens = [f"WHEN {_sides(comparison.missing.sql)} THEN 0"]
    for level in comparison.levels:
        if level.sql != "ELSE":
            whens.append(f"WHEN {_sides(level.sql)} THEN {grades.get(level.code, 1)}")
    return f"cast(CASE {' '.join(whens)} ELSE -1 END AS tinyint)"


BORN_SQL = _case(BORN, {"same": 2})
"""2 the same, 1 exchanged or two parts of three, 0 missing, -1 different."""

GIVEN_SQL = _case(GIVEN, dict.fromkeys(_FIRM, 2) | dict.fromkeys(_LOOSE, 1))
"""2 the same or another form of it, 1 alike, 0 missing, -1 different."""

FAMILY_SQL = _case(FAMILY, {"typo": 1})
"""1 the same or alike, 0 missing, -1 different."""
