"""How birth dates and given names of two identities stand to each other, whatever they weigh."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Graded:
    """A comparison with a whole number for each level: 1 unless told, 0 missing, -1 for the last, different."""

    comparison: Comparison
    told: dict[str, int]

    @property
    def grades(self) -> list[int]:
        """The grade where a side is missing, and that of each level."""
        levels = self.comparison.levels
        return [0, *(-1 if x.sql == "ELSE" else self.told.get(x.code, 1) for x in levels)]

    @property
    def sql(self) -> str:
        """The grade of two joined tables, l and r."""
        conditions = (self.comparison.missing, *self.comparison.levels)
        whens = " ".join(
            f"WHEN {_sides(level.sql)} THEN {grade}"
            for level, grade in zip(conditions, self.grades, strict=True)
            if level.sql != "ELSE"
        )
        return f"cast(CASE {whens} ELSE -1 END AS tinyint)"


GRADED = {
    "born": Graded(
        BORN, {"same": 3, "same_new_year": 1, "swapped": 2, "two_parts": 2, "about": 0}
    ),
    "given": Graded(
        GIVEN,
        {"same_rare": 3, "same": 3, "known_as": 2, "nickname": 2, "initial": 1, "swapped": 1, "middle": 1,
         "typo": 1, "like": 0, "beside": 0},
    ),
    "family": Graded(FAMILY, {}),
    "sex": Graded(SEX, {}),
    "nhs": Graded(NHS, {"slip": -1}),
    "home": Graded(HOME, {"same": 3, "street": 2, "moved": 2, "sector": 0}),
}  # fmt: skip
"""How two identities stand. born: 3 the same, 2 exchanged or two parts of three, 1 the same 1 January, 0
missing or about. given: 3 the same, 2 another form, 1 alike, 0 missing, nearly alike or borne beside
another. nhs: a slip would not pass the check digit, so it is another number.
home: 3 the same, 2 the same street or an earlier postcode, 1 the postcode, 0 missing or the sector."""

BORN_SQL, GIVEN_SQL, FAMILY_SQL, SEX_SQL = (
    GRADED[name].sql for name in ("born", "given", "family", "sex")
)

_SHARED = (*HOME.levels[:4], PHONE.levels[0], EMAIL.levels[0], NHS.levels[0])

NEAR_SQL = f"coalesce({_sides(' OR '.join(f'({level.sql})' for level in _SHARED))}, false)"
"""Whether a home, postcode, telephone, e-mail or NHS number is shared."""

GROWN_UP = "DATE '2005-01-01'"
"""Born before, one has a telephone of one's own. A fixed day, so that no birthday changes a link."""

CHILD_SQL = f"coalesce(coalesce(l.born_on, r.born_on) >= {GROWN_UP}, false)"
"""Whether they are of an age at which one lives with twin or parent and shares their telephone."""

OWN_SQL = f"""cast(CASE WHEN l.email = r.email OR l.nhs = r.nhs THEN 2
    WHEN l.middle = r.middle OR (l.phone = r.phone AND coalesce(l.born_on, r.born_on) < {GROWN_UP}
        AND coalesce(r.born_on, l.born_on) < {GROWN_UP}) THEN 1 ELSE 0 END AS tinyint)"""
"""2 where an e-mail address or NHS number is shared, 1 a middle name or one's own telephone, else 0."""

SHARED_NAME_SQL = f"coalesce(l.roots[1] = '{BESIDE_ROOT}', false) OR coalesce(r.roots[1] = '{BESIDE_ROOT}', false)"
"""Whether it is a name that father and sons of one home may all bear."""

CALLED_SQL = "coalesce((l.given = r.middle OR l.middle = r.given) AND l.given <> r.given, false)"
"""Whether one's given name is the other's middle name: a child may bear a parent's so."""

COHORT_SQL = "coalesce(abs(year(l.born_on) - year(r.born_on)) < 13, false)"
"""Whether both have a birth date and may be sister and brother, but hardly parent and child."""

SETTLED_SQL = "coalesce(coalesce(l.born_on, r.born_on) < DATE '1985-01-01', false)"
"""Whether they are of an age at which one hardly lives with a twin any more; a fixed day too."""

FACTS = {
    "near": (NEAR_SQL, "bool"),
    "own": (OWN_SQL, "int8"),
    "child": (CHILD_SQL, "bool"),
    "shared_name": (SHARED_NAME_SQL, "bool"),
    "called": (CALLED_SQL, "bool"),
    "cohort": (COHORT_SQL, "bool"),
    "settled": (SETTLED_SQL, "bool"),
}
"""What else an edge tells beside its grades: the SQL over l and r, and the kind of value."""
