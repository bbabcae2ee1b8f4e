"""What a draft must hold together before it is asked, and the codes of what is new in it."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import Asked, AskedVersion
from joinedup.support.safeguarding.choices import Trigger

LONGEST_SCALE = 21


def code_from(text: str, *, most: int = 60) -> str:
    """A code made of the words of a title or a question: lower case, hyphens, no accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-")


def fresh_code(text: str, taken: Collection[str]) -> str:
    """A code of that text that none of these is."""
    stem = code_from(text, most=50) or "question"
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def faults(version: AskedVersion) -> list[str]:
    """Why a draft cannot be asked yet, each a sentence that says what to do; nothing where it can."""
    found = []
    if not version.questions:
        found.append("It asks nothing yet. Add a question.")
    if not version.source:
        found.append("Say where the questions come from.")
    if not version.licence:
        found.append("Say under which licence the words may be used.")
    before: dict[str, Asked] = {}
    for question in version:
        found += [f"“{question.text}”: {fault}" for fault in _faults_of(question, before)]
        before[question.code] = question
    return found


def _faults_of(question: Asked, before: dict[str, Asked]) -> Iterable[str]:
    yield from _faults_of_choices(question)
    if question.kind.has_limits:
        yield from _faults_of_limits(question)
    condition = question.shown_if
    if condition is not None:
        of = before.get(condition.question)
        if of is None:
            yield "it is asked by an answer to a question that does not come before it. Move it down."
        elif not of.kind.has_choices:
            yield f"it is asked by an answer to “{of.text}”, which has no list of answers."
        elif not set(condition.any_of) & {choice.code for choice in of.choices}:
            yield f"it is asked by an answer that “{of.text}” no longer has. Choose another."


def _faults_of_choices(question: Asked) -> Iterable[str]:
    if not question.kind.has_choices:
        return
    codes = [choice.code for choice in question.choices]
    labels = [choice.label.casefold() for choice in question.choices]
    if len(codes) < 2:
        yield "give at least two answers to choose from."
    if len(set(codes)) < len(codes) or len(set(labels)) < len(labels):
        yield "two of its answers are the same."
    if {choice.trigger for choice in question.choices} - {"", *Trigger}:
        yield "one of its answers opens an exit that there is not."
    named = any(choice.categories for choice in question.choices)
    if question.known_from is KnownFrom.HOLDINGS and not named:
        yield "say which category of what agencies hold stands for which answer."


def _faults_of_limits(question: Asked) -> Iterable[str]:
    low, high = question.lowest, question.highest
    if question.kind is QuestionKind.SCALE and (low is None or high is None):
        yield "say where the scale begins and ends."
    elif low is not None and high is not None:
        if low >= high:
            yield "the highest number must be above the lowest."
        elif question.kind is QuestionKind.SCALE and high - low >= LONGEST_SCALE:
            yield f"a scale has {LONGEST_SCALE} steps or fewer; ask for a whole number instead."
