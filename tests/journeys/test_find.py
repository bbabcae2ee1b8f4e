"""A front-door worker finds the one person behind the agencies' records."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import borough
from tests.borough import Line
from tests.journeys.walking import no_barriers, picture, sign_in, whole


def known_twice(folder: Path) -> Line:
    """Somebody whom a practice and adult social care hold under one NHS number, with a plain name."""
    held = {
        row["nhs_no"].replace(" ", "")
        for row in borough.sent_by(folder, "adult_social_care")
        if row["nhs_number_status"] == "01"
    }
    return next(
        row
        for row in borough.sent_by(folder, "gp_registrations")
        if row["nhs_number"] in held
        and row["nhs_number_status"] == "01"
        and not row["date_of_death"]
        and re.fullmatch(r"[A-Z][a-z]{4,}", row["surname"])
        and re.fullmatch(r"[A-Z][a-z]{3,}", row["forename"])
        and row["sealed"] != "Y"
    )


def damaged(name: str) -> str:
    """A typing error: two letters in the middle changed places."""
    return name[:2] + name[3] + name[2] + name[4:]


def test_finds_a_person_by_a_misspelt_name_and_opens_the_evidence(page: Page, sent: Path) -> None:
    """P3: two identifying elements are enough; the best stands first with why."""
    somebody = known_twice(sent)
    born = somebody["date_of_birth"]
    # given somebody at the front door
    sign_in(page, "Ruth Okafor")
    page.get_by_role("link", name="Find a person").first.click()
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    no_barriers(page)
    # when only a name is typed, then nobody is shown, and what is missing is said
    box.press_sequentially(damaged(somebody["surname"]), delay=15)
    expect(page.locator("#answers .govuk-inset-text")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    # when a date of birth is added, then the person stands first
    box.press_sequentially(f" {somebody['forename']} {born[8:]}/{born[5:7]}/{born[:4]}", delay=15)
    first = page.locator(".answer").first
    expect(first).to_contain_text(somebody["surname"])
    expect(first).to_contain_text(somebody["forename"])
    expect(page.locator("#find-status")).to_contain_text("best first")
    assert page.locator(".answer").count() <= 10
    no_barriers(page)
    picture(page, "find")
    # when Enter is pressed, then the person opens, and their records with sources and dates
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(somebody["surname"])
    held = page.get_by_role("table", name="Who each agency says this is")
    expect(held).to_contain_text("GP practices")
    expect(held).to_contain_text("Adult social care")
    expect(page.locator(".person-facts")).to_contain_text("NHS number")
    no_barriers(page)
    picture(page, "person")
    # when the evidence is asked for, then every pair has its picture and its table
    page.get_by_role("link", name="See the evidence between these records").click()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("Birth|birth|date")).first).to_be_visible()
    no_barriers(page)


def test_walks_the_answers_by_keyboard_alone(page: Page, sent: Path) -> None:
    somebody = known_twice(sent)
    sign_in(page, "Tomasz Zielinski")
    page.goto("/find/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(f"{somebody['surname']} {somebody['postcode']}")
    expect(page.locator(".answer").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".answer__name a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/people/"))
    page.get_by_role("link", name="Back to the search").click()
    expect(page.get_by_role("searchbox")).to_have_value(re.compile(somebody["surname"]))
    expect(page.locator(".answer").first).to_be_visible()


def test_a_police_officer_sees_no_nhs_number_anywhere(page: Page, sent: Path) -> None:
    """P3: the NHS number is for health and social care posts only."""
    somebody = known_twice(sent)
    number = somebody["nhs_number"]
    sign_in(page, "Sam Hartley")
    page.goto("/find/")
    page.get_by_role("searchbox").fill(f"{somebody['surname']} {somebody['date_of_birth']}")
    page.locator(".answer__name a").first.click()
    expect(page.get_by_role("table", name="Who each agency says this is")).to_be_visible()
    assert number not in re.sub(r"\s", "", whole(page))
    page.get_by_role("link", name="See the evidence between these records").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert number not in re.sub(r"\s", "", whole(page))


def test_says_what_to_try_when_nobody_fits(page: Page) -> None:
    sign_in(page, "Ruth Okafor")
    page.goto("/find/")
    page.get_by_role("searchbox").fill("Qwxzvrt Zzyqx 3 March 1911")
    expect(page.get_by_role("heading", name="Nobody fits all of that")).to_be_visible()
    no_barriers(page)


def test_an_answer_that_is_too_late_never_replaces_a_newer_one(page: Page, sent: Path) -> None:
    somebody = known_twice(sent)
    sign_in(page, "Ruth Okafor")
    page.goto("/find/")
    text = f"{somebody['surname']} {somebody['date_of_birth']}"
    page.get_by_role("searchbox").press_sequentially(text, delay=5)
    expect(page.locator("[data-answers-to]")).to_have_attribute("data-answers-to", text)


def test_finds_on_a_phone_without_running_out_of_the_side(phone: Page, sent: Path) -> None:
    somebody = known_twice(sent)
    sign_in(phone, "Ruth Okafor")
    no_barriers(phone)
    phone.goto("/find/")
    phone.get_by_role("searchbox").fill(f"{somebody['surname']} {somebody['date_of_birth']}")
    expect(phone.locator(".answer").first).to_be_visible()
    no_barriers(phone)
    picture(phone, "find-phone")
    phone.locator(".answer__name a").first.click()
    expect(phone.get_by_role("table", name="Who each agency says this is")).to_be_visible()
    no_barriers(phone)
    phone.goto(phone.url + "evidence/")
    no_barriers(phone)


def test_reports_a_correction_and_keeps_what_was_typed(page: Page, sent: Path) -> None:
    """P5: a correction is notified to the source."""
    somebody = known_twice(sent)
    sign_in(page, "Ruth Okafor")
    page.goto("/find/")
    page.get_by_role("searchbox").fill(f"{somebody['surname']} {somebody['date_of_birth']}")
    page.locator(".answer__name a").first.click()
    page.get_by_role("link", name="Report a correction").click()
    page.get_by_label("How do you know?").fill("Seen on the passport today")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the record that is wrong")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("How do you know?")).to_have_value("Seen on the passport today")
    no_barriers(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("What is wrong in it?").select_option("Date of birth")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("The agency that holds the record will be told.")).to_be_visible()
    no_barriers(page)


def test_a_correction_reaches_the_agency_that_holds_the_record(page: Page, sent: Path) -> None:
    """P5: a correction is notified to the source."""
    somebody = known_twice(sent)
    sign_in(page, "Sam Hartley")
    page.goto("/find/")
    page.get_by_role("searchbox").fill(f"{somebody['surname']} {somebody['date_of_birth']}")
    page.locator(".answer__name a").first.click()
    page.get_by_role("link", name="Report a correction").click()
    page.get_by_role("radio", name=re.compile("Adult social care")).first.check()
    page.get_by_label("What is wrong in it?").select_option("Address")
    page.get_by_label("How do you know?").fill("Told by the neighbour")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("The agency that holds the record will be told.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "Priya Chaudhry")
    page.goto("/deliveries/")
    told = page.get_by_role("table", name="Corrections reported to you")
    expect(told).to_contain_text("Told by the neighbour")
    no_barriers(page)
