"""A case has one lead at a time; that it is open is told as a headline, where a gateway lets it be."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.accounts.models import User
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, PartLevel, Purpose, RestrictionKind
from joinedup.identity.sharing.models import Involvement, Restriction
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, CaseInvolvement, Lead
from joinedup.support.cases.operations import (
    CannotCloseCase,
    CannotHandLead,
    CannotOpenCase,
    close_case,
    hand_lead,
    name_acting_leads,
    open_case,
    take_over,
)
from joinedup.support.cases.queries import AlreadyOpen, already_open, open_cases_about
from joinedup.support.handovers.operations import NoPart, offer, settle_duties
from tests.sharing import walled
from tests.unit.handovers.sides import AT, end_post, later, on_duty, post_of

pytestmark = pytest.mark.django_db
HOUSING = AlreadyOpen("housing", "Housing", "")


@pytest.fixture
def lead() -> Viewer:
    walled.agency("housing", "housing")
    return walled.viewer("housing", "housing_officer", team="Tenancies")


@pytest.fixture
def door() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", Purpose.EARLY_HELP, team="Front door")


@pytest.fixture
def person(lead: Viewer) -> uuid.UUID:
    return walled.person("housing")


def opened(lead: Viewer, person: uuid.UUID, **more: object) -> Case:
    return open_case(
        by=lead, person_ids=[person], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(lead), at=AT, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def leads(case: Case) -> list[tuple[uuid.UUID, bool]]:
    with acting(walled.SYSTEM):
        found = Lead.objects.filter(case=case, ends_at__isnull=True)
        return list(found.values_list("post_id", "is_acting"))


def let_housing_s_involvement_be_told() -> None:
    walled.let_see(
        "care", "housing", Category.INVOLVEMENT, purpose=Purpose.EARLY_HELP, level="headline"
    )


def test_an_open_case_has_a_lead_who_answers_for_it_and_is_involved(
    lead: Viewer, person: uuid.UUID
) -> None:
    case = opened(lead, person)
    assert leads(case) == [(lead.post_id, False)]
    assert on_duty(case.pk) == lead.post_id
    with acting(lead):
        assert part_of(lead, case.pk) is PartLevel.WORK
        assert Involvement.objects.get(person=person).post_id == lead.post_id


def test_a_second_lead_at_once_is_refused_by_the_database(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(case=case, post_id=post_of(lead), starts_at=AT)


def test_another_post_leads_and_the_first_no_longer_does(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    next_lead = walled.viewer("housing", "housing_officer", team="Tenancies")
    hand_lead(by=lead, matter_id=case.pk, post_id=post_of(next_lead), at=later(3))
    assert leads(case) == [(next_lead.post_id, False)]
    assert on_duty(case.pk) == next_lead.post_id
    with acting(walled.SYSTEM):
        current = Involvement.objects.filter(person=person, ends_at__isnull=True)
        assert [each.post_id for each in current] == [next_lead.post_id]
    with pytest.raises(CannotHandLead, match="already"):
        hand_lead(by=next_lead, matter_id=case.pk, post_id=post_of(next_lead), at=later(4))


def test_a_lead_is_handed_within_the_agency_by_whoever_works_at_it(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    case = opened(lead, person)
    with pytest.raises(NoPart):
        hand_lead(by=door, matter_id=case.pk, post_id=post_of(door), at=AT)
    with pytest.raises(CannotHandLead, match="Only an agency itself"):
        hand_lead(by=lead, matter_id=case.pk, post_id=post_of(door), at=AT)
    end_post(lead, AT.date())
    with pytest.raises(CannotHandLead, match="Nobody holds"):
        hand_lead(by=walled.SYSTEM, matter_id=case.pk, post_id=post_of(lead), at=AT)


def test_a_case_goes_to_another_agency_with_both_sides_knowing(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    case = opened(lead, person)
    made = offer(
        by=lead, matter_id=case.pk, from_team_id=lead.team_id or 0, to_team_id=door.team_id or 0,
        words="Care is what is needed now", at=later(1),
    )  # fmt: skip
    assert leads(case) == [(lead.post_id, False)]
    take_over(by=door, handover_id=made.pk, at=later(1.5))
    assert leads(case) == [(door.post_id, False)]
    assert on_duty(case.pk) == door.post_id
    with acting(door):
        assert Case.objects.get().agency_id == "care"
    with acting(lead):
        assert part_of(lead, case.pk) is PartLevel.PROGRESS


def test_a_closed_case_is_nobody_s_and_says_what_became_of_it(
    lead: Viewer, person: uuid.UUID
) -> None:
    case = opened(lead, person)
    with pytest.raises(CannotCloseCase, match="what became"):
        close_case(by=lead, matter_id=case.pk, words="", at=later(9))
    close_case(by=lead, matter_id=case.pk, words="Arrears cleared", at=later(9))
    assert leads(case) == []
    assert on_duty(case.pk) is None
    with acting(walled.SYSTEM):
        assert not Involvement.objects.filter(ends_at__isnull=True).exists()
    assert open_cases_about(person, later(10)) == []
    with pytest.raises(CannotCloseCase, match="already"):
        close_case(by=lead, matter_id=case.pk, words="Again", at=later(10))


def test_an_involvement_from_before_outlives_the_case(lead: Viewer, person: uuid.UUID) -> None:
    with acting(walled.SYSTEM):
        before = Involvement.objects.create(
            person_id=person, agency_id="housing", team_id=lead.team_id, post_id=lead.post_id,
            because="the tenancy", starts_at=AT,
        )  # fmt: skip
    first, second = opened(lead, person), opened(lead, person)
    with acting(walled.SYSTEM):
        assert CaseInvolvement.objects.filter(involvement=before, is_begun_by_it=False).count() == 2
    close_case(by=lead, matter_id=first.pk, words="Done", at=later(9))
    close_case(by=lead, matter_id=second.pk, words="Done", at=later(9))
    with acting(walled.SYSTEM):
        assert Involvement.objects.get(pk=before.pk).ends_at is None


def test_an_involvement_lasts_until_the_last_case_that_rests_on_it(
    lead: Viewer, person: uuid.UUID
) -> None:
    first, second = opened(lead, person), opened(lead, person)
    close_case(by=lead, matter_id=first.pk, words="Done", at=later(9))
    assert [each.matter_id for each in open_cases_about(person, later(10))] == [second.pk]
    with acting(walled.SYSTEM):
        assert Involvement.objects.get().ends_at is None
    close_case(by=lead, matter_id=second.pk, words="Done", at=later(10))
    with acting(walled.SYSTEM):
        assert Involvement.objects.get().ends_at == later(10)


def test_a_case_that_cannot_be_led_is_not_opened(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    referrer = walled.viewer("housing", "referrer", team="Tenancies")
    with pytest.raises(NotPermitted):
        opened(referrer, person)
    with pytest.raises(CannotOpenCase, match="whom"):
        open_case(
            by=lead, person_ids=[], programme=Programme.WELLBEING, lead_post_id=post_of(lead), at=AT
        )
    with pytest.raises(CannotOpenCase, match="Only an agency itself"):
        open_case(
            by=lead, person_ids=[person], programme=Programme.WELLBEING, lead_post_id=post_of(door),
            at=AT,
        )  # fmt: skip
    bar(lead, person)
    with pytest.raises(CannotOpenCase, match="may not work with"):
        opened(lead, person)
    with acting(walled.SYSTEM):
        assert not Case.objects.exists()


def bar(viewer: Viewer, person: uuid.UUID) -> None:
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=person, kind=RestrictionKind.BARRED_POST, holder_id=viewer.agency,
            barred_id=viewer.post_id, because="a cousin", starts_at=AT,
        )  # fmt: skip


def test_a_case_of_the_system_before_is_brought_over_once(lead: Viewer, person: uuid.UUID) -> None:
    """P41: it says where it is recorded, and a second run makes no second case."""
    first = opened(lead, person, recorded_in="Housing system 4711")
    assert opened(lead, person, recorded_in="Housing system 4711").pk == first.pk
    with acting(walled.SYSTEM):
        assert Case.objects.count() == 1


def test_an_acting_lead_is_named_when_the_lead_s_post_ends(lead: Viewer, person: uuid.UUID) -> None:
    """P33: an acting lead when a post ends, and then nobody twice."""
    manager = walled.viewer("housing", "team_manager", team="Tenancies")
    case = opened(lead, person)
    end_post(lead, later(2).date())
    settle_duties(at=later(2))
    assert name_acting_leads(at=later(2)) == 1
    assert leads(case) == [(manager.post_id, True)]
    assert on_duty(case.pk) == manager.post_id
    assert name_acting_leads(at=later(2)) == 0
    hand_lead(by=manager, matter_id=case.pk, post_id=post_of(manager), at=later(3))
    assert leads(case) == [(manager.post_id, False)]


def test_that_it_is_open_already_is_a_headline_where_a_gateway_lets_it_be(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    """P17: nothing without a gateway; with one the agency and the lead's name, and no more."""
    opened(lead, person)
    assert already_open(door, [person], AT) == []
    let_housing_s_involvement_be_told()
    assert already_open(door, [person], AT) == [AlreadyOpen("housing", "Housing", lead.name)]
    assert already_open(door, [walled.person("housing")], AT) == []
    with acting(door):
        assert not Case.objects.exists()
        assert not Lead.objects.exists()
        assert not CaseInvolvement.objects.exists()


def test_it_is_told_of_everybody_s_identifiers(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    kept = walled.person("care")
    opened(lead, person)
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=person).update(merged_into_id=kept)
    let_housing_s_involvement_be_told()
    assert [each.agency for each in already_open(door, [kept], AT)] == ["housing"]
    assert [each.agency for each in open_cases_about(kept, AT)] == ["housing"]


def test_neither_a_barred_post_nor_a_referrer_is_told(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    opened(lead, person)
    let_housing_s_involvement_be_told()
    bar(door, person)
    assert already_open(door, [person], AT) == []
    school = walled.viewer("care", "referrer", team="Front door")
    assert already_open(school, [person], AT) == []


def test_a_name_that_tells_and_a_sensitive_team_are_no_headline(
    door: Viewer, person: uuid.UUID
) -> None:
    """P8, P17: not even where a gateway would let involvement be told."""
    walled.agency("haven", "voluntary", name_reveals=True)
    hers = walled.viewer("haven", "practitioner", team="Outreach")
    opened(hers, person)
    quiet = walled.viewer("housing", "housing_officer", team="Refuge liaison")
    opened(quiet, person)
    for holder in ("haven", "housing"):
        walled.let_see(
            "care", holder, Category.INVOLVEMENT, purpose=Purpose.EARLY_HELP, level="headline"
        )
    assert [each.agency for each in already_open(door, [person], AT)] == ["housing"]
    with transaction.atomic():
        quiet_team = walled.Team.objects.filter(pk=quiet.team_id)
        quiet_team.update(is_sensitive=True)
    assert already_open(door, [person], AT) == []


def test_a_protected_practitioner_is_not_named(
    lead: Viewer, door: Viewer, person: uuid.UUID
) -> None:
    """P14: the agency is told, and not who."""
    User.objects.filter(pk=lead.user_id).update(is_protected=True)
    opened(lead, person)
    let_housing_s_involvement_be_told()
    assert already_open(door, [person], AT) == [HOUSING]


def test_for_another_purpose_than_the_gateway_s_it_is_not_told(
    lead: Viewer, person: uuid.UUID
) -> None:
    walled.agency("care", "social_care")
    opened(lead, person)
    let_housing_s_involvement_be_told()
    other = walled.viewer("care", "front_door_worker", Purpose.HOMELESSNESS, team="Front door")
    assert already_open(other, [person], AT) == []
