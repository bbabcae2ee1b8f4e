"""Signing in by persona with the keyboard alone, and being told what a post does not open."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.walking import no_barriers, sign_in


def test_signs_in_by_keyboard_alone_and_out_again(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title("Sign in as somebody – Joined Up")
    no_barriers(page)
    # the first stop is the way past the masthead
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=re.compile("Sign in as Ruth Okafor"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Front-door worker")).to_be_visible()
    no_barriers(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Find a person":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in as somebody – Joined Up")


def test_is_told_plainly_what_a_post_does_not_open(page: Page) -> None:
    sign_in(page, "Meera Nair")
    told = page.goto("/find/")
    assert told is not None
    assert told.status == 403
    expect(page.get_by_role("heading", name="Your post does not open this page")).to_be_visible()
    no_barriers(page)
