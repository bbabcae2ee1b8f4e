"""People sign their own part of an assessment, on their own page or in the room; once, and also with a no (S4-12)."""

import pytest
from django.db import DatabaseError, transaction

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess
from joinedup.identity.sharing.operations.own_access import hand_over_code
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.own_signature import HowConfirmed, TheirAnswer
from joinedup.support.cases.models import AssessmentSection, OwnSignature
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.assessing import CannotAssess
from joinedup.support.cases.operations.own_signing import (
    SignedBy,
    sign_in_the_room,
    sign_on_own_page,
)
from joinedup.support.cases.queries.own_signatures import my_part, my_parts, signature_of
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.cases.assessed import AT, SELF, STRENGTHS, World, a_case, ask
from tests.unit.handovers.sides import post_of

pytestmark = pytest.mark.django_db
MINE = SignedBy(TheirAnswer.MY_WORDS)
IN_ROOM = SignedBy(TheirAnswer.MY_WORDS, "", HowConfirmed.TYPED, "Ada Ashe")


@pytest.fixture
def world() -> World:
    ask("assessment-strengths", "assessment-self")
    return a_case()


@pytest.fixture
def section(world: World) -> AssessmentSection:
    of = world.begin(STRENGTHS, SELF)
    return world.section(of, SELF)


def signed(world: World, section: AssessmentSection) -> AssessmentSection:
    """Written down by social care in her words."""
    return world.sign(world.social, section, own_want="I want to stay at home")


def page(world: World) -> Viewer:
    """Her own page."""
    made, _ = hand_over_code(
        by=world.social, person_id=world.person, asked_about_coercion=True, at=AT
    )
    return Viewer.of_person(made.pk)


def test_somebody_signs_in_the_room_after_its_author_and_it_stands(
    world: World, section: AssessmentSection
) -> None:
    def sign(how: SignedBy, by: Viewer = world.social) -> OwnSignature:
        return sign_in_the_room(by=by, section_id=section.pk, signing=how, at=AT)

    with pytest.raises(CannotAssess, match="signs first"):
        sign(IN_ROOM)
    signed(world, section)
    with pytest.raises(CannotAssess, match="how they signed"):
        sign(MINE)
    with pytest.raises(CannotAssess, match="the name they typed"):
        sign(SignedBy(TheirAnswer.MY_WORDS, "", HowConfirmed.READ_OUT, " "))
    with pytest.raises(CannotAssess, match="what is wrong"):
        sign(SignedBy(TheirAnswer.IN_PART, "", HowConfirmed.READ_OUT, "Her sister"))
    made = sign(IN_ROOM)
    assert signature_of(world.nurse, section.pk) == made
    with pytest.raises(CannotAssess, match="already"):
        sign(IN_ROOM)
    with acting(walled.SYSTEM), pytest.raises(DatabaseError), transaction.atomic():
        OwnSignature.objects.update(said="not_my_words", words="Changed")


def test_somebody_signs_on_their_own_page_or_says_what_is_wrong(
    world: World, section: AssessmentSection
) -> None:
    her_page = page(world)
    assert my_parts(her_page) == []
    signed(world, section)
    [part] = my_parts(her_page)
    assert "I want to stay at home" in {answer for _, answer in my_part(her_page, part.section_id)}
    no = SignedBy(TheirAnswer.IN_PART, "I said with my sister, not alone")
    sign_on_own_page(by=her_page, section_id=section.pk, signing=no, at=AT)
    found = signature_of(world.social, section.pk)
    assert found is not None
    assert (found.how, found.by_post_id, found.words) == ("own_page", None, no.words)


def test_nobody_signs_for_another_and_no_part_of_a_practitioner(
    world: World, section: AssessmentSection
) -> None:
    """P12: whoever holds the code for her does not sign for her."""
    signed(world, section)
    theirs = page(world)
    with acting(walled.SYSTEM):
        OwnAccess.objects.filter(pk=theirs.own_access_id).update(
            right=PageFor.AGREED, held_by="Her son"
        )
        strengths = AssessmentSection.objects.get(profession=STRENGTHS)
    assert my_parts(theirs) == []
    with pytest.raises(NotPermitted):
        sign_on_own_page(by=theirs, section_id=section.pk, signing=MINE, at=AT)
    stranger = walled.person("care", given_name="Ben")
    open_case(
        by=world.social, person_ids=[stranger], programme=Programme.SOCIAL_CARE,
        lead_post_id=post_of(world.social), at=AT,
    )  # fmt: skip
    made, _ = hand_over_code(by=world.social, person_id=stranger, asked_about_coercion=True, at=AT)
    with pytest.raises(AssessmentSection.DoesNotExist):
        sign_on_own_page(by=Viewer.of_person(made.pk), section_id=section.pk, signing=MINE, at=AT)
    with pytest.raises(CannotAssess, match="their own part"):
        sign_in_the_room(by=world.social, section_id=strengths.pk, signing=IN_ROOM, at=AT)
    away = walled.viewer("care", "social_worker", team="Another")
    with pytest.raises((NoPart, AssessmentSection.DoesNotExist)):
        sign_in_the_room(by=away, section_id=section.pk, signing=IN_ROOM, at=AT)
