"""What a first approach says, whether it can end so, and what follows (S0-88, P30)."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.support.panels.choices import ApproachOutcome, CapacityView

LEAST_TRIES = 3
"""Somebody is not found only after so many tries, on as many days (propose)."""

ADVOCATE = (
    "You can have somebody with you: a friend, or an advocate, whom we can find for you. You can come "
    "to the meeting where we plan, and you can bring them along."
)
CHALLENGE = (
    "You can say no. You get in writing what was decided and why, in plain words; and if you think we "
    "were wrong to look at this at all, tell us or complain, and somebody else looks at it."
)
WAY_BACK = (
    "If you think again, ring the number on the letter or tell anybody who helps you. You need not tell "
    "your story twice."
)


@dataclass(frozen=True)
class Shared:
    """Who told what for which reason, as the person is to hear it."""

    agency: str
    """Empty where its very name would tell something, or whoever told is not to be named."""
    what: str


def who_shared_what(shared: Iterable[Shared], panel: str) -> str:
    """The words by which the person is told who shared what about them, to whom, and why (P30)."""
    lines = [
        f"{each.agency or 'Somebody who worries about you'} told the {panel} {each.what}."
        for each in shared
    ]
    return "\n".join(
        [*lines, "We looked at it together to see who could help you, before asking you."]
    )


@dataclass(frozen=True)
class Ending:
    """How a first approach ended, as whoever made it says."""

    outcome: ApproachOutcome
    words: str = ""
    wants: str = ""
    capacity: CapacityView | None = None
    capacity_because: str = ""
    concern: str = ""
    duty_decision: str = ""

    @property
    def is_in_doubt(self) -> bool:
        """Whether a no may not be enough: capacity in doubt or lacking, abuse, neglect, self-neglect (P30)."""
        doubt = self.capacity in {CapacityView.IN_DOUBT, CapacityView.LACKS}
        return doubt or bool(self.concern.strip())


@dataclass(frozen=True)
class Follows:
    """What follows from how it ended."""

    opens_case: bool = False
    trims: bool = False
    """Sharing shrinks back in the same minute."""
    goes_back: bool = False
    """To the coordinator, who finds another way."""
    raises_exit: bool = False


def what_follows(ending: Ending) -> Follows:
    """What follows from an ending; a no that is in doubt trims all the same, and goes to safeguarding."""
    match ending.outcome:
        case ApproachOutcome.AGREED:
            return Follows(opens_case=True)
        case ApproachOutcome.WANTS_ELSE:
            return Follows(goes_back=True)
        case ApproachOutcome.NOT_FOUND:
            return Follows(goes_back=True)
        case ApproachOutcome.DECLINED:
            return Follows(trims=True, raises_exit=ending.is_in_doubt)


def why_not_ended(ending: Ending, tries: Collection[datetime.date], reached: bool) -> str:
    """Why it cannot end so, in a sentence that says what is missing; nothing where it can.

    `tries` are the days of the tries; `reached` whether one of them reached the person.
    """
    if ending.outcome is ApproachOutcome.NOT_FOUND:
        return _why_not_lost(tries, reached)
    if not reached:
        return "Write down the contact at which they said so, first."
    if not ending.words.strip():
        return "Write down what they said, in their own words."
    if ending.outcome is ApproachOutcome.WANTS_ELSE and not ending.wants.strip():
        return "Write down what they want instead."
    if ending.outcome is ApproachOutcome.DECLINED:
        return _why_no_decline(ending)
    return ""


def _why_not_lost(tries: Collection[datetime.date], reached: bool) -> str:
    if reached:
        return "They were reached: say what they answered."
    days = len(set(tries))
    if days < LEAST_TRIES:
        return (
            f"Try on {LEAST_TRIES} days at least before you say that they are not found; "
            f"{days or 'none'} {'is' if days == 1 else 'are'} written down."
        )
    return ""


def _why_no_decline(ending: Ending) -> str:
    if ending.capacity is None:
        return "Say what you think of their capacity to decide this."
    if ending.capacity is not CapacityView.NO_DOUBT and not ending.capacity_because.strip():
        return "Say what makes you doubt that they can decide this."
    if ending.is_in_doubt and not ending.duty_decision.strip():
        return (
            "A no does not end the duty to assess where somebody lacks capacity, or may be abused, "
            "neglected or neglecting themselves (Care Act section 11(2)). Write down what you decided."
        )
    return ""
