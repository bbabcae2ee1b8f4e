"""How the answers of a matter read: each with how it came about, from where, and what they hint at."""

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.support.questions.choices import How
from joinedup.support.questions.queries.answers import Answered, AnsweredSet
from joinedup.support.questions.rules.hints import Hint, hints
from joinedup.support.safeguarding.choices import Trigger


@dataclass(frozen=True)
class SetAnswered:
    """A set's answers on the page, what they open and what they hint at."""

    heading: str
    answers: Table
    triggers: Sequence[Trigger]
    hints: Sequence[Hint]
    source: str


def answered(found: Sequence[AnsweredSet]) -> list[SetAnswered]:
    """Every set that was answered."""
    return [_one(each) for each in found if each.answers]


def _one(found: AnsweredSet) -> SetAnswered:
    version = found.version
    whom = f", person {found.subject}" if found.subject > 1 else ""
    return SetAnswered(
        heading=f"{version.title}{whom}",
        answers=table(
            f"Version {version.number}" + (f", variant {version.variant}" if version.variant else ""),
            ["Question", "Answer", "How it is known"],
            [[each.question.text, each.words, _how(each)] for each in found.answers],
            caption_size="s",
        ),
        triggers=found.triggers,
        hints=hints(version, found.values),
        source=version.source,
    )  # fmt: skip


def _how(each: Answered) -> Cell:
    when = moment(each.at)
    if each.how is How.ASKED or not each.source:
        return Cell(each.how.label, note=when)
    return Cell(f"{each.how.label}: {each.source}, {day(each.source_on)}", note=when)
