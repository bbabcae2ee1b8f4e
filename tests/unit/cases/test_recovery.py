"""Recovery: goals that the person rates themselves, and confidence; a change without an error nobody knows."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.choices.plan import HiddenBecause, WhoseGoal
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.models import Goal, GoalRating
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.measuring import Taking, take_measure
from joinedup.support.cases.operations.rating_goals import Rating, correct_rating, rate_goals
from joinedup.support.cases.presenters.measures import measures
from joinedup.support.cases.presenters.recovery import asked_of, change_words, rated
from joinedup.support.cases.queries.goal_ratings import ratings_of, to_rate
from joinedup.support.cases.queries.measures import measures_of
from joinedup.support.cases.rules.measures import SCALES, Change, values_of
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.cases.assessed import World, a_case, ask
from tests.unit.handovers.sides import AT, later

DAY = AT.date()
START, REVIEW = MeasurePoint.START, MeasurePoint.REVIEW


def goal(world: World, words: str = "Walk to the market", **more: object) -> Goal:
    with acting(walled.SYSTEM):
        said = {"person_id": world.person, "set_on": DAY, "recorded_at": AT} | more
        return Goal.objects.create(case_id=world.case_id, words=words, **said)


def rate(world: World, point: MeasurePoint = START, days: int = 0, **numbers: int) -> None:
    rate_goals(
        by=world.social, matter_id=world.case_id, at=later(days),
        said=Rating(
            world.person, point, RatedHow.IN_THE_ROOM, DAY + datetime.timedelta(days=days),
            {uuid.UUID(key.removeprefix("g")): number for key, number in numbers.items()},
        ),
    )  # fmt: skip


def key(of: Goal) -> str:
    return f"g{of.pk.hex}"


@pytest.mark.parametrize("scale", SCALES[MeasureCode.OWN_HANDS])
def test_of_confidence_no_error_is_known_and_none_is_told(scale: object) -> None:
    """S4-13: nobody says that a change is more than measuring alone makes where nobody knows that."""
    change = Change(scale, 2, 9)  # type: ignore[arg-type]
    assert change.scale.error is None
    assert not change.can_be_told
    assert change.words == "7 higher; nobody knows how much of that measuring alone makes"
    assert values_of(MeasureCode.OWN_HANDS, {change.scale.code: 4}) == {change.scale.code: 4}


@pytest.mark.parametrize(
    ("by", "words"),
    [(None, "Rated once"), (0, "The same number"), (3, "3 nearer"), (-2, "2 further away")],
)
def test_a_change_is_told_as_it_is(by: int | None, words: str) -> None:
    assert change_words(by) == words


@pytest.mark.django_db
def test_a_person_rates_their_own_goals_from_the_start_on() -> None:
    """S4-13: at the start and at a review, goal by goal, in their own numbers."""
    world = a_case()
    walk, cook = goal(world), goal(world, "Cook again", place=1)
    rate(world, **{key(walk): 2, key(cook): 5})
    rate(world, REVIEW, 30, **{key(walk): 6})
    found = ratings_of(world.nurse, world.frame(world.nurse))
    assert [(each.goal.words, each.by) for each in found] == [
        ("Walk to the market", 4),
        ("Cook again", None),
    ]
    (shown,) = rated(found, world.case_id, is_open=True)
    assert [row[3].text for row in shown.goals.rows] == ["", "4 nearer", "Rated once"]
    assert len(shown.charts) == 1
    (whom,) = to_rate(world.social, world.frame())
    assert whom.started == {walk.pk, cook.pk}
    version, goals = asked_of(whom)
    assert next((q.text, goals[q.code]) for q in version) == (
        "“Walk to the market”: how near are you to it today?", walk.pk,
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_not_rated_at_the_start_is_not_compared_and_nobody_elses_goal_is_rated() -> None:
    world = a_case()
    mine, hidden = goal(world), goal(world, hidden_from_person=HiddenBecause.SERIOUS_HARM)
    other = goal(world, person_id=walled.person("care"))
    family = goal(world, "All eat together", person_id=None, whose=WhoseGoal.FAMILY)
    for point, days, number, match in (
        (REVIEW, 0, {key(mine): 3}, "not rated at the start"),
        (START, 0, {key(hidden): 3}, "goals of theirs"),
        (START, 0, {key(other): 3}, "goals of theirs"),
        (START, 0, {key(mine): 11}, "from 0 to 10"),
        (START, 0, {}, "at least one number"),
    ):
        with pytest.raises(CannotPlan, match=match):
            rate(world, point, days, **number)
    rate(world, **{key(mine): 3, key(family): 4})
    with pytest.raises(CannotPlan, match="rated at the start already"):
        rate(world, **{key(mine): 3})
    with pytest.raises(CannotPlan, match="before they were rated"):
        rate(world, REVIEW, -3, **{key(mine): 3})
    stranger = walled.viewer("care", "social_worker", team="Others")
    with acting(stranger):
        assert not GoalRating.objects.exists()
    said = Rating(world.person, REVIEW, RatedHow.IN_THE_ROOM, DAY, {mine.pk: 1})
    with pytest.raises(NoPart):
        rate_goals(by=stranger, matter_id=world.case_id, said=said, at=AT)


@pytest.mark.django_db
def test_a_wrong_number_is_superseded_and_both_are_kept() -> None:
    world = a_case()
    walk = goal(world)
    rate(world, **{key(walk): 2})
    (found,) = ratings_of(world.social, world.frame())
    wrong = found.ratings[0].pk
    correct_rating(by=world.nurse, rating_id=wrong, number=3, words="I misheard", at=later(1))
    (found,) = ratings_of(world.social, world.frame())
    assert [each.rating for each in found.ratings] == [3]
    (shown,) = rated([found], world.case_id, is_open=False)
    assert "corrected, 2 was written before" in shown.goals.rows[0][1].note
    with pytest.raises(CannotPlan, match="already"):
        correct_rating(by=world.nurse, rating_id=wrong, number=4, words="Again", at=later(1))
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        GoalRating.objects.filter(pk=wrong).update(rating=11)


@pytest.mark.django_db
def test_confidence_is_taken_as_the_other_measures_are() -> None:
    version = ask("own-hands")
    world = a_case()
    for point, day, number in ((START, 0, 3), (REVIEW, 20, 7)):
        values = {"sure-day": number, "sure-ask": 5}
        on = DAY + datetime.timedelta(days=day)
        taking = Taking(MeasureCode.OWN_HANDS, point, on, version, values, person_id=world.person)
        take_measure(by=world.social, case_id=world.case_id, taking=taking, at=later(day))
    (shown,) = measures(measures_of(world.social, world.frame()))
    assert [row[-1].text for row in shown.takings.rows][:2] == [
        "4 higher; nobody knows how much of that measuring alone makes", "Taken once",
    ]  # fmt: skip
    assert shown.sources == (
        "Own wording, not tested yet: no error of measurement is known, so that none is told.",
    )
