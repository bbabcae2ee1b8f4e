"""What people are called in lists: as on their own page, by what the viewer may see, in two statements at most."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.intelligence.linkage.queries.person import the_person
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 18, 12, tzinfo=datetime.UTC)
A_RECORD = 'FROM "people_record"'


@pytest.fixture
def officer() -> Viewer:
    for code, kind in (("police", "police"), ("housing", "housing"), ("gp", "health")):
        walled.agency(code, kind)
    walled.let_see("housing", "police", Category.IDENTITY)
    return walled.viewer("housing", "housing_officer")


def called(viewer: Viewer, *persons: uuid.UUID) -> dict[uuid.UUID | None, str]:
    with acting(viewer):
        return names_of_people(persons)


def test_the_name_is_that_of_the_persons_own_page(officer: Viewer) -> None:
    walled.let_see("housing", "gp", Category.IDENTITY)
    person = walled.person("police", given_name="Addie")
    walled.record(person, "housing", given_name="Ade")
    assert called(officer, person) == {person: "Ade Ashe"}
    walled.record(person, "gp", given_name="Adela", updated_on=datetime.date(2025, 1, 1))
    walled.record(person, "gp", given_name="Adelina", updated_on=datetime.date(2026, 1, 1))
    assert called(officer, person) == {person: "Adelina Ashe"}
    assert the_person(officer, person, at=AT).name == "Adelina Ashe"


def test_a_name_that_the_viewer_may_not_see_is_not_said(officer: Viewer) -> None:
    person, unseen = walled.person("gp", given_name="Adela"), walled.person("gp")
    walled.record(person, "police", given_name="Addie")
    assert called(officer, person, unseen) == {person: "Addie Ashe"}


def test_a_record_that_is_gone_says_no_name(officer: Viewer) -> None:
    person = walled.person("housing", gone_on=datetime.date(2026, 2, 1))
    assert called(officer, person) == {}


def test_it_is_two_statements_at_most_and_one_where_the_first_register_has_all(
    officer: Viewer,
) -> None:
    walled.let_see("housing", "gp", Category.IDENTITY)
    registered = [walled.person("gp") for _ in range(4)]
    others = [walled.person("housing") for _ in range(4)]
    for persons, asked in ((registered, 1), (registered + others, 2), ([], 0)):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(called(officer, *persons)) == len(persons)
        assert sum(A_RECORD in each["sql"] for each in captured) == asked
