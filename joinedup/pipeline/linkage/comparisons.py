"""What is compared between two identities: each level in SQL for the nights and in Python for pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz.distance import JaroWinkler, Levenshtein

Identity = Mapping[str, Any]
"""One identity: the columns of `collapse.IDENTITY_FIELDS`, as Python values."""


@dataclass(frozen=True)
class Level:
    """One grade of likeness. The first level that holds is the one that counts."""

    code: str
    sentence: str
    sql: str
    holds: Callable[[Identity, Identity], bool]


@dataclass(frozen=True)
class Comparison:
    """One field compared, from missing (no evidence) through agreeing to differing."""

    field: str
    missing: Level
    levels: tuple[Level, ...]

    def level(self, a: Identity, b: Identity) -> Level | None:
        """The level two identities stand at; None where there is nothing to compare."""
        if self.missing.holds(a, b):
            return None
        return next(level for level in self.levels if level.holds(a, b))


def _always(a: Identity, b: Identity) -> bool:
    return True


def _missing(field: str) -> Level:
    return Level(
        "missing", f"{field.capitalize()} is missing on one side.",
        f"{field}_l IS NULL OR {field}_r IS NULL",
        lambda a, b: a[field] is None or b[field] is None,
    )  # fmt: skip


def _same(field: str, sentence: str) -> Level:
    return Level("same", sentence, f"{field}_l = {field}_r", lambda a, b: a[field] == b[field])


def _differs(sentence: str) -> Level:
    return Level("differs", sentence, "ELSE", _always)


def _either_way(sql: str) -> str:
    """The condition, or the condition with the two sides exchanged."""
    exchanged = sql.replace("_l", "_#").replace("_r", "_l").replace("_#", "_r")
    return f"({sql}) OR ({exchanged})"


def _both_ways(
    one_way: Callable[[Identity, Identity], bool],
) -> Callable[[Identity, Identity], bool]:
    return lambda a, b: one_way(a, b) or one_way(b, a)


def alike(a: str, b: str) -> float:
    """Jaro-Winkler likeness, as DuckDB reckons it."""
    return float(JaroWinkler.similarity(a, b, score_cutoff=0))


# --- given names -----------------------------------------------------------------------------


def _crossed(one: str, other: str) -> bool:
    parts = other.startswith(one + " ") or one.startswith(other + " ")
    return parts or alike(one, other) >= 0.88


def _swapped(a: Identity, b: Identity) -> bool:
    crossed = ((a["given"], b["family"]), (a["family"], b["given"]))
    return all(x and y and x[0] == y[0] and _crossed(x, y) for x, y in crossed)


_SWAPPED = Level(
    "swapped", "Given and family name are exchanged.",
    "substr(given_l, 1, 1) = substr(family_r, 1, 1) AND substr(family_l, 1, 1) = substr(given_r, 1, 1) "
    "AND (jaro_winkler_similarity(given_l, family_r) >= 0.88 "
    "OR starts_with(family_r, given_l || ' ') OR starts_with(given_l, family_r || ' ')) "
    "AND (jaro_winkler_similarity(family_l, given_r) >= 0.88 "
    "OR starts_with(family_l, given_r || ' ') OR starts_with(given_r, family_l || ' '))",
    _swapped,
)  # fmt: skip


def _one_letter(a: Identity, b: Identity) -> bool:
    short = min(len(a["given"]), len(b["given"])) == 1
    return bool(short and a["given"][0] == b["given"][0])


def _slip(a: str, b: str) -> bool:
    return alike(a, b) >= 0.88 or Levenshtein.distance(a, b) <= 1


def _given_typo(a: Identity, b: Identity) -> bool:
    known = a["given_known"] and b["given_known"]
    return not known and a["given"][0] == b["given"][0] and _slip(a["given"], b["given"])


_SLIP = "(jaro_winkler_similarity(given_l, given_r) >= 0.88 OR levenshtein(given_l, given_r) <= 1)"


GIVEN = Comparison(
    "given",
    _missing("given"),
    (
        Level("same_rare", "The given name is the same, and rare.",
              "given_l = given_r AND NOT given_known_l",
              lambda a, b: a["given"] == b["given"] and not a["given_known"]),
        _same("given", "The given name is the same."),
        Level("known_as", "One side's given name is what the other side goes by.",
              _either_way("given_l = other_given_r"),
              _both_ways(lambda a, b: a["given"] == b["other_given"])),
        Level("nickname", "One given name is a short or other form of the other.",
              "arrays_overlap(roots_l, roots_r)",
              lambda a, b: not set(a["roots"] or ()).isdisjoint(b["roots"] or ())),
        Level("initial", "One side has only the initial, and it fits.",
              "least(length(given_l), length(given_r)) = 1 AND substr(given_l, 1, 1) = substr(given_r, 1, 1)",
              _one_letter),
        _SWAPPED,
        Level("middle", "One side's given name is the other side's middle name.",
              _either_way("given_l = middle_r"),
              _both_ways(lambda a, b: a["given"] == b["middle"])),
        Level("typo", "The given names differ by a slip of the pen.",
              "NOT (given_known_l AND given_known_r) AND substr(given_l, 1, 1) = substr(given_r, 1, 1) "
              f"AND {_SLIP}",
              _given_typo),
        Level("like", "The given names are two names, but written nearly alike.", _SLIP,
              lambda a, b: _slip(a["given"], b["given"])),
        Level("beside", "The given names differ, but such names are often borne beside another.",
              "beside_l OR beside_r", lambda a, b: a["beside"] or b["beside"]),
        _differs("The given names differ."),
    ),
)  # fmt: skip

MIDDLE = Comparison(
    "middle",
    _missing("middle"),
    (
        _same("middle", "The middle name is the same."),
        Level("initial", "The middle initial fits.",
              "least(length(middle_l), length(middle_r)) = 1 "
              "AND substr(middle_l, 1, 1) = substr(middle_r, 1, 1)",
              lambda a, b: min(len(a["middle"]), len(b["middle"])) == 1 and a["middle"][0] == b["middle"][0]),
        Level("typo", "The middle names differ by a slip of the pen.",
              "jaro_winkler_similarity(middle_l, middle_r) >= 0.92",
              lambda a, b: alike(a["middle"], b["middle"]) >= 0.92),
        _differs("The middle names differ."),
    ),
)  # fmt: skip

# --- family names ----------------------------------------------------------------------------


def _part_of(a: Identity, b: Identity) -> bool:
    return bool(
        b["family"].startswith(a["family"] + " ") or b["family"].endswith(" " + a["family"])
    )


def _earlier(a: Identity, b: Identity) -> bool:
    return a["family"] == b["other_family"]


def _family_typo(a: Identity, b: Identity) -> bool:
    one, two = a["family"], b["family"]
    slip = min(len(one), len(two)) >= 4 and Levenshtein.distance(one, two) <= 1
    return alike(one, two) >= 0.9 or slip


FAMILY = Comparison(
    "family",
    _missing("family"),
    (
        Level("same_rare", "The family name is the same, and rare.",
              "family_l = family_r AND family_band_l = 0",
              lambda a, b: a["family"] == b["family"] and a["family_band"] == 0),
        Level("same_usual", "The family name is the same.",
              "family_l = family_r AND family_band_l = 1",
              lambda a, b: a["family"] == b["family"] and a["family_band"] == 1),
        _same("family", "The family name is the same, and common."),
        Level("form", "One family name is the other in another usual spelling.",
              "family_root_l = family_root_r",
              lambda a, b: a["family_root"] == b["family_root"]),
        Level("earlier", "One side's family name is the other side's earlier one.",
              _either_way("family_l = other_family_r"), _both_ways(_earlier)),
        Level("part", "One family name is part of the other, two-part name.",
              _either_way("starts_with(family_r, family_l || ' ') OR ends_with(family_r, ' ' || family_l)"),
              _both_ways(_part_of)),
        _SWAPPED,
        Level("typo", "The family names differ by a slip of the pen.",
              "jaro_winkler_similarity(family_l, family_r) >= 0.9 "
              "OR (least(length(family_l), length(family_r)) >= 4 AND levenshtein(family_l, family_r) <= 1)",
              _family_typo),
        _differs("The family names differ."),
    ),
)  # fmt: skip

# --- birth dates -----------------------------------------------------------------------------


def _swapped_date(a: Identity, b: Identity) -> bool:
    one, two = a["born_on"], b["born_on"]
    return bool(one.year == two.year and one.month == two.day and one.day == two.month)


def _two_parts(a: Identity, b: Identity) -> bool:
    one: date = a["born_on"]
    two: date = b["born_on"]
    parts = (one.year == two.year) + (one.month == two.month) + (one.day == two.day)
    father_and_son = 13 <= abs(one.year - two.year) <= 89
    return parts == 2 and not (_new_year(one) and _new_year(two)) and not father_and_son


def _new_year(born: date) -> bool:
    return born.month == born.day == 1


def _about(a: Identity, b: Identity) -> bool:
    """One side knew an age only and wrote 1 January of about the year."""
    one, two = a["born_on"], b["born_on"]
    return abs(one.year - two.year) <= 5 and (_new_year(one) or _new_year(two))


BORN = Comparison(
    "born_on",
    Level("missing", "A date of birth is missing on one side.",
          "born_on_l IS NULL OR born_on_r IS NULL",
          lambda a, b: a["born_on"] is None or b["born_on"] is None),
    (
        Level("same_new_year", "The date of birth is the same, 1 January, which may be an age only.",
              "born_on_l = born_on_r AND month(born_on_l) = 1 AND day(born_on_l) = 1",
              lambda a, b: a["born_on"] == b["born_on"] and _new_year(a["born_on"])),
        _same("born_on", "The date of birth is the same."),
        Level("swapped", "The date of birth is the same with day and month exchanged.",
              "year(born_on_l) = year(born_on_r) AND month(born_on_l) = day(born_on_r) "
              "AND day(born_on_l) = month(born_on_r)",
              _swapped_date),
        Level("about", "One date of birth is 1 January of about the other's year.",
              "abs(year(born_on_l) - year(born_on_r)) <= 5 "
              "AND ((month(born_on_l) = 1 AND day(born_on_l) = 1) "
              "OR (month(born_on_r) = 1 AND day(born_on_r) = 1))",
              _about),
        Level("two_parts", "Two of the three parts of the date of birth are the same.",
              "cast(year(born_on_l) = year(born_on_r) AS int) "
              "+ cast(month(born_on_l) = month(born_on_r) AS int) "
              "+ cast(day(born_on_l) = day(born_on_r) AS int) = 2 AND NOT (month(born_on_l) = 1 "
              "AND day(born_on_l) = 1 AND month(born_on_r) = 1 AND day(born_on_r) = 1) "
              "AND abs(year(born_on_l) - year(born_on_r)) NOT BETWEEN 13 AND 89",
              _two_parts),
        _differs("The dates of birth differ."),
    ),
)  # fmt: skip

# --- the rest --------------------------------------------------------------------------------

SEX = Comparison(
    "sex", _missing("sex"),
    (_same("sex", "Sex is recorded the same."), _differs("Sex is recorded differently.")),
)  # fmt: skip


def _moved(a: Identity, b: Identity) -> bool:
    return a["postcode"] is not None and a["postcode"] == b["previous_postcode"]


def _homeless(a: Identity, b: Identity) -> bool:
    return a["postcode"] is None or b["postcode"] is None


def _left(a: Identity, b: Identity) -> bool:
    same = a["previous_postcode"] is not None and a["previous_postcode"] == b["previous_postcode"]
    return same and _homeless(a, b)


_MOVED = _either_way("postcode_l = previous_postcode_r")
_HOMELESS = "postcode_l IS NULL OR postcode_r IS NULL"
_LEFT = f"previous_postcode_l = previous_postcode_r AND ({_HOMELESS})"
_MOVED_OR_LEFT = f"{_MOVED} OR ({_LEFT})"


def _moved_or_left(a: Identity, b: Identity) -> bool:
    return _moved(a, b) or _moved(b, a) or _left(a, b)


HOME = Comparison(
    "home",
    Level("missing", "An address is missing on one side.",
          f"({_HOMELESS}) AND NOT coalesce({_MOVED_OR_LEFT}, false)",
          lambda a, b: _homeless(a, b) and not _moved_or_left(a, b)),
    (
        Level("same", "The home is the same.", "home_l = home_r OR uprn_l = uprn_r",
              lambda a, b: any(a[f] is not None and a[f] == b[f] for f in ("home", "uprn"))),
        Level("street", "House and street are the same, the postcode is not.",
              "house_l = house_r AND street_l = street_r AND postcode_l <> postcode_r",
              lambda a, b: a["postcode"] != b["postcode"]
              and all(a[f] is not None and a[f] == b[f] for f in ("house", "street"))),
        Level("postcode", "The postcode is the same.", "postcode_l = postcode_r",
              lambda a, b: a["postcode"] is not None and a["postcode"] == b["postcode"]),
        Level("moved", "One side's earlier postcode is the other side's, now or earlier.",
              _MOVED_OR_LEFT, _moved_or_left),
        Level("sector", "The postcodes are of the same sector.",
              "left(postcode_l, length(postcode_l) - 2) = left(postcode_r, length(postcode_r) - 2)",
              lambda a, b: a["postcode"][:-2] == b["postcode"][:-2]),
        _differs("The addresses differ."),
    ),
)  # fmt: skip

PHONE = Comparison(
    "phone", _missing("phone"),
    (_same("phone", "The telephone number is the same."), _differs("The telephone numbers differ.")),
)  # fmt: skip

EMAIL = Comparison(
    "email", _missing("email"),
    (_same("email", "The e-mail address is the same."), _differs("The e-mail addresses differ.")),
)  # fmt: skip

NHS = Comparison(
    "nhs",
    Level("missing", "An NHS number is missing on one side, or disputed.",
          "nhs_l IS NULL OR nhs_r IS NULL",
          lambda a, b: a["nhs"] is None or b["nhs"] is None),
    (
        _same("nhs", "The NHS number is the same."),
        Level("slip", "The NHS numbers differ by a slip of the pen.",
              "levenshtein(nhs_l, nhs_r) <= 2",
              lambda a, b: Levenshtein.distance(a["nhs"], b["nhs"]) <= 2),
        _differs("The NHS numbers differ."),
    ),
)  # fmt: skip

COMPARISONS = (GIVEN, MIDDLE, FAMILY, BORN, SEX, HOME, PHONE, EMAIL, NHS)
