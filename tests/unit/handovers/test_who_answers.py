"""Somebody always answers, by name: itself, its cover, whoever acts once it has ended (P33)."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.support.handovers.choices import Answers
from joinedup.support.handovers.rules.answering import Standing, answering_for, covered_on

A, B, C, D, E = (uuid.UUID(int=number) for number in range(1, 6))
HELD, GONE = Standing(held=True), Standing(held=False)


def away(by: uuid.UUID, **more: uuid.UUID) -> Standing:
    return Standing(held=True, covered_by=by, **more)


def gone(manager: uuid.UUID) -> Standing:
    return Standing(held=False, manager=manager)


@pytest.mark.parametrize(
    ("posts", "answers", "right"),
    [
        ({A: HELD}, A, Answers.ITSELF),
        ({A: away(B), B: HELD}, B, Answers.COVER),
        ({A: away(B), B: away(C), C: HELD}, C, Answers.COVER),
        ({A: gone(D), D: HELD}, D, Answers.ACTING),
        ({A: gone(D), D: away(B), B: HELD}, B, Answers.ACTING),
        ({A: gone(D), D: gone(C), C: HELD}, C, Answers.ACTING),
        ({A: away(B, manager=D), B: GONE, D: HELD}, D, Answers.COVER),
        ({A: GONE}, E, Answers.ACTING),  # no manager: the last resort
        ({A: gone(D), D: gone(A)}, E, Answers.ACTING),  # each managed by the other, both gone
    ],
)
def test_who_answers_for_a_post(
    posts: dict[uuid.UUID, Standing], answers: uuid.UUID, right: Answers
) -> None:
    everybody = {**posts, E: HELD}
    found = answering_for(A, lambda each: everybody.get(each, GONE), last_resort=lambda: [E])
    assert (found.post, found.answers) == (answers, right)


def test_where_each_covers_the_other_the_post_itself_answers() -> None:
    posts = {A: away(B), B: away(A)}
    assert answering_for(A, posts.__getitem__).answers is Answers.ITSELF


def test_whoever_may_not_work_with_the_person_is_passed_over() -> None:
    posts = {A: away(B, manager=D), B: HELD, D: HELD}
    found = answering_for(A, lambda each: posts.get(each, GONE), unfit=frozenset({B}))
    assert found.post == D
    barred = answering_for(A, lambda each: {A: Standing(True, manager=D), D: HELD}[each],
                           unfit=frozenset({A}))  # fmt: skip
    assert (barred.post, barred.answers) == (D, Answers.ACTING)


def test_with_nobody_left_the_gap_has_a_name_on_it() -> None:
    assert answering_for(A, lambda each: GONE).post == A


POSTS = st.sampled_from([A, B, C, D, E])
STANDINGS = st.builds(
    Standing, held=st.booleans(), covered_by=st.none() | POSTS, manager=st.none() | POSTS
)


@given(
    posts=st.fixed_dictionaries(dict.fromkeys((A, B, C, D, E), STANDINGS)),
    unfit=st.frozensets(POSTS, max_size=2),
    last=st.lists(POSTS, max_size=3),
)
def test_there_is_always_one_and_never_an_unfit_or_ended_one_where_another_is_left(
    posts: dict[uuid.UUID, Standing], unfit: frozenset[uuid.UUID], last: list[uuid.UUID]
) -> None:
    """P33: a property over every shape of covers and managers, circles among them."""
    everybody = dict(posts)
    found = answering_for(A, everybody.__getitem__, last_resort=lambda: last, unfit=unfit)
    answers = everybody[found.post]
    if found.post != A or (answers.held and A not in unfit):
        assert answers.held
        assert found.post not in unfit
    free = [each for each in last if each not in unfit and everybody[each].held]
    if free:
        assert answers.held


def test_the_cover_that_began_last_counts() -> None:
    day = datetime.date(2026, 11, 18)
    spans = [
        (day - datetime.timedelta(9), day + datetime.timedelta(9), B),
        (day, day + datetime.timedelta(1), C),
        (day - datetime.timedelta(9), day, D),
    ]
    assert covered_on(day, spans) == C
    assert covered_on(day + datetime.timedelta(1), spans) == B
    assert covered_on(day + datetime.timedelta(9), spans) is None
