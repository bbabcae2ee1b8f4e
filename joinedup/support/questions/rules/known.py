"""What is known before it is asked: the answer, who has it from where, and since when."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import NOT_KNOWN, Asked, Value

FRESH_FOR = datetime.timedelta(days=365)
"""An earlier answer is offered for a year; after that it is asked as if nobody had."""


@dataclass(frozen=True)
class Known:
    """An answer that is known, with its source and its day.

    `source` travels with the answer to whoever works at the matter: the name of a body or of an
    earlier matter's kind. `shown` is for the eyes of this viewer alone, and is kept nowhere.
    """

    value: Value
    source: str
    on: datetime.date
    shown: str = ""


@dataclass(frozen=True)
class Held:
    """That an agency holds something of a category, since a day."""

    category: str
    source: str
    on: datetime.date
    headline: str = ""


def from_holdings(question: Asked, held: Iterable[Held]) -> Known | None:
    """What agencies' holdings say of a question: the newest of them is its source."""
    there = list(held)
    met = [
        (choice, of)
        for choice in question.choices
        if choice.categories
        for of in [[h for h in there if h.category in choice.categories]]
        if len(of) >= choice.at_least
    ]
    if not met:
        return None
    if question.kind is QuestionKind.SEVERAL_OF:
        return _known([choice.code for choice, _ in met], [h for _, of in met for h in of])
    choice, of = max(met, key=lambda pair: pair[0].at_least)
    return _known(choice.code, of)


def _known(value: Value, of: list[Held]) -> Known:
    newest = max(of, key=lambda held: held.on)
    sources = dict.fromkeys(held.source for held in sorted(of, key=lambda h: h.on, reverse=True))
    shown = dict.fromkeys(held.headline for held in of if held.headline)
    return Known(value, ", ".join(sources), newest.on, "; ".join(shown))


def from_agencies(question: Asked, kinds: Mapping[str, Held]) -> Known | None:
    """Which of a question's answers, each named for a kind of agency, are involved."""
    codes = [choice.code for choice in question.choices if choice.code in kinds]
    if not codes:
        return None
    return _known(codes, [kinds[code] for code in codes])


def may_be_known(question: Asked, value: Value) -> bool:
    """Whether an earlier answer says anything and still fits what is asked now."""
    if value == NOT_KNOWN or value == [NOT_KNOWN]:
        return False
    if not question.kind.has_choices:
        return True
    codes = value if isinstance(value, list) else [value]
    return {str(code) for code in codes} <= {choice.code for choice in question.choices}


def asked_each_time(question: Asked) -> bool:
    """Whether no earlier answer is ever offered: a danger, and what was felt yesterday."""
    return question.known_from is KnownFrom.NEVER or any(c.trigger for c in question.choices)
