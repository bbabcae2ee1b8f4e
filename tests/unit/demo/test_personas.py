"""The personas: made whole, made once, and left as they are by everybody who signs in after."""

import pytest
from pytest_django import DjangoAssertNumQueries

from joinedup.demo.personas import IN_POST_SINCE, PERSONAS, make_personas
from joinedup.foundations.agencies.models import Agency, Post, Team

pytestmark = pytest.mark.django_db


def _as_made() -> set[tuple[object, ...]]:
    return set(
        Post.objects.values_list(
            "id", "user__email", "user__name", "team__agency__code", "team__agency__name",
            "team__agency__kind", "team__name", "role", "starts_on",
        )
    )  # fmt: skip


def test_each_is_in_the_post_that_the_list_says_and_has_no_password() -> None:
    make_personas()
    assert _as_made() == {
        (
            each.post_id, each.email, each.name, each.agency, each.agency_name,
            each.kind, each.team, each.role.code, IN_POST_SINCE,
        )
        for each in PERSONAS
    }  # fmt: skip
    posts = Post.objects.select_related("user")
    assert not any(post.user.has_usable_password() for post in posts)


def test_who_signs_in_after_costs_one_question_and_changes_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_personas()
    Agency.objects.filter(code=PERSONAS[0].agency).update(name="Renamed since")
    before = _as_made()
    with django_assert_num_queries(3):  # the question, between the two ends of its transaction
        make_personas()
    assert _as_made() == before


def test_one_who_is_missing_comes_into_the_team_and_the_agency_that_are_there() -> None:
    make_personas()
    agencies, teams = Agency.objects.count(), Team.objects.count()
    Agency.objects.filter(code=PERSONAS[0].agency).update(name="Renamed since")
    Post.objects.filter(id=PERSONAS[0].post_id).delete()
    make_personas()
    assert Post.objects.get(id=PERSONAS[0].post_id).user.email == PERSONAS[0].email
    assert (Agency.objects.count(), Team.objects.count()) == (agencies, teams)
    assert Agency.objects.get(code=PERSONAS[0].agency).name == "Renamed since"
