"""Journey 12: somebody opens their own page with a code and a key of their own, reads, writes and decides."""

import datetime
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.held import THE_ONE
from joinedup.demo.personas import persona
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import OwnAccess
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.plan import HiddenBecause, OwnerKind
from joinedup.support.cases.models import Case, Goal, Plan, PlanAction
from joinedup.support.cases.operations import open_case
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.keyboard import choose, press, type_into
from tests.journeys.walking import no_barriers, picture, sign_in, whole

SYSTEM = Viewer.system("a test")
HIDDEN = "Told by a neighbour who asked not to be named"
LEAD = "Grace Adeyemi"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_own"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        yield PrivateDatabase(name, test_server)


@pytest.fixture
def case(private_database: PrivateDatabase) -> Case:
    """His case, with a plan, something he promised, what is hidden from him, and a visit to come."""
    at = clock.now()
    found = persona("social-worker")
    assert found is not None
    with acting(SYSTEM):
        held = Holding.objects.filter(headline=THE_ONE[0].headline).first()
        assert held is not None
        him = held.person_id
        made = open_case(
            by=SYSTEM, person_ids=[him], programme=Programme.SOCIAL_CARE,
            lead_post_id=found.post_id, at=at,
        )  # fmt: skip
        Plan.objects.create(
            case=made, what_matters="My allotment", whom_to_ring="Grace", edited_at=at,
            recorded_at=at,
        )  # fmt: skip
        said = {"case": made, "person_id": him, "set_on": at.date(), "recorded_at": at}
        Goal.objects.create(words="Cook for myself again", **said)
        Goal.objects.create(words=HIDDEN, hidden_from_person=HiddenBecause.THIRD_PARTY, **said)
        PlanAction.objects.create(
            case=made, person_id=him, owner=OwnerKind.PERSON, owner_person_id=him,
            words="Ring the lunch club", recorded_at=at,
        )  # fmt: skip
        Contact.objects.create(
            matter_id=made.pk, person_id=him, how=How.APPOINTMENT, recorded_at=at,
            at=at + datetime.timedelta(days=3), by_id=found.post_id, words="About the kitchen",
        )  # fmt: skip
    return made


def handed_over(page: Page, him: str) -> str:
    """The code that the lead hands to him, as it stands on the card."""
    sign_in(page, LEAD)
    page.goto(f"/people/{him}/own-page/")
    page.get_by_label("I asked, alone with the person").check()
    no_barriers(page)
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".govuk-panel__body").inner_text().strip()
    page.get_by_role("button", name="Sign out").click()
    return code


def opened(page: Page, code: str, born: datetime.date) -> None:
    page.goto("/my-page/")
    type_into(page, "Your code", code)
    type_into(page, "Your date of birth", f"{born.day} {born.month} {born.year}")
    press(page, "Open my page")


def test_the_person_reads_writes_ticks_and_asks_and_nothing_hidden_shows(
    phone: Page, case: Case
) -> None:
    """P12, P35, P39; standards 1.6: the clock of a subject request starts."""
    page = phone
    with acting(SYSTEM):
        him = str(case.matter.persons.get().person_id)
        record = Record.objects.filter(person=him, born_on__isnull=False).earliest("pk")
    assert record.born_on is not None
    code = handed_over(page, him)

    opened(page, code, record.born_on)
    expect(page.get_by_role("heading", name="Choose a second key")).to_be_visible()
    no_barriers(page)
    page.get_by_label("A number that you will remember").fill("730914")
    press(page, "Use this number")
    expect(page.get_by_role("heading", name="My page", level=1)).to_be_visible()
    expect(page.get_by_text("My allotment")).to_be_visible()
    expect(page.get_by_text("Cook for myself again")).to_be_visible()
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible()
    assert HIDDEN not in whole(page)
    no_barriers(page)
    picture(page, "my-plan-phone")

    page.get_by_role("button", name="I have done this").click()
    expect(page.get_by_text("Well done.")).to_be_visible()
    page.get_by_role("link", name="Write to the person who leads my plan").click()
    no_barriers(page)
    type_into(page, "What do you want to say?", "I never smoked. It says so in two places.")
    choose(page, page.get_by_label("Yes, please put it right"))
    press(page, "Send it")
    expect(page.get_by_text("is told, and answers here")).to_be_visible()
    page.get_by_role("link", name="Ask for everything that is held about you").click()
    no_barriers(page)
    press(page, "Ask for everything")
    expect(page.get_by_text("You have asked. You get it by")).to_be_visible()
    page.goto("/my-page/everything/")
    press(page, "Ask for everything")
    expect(page.get_by_text("You have asked already").first).to_be_visible()
    page.context.clear_cookies()

    opened(page, code, record.born_on)
    page.get_by_label("Your number, or the code of your app").fill("000000")
    press(page, "Open my page")
    expect(page.get_by_text("That is not it").first).to_be_visible()
    page.get_by_label("Your number, or the code of your app").fill("730914")
    press(page, "Open my page")
    expect(page.get_by_text("This page was last open on")).to_be_visible()
    page.context.clear_cookies()

    sign_in(page, LEAD)
    page.goto(f"/cases/{case.pk}/own-words/")
    expect(page.get_by_text("Asks for a correction")).to_be_visible()
    page.get_by_role("link", name="Answer").click()
    no_barriers(page)
    type_into(page, "Your answer", "Put right in both places.")
    press(page, "Send the answer")
    expect(page.get_by_text("Put right in both places.")).to_be_visible()
    page.goto(f"/people/{him}/own-page/")
    page.get_by_role("button", name="Stop every code of this person").click()
    page.get_by_role("button", name="Sign out").click()
    with acting(SYSTEM):
        assert not OwnAccess.objects.filter(person=him, revoked_at=None).exists()
    opened(page, code, record.born_on)
    expect(page.get_by_text("do not open a page").first).to_be_visible()
    for width in (1280, 900, 645):
        page.set_viewport_size({"width": width, "height": 900})
        wrong = page.locator(".govuk-error-summary").bounding_box()
        leave = page.locator(".govuk-exit-this-page__button").bounding_box()
        assert wrong
        assert leave
        assert wrong["x"] + wrong["width"] < leave["x"], "the way out covers nothing"
