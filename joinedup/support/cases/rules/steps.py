"""Whether a case may step so, what must go with it, and which position is the safer one (P11, P34, P40)."""

from dataclasses import dataclass

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel, StepDirection


@dataclass(frozen=True)
class StepFacts:
    """What a step goes from and to, and what was said of it."""

    from_programme: Programme
    to_programme: Programme
    from_level: NeedLevel
    to_level: NeedLevel
    reason: str
    evidence: str
    is_protection: bool = False
    same_team: bool = False
    has_gathered: bool = False
    """Whether something was gathered for safeguarding in the case."""
    release: str = ""
    release_for: str = ""
    stays_beside: bool = False
    beside_does: str = ""

    @property
    def direction(self) -> StepDirection:
        """Which way it goes, by the levels."""
        return direction_of(self.from_level, self.to_level)


def direction_of(from_level: int, to_level: int) -> StepDirection:
    """Up to more help, down to less, or across."""
    if to_level > from_level:
        return StepDirection.UP
    return StepDirection.DOWN if to_level < from_level else StepDirection.ACROSS


def needs_release(facts: StepFacts) -> bool:
    """Whether the sender writes a release summary: what was gathered for safeguarding stays (P11)."""
    return facts.direction is StepDirection.DOWN and (
        facts.from_programme.is_statutory or facts.has_gathered
    )


def why_no_step(facts: StepFacts) -> str | None:
    """Why the case cannot step so, fit for the page; None where it can."""
    if not facts.reason.strip():
        return "Say why it steps: the other side acts on this."
    if not facts.evidence.strip():
        return "Say what shows it: what was seen or said, when, and by whom."
    if facts.same_team and facts.to_programme is facts.from_programme:
        return (
            "It is with this team under this programme already. Set its level at a review instead."
        )
    if facts.is_protection and facts.direction is StepDirection.DOWN:
        return "A step down is no protection. Send it as an ordinary step."
    if facts.is_protection and facts.to_level is not NeedLevel.STATUTORY:
        return "Protection is the work of level 4. Choose level 4, or send it as an ordinary step."
    if needs_release(facts) and not (facts.release.strip() and facts.release_for.strip()):
        return (
            "Write the release summary and what it is for: what was gathered for safeguarding does not "
            "go along with a step down."
        )
    if (facts.is_protection or facts.stays_beside) and not facts.beside_does.strip():
        return "Say what you go on doing beside the new lead."
    return None


def safer(first: int, second: int) -> NeedLevel:
    """Of two positions that are disagreed about the one that holds meanwhile (P40)."""
    return NeedLevel(max(first, second))
