"""When an agreement is in force, and what it warns of."""

import datetime
from dataclasses import replace

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.choices import AgreementState
from joinedup.identity.sharing.rules.agreements import (
    AgreementFacts,
    FlowFacts,
    is_open,
    lapses_on,
    open_spans,
    state_at,
    warning,
    warns_today,
    why_closed,
    why_flow_closed,
)

DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


SIGNED = AgreementFacts(
    state=AgreementState.SIGNED,
    starts_on=on("2026-04-01"),
    review_on=on("2027-04-01"),
    ends_on=on("2028-04-01"),
    signed_at=start_of(on("2026-03-20")),
)


@pytest.mark.parametrize(
    ("change", "day", "state", "why"),
    [
        ({}, "2026-03-31", AgreementState.SIGNED, "it starts on 1 April 2026"),
        ({}, "2026-04-01", AgreementState.LIVE, None),
        ({}, "2027-03-31", AgreementState.LIVE, None),
        ({}, "2027-04-01", AgreementState.EXPIRED,
         "its review was due on 1 April 2027 and nobody accepted that it goes on"),
        ({"review_on": on("2028-06-01")}, "2028-04-01", AgreementState.EXPIRED,
         "it ended on 1 April 2028"),
        ({"state": AgreementState.DRAFT, "signed_at": None, "unsigned": frozenset({"police"})},
         "2026-05-01", AgreementState.DRAFT, "not signed yet by police"),
        ({"unsigned": frozenset({"gp", "police"}), "signed_at": None}, "2026-05-01",
         AgreementState.DRAFT, "not signed yet by gp, police"),
        ({"state": AgreementState.SUSPENDED, "suspended_at": start_of(on("2026-05-01"))},
         "2026-05-01", AgreementState.SUSPENDED, "it was suspended on 1 May 2026"),
        ({"state": AgreementState.ENDED, "ended_at": start_of(on("2026-05-01"))},
         "2026-05-02", AgreementState.ENDED, "it was ended on 1 May 2026"),
        ({"replaced_at": start_of(on("2026-07-01"))}, "2026-07-01", AgreementState.REPLACED,
         "a new version took its place on 1 July 2026"),
        ({"replaced_at": start_of(on("2026-07-01"))}, "2026-06-30", AgreementState.LIVE, None),
    ],
)  # fmt: skip
def test_where_an_agreement_stands_and_why_it_gives_nothing(
    change: dict[str, object], day: str, state: AgreementState, why: str | None
) -> None:
    """P7: one that is expired, ended or suspended closes, and says so."""
    facts = replace(SIGNED, **change)
    at = start_of(on(day))
    assert (state_at(facts, at), why_closed(facts, at)) == (state, why)
    assert is_open(facts, at) == (why is None)


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_it_lapses_at_midnight_in_london_summer_and_winter(day: str) -> None:
    """The clocks go forward on the first of these days and back on the second."""
    facts = replace(SIGNED, ends_on=on(day))
    midnight = start_of(on(day))
    assert is_open(facts, midnight - SECOND)
    assert not is_open(facts, midnight)
    following = replace(SIGNED, ends_on=on(day) + DAY)
    assert is_open(following, start_of(on(day) + DAY) - SECOND)
    assert not is_open(following, start_of(on(day) + DAY))
    assert lapses_on(facts, on(day))
    assert not lapses_on(facts, on(day) + DAY)
    assert not lapses_on(facts, on(day) - DAY)


def test_what_was_signed_on_its_last_day_lapses_at_midnight_like_any_other() -> None:
    """P7, journey 11: whoever it opened something to for those hours is told that it has closed."""
    end = on("2026-05-02")
    facts = replace(SIGNED, ends_on=end, signed_at=start_of(end) - datetime.timedelta(hours=9))
    assert lapses_on(facts, end)
    assert not lapses_on(facts, end + DAY)
    late = replace(facts, signed_at=start_of(end) + datetime.timedelta(hours=9))
    assert not lapses_on(late, end)


def test_a_late_signature_opens_late() -> None:
    late = start_of(on("2026-04-10")) + datetime.timedelta(hours=15)
    facts = replace(SIGNED, signed_at=late)
    assert not is_open(facts, late - SECOND)
    assert is_open(facts, late)


def test_a_named_acceptance_lets_it_go_on_past_its_review_and_no_longer() -> None:
    """P7: needs a named acceptance to go on."""
    facts = replace(SIGNED, accepted_at=start_of(on("2027-03-01")), accepted_until=on("2027-07-01"))
    assert is_open(facts, start_of(on("2027-04-01")))
    assert is_open(facts, start_of(on("2027-07-01")) - SECOND)
    assert not is_open(facts, start_of(on("2027-07-01")))
    assert why_closed(facts, start_of(on("2027-07-01"))) == (
        "its review was put off until 1 July 2027 and no longer"
    )


def test_an_acceptance_after_the_lapse_opens_it_from_then_and_not_for_the_time_between() -> None:
    """P7: without it, it closes; history is not rewritten by accepting later."""
    accepted = start_of(on("2027-04-20"))
    facts = replace(SIGNED, accepted_at=accepted, accepted_until=on("2027-07-01"))
    assert not is_open(facts, start_of(on("2027-04-10")))
    assert is_open(facts, accepted)
    assert len(open_spans(facts)) == 2


def test_an_acceptance_never_outlives_the_end() -> None:
    facts = replace(SIGNED, accepted_at=start_of(on("2027-03-01")), accepted_until=on("2030-01-01"))
    assert not is_open(facts, start_of(on("2028-04-01")))


def test_grace_is_none_unless_a_place_grants_it() -> None:
    """P7: the review date closes; grace is local and by default not given."""
    assert SIGNED.grace_days == 0
    graced = replace(SIGNED, grace_days=5)
    assert is_open(graced, start_of(on("2027-04-05")))
    assert not is_open(graced, start_of(on("2027-04-06")))


@pytest.mark.parametrize(
    ("days", "warned", "sent"),
    [(91, False, False), (90, True, True), (89, True, False), (30, True, True), (7, True, True),
     (2, True, False), (1, True, True), (0, False, False)],
)  # fmt: skip
def test_it_warns_90_30_7_and_1_days_before_it_closes(days: int, warned: bool, sent: bool) -> None:
    """P7: an agreement past its review date warns (90, 30, 7, 1 days)."""
    day = on("2027-04-01") - datetime.timedelta(days=days)
    assert (warning(SIGNED, day) is not None) == warned
    assert (warns_today(SIGNED, day) is not None) == sent


def test_it_warns_from_the_day_on_which_the_last_party_signs() -> None:
    noon = start_of(on("2027-03-25")) + datetime.timedelta(hours=12)
    assert warning(replace(SIGNED, signed_at=noon), on("2027-03-25")) is not None
    assert warning(replace(SIGNED, signed_at=noon), on("2027-03-24")) is None


def test_a_warning_says_what_will_close_it() -> None:
    found = warning(SIGNED, on("2027-03-25"))
    assert found is not None
    assert (found.days, found.by) == (7, "review")
    ending = warning(replace(SIGNED, review_on=on("2030-01-01")), on("2028-03-31"))
    assert ending is not None
    assert (ending.days, ending.by) == (1, "end")


FLOW = FlowFacts("gp", "housing", "early_help", frozenset({"involvement", "health"}))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (FLOW, None),
        (replace(FLOW, categories=frozenset({"health"})), None),
        (replace(FLOW, categories=frozenset({"health", "mental_health"})),
         "outside its data items: mental_health"),
        (replace(FLOW, purpose="homelessness"),
         "its flows between these two agencies are for other purposes"),
        (replace(FLOW, holder="housing", recipient="gp"),
         "it has no flow between these two agencies"),
    ],
)  # fmt: skip
def test_a_flow_outside_the_schedule_gives_nothing_and_says_so(
    asked: FlowFacts, why: str | None
) -> None:
    at = start_of(on("2026-06-01"))
    assert why_flow_closed(SIGNED, [FLOW], asked, at) == why


def test_a_flow_of_a_closed_agreement_says_why_it_is_closed() -> None:
    at = start_of(on("2028-05-01"))
    assert why_flow_closed(replace(SIGNED, review_on=on("2029-01-01")), [FLOW], FLOW, at) == (
        "it ended on 1 April 2028"
    )
