"""On their own page people read their plan, write, and tick what they promised; nothing hidden shows."""

import datetime
import uuid

import pytest

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.operations.own_access import hand_over_code
from joinedup.support.cases.choices import MemberKind, Programme
from joinedup.support.cases.choices.own import OwnKind
from joinedup.support.cases.choices.plan import HiddenBecause, OwnerKind, WhoseGoal
from joinedup.support.cases.models import Case, Goal, Plan, PlanAction
from joinedup.support.cases.operations import Joining, close_case, join_case, open_case
from joinedup.support.cases.operations.own import (
    CannotAnswer,
    CannotWrite,
    answer_own_words,
    tick_own_action,
    write_own_words,
)
from joinedup.support.cases.queries.own import my_appointments, my_cases, own_words_of
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "social_worker", Purpose.DIRECT_CARE, team="Adults")


@pytest.fixture
def person(lead: Viewer) -> uuid.UUID:
    return walled.person("care", born_on=datetime.date(1980, 3, 31))


def opened(lead: Viewer, *persons: uuid.UUID) -> Case:
    return open_case(
        by=lead, person_ids=persons, programme=Programme.SOCIAL_CARE, lead_post_id=post_of(lead),
        at=AT,
    )  # fmt: skip


def page_of(lead: Viewer, person: uuid.UUID) -> Viewer:
    made, _ = hand_over_code(by=lead, person_id=person, asked_about_coercion=True, at=AT)
    return Viewer.of_person(made.pk)


def goal(case: Case, person: uuid.UUID | None, words: str, **more: object) -> None:
    whose = WhoseGoal.PERSON if person else WhoseGoal.FAMILY
    with acting(walled.SYSTEM):
        Goal.objects.create(
            case=case, person_id=person, whose=whose, words=words, set_on=AT.date(),
            recorded_at=AT, **more,
        )  # fmt: skip


def action(case: Case, owner: uuid.UUID, words: str, **more: object) -> PlanAction:
    with acting(walled.SYSTEM):
        return PlanAction.objects.create(
            case=case, person_id=owner, owner=OwnerKind.PERSON, owner_person_id=owner, words=words,
            recorded_at=AT, **more,
        )  # fmt: skip


def test_they_read_their_plan_and_nothing_that_is_hidden_from_them(
    lead: Viewer, person: uuid.UUID
) -> None:
    case = opened(lead, person)
    with acting(walled.SYSTEM):
        Plan.objects.create(case=case, what_matters="My garden", edited_at=AT, recorded_at=AT)
    goal(case, person, "Grow beans again")
    goal(case, person, "Told by a neighbour", hidden_from_person=HiddenBecause.THIRD_PARTY)
    action(case, person, "Dig one bed")
    action(case, person, "Hidden", hidden_from_person=HiddenBecause.SERIOUS_HARM)
    (mine,) = my_cases(page_of(lead, person))
    assert (mine.what_matters, mine.helpers[0].leads) == ("My garden", True)
    assert [each.words for each in mine.goals] == ["Grow beans again"]
    assert [(each.words, each.who) for each in mine.actions] == [("Dig one bed", "You")]


def test_of_a_family_each_reads_their_own_and_what_was_released(
    lead: Viewer, person: uuid.UUID
) -> None:
    """P35: nothing about another adult without that adult's release."""
    other = walled.person("care", given_name="Bo")
    case = opened(lead, person, other)
    with acting(walled.SYSTEM):
        Plan.objects.create(case=case, what_matters="Bo drinks", edited_at=AT, recorded_at=AT)
    goal(case, person, "Mine")
    goal(case, other, "Bo’s own")
    goal(case, other, "Bo lets me read this", is_released=True)
    goal(case, None, "Ours together")
    joining = Joining(MemberKind.FAMILY, "Minds Bo", name="Aunt")
    join_case(by=lead, matter_id=case.pk, joining=joining, at=AT)
    (mine,) = my_cases(page_of(lead, person))
    assert mine.what_matters == ""
    assert {each.words for each in mine.goals} == {"Mine", "Bo lets me read this", "Ours together"}
    assert [each.name for each in mine.helpers if not each.leads] == []


def test_a_stranger_s_page_shows_nothing_of_it(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    other = walled.person("care", given_name="Bo")
    opened(lead, other)
    stranger = page_of(lead, other)
    assert [each.case_id for each in my_cases(stranger)] != [case.pk]
    with pytest.raises(Case.DoesNotExist):
        write_own_words(by=stranger, case_id=case.pk, kind=OwnKind.WORDS, words="Hello", at=AT)
    promised = action(case, person, "Dig")
    with pytest.raises(PlanAction.DoesNotExist):
        tick_own_action(by=stranger, action_id=promised.pk, words="", at=AT)


def test_who_helps_by_an_agency_whose_name_tells_is_left_out(
    lead: Viewer, person: uuid.UUID
) -> None:
    """P39: somebody may stand beside them."""
    case = opened(lead, person)
    walled.agency("refuge", "voluntary", name_reveals=True)
    helper = walled.viewer("refuge", "practitioner")
    joining = Joining(MemberKind.PRACTITIONER, "Safety planning", post_id=post_of(helper))
    join_case(by=lead, matter_id=case.pk, joining=joining, at=AT)
    (mine,) = my_cases(page_of(lead, person))
    assert [each.name for each in mine.helpers] == [lead.name]


def test_they_write_the_lead_answers_and_they_tick(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    me = page_of(lead, person)
    promised = action(case, person, "Ring the surgery")
    with pytest.raises(CannotWrite, match="few words"):
        write_own_words(by=me, case_id=case.pk, kind=OwnKind.WORDS, words=" ", at=AT)
    said = write_own_words(
        by=me, case_id=case.pk, kind=OwnKind.CORRECTION, words="I never smoked", at=AT
    )
    assert [each.pk for each in own_words_of(lead, case.pk)] == [said.pk]
    stranger = walled.viewer("care", "social_worker", Purpose.DIRECT_CARE, team="Elsewhere")
    assert own_words_of(stranger, case.pk) == []
    with pytest.raises(CannotAnswer, match="Say what you did"):
        answer_own_words(by=lead, words_id=said.pk, answer="", at=later(1))
    answer_own_words(by=lead, words_id=said.pk, answer="Put right.", at=later(1))
    assert tick_own_action(by=me, action_id=promised.pk, words="", at=later(1)).state == "done"
    (mine,) = my_cases(me)
    assert (mine.words[0].answer, mine.actions[0].is_done) == ("Put right.", True)
    close_case(by=lead, matter_id=case.pk, words="Manages", at=later(2))
    with pytest.raises(CannotWrite, match="Nobody works"):
        write_own_words(by=me, case_id=case.pk, kind=OwnKind.WORDS, words="Hello?", at=later(3))


def test_their_next_appointment_shows_and_no_note_does(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    with acting(walled.SYSTEM):
        for how, at in ((How.APPOINTMENT, later(3)), (How.NOTE, AT)):
            Contact.objects.create(
                matter_id=case.pk, person_id=person, how=how, at=at, recorded_at=AT,
                by_id=post_of(lead), words="See about the stairs",
            )  # fmt: skip
    assert [each.at for each in my_appointments(page_of(lead, person), AT)] == [later(3)]


def test_somebody_elses_helper_may_not_answer(lead: Viewer, person: uuid.UUID) -> None:
    case = opened(lead, person)
    me = page_of(lead, person)
    said = write_own_words(by=me, case_id=case.pk, kind=OwnKind.WORDS, words="Hello", at=AT)
    walled.agency("housing", "housing")
    other = walled.viewer("housing", "housing_officer")
    with pytest.raises(Exception, match="matching query") as missing:
        answer_own_words(by=other, words_id=said.pk, answer="Hi", at=AT)
    assert not isinstance(missing.value, NoPart)
