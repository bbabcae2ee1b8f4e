"""A link reviewer judges pairs by keyboard, and takes an answer back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.walking import arrived, no_barriers, picture, sign_in


def test_reviews_by_keyboard_and_undoes(page: Page) -> None:
    """P4: identity fields only, agency masked."""
    sign_in(page, "Meera Nair")
    page.get_by_role("link", name="Review links").click()
    no_barriers(page)
    page.get_by_role("button", name="Review the next pair").click()
    expect(page.get_by_role("heading", name="Are these the same person?")).to_be_visible()
    expect(page.locator("table.compare")).not_to_contain_text(re.compile("GP|Police|Housing"))
    no_barriers(page)
    picture(page, "review")
    first = page.url
    # when n is pressed, then the next pair comes, and the answer can be undone
    page.keyboard.press("n")
    expect(page.locator(".just-decided")).to_contain_text("not the same")
    expect(page).not_to_have_url(first)
    no_barriers(page)
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(re.escape(first.split("?")[0])))
    expect(page.get_by_role("button", name="Same person")).to_be_visible()
    # a key typed into the reason is a letter, never an answer
    page.get_by_label("Reason (optional)").press_sequentially("scan")
    expect(page.get_by_label("Reason (optional)")).to_have_value("scan")
    page.get_by_role("button", name="Cannot tell").click()
    expect(page.locator(".just-decided")).to_contain_text("cannot tell")


def test_reviews_on_a_phone(phone: Page) -> None:
    sign_in(phone, "Meera Nair")
    phone.goto("/review/")
    no_barriers(phone)
    phone.get_by_role("button", name="Review the next pair").click()
    expect(phone.get_by_role("heading", name="Are these the same person?")).to_be_visible()
    no_barriers(phone)


def test_a_second_reviewer_gives_an_opinion_without_seeing_the_first(page: Page) -> None:
    # given a pair on which the first reviewer could not tell
    sign_in(page, "Meera Nair")
    page.goto("/review/")
    page.get_by_role("button", name="Review the next pair").click()
    expect(page.locator("table.compare")).to_be_visible()
    arrived(page)
    page.keyboard.press("c")
    expect(page.locator(".just-decided")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    # then it waits for the second, and the first answer is not told
    sign_in(page, "Hugh Bannister")
    page.goto("/review/")
    expect(page.locator(".figures")).to_contain_text("waiting for a second opinion")
    page.get_by_role("button", name="Review the next pair").click()
    expect(page.get_by_text("Second opinion: another")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("could not tell")
    no_barriers(page)
    page.keyboard.press("s")
    expect(page.locator(".just-decided")).to_contain_text("same person")
