"""Whether what was typed is an answer, and what is kept of it."""

import datetime
import re

from joinedup.pipeline.standardise.dates import read_date
from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.rules.asked import Asked, Value

LONGEST_LINE = 200
LONGEST_WORDS = 8000
FIRST_YEAR = 1900
ALONE = frozenset({"none", "not_known"})
"""Answers that stand alone: "none of these" and "not known"."""


class Unfit(ValueError):
    """Why what was typed is no answer, and what to write instead; fit for the page."""


def checked(question: Asked, typed: object) -> Value | None:
    """What is kept of what was typed; None where nothing was. Raises Unfit."""
    value = _without_blanks(typed)
    if value is None:
        return None
    return _CHECKS[question.kind](question, value)


def _without_blanks(typed: object) -> object:
    if isinstance(typed, str):
        return typed.replace("\x00", "").replace("\r\n", "\n").strip() or None
    if isinstance(typed, list | tuple):
        return [item for item in typed if item not in ("", None)] or None
    return typed


def _one_of(question: Asked, value: object) -> Value:
    found = {choice.code for choice in question.choices}
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or value not in found:
        raise Unfit("Choose one of these answers")
    return value


def _several_of(question: Asked, value: object) -> Value:
    picked = value if isinstance(value, list) else [value]
    if {str(item) for item in picked} - {choice.code for choice in question.choices}:
        raise Unfit("Choose from these answers")
    codes = [choice.code for choice in question.choices if choice.code in picked]
    # Whoever ticks a danger and "none of these" as well has ticked a danger.
    return [code for code in codes if code not in ALONE] or codes[:1]


def _number(question: Asked, value: object) -> Value:
    if isinstance(value, bool):
        raise Unfit(_which_number(question))
    text = str(value).replace("\u202f", "").replace("\u2212", "-").replace(" ", "")
    if not re.fullmatch(r"-?[0-9]{1,9}(\.0+)?", text):
        raise Unfit(_which_number(question))
    number = int(text.split(".")[0])
    low, high = question.lowest, question.highest
    if (low is not None and number < low) or (high is not None and number > high):
        raise Unfit(_which_number(question))
    return number


def _which_number(question: Asked) -> str:
    low, high = question.lowest, question.highest
    if low is not None and high is not None:
        return f"Give a whole number from {low} to {high}"
    if low is not None:
        return f"Give a whole number of {low} or more"
    if high is not None:
        return f"Give a whole number of {high} or less"
    return "Give a whole number, like 12"


def _day(question: Asked, value: object) -> Value:
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        day = read_date(str(value))
    except ValueError as why:
        raise Unfit(str(why)) from why
    if day.year < FIRST_YEAR:
        raise Unfit(f"Write a day since {FIRST_YEAR}, like 27 3 2026")
    return day.isoformat()


def _words(question: Asked, value: object) -> Value:
    text = str(value)
    most = LONGEST_LINE if question.kind is QuestionKind.LINE else LONGEST_WORDS
    if question.kind is QuestionKind.LINE:
        text = " ".join(text.split())
    if len(text) > most:
        raise Unfit(f"Say it in {most} characters or fewer: this is {len(text)}")
    return text


_CHECKS = {
    QuestionKind.YES_NO: _one_of,
    QuestionKind.ONE_OF: _one_of,
    QuestionKind.SEVERAL_OF: _several_of,
    QuestionKind.SCALE: _number,
    QuestionKind.NUMBER: _number,
    QuestionKind.DAY: _day,
    QuestionKind.LINE: _words,
    QuestionKind.WORDS: _words,
}
