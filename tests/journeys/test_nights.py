"""A data manager reads what a night did: deliveries, quarantine, quality."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import no_barriers, picture, sign_in


def test_reads_a_delivery_and_downloads_its_rows_to_mend(page: Page, tmp_path: Path) -> None:
    sign_in(page, "Priya Chaudhry")
    no_barriers(page)
    page.get_by_role("link", name="Deliveries", exact=True).click()
    no_barriers(page)
    picture(page, "deliveries")
    # given the night of 20 November, in which adult social care sent two faulty rows
    night = page.get_by_role("table", name="Night of 20 November 2026")
    night.get_by_role("link", name="Adult social care").click()
    expect(page.get_by_role("table", name="Reconciliation")).to_contain_text("Rows sent")
    kept = page.get_by_role("table", name=re.compile("Quarantined rows"))
    expect(kept).to_contain_text("dob")
    no_barriers(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rows to mend").click()
    out = tmp_path / "mend.csv"
    download.value.save_as(out)
    text = out.read_text(encoding="utf-8-sig")
    assert "ASC-F1" in text
    assert "31/02/1980" in text


def test_reads_a_delivery_against_the_one_before(page: Page) -> None:
    sign_in(page, "Priya Chaudhry")
    page.goto("/deliveries/")
    night = page.get_by_role("table", name="Night of 21 November 2026")
    night.get_by_role("link", name="Adult social care").click()
    table = page.get_by_role("table", name="Reconciliation")
    expect(table).to_contain_text("Last time (20 November 2026)")
    expect(table).to_contain_text("Difference")


def test_reads_the_quality_of_linkage(page: Page) -> None:
    sign_in(page, "Priya Chaudhry")
    page.get_by_role("link", name="Quality", exact=True).click()
    expect(page.get_by_role("table", name=re.compile("Certain links"))).to_contain_text("Precision")
    expect(page.get_by_role("table", name="Missed links by age")).to_be_visible()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    no_barriers(page)


def test_reads_deliveries_and_quality_on_a_phone(phone: Page) -> None:
    sign_in(phone, "Priya Chaudhry")
    phone.goto("/deliveries/")
    no_barriers(phone)
    phone.get_by_role("link", name="Adult social care").last.click()
    no_barriers(phone)
    phone.goto("/quality/")
    no_barriers(phone)


@pytest.mark.empty_product
@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("Priya Chaudhry", "/", "See the first step"),
        ("Priya Chaudhry", "/deliveries/", "Put each agency’s identity file into this folder"),
        ("Priya Chaudhry", "/quality/", "Nothing has been measured yet"),
        ("Ruth Okafor", "/", "Nobody can be found yet"),
        ("Ruth Okafor", "/find/", "Give two things that point at one person"),
        ("Meera Nair", "/review/", "No pair has come yet"),
    ],
)
def test_an_empty_product_explains_its_first_step(
    phone: Page, who: str, address: str, said: str
) -> None:
    sign_in(phone, who)
    phone.goto(address)
    expect(phone.get_by_role("main")).to_contain_text(said)
    no_barriers(phone)
