"""Journey 5: early help steps a family up without a new referral. By keyboard; each page at a desk and on a phone."""

import datetime
import os
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.held import THE_ONE
from joinedup.demo.personas import persona
from joinedup.demo.routes import SCHOOLS
from joinedup.foundations.agencies.models import Post, SchoolLink
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom, Programme, Topic
from joinedup.support.cases.models import CaseMember, Lead
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.story import EntrySaid, write_entry
from joinedup.support.cases.rules.when import When
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.keyboard import choose, follow, press, select, type_into
from tests.journeys.walking import no_barriers_in_any_window, picture, sign_in

SYSTEM = Viewer.system("a test")
HELPER, MANAGER, WORKER = "Rosa Lindqvist", "Judith Farrow", "Amara Nwosu"
SCHOOL = SCHOOLS[0][0]
SAID_ONCE = "He has lost his work and shouts at night"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_step"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        yield PrivateDatabase(name, test_server)


def post_of(code: str) -> Post:
    """The post of a persona."""
    found = persona(code)
    assert found is not None
    return Post.objects.select_related("team__agency", "user").get(pk=found.post_id)


@pytest.fixture
def family(private_database: PrivateDatabase) -> uuid.UUID:
    """A family's case that early help leads, with what they told once in its story."""
    at = clock.now()
    helper = Viewer.of_post(post_of("early-help"))
    with acting(SYSTEM):
        held = Holding.objects.filter(headline=THE_ONE[0].headline).first()
        assert held is not None
        other = Record.objects.exclude(person=held.person_id).filter(gone_on=None).earliest("pk")
    case = open_case(
        by=helper, person_ids=[held.person_id, other.person_id], programme=Programme.EARLY_HELP,
        lead_post_id=helper.post_id, at=at, for_whom=ForWhom.FAMILY,  # type: ignore[arg-type]
    )  # fmt: skip
    said = EntrySaid(
        when=When(at.date(), at.date() + datetime.timedelta(days=1)), topic=Topic.FAMILY,
        what=SAID_ONCE, told_by="Her mother", words="She told it at the kitchen table.",
    )  # fmt: skip
    write_entry(by=helper, case_id=case.pk, said=said, at=at)
    return case.pk


def sign_out(window: Page) -> None:
    """Leave the desk to the next."""
    window.get_by_role("button", name="Sign out").click()


def helper_sends_it(window: Page, family: uuid.UUID) -> None:
    """Early help sees risk rise and steps the family up: the same case, and no new referral."""
    sign_in(window, HELPER)
    window.goto(f"/cases/{family}/steps/")
    expect(window.get_by_role("heading", name="Level and steps", level=1)).to_be_visible()
    no_barriers_in_any_window(window)
    press(window, "Step up or down")
    type_into(window, "Find the team, by its name or its agency’s", "family assessment")
    press(window, "Find")
    choose(window, window.get_by_role("radio", name="Family assessment, Children’s services"))
    held_under = "What it is held under there"
    select(window, held_under, "Children’s social care", typed="Children")  # no key for the rest
    choose(window, window.get_by_role("radio", name="Level 4", exact=False))
    type_into(window, "Why it steps", "He hit her in front of the children last night.")
    type_into(window, "What shows it", "Her arm, seen today; two calls to the police this week.")
    type_into(window, "What we go on doing", "The morning routine and the way to school")
    type_into(window, "School of a child, where there is one", SCHOOL)
    choose(window, window.get_by_role("radio", name="They were told"))
    type_into(window, "Who was told, where they were", "Her, alone, at the hub")
    type_into(
        window, "In what words; or, not yet, why",
        "A social worker will come this week, and I stay with you.",
    )  # fmt: skip
    no_barriers_in_any_window(window)
    picture(window, "step-send")
    press(window, "Send it")
    expect(window.get_by_text("You lead until they accept")).to_be_visible()
    expect(window.get_by_text(f"Led by {HELPER}", exact=False).first).to_be_visible()
    no_barriers_in_any_window(window)
    sign_out(window)


def manager_names_the_worker(window: Page) -> None:
    """The manager of the social workers reads it and names who takes it on; nothing is asked again."""
    sign_in(window, MANAGER)
    window.goto("/handovers/")
    follow(window, window.locator("main a[href*='/handovers/']").first)
    press(window, "Read it, then take it on or send it back")
    expect(window.get_by_text("two calls to the police", exact=False)).to_be_visible()
    no_barriers_in_any_window(window)
    picture(window, "step-received")
    press(window, "Take it on")
    choose(window, window.get_by_role("radio", name=WORKER, exact=False))
    no_barriers_in_any_window(window)
    press(window, "Take it on")
    expect(window.get_by_text("It is yours now", exact=False)).to_be_visible()
    sign_out(window)


def worker_finds_it_whole(window: Page, family: uuid.UUID) -> None:
    """The allocated social worker leads: the story is there, early help beside her, the level drawn."""
    sign_in(window, WORKER)
    window.goto(f"/cases/{family}/story/")
    expect(window.get_by_text(SAID_ONCE).first).to_be_visible()
    expect(window.get_by_text(f"Led by {WORKER}", exact=False).first).to_be_visible()
    window.goto(f"/cases/{family}/who-helps/")
    helps = window.locator(".people-who-help")
    expect(helps).to_contain_text(HELPER)
    expect(helps).to_contain_text("The morning routine and the way to school")
    window.goto(f"/cases/{family}/steps/")
    expect(window.locator(".level-now")).to_contain_text("Level 4")
    expect(window.locator(".level-now")).to_contain_text("Risk rising")
    expect(window.locator("figure.chart svg")).to_be_visible()
    no_barriers_in_any_window(window)
    picture(window, "level-and-steps")
    follow(window, window.get_by_role("link", name="Who answers for it"))
    expect(window.get_by_role("heading", name="Who answers for it", level=1)).to_be_visible()
    no_barriers_in_any_window(window)
    sign_out(window)


def test_early_help_steps_a_family_up_and_stays_beside_it(page: Page, family: uuid.UUID) -> None:
    """Journey 5 (S0-69, S0-72, S4-43, P34): one case, one lead at each instant, told nothing twice."""
    helper_sends_it(page, family)
    with acting(SYSTEM):
        assert Lead.objects.get(case=family, ends_at=None).post_id == post_of("early-help").pk
    manager_names_the_worker(page)
    with acting(SYSTEM):
        assert Lead.objects.get(case=family, ends_at=None).post_id == post_of("childrens-worker").pk
        assert CaseMember.objects.get(case=family).post_id == post_of("early-help").pk
        link = SchoolLink.objects.get(school=SCHOOL, ends_on=None)
        told = Notice.objects.filter(kind="school_step")
        assert [each.post_id for each in told] == [link.manager_id], "and no other is told"
    worker_finds_it_whole(page, family)
    sign_in(page, HELPER)
    page.goto(f"/cases/{family}/")
    expect(page.get_by_text(f"Led by {WORKER}", exact=False).first).to_be_visible()
