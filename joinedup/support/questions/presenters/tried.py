"""What answers that are only tried would do: what is kept, opened, told and hinted at."""

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Table, table
from joinedup.support.questions.forms.asking import QuestionForm
from joinedup.support.questions.rules.asked import Answers, AskedVersion
from joinedup.support.questions.rules.hints import Hint, hints
from joinedup.support.questions.rules.reading import meanings, plain_word, said
from joinedup.support.safeguarding.choices import Trigger


@dataclass(frozen=True)
class Tried:
    """What the answers of a trial would do."""

    taken: bool
    answers: Table | None
    triggers: Sequence[Trigger]
    meanings: Table | None
    hints: Sequence[Hint]


def tried(version: AskedVersion, form: QuestionForm) -> Tried:
    """The trial in words; the exit would open even where the form is not finished."""
    taken = form.is_valid()
    values = form.values
    return Tried(
        taken=taken,
        answers=answered(version, values) if taken and values else None,
        triggers=form.triggers,
        meanings=_told(version, values) if taken else None,
        hints=hints(version, values) if taken else (),
    )


def answered(version: AskedVersion, values: Answers) -> Table:
    """What would be kept."""
    return table(
        "What would be kept",
        ["Question", "Answer"],
        [[q.text, said(q, values[q.code])] for q in version if q.code in values],
    )


def _told(version: AskedVersion, values: Answers) -> Table | None:
    found = meanings(version, values)
    if not found:
        return None
    return table(
        "What triage would read",
        ["It reads", "Because of"],
        [[plain_word(m.word), f"{m.question} {m.answer}"] for m in found],
    )
