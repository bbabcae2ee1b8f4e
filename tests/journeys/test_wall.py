"""Three truths about one person; an agreement that ends at midnight; the person's own page."""

import datetime
import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.held import THE_ONE
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.operations.agreement_warnings import warn_of_agreements
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.walking import arrived, no_barriers, picture, sign_in, whole

SYSTEM = Viewer.system("a test")
OFFICER, DOCTOR, POLICE = "Dean Whitlock", "Dr Anjali Rao", "Sam Hartley"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in, under the demo's own agreements."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_wall"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        yield PrivateDatabase(name, test_server)


@pytest.fixture
def him(private_database: PrivateDatabase) -> str:
    """The man of whom everybody holds a piece."""
    with acting(SYSTEM):
        held = Holding.objects.filter(headline=THE_ONE[0].headline).first()
        assert held is not None
        return str(held.person_id)


def categories(page: Page) -> set[str]:
    """What the person's page shows, by holder and category."""
    arrived(page)
    found = page.locator("article.held")
    return {
        f"{each.get_attribute('data-holder')} {each.get_attribute('data-category')}"
        for each in found.all()
    }


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def seen_as(page: Page, who: str, person: str, *, looking_for: str = "") -> set[str]:
    sign_in(page, who)
    page.goto(f"/people/{person}/")
    if looking_for:
        page.get_by_role("link", name="Change why you look").click()
        no_barriers(page)
        page.get_by_label(looking_for, exact=True).check()
        page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="What agencies hold")).to_be_visible()
    return categories(page)


def test_three_practitioners_see_three_truths_each_explained(page: Page, him: str) -> None:
    """P8, P9, P10: what each may see of one person, why, and what is told of the rest."""
    truths = {}
    for who in (OFFICER, DOCTOR, POLICE):
        truths[who] = seen_as(page, who, him)
        for card in page.locator("article.held").all():
            expect(card.get_by_text("Why you see this:")).to_be_visible()
            assert re.search(r"Why you see this:\s+\S+", card.inner_text())
        no_barriers(page)
        picture(page, f"person-as-{who.split()[-1].lower()}")
        sign_out(page)
    assert len({frozenset(truth) for truth in truths.values()}) == 3
    assert "housing housing" in truths[OFFICER]
    assert "gp health" in truths[DOCTOR]
    assert "police crime_victim" in truths[POLICE]
    assert "police crime_offender" in truths[POLICE]
    for who, truth in truths.items():
        assert "fire live_warning" in truth, who
    assert not any(seen.startswith("police intelligence") for seen in truths[OFFICER])
    assert not any(seen.startswith("police crime_offender") for seen in truths[DOCTOR])
    assert not any(seen.startswith("gp sexual_health") for seen in truths[POLICE])


ENDING = "Anti-social behaviour on the estates"


def warned_of_its_last_day() -> None:
    """As each morning; the warnings before it are in tests/sharing/test_agreement_warnings.py."""
    today = day_of(clock.now())
    warn_of_agreements(day=today, at=start_of(today))


def antisocial_looked_at(since: datetime.datetime, until: datetime.datetime) -> list[bool]:
    """Of each look of the police's in that time: whether what housing holds of nuisance was in it."""
    with acting(SYSTEM):
        lines = Entry.objects.filter(agency="police", at__gte=since, at__lt=until)
        return [
            line.holder == "housing" and Category.ANTISOCIAL in line.categories for line in lines
        ]


def test_an_agreement_that_ends_at_midnight_shuts_what_it_carried(page: Page, him: str) -> None:
    """Journey 11 (P7): warned and foretold; at 00:01 shut but for safety; told, and on record."""
    began = clock.now()
    warned_of_its_last_day()
    before = seen_as(page, POLICE, him)
    assert "housing antisocial" in before
    sign_out(page)

    sign_in(page, "Margaret Thorne")
    page.get_by_role("link", name="My notices").click()
    expect(page.get_by_text("comes up for review").first).to_be_visible()
    page.get_by_role("link", name="Agreements", exact=True).click()
    expect(page.get_by_text(ENDING)).to_be_visible()
    no_barriers(page)
    picture(page, "agreements")
    page.get_by_role("link", name=ENDING).click()
    no_barriers(page)
    picture(page, "agreement")
    page.get_by_role("link", name="What its lapse would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("Police").first).to_be_visible()
    no_barriers(page)
    sign_out(page)

    page.goto("/demo-clock/")
    page.get_by_role("button", name="Go to one minute past midnight").click()
    expect(page.get_by_text("12:01am").first).to_be_visible()
    midnight = start_of(day_of(clock.now()))
    after = seen_as(page, POLICE, him)
    assert "housing antisocial" not in after
    assert "housing housing" not in after
    assert "fire live_warning" in after
    assert before - after == {"housing antisocial", "housing housing"}
    page.get_by_role("link", name="My notices").click()
    expect(page.get_by_text("no longer open to you").first).to_be_visible()
    sign_out(page)
    sign_in(page, "Margaret Thorne")
    page.get_by_role("link", name="My notices").click()
    expect(page.get_by_text("has closed, and with it what it carried").first).to_be_visible()
    # then the log proves it
    assert any(antisocial_looked_at(began, midnight))
    since = antisocial_looked_at(midnight, clock.now() + datetime.timedelta(hours=1))
    assert since
    assert not any(since)
    clock.set_for_tests(None)


def test_the_person_takes_back_one_yes_and_it_holds_at_once(phone: Page, him: str) -> None:
    """Journey 12: who has looked, what I said yes to; withdrawn, it holds at once (P39)."""
    page = phone
    before = seen_as(page, OFFICER, him, looking_for="Early help")
    assert "fire fire_safety" in before
    sign_out(page)

    sign_in(page, "Grace Adeyemi")
    page.goto(f"/people/{him}/own-page/")
    no_barriers(page)
    page.get_by_role("button", name="Make a code").click()
    expect(page.get_by_text("First ask, alone with the person").first).to_be_visible()
    page.get_by_label("I asked, alone with the person").check()
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".govuk-panel__body").inner_text().strip()
    sign_out(page)

    page.goto("/my-page/")
    expect(page.get_by_role("heading", name="Open your page")).to_be_visible()
    with acting(SYSTEM):
        born = Record.objects.filter(person=him, born_on__isnull=False).earliest("pk").born_on
    assert born is not None
    page.get_by_label("Your code").fill(code.lower())
    page.get_by_label("Your date of birth").fill(f"{born.day} {born.month} {born.year}")
    no_barriers(page)
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", name="Choose a second key")).to_be_visible()
    no_barriers(page)
    page.get_by_label("A number that you will remember").fill("111111")
    page.get_by_role("button", name="Use this number").click()
    expect(page.get_by_text("easy to guess").first).to_be_visible()
    page.get_by_label("A number that you will remember").fill("580213")
    page.get_by_role("button", name="Use this number").click()
    expect(page.get_by_role("heading", name="My page")).to_be_visible()
    looks = page.get_by_role("table", name="Each look, newest first")
    expect(looks.get_by_text("Housing officer").first).to_be_visible()
    assert Category.INTELLIGENCE.label not in whole(page)
    assert "Police liaison" not in looks.inner_text()
    no_barriers(page)
    picture(page, "my-page-phone")
    page.get_by_role("button", name="Take this back").first.click()
    expect(page.get_by_text("It holds from this moment")).to_be_visible()
    page.context.clear_cookies()

    after = seen_as(page, OFFICER, him, looking_for="Early help")
    assert "fire fire_safety" not in after
    assert "fire live_warning" in after
