"""An agreement is written, foretold, signed and looked at; what would change is said before it does."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from joinedup.demo.personas import PERSONAS, Persona
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.agreement_life import sign_agreement
from joinedup.identity.sharing.operations.agreements import draft_agreement, edit_agreement
from tests.journeys.walking import no_barriers, picture, sign_in
from tests.sharing import walled
from tests.sharing.parties import WRITTEN

pytestmark = pytest.mark.empty_product


def persona(code: str) -> Viewer:
    found: Persona = next(each for each in PERSONAS if each.code == code)
    post = Post.objects.select_related("team__agency", "user").get(pk=found.post_id)
    return Viewer.of_post(post, purpose="")


def drafted() -> SharingAgreement:
    """A draft with every heading written and an empty schedule, as the information governance lead left it."""
    by, at = persona("ig-lead"), clock.now()
    draft = draft_agreement(
        by=by,
        reference="ISA-2026-04",
        title="Safer tenancies",
        parties=("police", "housing", "adult_care"),
        at=at,
    )
    today = day_of(at)
    days = {"starts_on": today, "review_on": today + datetime.timedelta(days=20), "ends_on": None}
    return edit_agreement(by=by, agreement_id=draft.pk, values={**WRITTEN, **days}, edited=0, at=at)


def add_line(
    page: Page, holder: str, recipient: str, purpose: str, gateway: str, *what: str
) -> None:
    """Fill in a line of the schedule, by keyboard where a keyboard is quicker."""
    page.get_by_label("Who sends?").select_option(label=holder)
    page.get_by_label("Who receives?").select_option(label=recipient)
    page.get_by_label("For what purpose?").select_option(label=purpose)
    page.get_by_role("button", name="Show the gateways").press("Enter")
    page.get_by_role("radio", name=gateway).check()
    for category in what:
        page.get_by_label(category).check()
    page.get_by_role("button", name="Add the line").click()
    expect(page.get_by_text("The line stands in the schedule.")).to_be_visible()


def test_an_agreement_is_written_signed_and_watched(page: Page) -> None:
    """P7: what would change is shown before it is done."""
    # given a draft whose schedule is empty
    draft = drafted()
    sign_in(page, "Margaret Thorne")
    page.get_by_role("link", name="Agreements").click()
    no_barriers(page)
    page.get_by_role("link", name="Safer tenancies").click()
    expect(page.get_by_text("Still missing:")).to_be_visible()
    # when she writes its lines, through gateways that fit
    page.get_by_role("link", name="Write the schedule").click()
    page.get_by_label("Who sends?").select_option(label="Police")
    page.get_by_label("Who receives?").select_option(label="Housing")
    page.get_by_label("For what purpose?").select_option(
        label="Risk stratification for case finding"
    )
    page.get_by_role("button", name="Show the gateways").click()
    expect(page.get_by_text("No gateway in law leads").first).to_be_visible()
    nuisance, matching, acting = (
        "Anti-social behaviour", "Agencies that have agreed", "Agencies that act on",
    )  # fmt: skip
    add_line(page, "Police", "Housing", nuisance, matching, "Name, date of birth")
    add_line(page, "Housing", "Police", nuisance, acting, "Housing")
    care, help_ = "Adult social care", "Early help"
    add_line(page, care, "Housing", help_, "Agencies that help early", care)
    no_barriers(page)
    # then the agreement is a picture of agencies and arrows
    page.goto(f"/agreements/{draft.pk}/")
    expect(page.get_by_role("img", name="Who would send to whom")).to_be_visible()
    # when the others have signed and the last signatory has read what would change
    draft.refresh_from_db()
    for code in ("police", "adult_care"):
        hand = walled.viewer(code, "signatory", team="Directors")
        sign_agreement(by=hand, agreement_id=draft.pk, edited=draft.edited, at=clock.now())
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "Lorna Fisk")
    page.goto(f"/agreements/{draft.pk}/")
    page.get_by_role("button", name="Read and sign").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    page.get_by_role("button", name="Sign for my agency").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    no_barriers(page)
    page.get_by_label("I have read this version").check()
    page.get_by_role("button", name="Sign for my agency").click()
    # then it is in force, and warns of its review
    expect(page.get_by_text("It is in force")).to_be_visible()
    expect(page.get_by_text("Closes in 20 days")).to_be_visible()
    expect(page.get_by_role("img", name="Who sends to whom")).to_be_visible()
    no_barriers(page)
    picture(page, "agreement")
    page.get_by_role("link", name="What its lapse would change").click()
    expect(page.get_by_text("No safety fact would be lost")).to_be_visible()
    no_barriers(page)


def test_the_register_is_read_on_a_phone(phone: Page) -> None:
    draft = drafted()
    sign_in(phone, "Dr Owen Pryce")
    for path in (
        "/agreements/",
        f"/agreements/{draft.pk}/",
        f"/agreements/{draft.pk}/edit/dates/",
        f"/agreements/{draft.pk}/change/end/",
    ):
        phone.goto(path)
        expect(phone.locator("h1")).to_be_visible()
        no_barriers(phone)
