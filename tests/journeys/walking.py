"""What journeys do on every page: sign in, look for barriers, keep a picture."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, FloatRect, Page, Request, expect

WIDE = (1280, 900)
PHONE = (390, 844)

PATIENCE = 30_000
"""How long a journey waits for what it expects, in milliseconds: a busy machine is slow, and no fault."""

TALLEST = 900

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"

AXE = Axe().axe_script
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ASKED = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "resultTypes": ["violations"],  # else it describes every element that passed, too
}


class Watch:
    """Notes console errors, failed requests and requests to any other host."""

    def __init__(self, page: Page, site: str) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self._site = site
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # A refusal or a missing page is an answer, which Chromium tells as a failed load.
        refused = "status of 403" in message.text or "status of 404" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self._site, "data:", "about:")):
            self.elsewhere.append(request.url)


def sign_in(page: Page, who: str) -> None:
    """Choose a persona by name."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in as {who}").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def no_barriers(page: Page) -> None:
    """Check that axe finds nothing, and that nothing runs out of the side, four times as large too."""
    _axe_finds_nothing(page)
    nothing_aside_zoomed(page)


def _axe_finds_nothing(page: Page) -> None:
    arrived(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "asked => axe.run(document, asked).then(found => found.violations)", ASKED
    )
    told = [f"{v['id']}: {v['help']}: {[n['html'][:200] for n in v['nodes'][:3]]}" for v in found]
    assert told == [], "\n".join(told)


def no_barriers_in_any_window(page: Page) -> None:
    """The same in a window as wide as a desk's and in one as wide as a phone's."""
    was = page.viewport_size
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    _axe_finds_nothing(page)
    nothing_aside(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    no_barriers(page)
    if was is not None:
        page.set_viewport_size(was)


def arrived(page: Page) -> None:
    """Wait until the page is there to its end, and its scripts have begun.

    A press waits until the next page has begun, no longer: what reads at once then meets half of it.
    Where a script of the page sends its form, expect first what only the next page has.
    """
    page.wait_for_load_state()


def whole(page: Page) -> str:
    """Everything that the page was sent: what is not in it, it does not tell."""
    arrived(page)
    return page.content()


def nothing_aside(page: Page) -> None:
    """Check that nothing runs out of the side of the window."""
    arrived(page)
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider == 0, f"the page is {wider} pixels wider than the window"


def nothing_aside_zoomed(page: Page) -> None:
    """The same, and with the page at four times its size: 320 pixels of a window of 1280 are left."""
    nothing_aside(page)
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    nothing_aside(page)
    if wide is not None:
        page.set_viewport_size(wide)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the window when JOINEDUP_PICTURES says so."""
    if os.environ.get("JOINEDUP_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        # From the top, no longer than one reads at a glance, so that the pictures stay small.
        width = page.evaluate("document.documentElement.clientWidth")
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": height}
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True, clip=clip)
