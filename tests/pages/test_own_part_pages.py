"""The pages on which people read, sign and answer: their own part, their words, what they promised, what is held."""

import re
import uuid

import pytest
from django.test import Client

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.staff import protect_staff
from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess, SubjectAnswer, SubjectPart, SubjectRequest
from joinedup.identity.sharing.operations.own_access import hand_over_code
from joinedup.single_view.views.own_page import OWN
from joinedup.support.cases.models import OwnSignature, OwnWords, PlanAction
from joinedup.support.cases.operations.plan_actions import promise_action
from tests import audit_lines
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.unit.cases.assessed import SELF, STRENGTHS, World, a_case, ask
from tests.unit.cases.planned import action

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    ask("assessment-strengths", "assessment-self")
    return a_case()


@pytest.fixture
def own(world: World) -> Client:
    """Her own page, opened."""
    made, _ = hand_over_code(
        by=world.social, person_id=world.person, asked_about_coercion=True, at=clock.now()
    )
    client = Client()
    session = client.session
    session[OWN] = str(made.pk)
    session.save()
    return client


def written_down(world: World) -> uuid.UUID:
    """Her own part, in her words, signed by whoever wrote it down."""
    section = world.section(world.begin(STRENGTHS, SELF), SELF)
    world.sign(world.social, section, own_want="I want to stay at home")
    return section.pk


def test_somebody_reads_their_part_and_signs_it_on_their_own_page(
    world: World, own: Client
) -> None:
    """S4-12: a no without its words is asked for again with what was typed; signed, it stands once."""
    here = f"/my-page/my-part/{written_down(world)}/"
    assert here in own.get("/my-page/").content.decode()
    page = text(own.get(here))
    assert "I want to stay at home" in page
    assert "Say what is wrong in it" in text(own.post(here, {"said": "in_part", "words": ""}))
    assert own.post(here, {"said": "in_part", "words": "With my sister"}).status_code == 302
    again = text(own.post(here, {"said": "my_words", "words": ""}))
    assert "already" in again
    with acting(walled.SYSTEM):
        assert OwnSignature.objects.get().words == "With my sister"


def test_what_they_sign_in_the_room_is_asked_on_a_page_of_those_at_work(world: World) -> None:
    here = f"/cases/{world.case_id}/assessment/sections/{written_down(world)}/"
    client = signed_in(world.social)
    assert "their-signature" in client.get(here).content.decode()
    lacking = client.post(f"{here}their-signature/", {"said": "my_words", "how": "typed"})
    assert "Write the name they typed" in text(lacking)
    said = {"said": "my_words", "how": "typed", "shown_by": "Ada Ashe"}
    assert client.post(f"{here}their-signature/", said).status_code == 302
    assert "Ada Ashe" in text(client.get(here))
    outsider = signed_in(walled.viewer("nhs", "practitioner", team="Others"))
    assert outsider.get(f"{here}their-signature/").status_code == 404


def test_somebody_writes_and_ticks_on_their_own_page(world: World, own: Client) -> None:
    values = action(words="Ring the club", person_id=world.person, owner_person_id=world.person)
    made = promise_action(by=world.social, matter_id=world.case_id, values=values, at=clock.now())
    assert own.post(f"/my-page/actions/{made.pk}/").status_code == 302
    here = f"/my-page/words/{world.case_id}/"
    assert own.get(here).status_code == 200
    assert "govuk-error-summary" in own.post(here, {"kind": "words", "words": ""}).content.decode()
    assert own.post(here, {"kind": "words", "words": "Not on Mondays"}).status_code == 302
    assert (
        own.post(f"/my-page/words/{uuid.uuid4()}/", {"kind": "words", "words": "x"}).status_code
        == 404
    )
    with acting(walled.SYSTEM):
        assert PlanAction.objects.get(pk=made.pk).state == "done"
        assert OwnWords.objects.get().words == "Not on Mondays"


def test_the_name_behind_a_look_is_asked_on_their_own_page(world: World, own: Client) -> None:
    """P14: on request, and that it was asked is on record; looks of one day stand together."""
    shown = [signed_in(world.social).get(f"/cases/{world.case_id}/") for _ in range(3)]
    assert all(each.status_code == 200 for each in shown)
    page = text(own.get("/my-page/"))
    assert "and 2 times more that day, first at" in page
    [here] = set(re.findall(r"/my-page/looks/[^/]+/", own.get("/my-page/").content.decode()))
    before = text(own.get(here))
    assert "Show me the name" in before
    assert world.social.name not in before
    assert f"It was <strong>{world.social.name}</strong>" in text(own.post(here))
    [asked] = audit_lines.lines(act="asked who looked")
    assert str(asked.subject_id) in here
    assert own.get(f"/my-page/looks/{uuid.uuid4()}/").status_code == 404


def test_nobody_asks_for_a_name_on_somebody_s_behalf_or_of_a_look_without_trace(
    world: World, own: Client
) -> None:
    """P12, P14: a carer who holds the code reads no name; a look that is not told of is not there."""
    signed_in(world.social).get(f"/cases/{world.case_id}/")
    [here] = set(re.findall(r"/my-page/looks/[^/]+/", own.get("/my-page/").content.decode()))
    with acting(walled.SYSTEM):
        OwnAccess.objects.update(right=PageFor.AGREED, held_by="Her sister")
    assert "/my-page/looks/" not in own.get("/my-page/").content.decode()
    assert own.post(here).status_code == 404
    with acting(walled.SYSTEM):
        OwnAccess.objects.update(right=PageFor.PERSON, held_by="")
    protect_staff(
        by=None, user=User.objects.get(pk=world.social.user_id), protected=True, at=clock.now()
    )
    assert own.post(here).status_code == 404
    assert audit_lines.lines(act="asked who looked") == []


def test_the_answer_that_was_released_is_theirs_alone(world: World, own: Client) -> None:
    """P8: nobody else's is there, and what is not released yet is not either."""
    other = walled.person("care", given_name="Ben")
    parts = []
    with acting(walled.SYSTEM):
        for person in (world.person, other):
            request = SubjectRequest.objects.create(
                person_id=person, asked_at=clock.now(), due_on=clock.now().date()
            )
            parts.append(
                SubjectPart.objects.create(request=request, person_id=person, agency_id="care")
            )
    mine, theirs = parts
    assert own.post(f"/my-page/everything/{mine.pk}/").status_code == 404
    with acting(walled.SYSTEM):
        for part in parts:
            said = {"title": "Held", "agency": "Care", "why": "", "groups": [], "law": []}
            SubjectAnswer.objects.create(
                part=part, person_id=part.person_id, said=said, at=clock.now()
            )
    given = own.post(f"/my-page/everything/{mine.pk}/")
    assert given.content.startswith(b"%PDF")
    assert own.post(f"/my-page/everything/{theirs.pk}/").status_code == 404
