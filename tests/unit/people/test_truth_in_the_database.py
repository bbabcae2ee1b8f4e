"""What the database itself refuses: the spine cannot be put out of joint."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.identity.people.choices import NEEDS_SIGHT_OF_DOCUMENT, RelationshipKind
from joinedup.identity.people.models import (
    Household,
    HouseholdMember,
    Person,
    Record,
    Relationship,
)
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.models import Flow, Night

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_the_system() -> Iterator[None]:
    """What is refused here is refused to everybody, the system too."""
    with acting(Viewer.system("a test")):
        yield


DAY = datetime.date(2026, 11, 20)
BEFORE = DAY - datetime.timedelta(days=1)


def person() -> Person:
    return Person.objects.create(first_seen_on=DAY)


def agency() -> Agency:
    return Agency.objects.get_or_create(code="gp", defaults={"name": "GP", "kind": "health"})[0]


def refused(model: type[models.Model], constraint: str, /, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.create(**fields)


def record(**fields: Any) -> dict[str, Any]:
    return {
        "agency": agency(), "record_id": "1", "controller": "Z1", "person": person(),
        "received_on": DAY, "changed_on": DAY, "linked_on": DAY, **fields,
    }  # fmt: skip


def test_nobody_is_merged_into_themselves() -> None:
    alone = person()
    with pytest.raises(IntegrityError, match="person_not_merged_into_self"), transaction.atomic():
        Person.objects.filter(pk=alone.pk).update(merged_into=alone)


def test_a_death_has_its_source() -> None:
    refused(Person, "person_death_has_its_source", first_seen_on=DAY, died_on=DAY)
    refused(Person, "person_death_has_its_source", first_seen_on=DAY, died_source="gp")


def test_a_record_key_is_there_once() -> None:
    Record.objects.create(**record())
    refused(Record, "record_key_once", **record())


@pytest.mark.parametrize("fields", [{"changed_on": BEFORE}, {"gone_on": BEFORE}])
def test_a_record_is_received_first(fields: dict[str, Any]) -> None:
    refused(Record, "record_", **record(**fields))


def test_a_person_lives_in_one_household_at_a_time() -> None:
    one, other = (Household.objects.create(address_key=key) for key in ("1 OAK RD", "2 OAK RD"))
    somebody = person()
    HouseholdMember.objects.create(household=one, person=somebody, starts_on=BEFORE, ends_on=DAY)
    HouseholdMember.objects.create(household=other, person=somebody, starts_on=DAY)
    refused(
        HouseholdMember, "person_in_one_household_at_a_time",
        household=one, person=somebody, starts_on=DAY,
    )  # fmt: skip


def tie(**fields: Any) -> dict[str, Any]:
    return {
        "person": person(), "other": person(), "kind": "parent", "source": agency(),
        "starts_on": DAY, **fields,
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(NEEDS_SIGHT_OF_DOCUMENT))
def test_orders_and_powers_need_sight_of_the_document(kind: RelationshipKind) -> None:
    """P6: power of attorney or deputyship by kind with sight of the document; orders likewise."""
    refused(Relationship, "relationship_document_was_seen", **tie(kind=kind.value))
    Relationship.objects.create(**tie(kind=kind.value, document_seen_on=DAY))


def test_ties_are_of_known_kinds_between_two_people() -> None:
    """P6: and nothing may be told about the other until somebody says so."""
    alone = person()
    refused(Relationship, "relationship_of_two_people", **tie(person=alone, other=alone))
    refused(Relationship, "relationship_kind_is_known", **tie(kind="friend"))
    refused(Relationship, "relationship_ends_after_it_starts", **tie(ends_on=DAY))
    assert Relationship.objects.create(**tie()).may_be_told == "nothing"
    assert {"victim_of", "young_carer", "unborn_child_of"} <= {
        kind.value for kind in RelationshipKind
    }


def test_one_night_runs_at_a_time() -> None:
    at = datetime.datetime(2026, 11, 20, 22, tzinfo=datetime.UTC)
    Night.objects.create(as_at=DAY, started_at=at)
    refused(Night, "one_night_at_a_time", as_at=DAY, started_at=at)
    refused(Night, "night_finished_when_not_running", as_at=DAY, started_at=at, state="failed")


def test_a_flow_ends_after_it_starts() -> None:
    flow = {"contract": "fire_home_visits", "controller": "fire", "population": "active-caseload",
            "basis": "A duty", "starts_on": DAY}  # fmt: skip
    refused(Flow, "flow_ends_after_it_starts", **flow, ends_on=DAY)
    Flow.objects.create(**flow)
    refused(Flow, "flow_once", **flow)


def test_an_account_is_there_once_in_any_letter_case() -> None:
    User.objects.create(email="ann@example.org", name="Ann")
    refused(User, "account_email_once", email="Ann@Example.org", name="Ann")


def test_a_post_is_held_once_at_a_time() -> None:
    user = User.objects.create(email="ann@example.org", name="Ann")
    team = Team.objects.create(agency=agency(), name="A team")
    post = {"user": user, "team": team, "role": "analyst", "starts_on": BEFORE}
    Post.objects.create(**post, ends_on=DAY)
    Post.objects.create(**post)
    refused(Post, "post_held_once_at_a_time", **post)
    assert Post.objects.held_on(BEFORE).count() == 2
    assert Post.objects.held_on(DAY).count() == 1
