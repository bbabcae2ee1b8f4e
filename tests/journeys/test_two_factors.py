"""An administrator comes for the first time: one-time code, password, passkey; then their own pages."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from joinedup.foundations.accounts.operations import passwords
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from tests.journeys.walking import PATIENCE, PHONE, WIDE, Watch, no_barriers
from tests.pages.production import as_in_production

EMAIL, SECRET = "jo@joinedup.invalid", "tureen gallop oxide"


@pytest.fixture
def code(site: str) -> Iterator[str]:
    """The one-time code of somebody who was just appointed, on a site as production serves it."""
    with as_in_production():
        agency, _ = Agency.objects.get_or_create(
            code="partnership", defaults={"name": "The partnership", "kind": "partnership"}
        )
        team, _ = Team.objects.get_or_create(agency=agency, name="Office")
        now = timezone.now()
        user = passwords.open_account(by=None, email=EMAIL, name="Jo Newly", at=now)
        post = Post.objects.create(
            user=user, team=team, role="partnership_administrator",
            starts_on=datetime.date(2026, 1, 1),
        )  # fmt: skip
        kind = NoticeKind.AGREEMENT_CHANGED
        tell(by=None, posts=[post.pk], kind=kind, link="/account/", at=now)
        yield passwords.invite(by=None, user=user, at=now)


@pytest.fixture
def browser(chromium: Browser, site: str) -> Iterator[Page]:
    """A window with a passkey in its machine. A passkey wants a name: an address alone is none."""
    named = site.replace("127.0.0.1", "localhost")
    context = chromium.new_context(
        base_url=named, viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2", "transport": "internal", "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    watch = Watch(page, named)
    yield page
    context.close()
    assert watch.errors == []
    assert watch.elsewhere == []


@pytest.mark.empty_product
def test_comes_in_with_a_passkey_and_keeps_posts_and_notices(browser: Page, code: str) -> None:
    page = browser
    page.goto("/sign-in/")
    no_barriers(page)
    page.get_by_role("link", name="I was handed a one-time code").click()
    no_barriers(page)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("New password").fill(SECRET)
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    no_barriers(page)
    page.get_by_label("What to call it").fill("this machine")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    no_barriers(page)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Partnership administrator")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    no_barriers(page)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Partnership administrator")).to_be_visible()

    for path in ("/account/", "/account/add/", "/account/prove/", "/posts/appoint/", "/notices/"):
        page.goto(path)
        no_barriers(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for path in ("/account/sessions/", "/posts/", "/notices/how/"):
        page.goto(path)
        no_barriers(page)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    page.goto("/posts/?q=newly")
    page.get_by_role("link", name="Jo Newly").click()
    no_barriers(page)
    page.get_by_role("link", name="Say who manages and supervises").click()
    no_barriers(page)
    page.get_by_role("link", name="My notices (1)").click()
    page.get_by_role("link", name="An agreement to share has a new version.").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    expect(page.get_by_role("link", name="My notices (1)")).to_have_count(0)
