"""Who writes what, when a no may stand, what answers come to, what a change says: facts in, answers out."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.choices import AgencyKind as Kind
from joinedup.support.cases.choices.assessment import (
    CapacityView,
    Profession,
    RefusalDecision,
    RiskGround,
)
from joinedup.support.cases.choices.combined import CombinedFactor as Factor
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.choices.measure import MeasureCode
from joinedup.support.cases.rules.assessing import (
    Refused,
    SectionFacts,
    in_order,
    may_write,
    missing,
    why_not_written,
    why_refusal_cannot_stand_so,
)
from joinedup.support.cases.rules.carers import is_young_carer, what_is_owed
from joinedup.support.cases.rules.combined import HeldFactor, Home, to_tell, why_not_decided
from joinedup.support.cases.rules.eligibility import (
    care_act_adult,
    care_act_carer,
    framework_of,
    framework_on,
    help_level,
)
from joinedup.support.cases.rules.measures import SCALES, Change, values_of
from joinedup.support.questions.rules.hints import CARE_ACT_OUTCOMES
from joinedup.support.questions.shipped.assessment import CARER_OUTCOMES, FAMILY_OUTCOMES

DAY = datetime.date(2026, 11, 18)
ABLE = dict.fromkeys(CARE_ACT_OUTCOMES, "able") | {"impairment": "yes", "wellbeing": "yes"}
PAINED = ABLE | {"nutrition": "pain", "toilet": "pain"}
CARING = dict.fromkeys((code for code, _ in CARER_OUTCOMES), "able") | {
    "cares-necessary": "yes", "carer-health": "no", "carer-wellbeing": "yes",
}  # fmt: skip
WELL = dict.fromkeys((code for code, _ in FAMILY_OUTCOMES), "well")


@pytest.mark.parametrize(
    ("profession", "kind", "may"),
    [
        (Profession.SOCIAL_CARE, Kind.SOCIAL_CARE, True),
        (Profession.SOCIAL_CARE, Kind.HEALTH, False),
        (Profession.HEALTH, Kind.HEALTH, True),
        (Profession.HEALTH, Kind.POLICE, False),
        (Profession.SAFETY, Kind.FIRE, True),
        (Profession.HOUSING, Kind.HOUSING, True),
        (Profession.EDUCATION, Kind.EDUCATION, True),
        (Profession.STRENGTHS, Kind.VOLUNTARY, True),
        (Profession.STRENGTHS, Kind.LICENSED_PREMISES, False),
    ],
)
def test_each_profession_writes_its_own_section(
    profession: Profession, kind: Kind, may: bool
) -> None:
    assert may_write(profession, kind) is may
    assert bool(why_not_written(profession, kind)) is not may


def test_strengths_come_first_and_an_assessment_without_them_is_not_whole() -> None:
    assert in_order([Profession.HEALTH, Profession.SELF, Profession.STRENGTHS]) == [
        Profession.STRENGTHS, Profession.SELF, Profession.HEALTH,
    ]  # fmt: skip
    health = SectionFacts(Profession.HEALTH, signed=True, begun=True, corrected=True)
    assert missing([health]) == [
        "“Strengths” is not asked: every assessment begins with them.",
        "A correction of “Health” is not signed.",
    ]
    assert missing([SectionFacts(Profession.STRENGTHS, signed=True, begun=True)]) == []


def refusal(**more: object) -> str:
    said = {
        "of_an_adult": True, "capacity": CapacityView.HAS_CAPACITY, "in_best_interests": False,
        "grounds": (), "decision": RefusalDecision.RESPECTED, "because": "She said so twice",
    }  # fmt: skip
    return why_refusal_cannot_stand_so(Refused(**(said | more)))  # type: ignore[arg-type]


def test_a_no_stands_unless_section_11_says_otherwise() -> None:
    """P30, Care Act 2014 s11(2): no capacity and best interests, or abuse, neglect or self-neglect."""
    lacks = CapacityView.LACKS_CAPACITY
    assert refusal() == ""
    assert "s11(2)(b)" in refusal(grounds=(RiskGround.SELF_NEGLECT,))
    assert "s11(2)(a)" in refusal(capacity=lacks, in_best_interests=True)
    assert refusal(capacity=lacks) == ""
    assert "in doubt" in refusal(capacity=CapacityView.IN_DOUBT)
    assert "Say why" in refusal(because=" ")
    all_the_same = RefusalDecision.ASSESS_ALL_THE_SAME
    assert refusal(grounds=(RiskGround.ABUSE,), decision=all_the_same) == ""
    assert refusal(of_an_adult=False, grounds=(RiskGround.ABUSE,)) == ""


@pytest.mark.parametrize(
    ("answers", "outcome", "line"),
    [
        (ABLE | {"nutrition": "needs_help", "toilet": "pain"}, Outcome.ELIGIBLE, "2 of 10"),
        (ABLE | {"nutrition": "danger", "toilet": "slow"}, Outcome.ELIGIBLE, "far longer"),
        (ABLE | {"nutrition": "needs_help"}, Outcome.NOT_ELIGIBLE, "1 of 10"),
        (ABLE | {"nutrition": "needs_help", "child": "not_wanted"}, Outcome.NOT_ELIGIBLE, "1 of 10"),
        (ABLE | {"nutrition": "needs_help", "toilet": "not_known"}, Outcome.TOO_LITTLE_KNOWN, "1 not known"),
        (PAINED | {"impairment": "no"}, Outcome.NOT_ELIGIBLE, "impairment"),
        (PAINED | {"wellbeing": "no"}, Outcome.NOT_ELIGIBLE, "wellbeing"),
        (PAINED | {"wellbeing": "not_known"}, Outcome.TOO_LITTLE_KNOWN, "wellbeing"),
        ({}, Outcome.TOO_LITTLE_KNOWN, "impairment"),
    ],
)  # fmt: skip
def test_an_adult_is_eligible_by_three_conditions_and_two_outcomes(
    answers: dict[str, str], outcome: Outcome, line: str
) -> None:
    """SI 2015/313 regulation 2; the line that decided is told."""
    found = care_act_adult(answers)
    assert found.outcome is outcome
    assert line in found.line
    assert len(found.conditions) == 3


def test_a_carer_is_eligible_by_health_or_by_one_outcome() -> None:
    """SI 2015/313 regulation 3."""
    assert care_act_carer(CARING).outcome is Outcome.NOT_ELIGIBLE
    assert care_act_carer(CARING | {"carer-health": "yes"}).outcome is Outcome.ELIGIBLE
    assert care_act_carer(CARING | {"carer-work": "needs_help"}).outcome is Outcome.ELIGIBLE
    assert (
        care_act_carer(CARING | {"carer-health": "not_known"}).outcome is Outcome.TOO_LITTLE_KNOWN
    )
    unneeded = CARING | {"carer-health": "yes", "cares-necessary": "no"}
    assert care_act_carer(unneeded).outcome is Outcome.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (WELL, Outcome.LEVEL_1),
        (WELL | {"family-money": "copes"}, Outcome.LEVEL_1),
        (WELL | {"family-money": "one"}, Outcome.LEVEL_2),
        (WELL | {"family-money": "several"}, Outcome.LEVEL_2),
        (WELL | {"family-money": "several", "secure-home": "one", "good-education": "one"}, Outcome.LEVEL_3),
        (WELL | {"children-safe": "harm"}, Outcome.LEVEL_4),
        ({"family-money": "well"}, Outcome.TOO_LITTLE_KNOWN),
        ({"children-safe": "harm"}, Outcome.LEVEL_4),
    ],
)  # fmt: skip
def test_the_level_of_help_is_the_highest_line_met(answers: dict[str, str], level: Outcome) -> None:
    assert help_level(answers).outcome is level


def test_frameworks_stand_from_a_day_to_a_day() -> None:
    """S4-52: what was in force on the day of the signature counts, and its name is kept."""
    before, after = datetime.date(2015, 3, 31), datetime.date(2015, 4, 1)
    facs, act = (framework_on(Test.CARE_ACT_ADULT, day) for day in (before, after))
    assert facs is not None
    assert (facs.code, facs.works_out) == ("facs", None)
    assert act is not None
    assert act.works_out is care_act_adult
    assert framework_of(act.key) is act
    assert framework_on(Test.CARE_ACT_ADULT, datetime.date(1999, 1, 1)) is None


def test_a_change_within_the_error_is_no_change_that_can_be_told() -> None:
    (lonely,) = SCALES[MeasureCode.UCLA3]
    assert lonely.error == pytest.approx(2.2, abs=0.05)
    small, large = Change(lonely, 8, 6), Change(lonely, 8, 5)
    assert "No change that can be told" in small.words
    assert small.is_better
    assert large.words.startswith("Better by 3")
    assert Change(lonely, 3, 8).words.startswith("Worse by 5")
    assert Change(lonely, 4, 4).words == "The same number"
    for scale in SCALES[MeasureCode.ONS4]:
        assert scale.is_proposal
        assert 3 < scale.error < 6


def test_a_sum_is_made_of_three_answers_or_not_at_all() -> None:
    answers = {"companionship": "often", "left-out": "some_of_the_time", "isolated": "often"}
    assert values_of(MeasureCode.UCLA3, answers) == {"lonely3": 8}
    assert values_of(MeasureCode.UCLA3, {"companionship": "often"}) == {}
    assert values_of(MeasureCode.ONS4, {"happy": 7}) == {"happy": 7}


def test_a_carer_under_18_is_a_young_carer_until_that_birthday() -> None:
    born = datetime.date(2008, 11, 18)
    assert not is_young_carer(born, DAY)
    assert is_young_carer(born + datetime.timedelta(days=1), DAY)
    assert "17ZA" in what_is_owed(datetime.date(2012, 1, 1), DAY)
    assert "not known" in what_is_owed(None, DAY)


MOTHER, FATHER, CHILD = (uuid.UUID(int=n) for n in (1, 2, 3))


def held(holder: str, adult: uuid.UUID, factor: Factor, kind: Kind = Kind.HEALTH) -> HeldFactor:
    return HeldFactor(holder, kind, adult, factor)


ABUSE = held("police", MOTHER, Factor.DOMESTIC_ABUSE, Kind.POLICE)
DRINK = held("clinic", FATHER, Factor.SUBSTANCE_MISUSE)


def test_two_factors_in_a_home_with_a_child_tell_each_holder_of_its_own_alone() -> None:
    """P36: each holder once, of the adult and the factor it holds itself, and of nothing else."""
    told = to_tell([Home(frozenset({CHILD}), (ABUSE, DRINK))])
    assert {(t.holder, t.adult, t.factors) for t in told} == {
        ("police", MOTHER, (Factor.DOMESTIC_ABUSE,)),
        ("clinic", FATHER, (Factor.SUBSTANCE_MISUSE,)),
    }


def test_nobody_is_told_without_a_child_of_one_factor_or_without_a_gateway() -> None:
    twice = held("hospital", MOTHER, Factor.DOMESTIC_ABUSE)
    pub = held("pub", FATHER, Factor.SUBSTANCE_MISUSE, Kind.LICENSED_PREMISES)
    assert to_tell([Home(frozenset(), (ABUSE, DRINK))]) == []
    assert to_tell([Home(frozenset({CHILD}), (ABUSE, twice))]) == []
    assert to_tell([Home(frozenset({CHILD}), (ABUSE, pub))]) == []


def test_what_was_joined_marks_the_alert_and_more_of_it_marks_it_anew() -> None:
    first = to_tell([Home(frozenset({CHILD}), (ABUSE, DRINK))])
    again = to_tell([Home(frozenset({CHILD}), (DRINK, ABUSE))])
    more = to_tell([Home(frozenset({CHILD}), (ABUSE, DRINK, held("gp", MOTHER, Factor.MENTAL_HEALTH)))])  # fmt: skip
    assert {t.fingerprint for t in first} == {t.fingerprint for t in again}
    assert {t.fingerprint for t in first}.isdisjoint(t.fingerprint for t in more)


@pytest.mark.parametrize(
    ("share", "because", "words", "to", "wrong"),
    [
        (True, "She is five", "He drinks daily", "care", ""),
        (True, "", "He drinks daily", "care", "proportionate"),
        (True, "She is five", "", "care", "Write what you share"),
        (True, "She is five", "He drinks daily", "", "to whom"),
        (False, "", "", "", "a decision not to share is recorded"),
        (False, "No contact since May", "", "", ""),
    ],
)
def test_sharing_and_not_sharing_both_need_their_reason(
    share: bool, because: str, words: str, to: str, wrong: str
) -> None:
    """Standards 1.1, s16LA: a decision for sharing and one for not sharing."""
    found = why_not_decided(share=share, because=because, words=words, recipient=to)
    assert wrong in found
    assert bool(found) is bool(wrong)
