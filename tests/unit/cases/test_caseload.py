"""What of a case asks for attention, what a lead carries, and giving cases to another lead."""

import dataclasses
import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.agencies.operations.saved_looks import CannotKeepLook
from joinedup.foundations.places.queries import ELSEWHERE
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.operations.restrict import set_restriction
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.caseload import (
    forget_view,
    give_cases,
    keep_view,
)
from joinedup.support.cases.presenters.caseload import preview
from joinedup.support.cases.queries.caseload import caseload, kept_views
from joinedup.support.cases.queries.where import cases_in
from joinedup.support.cases.rules.caseload import (
    CaseFacts,
    Mark,
    Narrowed,
    in_order,
    loads,
    marks_of,
    narrow,
)
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, on_duty, post_of
from tests.unit.parts_of_place import NORTH, SOUTH, two_localities

TODAY = datetime.date(2026, 11, 18)
OPENED_ON = AT.date()
LONG_AGO = AT - datetime.timedelta(days=200)


def facts(**said: object) -> CaseFacts:
    base = CaseFacts(
        matter_id=uuid.uuid4(), title="Ada Ashe", persons=1, programme=Programme.WELLBEING,
        lead_post_id=uuid.UUID(int=1), lead_name="Lee", opened_at=LONG_AGO,
        last_contact_at=AT, last_written_at=AT,
    )  # fmt: skip
    return dataclasses.replace(base, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ({}, ()),
        ({"risk_rising": True}, (Mark.RISK_RISING,)),
        ({"review_due_on": TODAY - datetime.timedelta(days=1)}, (Mark.OVERDUE,)),
        ({"review_due_on": TODAY}, (Mark.DUE,)),
        ({"action_due_on": TODAY + datetime.timedelta(days=8)}, ()),
        ({"overdue_actions": 1}, (Mark.OVERDUE,)),
        ({"last_contact_at": later(-28)}, ()),
        ({"last_contact_at": later(-29)}, (Mark.NO_CONTACT,)),
        ({"last_contact_at": None}, (Mark.NO_CONTACT,)),
        ({"last_written_at": later(-43)}, (Mark.STALE,)),
    ],
)
def test_marks(said: dict[str, object], marks: tuple[Mark, ...]) -> None:
    assert marks_of(facts(**said), TODAY) == marks


def test_a_new_case_is_not_yet_without_contact() -> None:
    assert marks_of(facts(opened_at=AT, last_contact_at=None, last_written_at=None), TODAY) == ()


def test_the_most_pressing_stands_first() -> None:
    rising, late, quiet = facts(risk_rising=True), facts(overdue_actions=2), facts()
    assert in_order([quiet, late, rising], TODAY, 28) == [rising, late, quiet]


def test_weight_goes_by_level_and_by_how_many() -> None:
    cases = [facts(level=4), facts(level=None, persons=4), facts(lead_name="Mo", level=1)]
    assert [(load.lead_name, load.cases, load.weight) for load in loads(cases)] == [
        ("Lee", 2, 9), ("Mo", 1, 1),
    ]  # fmt: skip


def test_narrowing_and_preview() -> None:
    mine, other = facts(), facts(lead_post_id=uuid.UUID(int=2), title="Bo Bee", level=4)
    assert narrow([mine, other], Narrowed(), uuid.UUID(int=1), TODAY) == [mine]
    assert narrow([mine, other], Narrowed(whose="team", q="bee"), None, TODAY) == [other]
    seen = preview([mine, other], {other.matter_id}, uuid.UUID(int=1), "Lee")
    assert (seen.before.weight, seen.after.weight, seen.is_over) == (2, 7, False)
    third = preview([mine, other], {other.matter_id}, uuid.UUID(int=1), "Lee", share=30)
    assert (third.after.full, third.is_over) == (6, True)


@pytest.fixture
def lead() -> Viewer:
    walled.agency("housing", "housing")
    return walled.viewer("housing", "housing_officer", team="Tenancies")


def opened(lead: Viewer) -> uuid.UUID:
    return open_case(
        by=lead, person_ids=[walled.person("housing")], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(lead), at=AT,
    ).pk  # fmt: skip


@pytest.mark.django_db
def test_cases_are_given_each_by_itself(lead: Viewer) -> None:
    next_lead = walled.viewer("housing", "housing_officer", team="Tenancies")
    first, strangers = opened(lead), uuid.uuid4()
    not_given = give_cases(
        by=lead, matter_ids=[first, strangers], post_id=post_of(next_lead), at=later(1)
    )
    assert [each.matter_id for each in not_given] == [strangers]
    assert on_duty(first) == next_lead.post_id
    with acting(next_lead):
        (case,) = caseload(next_lead, at=later(1))
    assert (case.lead_post_id, case.persons) == (next_lead.post_id, 1)


@pytest.mark.django_db
def test_cases_lie_where_those_they_are_about_live(lead: Viewer) -> None:
    """S0-1: of a family in each part where one of them lives; lines of areas are those of the day."""
    two_localities(OPENED_ON)
    cases = {
        name: open_case(
            by=lead, person_ids=[walled.person("housing", postcode=code) for code in codes],
            programme=Programme.HOUSING_SUPPORT, lead_post_id=post_of(lead), at=AT,
        ).pk
        for name, codes in {"n": [NORTH], "both": [NORTH, SOUTH], "far": [""]}.items()
    }  # fmt: skip

    def there(part: str, day: datetime.date = OPENED_ON, by: Viewer = lead) -> set[str]:
        with acting(by), CaptureQueriesContext(connection) as asked:
            found = cases_in(part, cases.values(), as_at=day)
        assert len(asked) == 1
        return {name for name, pk in cases.items() if pk in found}

    assert there("locality:north") == {"n", "both"}
    assert there("locality:south") == there("area:w1") == {"both"}
    assert there("area:w1", OPENED_ON - datetime.timedelta(days=1)) == {"n", "both"}
    assert there(ELSEWHERE) == {"far"}
    walled.agency("care", "social_care")
    stranger = walled.viewer("care", "social_worker")
    assert there("locality:north", by=stranger) == set()


@pytest.mark.django_db
def test_an_address_kept_apart_for_safety_places_nobody(lead: Viewer) -> None:
    """P13: where somebody in hiding lives is told by no list; they are as one of whom nobody wrote it."""
    two_localities(OPENED_ON)
    hidden = walled.person("housing", postcode=NORTH, address="1 Mill Lane")
    case = open_case(
        by=lead, person_ids=[hidden], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(lead), at=AT,
    ).pk  # fmt: skip
    with acting(lead):
        assert cases_in("locality:north", [case], as_at=OPENED_ON) == {case}
    set_restriction(
        by=lead, person_id=hidden, kind=RestrictionKind.SAFETY_ADDRESS, because="Fled", at=AT
    )
    with acting(lead):
        assert cases_in("locality:north", [case], as_at=OPENED_ON) == set()
        assert cases_in(ELSEWHERE, [case], as_at=OPENED_ON) == {case}


@pytest.mark.django_db
def test_nobody_else_s_cases_are_in_the_caseload(lead: Viewer) -> None:
    opened(lead)
    walled.agency("care", "social_care")
    stranger = walled.viewer("care", "social_worker", team="Adults")
    with acting(stranger):
        assert caseload(stranger, at=AT) == []


@pytest.mark.django_db
def test_a_way_of_looking_is_one_s_own(lead: Viewer) -> None:
    kept = keep_view(by=lead, title="  Late   ones ", query="mark=overdue")
    assert [view.title for view in kept_views(lead)] == ["Late ones"]
    other = walled.viewer("housing", "housing_officer", team="Tenancies")
    assert kept_views(other) == []
    forget_view(by=other, view_id=kept.pk)
    assert kept_views(lead)
    for title, query in (("", "a=1"), ("x" * 61, "a=1"), ("Fine", "")):
        with pytest.raises(CannotKeepLook):
            keep_view(by=lead, title=title, query=query)
