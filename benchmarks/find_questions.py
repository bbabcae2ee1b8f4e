"""Questions as people type them into the find box: what is known of somebody, then damaged, then written."""

import random
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from joinedup.pipeline.synthetic.vocabulary.nicknames import short_forms

DAMAGED = 0.7
Known = Mapping[str, str | date | None]


@dataclass(frozen=True)
class Question:
    """A question, its answer, and what was done to it."""

    person: str
    given: str
    family: str
    born: date | None
    postcode: str
    damages: tuple[str, ...] = ()
    year_only: bool = False
    family_first: bool = False
    text: str = ""


def questions(known: list[Known], number: int, seed: int) -> list[Question]:
    """That many questions about people drawn from `known`, the same for the same seed.

    How often which damage is done is itself drawn, so that no seed is like another.
    """
    chance = random.Random(seed)
    weights = [chance.uniform(0.5, 1.5) for _ in DAMAGES]
    twice = chance.uniform(0.1, 0.3)
    short = short_forms()
    made: list[Question] = []
    while len(made) < number:
        question = _whole(chance.choice(known), chance)
        if question is None:
            continue
        if chance.random() < DAMAGED:
            question = _damaged(question, chance, weights, twice, short, known)
        made.append(replace(question, text=_written(question, chance)))
    return made


def _whole(row: Known, chance: random.Random) -> Question | None:
    """All that is known of somebody; nobody without names or date of birth."""
    given, family, born = row["given_name"], row["family_name"], row["born_on"]
    if not (isinstance(given, str) and given and family and isinstance(born, date)):
        return None
    postcode = str(row["postcode"] or "") if chance.random() < 0.5 else ""
    return Question(str(row["person"]), given, str(family), born, postcode)


def _damaged(
    question: Question,
    chance: random.Random,
    weights: list[float],
    twice: float,
    short: Mapping[str, tuple[str, ...]],
    known: list[Known],
) -> Question:
    """One damage done, sometimes two; a damage that cannot be done is drawn again."""
    wanted = 2 if chance.random() < twice else 1
    while len(question.damages) < wanted:
        [(name, damage)] = chance.choices(DAMAGES, weights)
        if name in question.damages:
            continue
        spoilt = damage(question, chance, short, known)
        if spoilt is not None and spoilt != question:
            question = replace(spoilt, damages=(*question.damages, name))
    return question


def typo(word: str, chance: random.Random) -> str | None:
    """One key struck wrong, too often, not at all, or too soon; seldom the first."""
    if len(word) < 3:
        return None
    at = chance.randrange(0 if chance.random() < 0.1 else 1, len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


Short = Mapping[str, tuple[str, ...]]
Damage = Callable[[Question, random.Random, Short, list[Known]], Question | None]


def _typo_in_given(q: Question, chance: random.Random, *_: object) -> Question | None:
    word = typo(q.given, chance)
    return replace(q, given=word) if word else None


def _typo_in_family(q: Question, chance: random.Random, *_: object) -> Question | None:
    word = typo(q.family, chance)
    return replace(q, family=word) if word else None


def _nickname(q: Question, chance: random.Random, short: Short, _: object) -> Question | None:
    forms = short.get(q.given.split(" ")[0].title()) or short.get(q.given.split(" ")[0].upper())
    return replace(q, given=chance.choice(forms)) if forms else None


def _names_swapped(q: Question, *_: object) -> Question | None:
    return replace(q, given=q.family, family=q.given)


def _day_and_month_swapped(q: Question, *_: object) -> Question | None:
    if q.born is None or q.born.day > 12:
        return None
    return replace(q, born=date(q.born.year, q.born.day, q.born.month))


def _date_part_wrong(q: Question, chance: random.Random, *_: object) -> Question | None:
    if q.born is None:
        return None
    part = chance.choice(("year", "month", "day"))
    wrong = {
        "year": q.born.year + chance.choice((-10, -2, -1, 1, 2, 10)),
        "month": chance.randint(1, 12),
        "day": chance.randint(1, 28),
    }[part]
    born = q.born.replace(**{"day": min(q.born.day, 28), part: wrong})
    return replace(q, born=born) if born < date(2026, 11, 22) else None


def _no_date(q: Question, chance: random.Random, _: object, known: list[Known]) -> Question | None:
    return replace(q, born=None) if q.postcode else None


def _year_only(q: Question, *_: object) -> Question | None:
    return replace(q, year_only=True) if q.born else None


def _part_of_postcode(q: Question, chance: random.Random, *_: object) -> Question | None:
    if " " not in q.postcode:
        return None
    head, tail = q.postcode.split(" ")
    return replace(q, postcode=chance.choice((head, f"{head} {tail[0]}")))


def _typo_in_postcode(q: Question, chance: random.Random, *_: object) -> Question | None:
    if len(q.postcode) < 6:
        return None
    wrong = chance.choice("ABDEFGHJLNPQRSTUWXYZ")
    at = len(q.postcode) - chance.choice((1, 2))
    return replace(q, postcode=q.postcode[:at] + wrong + q.postcode[at + 1 :])


def _one_name_only(q: Question, chance: random.Random, *_: object) -> Question | None:
    if q.born is None or not q.postcode:
        return None
    return replace(q, given="") if chance.random() < 0.5 else replace(q, family="")


def _of(field: str, to: str) -> Damage:
    def damage(
        q: Question, chance: random.Random, short: Short, known: list[Known]
    ) -> Question | None:
        said = _EARLIER[field].get(q.person)
        return replace(q, **{to: said}) if said else None  # type: ignore[arg-type]

    return damage


_EARLIER: dict[str, dict[str, str]] = {"previous_family_name": {}, "previous_postcode": {}}


def remember(known: list[Known]) -> None:
    """Learn whose earlier names and homes are known, for the damages that use them."""
    for row in known:
        for field, said in _EARLIER.items():
            if value := row[field]:
                said[str(row["person"])] = str(value)


DAMAGES: tuple[tuple[str, Damage], ...] = (
    ("typo in given name", _typo_in_given),
    ("typo in family name", _typo_in_family),
    ("nickname", _nickname),
    ("names swapped", _names_swapped),
    ("day and month swapped", _day_and_month_swapped),
    ("one part of date wrong", _date_part_wrong),
    ("no date", _no_date),
    ("year only", _year_only),
    ("part of postcode", _part_of_postcode),
    ("typo in postcode", _typo_in_postcode),
    ("one name only", _one_name_only),
    ("maiden name", _of("previous_family_name", "family")),
    ("old address", _of("previous_postcode", "postcode")),
)


def _written(q: Question, chance: random.Random) -> str:
    """The question as a line of text: forms and order as they come."""
    names = f"{q.given} {q.family}".strip()
    if chance.random() < 0.2 and q.given and q.family and "names swapped" not in q.damages:
        names = f"{q.family}, {q.given}"
    parts = [names.lower() if chance.random() < 0.6 else names]
    if q.born:
        parts.append(_date_written(q, chance))
    if q.postcode:
        parts.append(_postcode_written(q.postcode, chance))
    if chance.random() < 0.3:
        chance.shuffle(parts)
    return " ".join(parts)


def _date_written(q: Question, chance: random.Random) -> str:
    assert q.born is not None
    if q.year_only:
        return str(q.born.year)
    form = chance.choice(("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %b %Y", "%d%m%y", "%Y-%m-%d"))
    recent = q.born > date(2026, 11, 22) - timedelta(days=365 * 99)
    return q.born.strftime(form if recent else "%d/%m/%Y")


def _postcode_written(postcode: str, chance: random.Random) -> str:
    packed = postcode.replace(" ", "") if len(postcode) > 5 and chance.random() < 0.4 else postcode
    return packed.lower() if chance.random() < 0.5 else packed
