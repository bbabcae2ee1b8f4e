"""Whether what a person says to a plan is whole: their words, who spoke, what stands in for capacity (P12)."""

import datetime
from dataclasses import dataclass

from joinedup.identity.sharing.choices import CapacityOutcome
from joinedup.identity.sharing.rules.capacity import why_not_assessed
from joinedup.support.cases.choices.plan import PlanAnswer, SpokenBy
from joinedup.support.cases.rules.copies import is_adult

DECISION = "to agree this plan"


@dataclass(frozen=True)
class Answered:
    """What one person said to a plan, by whose mouth, and what was assessed."""

    said: PlanAnswer
    said_on: datetime.date
    words: str = ""
    spoken_by: SpokenBy = SpokenBy.ITSELF
    speaker: str = ""
    best_interests: str = ""
    assessed_by: str = ""
    assessed_on: datetime.date | None = None


def why_not_written(
    answer: Answered, *, born_on: datetime.date | None, today: datetime.date
) -> str | None:
    """Why this cannot be written down, fit for the page; None where it can."""
    if answer.said_on > today:
        return "The day they said it is still to come."
    if answer.said.needs_words and not answer.words.strip():
        return "Write down their own words: what they do not agree with, and why."
    if answer.said is PlanAnswer.LACKS_CAPACITY:
        return _why_not_for_them(answer, born_on, today)
    if answer.spoken_by is SpokenBy.ITSELF:
        return None
    if not answer.speaker.strip():
        return "Say who spoke for them, and what paper you saw."
    if answer.spoken_by is SpokenBy.PARENTAL_RESPONSIBILITY and is_adult(born_on, today):
        return "One adult never agrees for another. Ask them, or write down what was assessed."
    if answer.spoken_by is SpokenBy.ATTORNEY_OR_DEPUTY:
        return "An attorney or deputy decides only where the person cannot: choose “Cannot decide this one thing”."
    return None


def _why_not_for_them(
    answer: Answered, born_on: datetime.date | None, today: datetime.date
) -> str | None:
    if answer.assessed_on is None or not answer.assessed_by.strip():
        return "Say who assessed whether they can decide this, and when."
    return why_not_assessed(
        decision=DECISION,
        outcome=CapacityOutcome.LACKS_CAPACITY,
        best_interests=answer.best_interests,
        assessed_on=answer.assessed_on,
        born_on=born_on,
        day=today,
    )
