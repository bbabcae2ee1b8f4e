"""What is asked, as plain facts: a version, its sections, its questions and their choices."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from joinedup.support.questions.choices import KnownFrom, QuestionKind

Value = str | int | list[str]
"""A code, a number, a list of codes, or words; days as 2026-11-22. No answer is None, and kept nowhere."""

Answers = Mapping[str, Value]


@dataclass(frozen=True)
class Choice:
    """One answer of a list: what it counts, what it opens, and what it tells triage.

    It is known where agencies hold `at_least` so many things of these categories; of several such
    answers of one question the one that wants the most is.
    """

    code: str
    label: str
    points: int | None = None
    trigger: str = ""
    means: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    at_least: int = 1


@dataclass(frozen=True)
class ShownIf:
    """That a question is asked only where another was answered so."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question."""

    code: str
    kind: QuestionKind
    text: str
    help: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    lowest_means: str = ""
    highest_means: str = ""
    shown_if: ShownIf | None = None
    known_from: KnownFrom = KnownFrom.NOWHERE
    source: str = ""

    def chosen(self, value: Value) -> tuple[Choice, ...]:
        """The choices that a value names, in their own order."""
        codes = value if isinstance(value, list) else [value]
        return tuple(choice for choice in self.choices if choice.code in codes)


@dataclass(frozen=True)
class AskedSection:
    """A heading and the questions under it."""

    title: str
    words: str = ""
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class AskedVersion:
    """A whole version, as it is asked."""

    id: uuid.UUID
    set_code: str
    title: str
    number: int
    variant: str = ""
    introduction: str = ""
    source: str = ""
    licence: str = ""
    sections: tuple[AskedSection, ...] = field(default=())

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Every question, in the order they are asked."""
        return tuple(self)

    def __iter__(self) -> Iterator[Asked]:
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Asked:
        """The question of that code; raises KeyError where there is none."""
        for question in self:
            if question.code == code:
                return question
        raise KeyError(code)


YES, NO, NOT_KNOWN = "yes", "no", "not_known"


def yes_no(
    *, means: tuple[str, ...] = (), trigger: str = "", categories: tuple[str, ...] = ()
) -> tuple[Choice, ...]:
    """The answers to a question of yes or no, and what a yes opens and tells."""
    return (
        Choice(YES, "Yes", trigger=trigger, means=means, categories=categories),
        Choice(NO, "No"),
        Choice(NOT_KNOWN, "Not known"),
    )


def plain_choice(choice: Choice) -> dict[str, object]:
    """A choice as it is kept: only what it says."""
    plain = {
        **asdict(choice), "means": list(choice.means), "categories": list(choice.categories),
    }  # fmt: skip
    usual = asdict(Choice("", ""))
    return {
        name: value for name, value in plain.items()
        if name in {"code", "label"} or value not in (usual[name], [])
    }  # fmt: skip


def choice_of(plain: Mapping[str, Any]) -> Choice:
    """A choice as it was kept."""
    return Choice(
        code=str(plain["code"]),
        label=str(plain["label"]),
        points=plain.get("points"),
        trigger=plain.get("trigger", ""),
        means=tuple(plain.get("means", ())),
        categories=tuple(plain.get("categories", ())),
        at_least=plain.get("at_least", 1),
    )


def shown_if_of(plain: Mapping[str, Any] | None) -> ShownIf | None:
    """A condition as it was kept."""
    return ShownIf(plain["question"], tuple(plain["any_of"])) if plain else None


def plain_condition(condition: ShownIf | None) -> dict[str, object] | None:
    """A condition as it is kept."""
    if condition is None:
        return None
    return {"question": condition.question, "any_of": list(condition.any_of)}
