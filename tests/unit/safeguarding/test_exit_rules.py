"""Which door opens, which line answers, whom an exit rings next, what is late (P19)."""

import datetime

import pytest

from joinedup.support.safeguarding.choices import (
    Audience,
    Basis,
    Decision,
    Door,
    Hours,
    StepOfRinging,
    Trigger,
)
from joinedup.support.safeguarding.rules import (
    Line,
    Opened,
    audience_of,
    basis_for,
    decisions_for,
    doors_for,
    due_of,
    hours_at,
    line_at,
    step_of,
    storable,
)

T, D, A = Trigger, Door, Audience


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime.datetime:
    """That time by the clock in winter London, in 2026."""
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("triggers", "age", "opened"),
    [
        ([], 40, []),
        ([T.ABUSE], 40, [(D.SAFEGUARDING, A.ADULT, T.ABUSE)]),
        ([T.ABUSE], 17, [(D.SAFEGUARDING, A.CHILD, T.ABUSE)]),
        ([T.ABUSE], 18, [(D.SAFEGUARDING, A.ADULT, T.ABUSE)]),
        ([T.ABUSE], None, [(D.SAFEGUARDING, A.ADULT, T.ABUSE)]),
        ([T.CHILD_HARMED], 40, [(D.SAFEGUARDING, A.CHILD, T.CHILD_HARMED)]),
        ([T.UNBORN_AT_RISK], None, [(D.SAFEGUARDING, A.CHILD, T.UNBORN_AT_RISK)]),
        ([T.SUICIDE_PLAN], 15, [(D.SUICIDE, A.CHILD, T.SUICIDE_PLAN)]),
        ([T.HAS_TAKEN_OVERDOSE], 15, [(D.IMMEDIATE, A.CHILD, T.HAS_TAKEN_OVERDOSE)]),
        (
            [T.ABUSE, T.DOMESTIC_ABUSE, T.CHILD_HARMED, T.SUICIDAL_THOUGHTS, T.VIOLENCE_NOW],
            34,
            [
                (D.IMMEDIATE, A.ADULT, T.VIOLENCE_NOW),
                (D.SUICIDE, A.ADULT, T.SUICIDAL_THOUGHTS),
                (D.SAFEGUARDING, A.ADULT, T.ABUSE),
                (D.SAFEGUARDING, A.CHILD, T.CHILD_HARMED),
            ],
        ),
    ],
)  # fmt: skip
def test_an_answer_opens_its_door_once_and_the_urgent_first(
    triggers: list[Trigger], age: int | None, opened: list[tuple[Door, Audience, Trigger]]
) -> None:
    assert doors_for(triggers, age) == [Opened(*each) for each in opened]


def test_every_trigger_has_its_words_and_its_door() -> None:
    assert {trigger.door for trigger in Trigger} == set(Door)
    assert len({trigger.label for trigger in Trigger}) == len(Trigger)
    assert all(len(trigger) <= 40 for trigger in Trigger)


@pytest.mark.parametrize(
    ("age", "whose"), [(0, A.CHILD), (17, A.CHILD), (18, A.ADULT), (None, None)]
)
def test_somebody_is_a_child_until_the_eighteenth_birthday(
    age: int | None, whose: Audience | None
) -> None:
    assert audience_of(age) is whose


@pytest.mark.parametrize(
    ("door", "audience", "basis"),
    [
        (D.IMMEDIATE, A.ADULT, Basis.VITAL_INTERESTS),
        (D.SUICIDE, A.CHILD, Basis.VITAL_INTERESTS),
        (D.SAFEGUARDING, A.ADULT, Basis.SAFEGUARD_ADULT),
        (D.SAFEGUARDING, A.CHILD, Basis.SAFEGUARD_CHILD),
        (D.SAFEGUARDING, None, Basis.SAFEGUARD_CHILD),
    ],
)
def test_each_door_rests_on_a_basis_that_is_not_consent(
    door: Door, audience: Audience | None, basis: Basis
) -> None:
    """P19, P24: what it rests on instead of consent is said from the first moment."""
    assert basis_for(door, audience) is basis


def test_law_for_adults_is_not_decided_of_children() -> None:
    assert Decision.SECTION_42 not in decisions_for(A.CHILD)
    assert not {Decision.SECTION_17, Decision.SECTION_47} & set(decisions_for(A.ADULT))
    assert set(decisions_for(None)) == set(Decision)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (at(24, 9), Hours.OFFICE),
        (at(24, 8, 59), Hours.OUT_OF_HOURS),
        (at(24, 16, 59), Hours.OFFICE),
        (at(24, 17), Hours.OUT_OF_HOURS),
        (at(22, 11), Hours.OUT_OF_HOURS),  # a Sunday
        (at(25, 11, month=12), Hours.OUT_OF_HOURS),  # Christmas
        (at(6, 8, month=7), Hours.OFFICE),  # nine by the clock in summer
        (at(6, 16, month=7), Hours.OUT_OF_HOURS),
    ],
)
def test_office_hours_are_by_the_clock_here(moment: datetime.datetime, hours: Hours) -> None:
    assert hours_at(moment) is hours


def made(key: int, hours: Hours, starts: int = 1, ends: int | None = None) -> Line:
    """A line of the adults' safeguarding door."""
    day = datetime.date(2026, 11, starts)
    return Line(D.SAFEGUARDING, A.ADULT, hours, day, ends and day.replace(day=ends), key)


def test_the_line_of_the_hour_answers_and_any_of_the_door_rather_than_none() -> None:
    office, night, always = (
        made(1, Hours.OFFICE),
        made(2, Hours.OUT_OF_HOURS),
        made(3, Hours.ALWAYS),
    )

    def answers(lines: list[Line], moment: datetime.datetime) -> Line | None:
        return line_at(lines, D.SAFEGUARDING, A.ADULT, moment)

    assert answers([office, night], at(24, 11)) is office
    assert answers([office, night], at(24, 22)) is night
    assert answers([office, always], at(24, 22)) is always
    assert answers([office], at(24, 22)) is office, "a number that may not answer, and never none"
    assert answers([], at(24, 11)) is None
    assert line_at([office], D.SAFEGUARDING, A.CHILD, at(24, 11)) is None
    changed = [made(1, Hours.OFFICE, 1, 24), made(2, Hours.OFFICE, 24)]
    assert answers(changed, at(23, 11)) is changed[0]
    assert answers(changed, at(24, 11)) is changed[1]


def test_it_rings_the_team_the_deputy_and_then_everybody_without_end() -> None:
    """P19."""
    assert [step_of(number) for number in (1, 2, 3, 4, 500)] == [
        StepOfRinging.TEAM, StepOfRinging.DEPUTY, *[StepOfRinging.EVERYBODY] * 3,
    ]  # fmt: skip


def test_the_limits_of_an_exit_are_counted_from_when_it_was_raised() -> None:
    """P19: a record within 24 hours, a decision in 1 working day, 3 working days of silence."""
    friday = due_of(at(20, 16))
    assert friday.record_by == at(21, 16)
    assert friday.decide_by == at(24, 0)
    assert friday.silent_from == at(26, 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud800", "?"),
        ({"name\x00": ["\x00", 1, None, True]}, {"name": ["", 1, None, True]}),
        (datetime.date(2026, 11, 24), "2026-11-24"),
        (float("nan"), "nan"),
    ],
)
def test_nothing_typed_is_a_reason_to_refuse(typed: object, kept: object) -> None:
    assert storable(typed) == kept
