"""Whoever is not entered sees nothing; whoever is entered is exactly that post, for that long."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import (
    NotActing,
    NotPermitted,
    Viewer,
    acting,
    in_one_piece,
    people,
    reading,
    records,
)
from joinedup.identity.sharing.choices import Category, mask_of
from joinedup.identity.sharing.gateways import OWN_PAGE
from joinedup.identity.sharing.models import Involvement, Restriction
from joinedup.identity.sharing.role_reach import reach_of_roles
from tests.sharing import walled

pytestmark = pytest.mark.django_db


def entered(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [f"joinedup.{name}"])
        return str(cursor.fetchone()[0] or "")


@pytest.fixture(autouse=True)
def _agencies() -> None:
    walled.agency("gp")
    walled.agency("police", "police")


def test_nobody_is_entered_before_somebody_is() -> None:
    assert entered("post") == entered("system") == entered("agency") == ""


def test_a_post_is_entered_for_as_long_as_it_acts() -> None:
    viewer = walled.viewer("gp")
    with acting(viewer):
        assert entered("post") == str(viewer.post_id)
        assert entered("agency") == "gp"
        assert entered("purpose") == "own_work"
        assert f"team:{viewer.team_id}" in entered("recipients")
    assert entered("post") == entered("agency") == entered("recipients") == ""


def test_who_acted_before_acts_again_afterwards() -> None:
    outer, inner = walled.viewer("gp"), walled.viewer("police")
    with acting(outer):
        with acting(inner):
            assert entered("agency") == "police"
        assert entered("agency") == "gp"
        with acting(walled.SYSTEM):
            assert entered("system") == "a test"
            assert entered("post") == ""
        assert entered("post") == str(outer.post_id)
        assert entered("system") == ""


def test_who_acted_before_acts_again_after_an_error_too() -> None:
    outer = walled.viewer("gp")
    with acting(outer):
        with pytest.raises(ZeroDivisionError), acting(walled.SYSTEM):
            raise ZeroDivisionError
        assert entered("system") == ""
        assert entered("post") == str(outer.post_id)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [("2099-01-01", None), ("2020-01-01", "2020-01-02")],
    ids=["not yet", "no more"],
)
def test_a_post_that_is_not_held_enters_nowhere(starts_on: str, ends_on: str | None) -> None:
    held = walled.post("gp", starts_on=starts_on, ends_on=ends_on)
    with pytest.raises(NotPermitted), acting(Viewer.of_post(held)):
        pass
    assert entered("post") == ""


def test_a_closed_account_enters_nowhere() -> None:
    held = walled.post("gp")
    held.user.is_active = False
    held.user.save()
    with pytest.raises(NotPermitted), acting(Viewer.of_post(held)):
        pass


def test_a_purpose_that_the_role_has_not_enters_nowhere() -> None:
    with (
        pytest.raises(NotPermitted),
        acting(walled.viewer("gp", "practitioner", "law_enforcement")),
    ):
        pass


def test_a_role_without_a_purpose_about_people_has_none_in_the_database() -> None:
    with acting(walled.viewer("gp", "analyst")):
        assert entered("purpose") == ""
        assert entered("own_mask") == "0"


def test_a_system_without_a_purpose_enters_nowhere() -> None:
    with pytest.raises(NotPermitted), acting(Viewer.system(" ")):
        pass


def test_people_are_not_asked_for_outside_or_as_somebody_else() -> None:
    one, other = walled.viewer("gp"), walled.viewer("gp")
    with pytest.raises(NotActing):
        people(one)
    with acting(one), pytest.raises(NotActing):
        records(other)


def test_identity_is_found_by_own_records_and_by_those_that_are_let_through() -> None:
    viewer = walled.viewer("gp")
    with acting(viewer):
        assert heard() == {"gp"}
    walled.let_see("gp", "police", Category.IDENTITY)
    with acting(viewer):
        assert heard() == {"gp", "police"}
    assert heard() == set()


def heard() -> set[str]:
    """Whose word whoever is entered hears of people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_identity_holders()")
        return set(cursor.fetchone()[0])


def test_the_database_knows_of_the_roles_what_the_product_says() -> None:
    """Read through the application's own function: the table itself is closed to it."""
    expected = {reach[0]: reach for reach in reach_of_roles()}
    viewer = walled.viewer("gp", "social_worker")
    with acting(viewer):
        assert entered("own_mask") == str(expected["social_worker"][1])
        assert entered("carries") == str(expected["social_worker"][2])
    assert expected["own_page"][1] == mask_of(OWN_PAGE)


def test_a_venue_s_post_carries_nothing_whatever_its_role() -> None:
    """P18: a pub refers, and sees nobody."""
    walled.agency("arms", "licensed_premises")
    with acting(walled.viewer("arms")):
        assert entered("own_mask") == entered("carries") == "0"


def test_nobody_reads_or_writes_the_facts_of_sharing() -> None:
    someone = walled.person("gp")
    held = walled.post("gp")
    fact = {
        "person_id": someone, "agency_id": "gp", "team_id": held.team_id, "because": "a visit",
        "starts_at": walled.ALWAYS,
    }  # fmt: skip
    with acting(walled.SYSTEM):
        Involvement.objects.create(**fact)
        assert Involvement.objects.count() == 1
    assert Involvement.objects.count() == 0
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Involvement.objects.create(**fact)


def test_a_post_writes_its_own_agency_s_facts_and_no_other_s() -> None:
    viewer = walled.viewer("gp")
    someone = walled.person("gp", "police")
    held = Post.objects.get(pk=viewer.post_id)
    fact = {
        "person_id": someone, "team_id": held.team_id, "because": "a visit",
        "starts_at": walled.ALWAYS,
    }  # fmt: skip
    with acting(viewer):
        Involvement.objects.create(agency_id="gp", **fact)
        assert Involvement.objects.count() == 1
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Involvement.objects.create(agency_id="police", **fact)


def test_a_restriction_is_not_told_to_the_post_it_keeps_away() -> None:
    someone = walled.person("gp")
    barred, colleague = walled.viewer("gp"), walled.viewer("gp")
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=someone, kind="barred_post", holder_id="gp", barred_id=barred.post_id,
            because="a relative", starts_at=walled.ALWAYS,
        )  # fmt: skip
    with acting(colleague):
        assert Restriction.objects.count() == 1
    with acting(barred):
        assert entered("barred") == f"{{{someone}}}"
        assert Restriction.objects.count() == 0


def test_the_system_within_the_system_is_entered_once(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    """An operation of many steps, each for its own purpose, tells the database who acts only once."""
    with acting(walled.SYSTEM):
        with django_assert_num_queries(2), acting(Viewer.system("a step of it")):
            pass  # a savepoint and its release
        assert entered("system") == "a test"
        with acting(walled.viewer("gp")):
            assert entered("system") == ""
            with acting(Viewer.system("a step of it")):
                assert entered("system") == "a step of it"
            assert entered("system") == ""
        assert entered("system") == "a test"


def test_reading_as_whoever_acts_already_costs_nothing(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    viewer = walled.viewer("gp")
    with acting(viewer):
        with django_assert_num_queries(0), reading(viewer):
            pass
        with reading(walled.viewer("police")):
            assert entered("agency") == "police"
        assert entered("agency") == "gp"
    with reading(viewer):
        assert entered("agency") == "gp"
    assert entered("agency") == ""


def test_who_acted_before_acts_again_after_a_reading_that_failed() -> None:
    outer, inner = walled.viewer("gp"), walled.viewer("police")
    with acting(outer):
        with pytest.raises(ZeroDivisionError), reading(inner):
            raise ZeroDivisionError
        assert entered("agency") == "gp"
        with pytest.raises(NotPermitted), reading(Viewer.system(" ")):
            pass
        assert entered("agency") == "gp"
        with pytest.raises(DatabaseError), transaction.atomic(), reading(inner):
            Involvement.objects.extra(where=["1 / 0 = 1"]).exists()
        assert entered("agency") == "gp"
        with pytest.raises(NotActing):
            people(inner)


def test_what_is_done_in_one_piece_is_undone_in_one_piece(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    """A step that failed inside cannot be gone on from: what it left behind is never kept."""
    fact = {
        "person_id": walled.person("gp"), "agency_id": "gp", "because": "a visit",
        "team_id": walled.post("gp").team_id, "starts_at": walled.ALWAYS,
    }  # fmt: skip
    with acting(walled.SYSTEM):
        with in_one_piece(), django_assert_num_queries(1), acting(Viewer.system("a step of it")):
            Involvement.objects.create(**fact)
        assert Involvement.objects.count() == 1
        with pytest.raises(TransactionManagementError):
            goes_on_regardless({**fact, "because": "a call"})
        with in_one_piece():
            with suppress(ZeroDivisionError), transaction.atomic(), acting(walled.viewer("gp")):
                raise ZeroDivisionError
            assert entered("system") == "a test"
        assert Involvement.objects.get().because == "a visit"


def goes_on_regardless(fact: dict[str, object]) -> None:
    """A step that fails, and something after it, as if nothing had happened."""
    with in_one_piece():
        with suppress(ZeroDivisionError), acting(Viewer.system("a step of it")):
            Involvement.objects.create(**fact)
            raise ZeroDivisionError
        Involvement.objects.count()
