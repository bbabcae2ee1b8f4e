"""How birth dates and given names of two identities stand to each other, whatever they weigh."""

import re

from joinedup.pipeline.linkage.comparisons import (
    BORN,
    EMAIL,
    FAMILY,
    GIVEN,
    HOME,
    NHS,
    PHONE,
    SEX,
    Comparison,
)
from joinedup.pipeline.linkage.names_beside import BESIDE_ROOT

_SIDE = re.compile(r"\b(\w+?)_([lr])\b")


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


BORN_SQL = _case(BORN, {"same": 3, "same_new_year": 1, "swapped": 2, "two_parts": 2, "about": 0})
"""3 the same, 2 exchanged or two parts of three, 1 the same 1 January, 0 missing or about, -1 different."""

GIVEN_SQL = _case(
    GIVEN,
    {"same_rare": 3, "same": 3, "known_as": 2, "nickname": 2, "initial": 1, "swapped": 1, "middle": 1,
     "typo": 1, "like": 0, "beside": 0},
)  # fmt: skip
"""3 the same, 2 another form, 1 alike, 0 missing, nearly alike or borne beside another, -1 different."""

FAMILY_SQL = _case(FAMILY, {})
"""1 the same or alike, 0 missing, -1 different."""

SEX_SQL = _case(SEX, {})
"""1 the same, 0 missing, -1 different."""

NHS_SQL = _case(NHS, {"slip": -1})
"""1 the same, 0 missing, -1 two numbers: a slip would not pass the check digit."""

_SHARED = (*HOME.levels[:3], PHONE.levels[0], EMAIL.levels[0], NHS.levels[0])

NEAR_SQL = f"coalesce({_sides(' OR '.join(f'({level.sql})' for level in _SHARED))}, false)"
"""Whether a home, postcode, telephone, e-mail or NHS number is shared."""

GROWN_UP = "DATE '2005-01-01'"
"""Born before, one has a telephone of one's own. A fixed day, so that no birthday changes a link."""

CHILD_SQL = f"coalesce(coalesce(l.born_on, r.born_on) >= {GROWN_UP}, false)"
"""Whether they are of an age at which one lives with twin or parent and shares their telephone."""

OWN_SQL = f"""cast(CASE WHEN l.email = r.email OR l.nhs = r.nhs THEN 2
    WHEN l.middle = r.middle OR (l.phone = r.phone AND l.born_on < {GROWN_UP}) THEN 1 ELSE 0 END AS tinyint)"""
"""2 where an e-mail address or NHS number is shared, 1 a middle name or one's own telephone, else 0."""

SHARED_NAME_SQL = f"coalesce(l.roots[1] = '{BESIDE_ROOT}', false)"
"""Whether it is a name that father and sons of one home may all bear."""
