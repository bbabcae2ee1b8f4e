"""Which questions come up, given the answers so far."""

from collections.abc import Iterable

from joinedup.support.questions.rules.asked import Answers, Asked, Value


def shown(question: Asked, answers: Answers) -> bool:
    """Whether the question is asked where these are the answers to those that come up themselves."""
    if question.shown_if is None:
        return True
    given = answers.get(question.shown_if.question)
    return bool(_codes(given) & set(question.shown_if.any_of))


def shown_among(questions: Iterable[Asked], answers: Answers) -> tuple[Asked, ...]:
    """The questions that come up, in order: an answer to one that does not come up brings up none."""
    counted: dict[str, Value] = {}
    up = []
    for question in questions:
        if shown(question, counted):
            up.append(question)
            if question.code in answers:
                counted[question.code] = answers[question.code]
    return tuple(up)


def counted(questions: Iterable[Asked], answers: Answers) -> dict[str, Value]:
    """The answers to questions that come up; the others were typed before a change and do not count."""
    return {q.code: answers[q.code] for q in shown_among(questions, answers) if q.code in answers}


def _codes(value: Value | None) -> set[str]:
    if value is None:
        return set()
    return set(value) if isinstance(value, list) else {str(value)}
