"""Whether an agreement is in force, from when until when, and what it warns of (P7)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.sharing.choices import AgreementState

WARN_DAYS = (90, 30, 7, 1)
"""How many days before its review, or its end, an agreement warns (P7)."""


@dataclass(frozen=True)
class AgreementFacts:
    """What is known of one version of an agreement.

    `state` is where acts have left it: draft, signed, suspended or ended. Live, expired and replaced
    are never written down: they follow from the days, so that midnight needs nobody.
    """

    state: AgreementState
    starts_on: datetime.date | None = None
    review_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    unsigned: frozenset[str] = frozenset()
    """The parties that have not signed yet, by code."""
    signed_at: datetime.datetime | None = None
    """When the last of the parties signed; none while any has not."""
    suspended_at: datetime.datetime | None = None
    ended_at: datetime.datetime | None = None
    accepted_until: datetime.date | None = None
    accepted_at: datetime.datetime | None = None
    replaced_at: datetime.datetime | None = None
    """When the version after it opens; none while that is not signed by all."""
    grace_days: int = 0
    """How long it stays open after the review date without an acceptance; local, by default not at all."""


@dataclass(frozen=True)
class FlowFacts:
    """One line of the schedule of an agreement."""

    holder: str
    recipient: str
    purpose: str
    categories: frozenset[str] = field(default_factory=frozenset)


def opens_at(facts: AgreementFacts) -> datetime.datetime | None:
    """When it opens: its first day, or later if the last signature came later; none unless all signed."""
    if facts.signed_at is None or facts.unsigned or facts.starts_on is None:
        return None
    return max(start_of(facts.starts_on), facts.signed_at)


def review_closes_on(facts: AgreementFacts) -> datetime.date | None:
    """The day at whose start it closes unless a named person accepts that it goes on (P7)."""
    if facts.review_on is None:
        return None
    due = facts.review_on + datetime.timedelta(days=facts.grace_days)
    return max(due, facts.accepted_until) if facts.accepted_until else due


def closes_at(facts: AgreementFacts) -> datetime.datetime | None:
    """When it closes for good, as far as is known today; none for an open end."""
    days = [day for day in (facts.ends_on, review_closes_on(facts)) if day]
    moments = [start_of(day) for day in days]
    moments += [at for at in (facts.suspended_at, facts.ended_at, facts.replaced_at) if at]
    return min(moments, default=None)


def open_spans(
    facts: AgreementFacts,
) -> tuple[tuple[datetime.datetime, datetime.datetime | None], ...]:
    """When it is in force, [from, until); an acceptance that came after the lapse opens it anew."""
    opened, closed = opens_at(facts), closes_at(facts)
    if opened is None or (closed is not None and closed <= opened):
        return ()
    lapsed = _lapsed_before_acceptance(facts)
    if lapsed is None or facts.accepted_at is None:
        return ((opened, closed),)
    spans = ((opened, lapsed), (max(opened, facts.accepted_at), closed))
    return tuple((a, b) for a, b in spans if b is None or a < b)


def _lapsed_before_acceptance(facts: AgreementFacts) -> datetime.datetime | None:
    if facts.review_on is None or facts.accepted_at is None:
        return None
    due = start_of(facts.review_on + datetime.timedelta(days=facts.grace_days))
    return due if due < facts.accepted_at else None


def is_open(facts: AgreementFacts, at: datetime.datetime) -> bool:
    """Whether it opens anything at that moment."""
    return any(a <= at and (b is None or at < b) for a, b in open_spans(facts))


def state_at(facts: AgreementFacts, at: datetime.datetime) -> AgreementState:
    """Where the agreement stands at a moment."""
    if facts.ended_at and facts.ended_at <= at:
        return AgreementState.ENDED
    if facts.replaced_at and facts.replaced_at <= at:
        return AgreementState.REPLACED
    if facts.state is AgreementState.DRAFT or facts.signed_at is None or facts.unsigned:
        return AgreementState.DRAFT
    if facts.suspended_at and facts.suspended_at <= at:
        return AgreementState.SUSPENDED
    if is_open(facts, at):
        return AgreementState.LIVE
    opened = opens_at(facts)
    return AgreementState.SIGNED if opened and at < opened else AgreementState.EXPIRED


def why_closed(
    facts: AgreementFacts, at: datetime.datetime, names: Iterable[str] = ()
) -> str | None:
    """Why it opens nothing at that moment, in a sentence; None where it does. `names`: the unsigned."""
    state = state_at(facts, at)
    if state is AgreementState.LIVE:
        return None
    if state is AgreementState.DRAFT:
        waits = ", ".join(sorted(names or facts.unsigned))
        return f"not signed yet by {waits}" if waits else "still a draft"
    if state is AgreementState.SIGNED:
        return f"it starts on {_day(opens_at(facts))}"
    if state is AgreementState.EXPIRED:
        return _why_expired(facts, at)
    since = {
        AgreementState.SUSPENDED: facts.suspended_at,
        AgreementState.ENDED: facts.ended_at,
        AgreementState.REPLACED: facts.replaced_at,
    }[state]
    word = {AgreementState.REPLACED: "a new version took its place"}.get(state)
    return f"{word or f'it was {state.value}'} on {_day(since)}"


def _why_expired(facts: AgreementFacts, at: datetime.datetime) -> str:
    if facts.ends_on and start_of(facts.ends_on) <= at:
        return f"it ended on {_day(start_of(facts.ends_on))}"
    if facts.accepted_until:
        return f"its review was put off until {_day(start_of(facts.accepted_until))} and no longer"
    return f"its review was due on {_day(start_of(facts.review_on or day_of(at)))} and nobody accepted that it goes on"


def why_flow_closed(
    facts: AgreementFacts, flows: Iterable[FlowFacts], asked: FlowFacts, at: datetime.datetime
) -> str | None:
    """Why the agreement does not carry what is asked; None where it does."""
    closed = why_closed(facts, at)
    if closed:
        return closed
    between = [f for f in flows if (f.holder, f.recipient) == (asked.holder, asked.recipient)]
    if not between:
        return "it has no flow between these two agencies"
    for_it = [f for f in between if f.purpose == asked.purpose]
    if not for_it:
        return "its flows between these two agencies are for other purposes"
    carried: frozenset[str] = frozenset().union(*(f.categories for f in for_it))
    outside = asked.categories - carried
    return f"outside its data items: {', '.join(sorted(outside))}" if outside else None


@dataclass(frozen=True)
class Warned:
    """That an agreement will close, in how many days and by what."""

    days: int
    on: datetime.date
    by: str
    """`review`, `end` or `acceptance`."""


def warning(facts: AgreementFacts, day: datetime.date) -> Warned | None:
    """What is nearest of its review or its end within 90 days of that day; None where nothing is."""
    last_moment = start_of(day + datetime.timedelta(days=1)) - datetime.timedelta(seconds=1)
    if state_at(facts, last_moment) is not AgreementState.LIVE:
        return None
    coming = _closings(facts)
    on, by = min(coming, default=(None, ""))
    if on is None or not 0 < (on - day).days <= WARN_DAYS[0]:
        return None
    return Warned((on - day).days, on, by)


def warns_today(facts: AgreementFacts, day: datetime.date) -> Warned | None:
    """The warning to send on that day: at 90, 30, 7 and 1 days before it closes (P7)."""
    found = warning(facts, day)
    return found if found and found.days in WARN_DAYS else None


def lapses_on(facts: AgreementFacts, day: datetime.date) -> bool:
    """Whether that day is the first on which it is expired: it was open until the very midnight."""
    now = start_of(day)
    before = now - datetime.timedelta(seconds=1)
    return (
        state_at(facts, now) is AgreementState.EXPIRED
        and state_at(facts, before) is AgreementState.LIVE
    )


def _closings(facts: AgreementFacts) -> list[tuple[datetime.date, str]]:
    found: list[tuple[datetime.date, str]] = []
    if facts.ends_on:
        found.append((facts.ends_on, "end"))
    review = review_closes_on(facts)
    if review:
        found.append((review, "acceptance" if review == facts.accepted_until else "review"))
    return found


def _day(at: datetime.datetime | None) -> str:
    if at is None:
        return ""
    day = day_of(at)
    return f"{day.day} {day:%B %Y}"
