"""Journeys 1 and 2: one referral and what became of it; the exit. By keyboard; each page at a desk and on a phone."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.held import THE_ONE
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.operations import ContactSaid, record_contact
from joinedup.support.frontdoor.choices import OutcomeKind
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.outcomes import accept_referral, close_referral
from joinedup.support.handovers.models import Handover
from joinedup.support.safeguarding.models import Ring
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.keyboard import choose, press, select, type_into
from tests.journeys.walking import arrived, no_barriers_in_any_window, picture, sign_in

SYSTEM = Viewer.system("a test")
ANSWERS = (
    ("Is any of this so today, or likely soon?", ("None of these",)),
    ("Has there been violence, at home or elsewhere?", ("No",)),
    ("Has the person offended?", ("No",)),
    ("Has the person been a victim of crime, abuse or exploitation?", ("Yes, more than once",)),
    ("Has the person harmed, threatened or harassed others?", ("No",)),
    ("Which emergency services have they used again and again?", ("The emergency department",)),
    ("Why did they call?", ("They needed help",)),
    ("Has a professional judged the risk to be high?", ("None of these",)),
    ("What is help needed with?", ("Alcohol or drugs", "Their home or tenancy")),
    (
        "Which agencies does the person need?",
        ("NHS: a GP, a hospital, mental health", "Housing or a landlord"),
    ),
    ("Which agencies are involved already?", ()),
    ("How soon should somebody be in touch?", ("Within two weeks",)),
)
OFFICER, WORKER = "Sam Hartley", "Ruth Okafor"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in, with its front door."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_door"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        yield PrivateDatabase(name, test_server)


@pytest.fixture
def him(private_database: PrivateDatabase) -> Record:
    """The man of whom everybody holds a piece, as his practice has him."""
    with acting(SYSTEM):
        held = Holding.objects.filter(headline=THE_ONE[0].headline).first()
        assert held is not None
        return Record.objects.get(person=held.person_id, agency="gp", gone_on=None)


def begin(window: Page, him: Record) -> None:
    """The first page of the form, up to who it is."""
    sign_in(window, OFFICER)
    window.goto("/refer/")
    press(window, "Start a referral")
    choose(window, window.get_by_role("radio", name="Person", exact=True))
    select(window, "Why are you looking?", "Early help")
    type_into(window, "First name", him.given_name.title())
    type_into(window, "Family name", him.family_name.title())
    assert him.born_on is not None
    type_into(window, "Date of birth", f"{him.born_on:%d/%m/%Y}")
    type_into(window, "Postcode", him.postcode)


def go_on(window: Page) -> None:
    """The rest of the first page."""
    type_into(
        window, "What is going on?",
        "Fourth visit to the emergency department in two months, each time after drinking.",
    )  # fmt: skip
    type_into(window, "What does the person want?", "Somewhere quiet, and to be asked first.")
    choose(window, window.get_by_role("radio", name="Knows of it and agrees"))
    no_barriers_in_any_window(window)
    press(window, "Go on")
    expect(window.get_by_role("heading", name="Questions", level=1)).to_be_visible()


def answer(window: Page, question: str, *choices: str) -> bool:
    """Answer one question by keyboard; say that what is known is right. Whether it was known."""
    arrived(window)
    one = window.locator("[data-question]", has=window.get_by_text(question, exact=True)).first
    right = one.locator("input[name$='-still'][value=right]")
    if right.count():
        choose(window, right)
        return True
    for each in choices:
        choose(window, one.get_by_label(each, exact=True))
    return False


def test_one_referral_goes_the_right_way_and_its_sender_hears(page: Page, him: Record) -> None:
    """Journey 1 (S0-81, S2-28, S4-9, P16, P17)."""
    begin(page, him)
    match = page.locator("#match")
    expect(match).to_contain_text("One of ours.")
    assert "born" not in match.inner_text(), "one exists, and nothing more is told"
    go_on(page)
    known = [answer(page, question, *choices) for question, choices in ANSWERS]
    assert any(known), "what the officer may see is not asked again"
    no_barriers_in_any_window(page)
    press(page, "Send the referral")
    expect(page.get_by_role("heading", name="Where it goes, and why")).to_be_visible()
    why = page.locator(".words").first
    expect(why).to_contain_text("Transforming Lives panel")
    no_barriers_in_any_window(page)
    picture(page, "referral-sent")
    with acting(SYSTEM):
        referral = Referral.objects.get()
    page.get_by_role("button", name="Sign out").click()
    worker_sends_it_on(page, referral)
    panel_answers(referral)
    sign_in(page, OFFICER)
    page.goto("/sent/")
    page.get_by_role("link", name=him.family_name, exact=False).first.click()
    heard = page.locator("ol.progress")
    expect(heard).to_contain_text("Offered to Transforming Lives panel")
    expect(heard).to_contain_text("accepted", ignore_case=True)
    expect(heard).to_contain_text("Somebody has been in touch")
    no_barriers_in_any_window(page)


def worker_sends_it_on(window: Page, referral: Referral) -> None:
    """The front door opens it from the queue and sends it by the route the rule found."""
    sign_in(window, WORKER)
    window.goto("/queue/")
    no_barriers_in_any_window(window)
    window.keyboard.press("j")
    window.keyboard.press("Enter")
    expect(window.get_by_text(f"Referral {referral.reference}")).to_be_visible()
    no_barriers_in_any_window(window)
    picture(window, "referral-triaged")
    press(window, "Send it on")
    expect(window.get_by_text("Offered", exact=False).first).to_be_visible()
    window.get_by_role("button", name="Sign out").click()


def panel_answers(referral: Referral) -> None:
    """The panel's coordinator accepts it, is in touch, and says what became of it."""
    at = clock.now()
    with acting(SYSTEM):
        asked = Handover.objects.get(matter=referral.pk)
        posts = Post.objects.select_related("team__agency", "user").filter(team=asked.to_team)
    taker = next(v for v in map(Viewer.of_post, posts) if v.may(Permission.TAKE_HANDOVERS))
    accept_referral(by=taker, matter_id=referral.pk, at=at)
    said = ContactSaid(how=How.PHONE, at=at, words="Spoke to him.")
    record_contact(by=taker, matter_id=referral.pk, said=said, at=at)
    close_referral(
        by=taker, matter_id=referral.pk, outcome=OutcomeKind.HELPED,
        words="Somebody has been in touch.", at=at,
    )  # fmt: skip


def test_an_answer_that_means_danger_opens_the_exit_at_once(phone: Page, him: Record) -> None:
    """Journey 2 (S0-31, P19): it stops, says whom to ring, rings until a named person has it."""
    page = phone
    begin(page, him)
    go_on(page)
    answer(
        page, "Is any of this so today, or likely soon?",
        "Somebody is being attacked, or is about to be",
    )  # fmt: skip
    expect(page.get_by_role("heading", name="Somebody in danger", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="999").first).to_be_visible()
    no_barriers_in_any_window(page)
    picture(page, "exit")
    exit_page = page.url
    with acting(SYSTEM):
        rung = Ring.objects.select_related("post__user").earliest("pk")
    lead = rung.post.user.name  # by day the safeguarding lead, at night the emergency duty team
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, lead)
    page.goto("/exits/")
    no_barriers_in_any_window(page)
    page.locator("main a[href*='/exits/']").first.click()
    press(page, "I have it")
    expect(page.get_by_text(lead).first).to_be_visible()
    no_barriers_in_any_window(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, OFFICER)
    page.goto(exit_page)
    expect(page.get_by_role("main").get_by_text(lead).first).to_be_visible()
    page.goto("/refer/")
    expect(page.get_by_text("Begun and not sent")).to_be_visible()
    expect(page.locator(".drafts__one")).to_have_count(1)
