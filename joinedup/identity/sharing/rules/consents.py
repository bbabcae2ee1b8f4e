"""Whose word counts as a person's consent, and what is said today (P12)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.sharing.choices import CapacityOutcome, ConsentState, Purpose, WhoSpoke

ADULT, YOUNG_PERSON = 18, 16
"""At 16 a person decides for themself unless found unable to (Mental Capacity Act 2005); at 18 for good."""

HOLDS_RESPONSIBILITY = frozenset(
    {
        RelationshipKind.PARENTAL_RESPONSIBILITY,
        RelationshipKind.SPECIAL_GUARDIAN,
        RelationshipKind.CARE_ORDER_HOLDER,
        RelationshipKind.CHILD_ARRANGEMENTS_ORDER,
    }
)
"""Being a parent is not among them: not every parent holds parental responsibility."""

DECIDES_WELFARE = frozenset(
    {RelationshipKind.ATTORNEY_HEALTH_AND_WELFARE, RelationshipKind.DEPUTY_HEALTH_AND_WELFARE}
)
DECIDES_PROPERTY = frozenset(
    {RelationshipKind.ATTORNEY_PROPERTY_AND_AFFAIRS, RelationshipKind.DEPUTY_PROPERTY_AND_AFFAIRS}
)


@dataclass(frozen=True)
class Tie:
    """What somebody is to the person, from a day until another; `id` is the relationship's."""

    id: int
    kind: RelationshipKind
    document_seen_on: datetime.date | None = None
    starts_on: datetime.date = datetime.date.min
    ends_on: datetime.date | None = None
    barred: bool = False
    """An order of non-contact stands between the two."""

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is in force on that day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True)
class Assessed:
    """What an assessment of capacity found about one decision."""

    purpose: Purpose | None
    outcome: CapacityOutcome
    on: datetime.date
    best_interests: str = ""


@dataclass(frozen=True)
class Word:
    """Something said about sharing, whose word it was, and what is known of the two."""

    purpose: Purpose
    who: WhoSpoke
    age: int | None
    competence: str = ""
    tie: Tie | None = None
    assessments: tuple[Assessed, ...] = ()
    ties: tuple[Tie, ...] = ()


def assessed_for(word: Word, day: datetime.date) -> Assessed | None:
    """The latest assessment about this very decision; one about another decision says nothing."""
    about = [a for a in word.assessments if a.purpose is word.purpose and a.on <= day]
    return max(about, key=lambda a: a.on, default=None)


def why_word_does_not_count(word: Word, day: datetime.date) -> str | None:
    """Why this cannot be written down as the person's word, fit for the page; None where it can."""
    return _JUDGES[word.who](word, day)


def _of_the_person(word: Word, day: datetime.date) -> str | None:
    if word.age is not None and word.age < YOUNG_PERSON:
        return "Under 16: say why the child is competent to decide this, or who holds parental responsibility."
    found = assessed_for(word, day)
    if found and found.outcome is CapacityOutcome.LACKS_CAPACITY:
        return (
            f"An assessment on {_day(found.on)} found that the person could not decide this. Record what was "
            "decided in their best interests, or a new assessment."
        )
    return None


def _of_a_competent_child(word: Word, day: datetime.date) -> str | None:
    if word.age is None:
        return "The date of birth is not known, so nobody can be recorded as a child. Choose the person."
    if word.age >= YOUNG_PERSON:
        return "From 16 on people decide for themselves. Choose the person."
    if not word.competence.strip():
        return "Say why you judged the child competent to decide this."
    return None


def _of_responsibility(word: Word, day: datetime.date) -> str | None:
    if word.age is None:
        return "The date of birth is not known, so nobody may speak for this person as for a child."
    if word.age >= ADULT:
        return "The person is an adult. No parent, partner or carer consents for an adult."
    if word.age >= YOUNG_PERSON and not _lacks_capacity(word, day):
        return "From 16 on people decide for themselves unless assessed as unable to decide this."
    if word.tie is None:
        return "Choose who holds parental responsibility and spoke."
    if word.tie.kind not in HOLDS_RESPONSIBILITY:
        return (
            f"{word.tie.kind.label} is not parental responsibility. Record the responsibility or the order "
            "first, with sight of the document where it needs one."
        )
    return _why_tie_does_not_hold(word.tie, day)


def _of_an_attorney(word: Word, day: datetime.date) -> str | None:
    if word.tie is None:
        return "Choose the attorney or deputy who spoke."
    if word.tie.kind in DECIDES_PROPERTY:
        return "That power is over property and affairs. It does not reach decisions about sharing care information."
    if word.tie.kind not in DECIDES_WELFARE:
        return (
            f"{word.tie.kind.label} gives nobody the right to consent for another adult. Ask the person, or "
            "record an assessment of capacity and what was decided in their best interests."
        )
    if word.tie.document_seen_on is None:
        return "Nobody has seen the document that gives this power. See it first."
    if not _lacks_capacity(word, day):
        return "An attorney or deputy decides only where an assessment found that the person cannot decide this."
    return _why_tie_does_not_hold(word.tie, day)


def _of_best_interests(word: Word, day: datetime.date) -> str | None:
    if word.age is not None and word.age < YOUNG_PERSON:
        return (
            "Under 16: whoever holds parental responsibility speaks, unless the child is competent."
        )
    found = assessed_for(word, day)
    if found is None or found.outcome is not CapacityOutcome.LACKS_CAPACITY:
        return (
            "Record first an assessment that the person cannot decide this. One about another decision "
            "does not count."
        )
    if not found.best_interests.strip():
        return "The assessment does not say what is in the person’s best interests and why."
    if any(tie.kind in DECIDES_WELFARE and tie.holds_on(day) for tie in word.ties):
        return "An attorney or deputy for health and welfare is recorded: the decision is theirs."
    return None


_JUDGES = {
    WhoSpoke.PERSON: _of_the_person,
    WhoSpoke.COMPETENT_CHILD: _of_a_competent_child,
    WhoSpoke.PARENTAL_RESPONSIBILITY: _of_responsibility,
    WhoSpoke.ATTORNEY: _of_an_attorney,
    WhoSpoke.BEST_INTERESTS: _of_best_interests,
}


def _lacks_capacity(word: Word, day: datetime.date) -> bool:
    found = assessed_for(word, day)
    return found is not None and found.outcome is CapacityOutcome.LACKS_CAPACITY


def _why_tie_does_not_hold(tie: Tie, day: datetime.date) -> str | None:
    if tie.barred:
        return "An order of non-contact stands between the two. This word cannot be taken."
    if tie.ends_on is not None and tie.ends_on <= day:
        return f"That ended on {_day(tie.ends_on)}."
    if day < tie.starts_on:
        return f"That begins only on {_day(tie.starts_on)}."
    return None


@dataclass(frozen=True)
class Said:
    """One thing said about sharing, as written down."""

    state: ConsentState
    at: datetime.datetime
    expires_at: datetime.datetime | None = None
    withdrawn_at: datetime.datetime | None = None


def state_of(said: Said, at: datetime.datetime) -> ConsentState:
    """What one thing said has become at a moment."""
    if said.withdrawn_at is not None and said.withdrawn_at <= at:
        return ConsentState.WITHDRAWN
    if said.expires_at is not None and said.expires_at <= at:
        return ConsentState.EXPIRED
    return said.state


def consent_at(said: Iterable[Said], at: datetime.datetime) -> ConsentState:
    """What holds at a moment of all said about one purpose, holder and recipient: the latest counts.

    Not asked is a state of its own and is no no; withdrawn is no yes.
    """
    latest = max((s for s in said if s.at <= at), key=lambda s: s.at, default=None)
    return ConsentState.NOT_ASKED if latest is None else state_of(latest, at)


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
