"""Eligibility of the programme, line by line (P16), and counts held against thresholds (S0-83)."""

import datetime

import pytest

from joinedup.support.frontdoor.choices import (
    Characteristic,
    ContactReason,
    EmergencyService,
    HighRiskRoute,
)
from joinedup.support.frontdoor.rules.eligibility import Case, Evidence, HighRisk, eligibility
from joinedup.support.frontdoor.rules.thresholds import STANDARD, Contact, Line, counted

TODAY = datetime.date(2026, 11, 22)
_TWO = frozenset({"NHS", "Housing"})
_MARAC = HighRisk(HighRiskRoute.MARAC, "a police officer", "DASH")
_C = Characteristic


def case(*characteristics: Characteristic, agencies: frozenset[str] = _TWO, **more: object) -> Case:
    evidence = tuple(Evidence(each, "the referral says so") for each in characteristics)
    return Case(evidence, agencies, **more)


@pytest.mark.parametrize("one", Characteristic)
def test_one_characteristic_and_two_agencies_needed_are_enough(one: Characteristic) -> None:
    """P16: any of the six."""
    answer = eligibility(case(one))
    assert answer.is_eligible
    assert answer.grounds == (one,)
    assert [line.is_met for line in answer.lines] == [True, True]


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (case(), "characteristics"),
        (case(_C.VIOLENCE, agencies=frozenset()), "agencies"),
        (case(_C.VIOLENCE, agencies=frozenset({"Police"})), "agencies"),
    ],
)
def test_each_line_alone_is_not_enough_and_says_which_is_missing(asked: Case, missing: str) -> None:
    answer = eligibility(asked)
    assert not answer.is_eligible
    assert [line.code for line in answer.lines if not line.is_met] == [missing]


def test_agencies_that_know_somebody_already_are_evidence_and_never_the_test() -> None:
    """P16: needed, named by the referrer or triage; known ones do not count."""
    known = frozenset({"Police", "NHS", "Housing"})
    answer = eligibility(
        case(_C.REPEAT_VICTIM, agencies=frozenset({"NHS"}), agencies_involved=known)
    )
    assert not answer.is_eligible
    assert len(answer.lines[1].by) == 3


@pytest.mark.parametrize("one", Characteristic)
def test_high_risk_strikes_out_violence_and_offending_alone(one: Characteristic) -> None:
    """P16: other grounds still count, and the other route is opened whatever comes of it."""
    answer = eligibility(case(one, high_risk=(_MARAC,)))
    assert answer.is_eligible is (one not in {_C.VIOLENCE, _C.OFFENDING})
    assert answer.parallel == (_MARAC,)


def test_high_risk_leaves_the_other_grounds_standing_and_says_where_the_struck_one_goes() -> None:
    answer = eligibility(case(_C.VIOLENCE, _C.REPEAT_VICTIM, high_risk=(_MARAC,)))
    assert answer.is_eligible
    assert (answer.grounds, answer.struck_out) == ((_C.REPEAT_VICTIM,), (_C.VIOLENCE,))
    assert "MARAC" in answer.lines[0].words


# ---------------------------------------------------------------- counts

_ED, _POLICE = EmergencyService.EMERGENCY_DEPARTMENT, EmergencyService.POLICE
_FOUR_IN_60 = Line(_ED, ContactReason.GENUINE, 4, 60, "local")


def visits(
    *days_ago: int,
    service: EmergencyService = _ED,
    reason: ContactReason = ContactReason.GENUINE,
    holder: str = "hospital",
) -> list[Contact]:
    return [
        Contact(service, reason, TODAY - datetime.timedelta(days=ago), holder, "health", "p")
        for ago in days_ago
    ]


@pytest.mark.parametrize(
    ("days_ago", "is_met"),
    [
        ((1, 10, 30, 59), True),
        ((1, 10, 30, 60), False),
        ((1, 10, 30), False),
        ((1, 10, 30, -1), False),
        ((0, 0, 0, 0), True),
    ],
)
def test_contacts_are_counted_within_the_window(days_ago: tuple[int, ...], is_met: bool) -> None:
    (found,) = counted(visits(*days_ago), [_FOUR_IN_60], TODAY)
    assert found.is_met is is_met
    assert found.shows is (_C.FREQUENT_EMERGENCY if is_met else None)


def test_genuine_and_malicious_and_victim_and_perpetrator_are_never_added_up() -> None:
    """S0-83, S0-84: a person may be both, and each is counted by itself."""
    reasons = (ContactReason.VICTIM, ContactReason.PERPETRATOR, ContactReason.MALICIOUS)
    once = [each for reason in reasons for each in visits(5, service=_POLICE, reason=reason)]
    assert not any(each.is_met for each in counted(once, STANDARD, TODAY))
    twice = once + [
        each for reason in reasons for each in visits(9, service=_POLICE, reason=reason)
    ]
    shown = {each.shows for each in counted(twice, STANDARD, TODAY)}
    assert shown == {_C.REPEAT_VICTIM, _C.REPEAT_PERPETRATOR, _C.MALICIOUS_CALLS}


def test_what_two_holders_hold_is_not_mixed() -> None:
    """A sum over two agencies would tell one what the other holds."""
    found = counted(visits(1, 2) + visits(3, 4, holder="other"), [_FOUR_IN_60], TODAY)
    assert [(each.holder, each.contacts, each.is_met) for each in found] == [
        ("hospital", 2, False),
        ("other", 2, False),
    ]


def test_every_threshold_that_is_shipped_says_whose_it_is() -> None:
    assert all(line.source for line in STANDARD)
    assert {line.reason for line in STANDARD} == set(ContactReason)
