"""Every page that a page test was given, laid before axe in one still window as wide as a phone zoomed.

The test client has each page already: here it only gets its style sheet and is looked at, without a server. Scripts
do not run, so that what they would fold away is looked at too; with scripts the journeys look.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from joinedup.foundations.core.styles import BUILT
from tests.chromium import Start
from tests.journeys.walking import ASKED, AXE

NARROW = {"width": 320, "height": 640}
"""What is left of a window of 1280 at four times the size (WCAG 1.4.10)."""
_MUCH_MORE = 1.5
"""A page of an address is looked at again if it is so many times as long as one that was clean: a look costs a tenth
of a second."""
_ASKED = {**ASKED, "preload": False}  # the style sheet is here already
_LAID_OUT = """
page => {
    const read = new DOMParser().parseFromString(page, 'text/html');
    for (const each of read.querySelectorAll('script, link[rel=stylesheet]')) each.remove();
    document.replaceChild(document.adoptNode(read.documentElement), document.documentElement);
    window.scrollTo(0, 0);
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
}
"""
_STYLED = """
css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}
"""
_ASK = "asked => axe.run(document, asked).then(found => found.violations)"


@dataclass
class Given:
    """The longest page of each address, with mistakes told and without, that tests were given."""

    pages: dict[tuple[str, bool], str] = field(default_factory=dict)

    def note(self, response: HttpResponse) -> None:
        """Keep a page, not a part of one, a file, or what leads on."""
        if response.streaming or "text/html" not in response.get("Content-Type", ""):
            return
        html = response.content.decode()
        if "<html" not in html:
            return
        there = response.status_code == 200
        name = response.resolver_match.url_name if there else f"refused {response.status_code}"  # type: ignore[attr-defined]
        key = (str(name), "govuk-error-summary" in html)
        if len(html) > len(self.pages.get(key, "")):
            self.pages[key] = html


@contextmanager
def noting() -> Iterator[Given]:
    """Note whatever the test client is given, by any test meanwhile."""
    given, asks = Given(), Client.request

    def request(client: Client, **how: Any) -> Any:
        response = asks(client, **how)
        given.note(response)
        return response

    with mock.patch.object(Client, "request", request):
        yield given


class Window:
    """A still page with the site's style sheet, in which one page after another is laid out."""

    def __init__(self, start: Start) -> None:
        self._page: Page = start().new_page(viewport=NARROW)
        self._page.set_content("<!DOCTYPE html><title>Still</title>")
        self._page.evaluate(_STYLED, (BUILT / "site.css").read_text("utf-8"))
        self._page.evaluate(AXE)

    def barriers(self, html: str) -> list[str]:
        """What axe finds, and how far the page runs out of the side."""
        wider = self._page.evaluate(_LAID_OUT, html)
        aside = [f"{wider} pixels wider than the window"] if wider > 0 else []
        found = self._page.evaluate(_ASK, _ASKED)
        return aside + [
            f"{each['id']}: {each['help']}: {[node['html'][:200] for node in each['nodes'][:3]]}"
            for each in found
        ]


def looked_at_by(session_folder: Path) -> Path:
    """Where the workers of one session say which pages they found to be clean: a file named for each address."""
    return session_folder / "looked_at"


def barriers_of(
    given: Given, window: Callable[[], Window], looked_at: Path
) -> dict[tuple[str, bool], list[str]]:
    """The barriers of each page, but where another worker or module found one of its address to be clean."""
    found = {}
    looked_at.mkdir(exist_ok=True)
    for key, html in sorted(given.pages.items()):
        mark = looked_at / " ".join((key[0], *["told"] * key[1]))
        before = int(mark.read_text() or 0) if mark.exists() else 0
        if before and len(html) < before * _MUCH_MORE:
            continue
        if told := window().barriers(html):
            found[key] = told
        else:
            mark.write_text(str(len(html)))
    return found
