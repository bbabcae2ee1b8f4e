"""What answers say: in words for a page, as triggers for the exit, as evidence for triage."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.rules.asked import Answers, Asked, Choice, Value
from joinedup.support.questions.rules.showing import shown_among
from joinedup.support.safeguarding.choices import Trigger


@dataclass(frozen=True)
class Meaning:
    """One thing an answer tells triage, and by which answer it is told."""

    word: str
    question_code: str
    question: str
    answer: str


def triggers_in(questions: Iterable[Asked], answers: Answers) -> list[Trigger]:
    """The triggers among these answers, the most urgent door first, each once."""
    found = {
        Trigger(choice.trigger)
        for _, choice in _chosen(questions, answers)
        if choice.trigger in set(Trigger)
    }
    return sorted(found, key=lambda trigger: (trigger.door.rank, list(Trigger).index(trigger)))


def meanings(questions: Iterable[Asked], answers: Answers) -> list[Meaning]:
    """What these answers tell triage, in the order they were asked."""
    return [
        Meaning(word, question.code, question.text, choice.label)
        for question, choice in _chosen(questions, answers)
        for word in choice.means
    ]


def _chosen(questions: Iterable[Asked], answers: Answers) -> Iterable[tuple[Asked, Choice]]:
    for question in shown_among(questions, answers):
        if question.code in answers:
            for choice in question.chosen(answers[question.code]):
                yield question, choice


def said(question: Asked, value: Value | None) -> str:
    """The answer in words; nothing for none."""
    if value is None:
        return ""
    if question.kind.has_choices:
        labels = [choice.label for choice in question.chosen(value)]
        return "; ".join(labels) if labels else str(value)
    if question.kind is QuestionKind.DAY:
        return _day(str(value))
    if question.kind is QuestionKind.SCALE:
        return f"{value} of {question.highest}" if question.highest is not None else str(value)
    return str(value)


def _day(iso: str) -> str:
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B} {day.year}"


def plain_word(word: str) -> str:
    """A word that triage reads, as it reads to people: characteristic: repeat victim."""
    return word.replace(":", ": ").replace("_", " ")
