"""Who writes which section of an assessment, what is missing of it, and when a no to it may stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    Profession,
    RefusalDecision,
    RiskGround,
    SectionState,
)

ANYBODY = frozenset(Kind) - {Kind.LICENSED_PREMISES, Kind.COMMISSIONER}
"""Whoever works with the person."""

WRITTEN_BY: dict[Profession, frozenset[Kind]] = {
    Profession.STRENGTHS: ANYBODY,
    Profession.SELF: ANYBODY,
    Profession.SOCIAL_CARE: frozenset({Kind.SOCIAL_CARE, Kind.COUNCIL}),
    Profession.HEALTH: frozenset({Kind.HEALTH, Kind.PUBLIC_HEALTH}),
    Profession.HOUSING: frozenset({Kind.HOUSING, Kind.COUNCIL}),
    Profession.SAFETY: frozenset({Kind.POLICE, Kind.FIRE}),
    Profession.EDUCATION: frozenset({Kind.EDUCATION, Kind.COUNCIL}),
    Profession.FAMILY: ANYBODY - {Kind.POLICE},
    Profession.CARER: frozenset({Kind.SOCIAL_CARE, Kind.COUNCIL, Kind.VOLUNTARY}),
}
"""Of which kinds of agency the author of a section is: a profession answers for its own part."""

USUAL: dict[AssessmentKind, tuple[Profession, ...]] = {
    AssessmentKind.PERSON: (Profession.STRENGTHS, Profession.SELF),
    AssessmentKind.FAMILY: (Profession.STRENGTHS, Profession.SELF, Profession.FAMILY),
    AssessmentKind.CARER: (Profession.STRENGTHS, Profession.CARER),
}
"""The sections that every assessment of a kind has."""


def may_write(profession: Profession, kind: Kind) -> bool:
    """Whether somebody of such an agency writes and signs that section."""
    return kind in WRITTEN_BY[profession]


def why_not_written(profession: Profession, kind: Kind) -> str:
    """Why not, fit for the page; nothing where they may."""
    if may_write(profession, kind):
        return ""
    who = " or ".join(sorted(each.label.lower() for each in WRITTEN_BY[profession]))
    return (
        f"“{profession.label}” is written and signed by {who.replace('nhs', 'the NHS')}. Ask one of "
        "them to help with this case."
    )


@dataclass(frozen=True)
class SectionFacts:
    """A section as far as what is missing hangs on it."""

    profession: Profession
    signed: bool
    begun: bool
    corrected: bool = False
    """A correction of what was signed is being written."""

    @property
    def state(self) -> SectionState:
        """Where it stands."""
        if self.signed:
            return SectionState.SIGNED
        return SectionState.BEING_WRITTEN if self.begun else SectionState.NOT_BEGUN


def missing(sections: Iterable[SectionFacts]) -> list[str]:
    """What keeps an assessment from being finished, a sentence each."""
    found = list(sections)
    lines = [f"“{each.profession.label}” is not signed." for each in found if not each.signed]
    lines += [
        f"A correction of “{each.profession.label}” is not signed."
        for each in found
        if each.signed and each.corrected
    ]
    if not any(each.profession is Profession.STRENGTHS for each in found):
        lines.insert(0, "“Strengths” is not asked: every assessment begins with them.")
    return lines


def in_order(professions: Iterable[Profession]) -> list[Profession]:
    """Strengths first, then the person's own view, then the professions."""
    return sorted(set(professions), key=list(Profession).index)


@dataclass(frozen=True)
class Refused:
    """What is known when an assessment is declined."""

    of_an_adult: bool
    capacity: CapacityView
    in_best_interests: bool
    grounds: tuple[RiskGround, ...]
    decision: RefusalDecision
    because: str


def why_refusal_cannot_stand_so(said: Refused) -> str:
    """Why it cannot be written down so (Care Act 2014 s11(2), P30); nothing where it can.

    An adult who declines is assessed all the same where they lack the capacity to decline and it is in
    their best interests, or where they are, or may be, abused or neglected, by themselves too.
    """
    if not said.because.strip():
        return "Say why this was decided: somebody else must be able to follow it."
    if said.capacity is CapacityView.IN_DOUBT and said.decision is RefusalDecision.RESPECTED:
        return (
            "Their capacity to decide this is in doubt. Assess it first: until then the no does not "
            "end what is owed to them."
        )
    if not said.of_an_adult or said.decision is RefusalDecision.ASSESS_ALL_THE_SAME:
        return ""
    if said.grounds:
        return (
            "An adult who is abused or neglected, or may be, by themselves too, is assessed all the "
            "same (Care Act 2014 s11(2)(b))."
        )
    if said.capacity is CapacityView.LACKS_CAPACITY and said.in_best_interests:
        return (
            "They cannot decide this now and it is in their best interests, so they are assessed all "
            "the same (Care Act 2014 s11(2)(a))."
        )
    return ""
