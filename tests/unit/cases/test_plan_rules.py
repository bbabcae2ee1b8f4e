"""The rules of plans, reviews, copies and signing, without a database."""

import datetime
import uuid

import pytest

from joinedup.foundations.core.dates import months_on
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.plan import (
    InterventionKind,
    PlanAnswer,
    PlanKind,
    SpokenBy,
    WhoseGoal,
)
from joinedup.support.cases.rules.copies import Line, Reader, is_adult, may_read, named_in
from joinedup.support.cases.rules.duplicates import Given, Twice, twice
from joinedup.support.cases.rules.plan_answers import Answered, why_not_written
from joinedup.support.cases.rules.reviewing import (
    GONE,
    NOT_YET,
    compared,
    next_review,
    next_transition,
    why_not_booked,
)
from joinedup.support.cases.rules.signing import (
    Author,
    kept_apart,
    why_not_signed,
    why_not_supervised,
)
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.rules.limits import Limit

DAY = datetime.date(2026, 11, 18)
AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)
USUAL = Limit(StepKind.REVIEW, 42, 42, "practice P33 (proposed)", datetime.date(2010, 1, 1))
ADA, BEN, CHILD = (uuid.UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        (Line(None), True),
        (Line(ADA), True),
        (Line(BEN), False),
        (Line(BEN, is_released=True), True),
        (Line(CHILD), True),
        (Line(None, owner=BEN), False),
        (Line(ADA, owner=BEN, is_released=True), True),
        (Line(ADA, is_hidden=True), False),
        (Line(BEN, is_released=True, is_hidden=True), False),
    ],
)
def test_a_copy_holds_nothing_about_another_adult_but_by_their_release(
    line: Line, reads: bool
) -> None:
    """P35: not what another has promised either; a child's for whoever is responsible for them."""
    assert may_read(line, Reader(ADA, frozenset({CHILD}))) is reads


def test_a_childs_line_is_not_for_an_adult_without_parental_responsibility() -> None:
    """P35, P6."""
    assert not may_read(Line(CHILD), Reader(BEN))


def test_whoever_else_is_named_in_a_copy_is_pointed_out() -> None:
    assert named_in(["Ring ben at night."], ["Ben Ashe", "Cy Dee"]) == ["Ben Ashe"]
    assert named_in(["Nothing here"], ["Ben Ashe"]) == []


def test_nobody_of_unknown_age_is_taken_for_a_child() -> None:
    assert is_adult(None, DAY)
    assert not is_adult(datetime.date(2008, 11, 19), DAY)
    assert is_adult(datetime.date(2008, 11, 18), DAY)


def test_a_review_is_due_by_the_rule_of_the_plan() -> None:
    """P33: 42 working days; standards 2.9: child protection 3 months, then 6; S0-74: a 0-25 plan each year."""
    usual = next_review(PlanKind.SUPPORT, AT, held_before=False, usual=USUAL)
    assert usual.on == datetime.date(2027, 1, 20)
    assert "P33" in usual.rule
    first = next_review(PlanKind.CHILD_PROTECTION, AT, held_before=False, usual=USUAL)
    assert first.on == datetime.date(2027, 2, 18)
    later = next_review(PlanKind.CHILD_PROTECTION, AT, held_before=True, usual=USUAL)
    assert later.on == datetime.date(2027, 5, 18)
    yearly = next_review(PlanKind.ZERO_TO_25, AT, held_before=True, usual=USUAL)
    assert yearly.on == datetime.date(2027, 11, 18)
    assert months_on(datetime.date(2026, 11, 30), 3) == datetime.date(2027, 2, 28)
    assert why_not_booked(first.on, first, DAY) is None
    assert "due by" in (why_not_booked(first.on + datetime.timedelta(1), first, DAY) or "")
    assert "to come" in (why_not_booked(DAY - datetime.timedelta(1), first, DAY) or "")


def test_a_review_compares_with_last_time_and_loses_no_line() -> None:
    action = {"id": "a", "words": "Ring the landlord", "state": "to_do", "due_on": "2026-12-01"}
    step = {"id": "m", "words": "Debt adviser seen", "due_on": "2026-12-01", "met_on": None}
    then = {"goals": [{"id": "g", "words": "Sleep", "outcome": ""}], "actions": [action]}
    now = {
        "goals": [{"id": "g", "words": "Sleep", "outcome": "improved"}],
        "milestones": [step | {"met_on": "2026-11-20", "evidence": "seen"}],
        "actions": [],
    }
    found = [(each.what, each.then, each.now) for each in compared(then, now)]
    assert found == [
        ("Sleep", "Worked towards", "Improved"),
        ("Debt adviser seen", NOT_YET, "Met on 20 November 2026"),
        ("Ring the landlord", "To do, due by 1 December 2026", GONE),
    ]


def test_transitions_are_told_by_age_and_there_is_no_age_wall() -> None:
    """S0-74: 14, 16, 18, 25."""
    found = next_transition(datetime.date(2009, 2, 3), DAY)
    assert found is not None
    assert (found.age, found.on) == (18, datetime.date(2027, 2, 3))
    assert next_transition(datetime.date(1980, 1, 1), DAY) is None
    assert next_transition(None, DAY) is None


WHOLE = {
    "assessed_by": "Dr Imran Qureshi",
    "assessed_on": DAY,
    "best_interests": "Asked her sister",
}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answered(PlanAnswer.AGREES, DAY), None),
        (Answered(PlanAnswer.DISAGREES, DAY), "own words"),
        (Answered(PlanAnswer.IN_PART, DAY, words="Not Tuesdays"), None),
        (Answered(PlanAnswer.AGREES, DAY + datetime.timedelta(1)), "to come"),
        (Answered(PlanAnswer.LACKS_CAPACITY, DAY), "who assessed"),
        (Answered(PlanAnswer.LACKS_CAPACITY, DAY, **WHOLE), None),  # type: ignore[arg-type]
        (
            Answered(
                PlanAnswer.AGREES,
                DAY,
                spoken_by=SpokenBy.PARENTAL_RESPONSIBILITY,
                speaker="Her mother",
            ),
            "never agrees for another",
        ),
        (
            Answered(
                PlanAnswer.AGREES, DAY, spoken_by=SpokenBy.ATTORNEY_OR_DEPUTY, speaker="Her brother"
            ),
            "only where the person cannot",
        ),
        (Answered(PlanAnswer.AGREES, DAY, spoken_by=SpokenBy.ATTORNEY_OR_DEPUTY), "who spoke"),
    ],
)
def test_an_adult_answers_for_themselves_or_what_was_assessed_is_written_down(
    answer: Answered, why: str | None
) -> None:
    """P12: decision-specific, and one adult never consents for another."""
    refused = why_not_written(answer, born_on=datetime.date(1980, 1, 1), today=DAY)
    assert (refused is None) if why is None else why in (refused or "")


def test_for_a_child_somebody_responsible_may_answer_and_capacity_is_not_assessed() -> None:
    """P12: a child's agreement names who holds parental responsibility."""
    born = datetime.date(2015, 1, 1)
    mother = Answered(
        PlanAnswer.AGREES, DAY, spoken_by=SpokenBy.PARENTAL_RESPONSIBILITY, speaker="Her mother"
    )
    assert why_not_written(mother, born_on=born, today=DAY) is None
    assessed = Answered(PlanAnswer.LACKS_CAPACITY, DAY, **WHOLE)  # type: ignore[arg-type]
    assert "Under 16" in (why_not_written(assessed, born_on=born, today=DAY) or "")


ME, MANAGER, SUPERVISOR, OTHER = (uuid.UUID(int=n) for n in (11, 12, 13, 14))
OWN = Author(ME, MANAGER, SUPERVISOR, employer="housing", host="housing")
SECONDED = Author(ME, MANAGER, SUPERVISOR, employer="housing", host="care")


def test_supervision_and_sign_off_are_kept_apart_where_the_law_of_the_house_says() -> None:
    """P37: where employer is not host, or the phase says so."""
    assert kept_apart(SECONDED, Programme.WELLBEING, DAY)
    assert not kept_apart(OWN, Programme.WELLBEING, DAY)
    assert kept_apart(OWN, Programme.TRANSFORMING_LIVES, DAY)
    assert not kept_apart(OWN, Programme.TRANSFORMING_LIVES, datetime.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("signer", "apart", "supervised", "why"),
    [
        (ME, False, frozenset(), "their own work"),
        (MANAGER, True, frozenset(), None),
        (OTHER, False, frozenset(), "operational manager"),
        (MANAGER, True, frozenset({MANAGER}), "separate hands"),
        (MANAGER, False, frozenset({MANAGER}), None),
    ],
)
def test_nobody_signs_off_their_own_work_nor_what_they_supervise(
    signer: uuid.UUID, apart: bool, supervised: frozenset[uuid.UUID], why: str | None
) -> None:
    """P37."""
    refused = why_not_signed(signer, OWN, is_manager=False, apart=apart, supervised_by=supervised)
    assert (refused is None) if why is None else why in (refused or "")


def test_whoever_signs_off_does_not_supervise_where_the_two_are_kept_apart() -> None:
    """P37."""
    assert why_not_supervised(SUPERVISOR, SECONDED, apart=True) is None
    assert "separate hands" in (
        why_not_supervised(SUPERVISOR, SECONDED, apart=True, signed_by=frozenset({SUPERVISOR}))
        or ""
    )
    assert "Another post" in (why_not_supervised(MANAGER, SECONDED, apart=True) or "")
    assert "their own" in (why_not_supervised(ME, SECONDED, apart=False) or "")


def test_the_same_sort_of_help_from_two_is_pointed_out() -> None:
    """S0-27."""
    debt = InterventionKind.ADVICE_ON_DEBT
    rows = [Given(debt, "Housing", ADA, DAY), Given(debt, "Advice", None, DAY)]
    assert twice(rows) == [Twice(debt, ("Advice", "Housing"))]
    assert twice([Given(debt, "Housing", ADA, DAY), Given(debt, "Advice", BEN, DAY)]) == []
    assert twice([Given(debt, "Housing", ADA, DAY), Given(debt, "Housing", None, DAY)]) == []
    other = InterventionKind.OTHER
    assert twice([Given(other, "Housing", ADA, DAY), Given(other, "Advice", ADA, DAY)]) == []


def test_one_word_of_two_kinds_keeps_its_own_label() -> None:
    assert (PlanKind.FAMILY.label, WhoseGoal.FAMILY.label) == ("Family plan", "The family’s")
