"""What looks for barriers on every page finds those that there are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import chromium
from tests.pages import met
from tests.pages.barriers import Given, Window, barriers_of, noting

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head><body class="govuk-template__body">
<main class="govuk-main-wrapper"><h1 class="govuk-heading-l">A page</h1>{}</main></body></html>"""
CLEAN = '<p class="govuk-body">Nothing is wrong here.</p>'


@pytest.fixture
def window(still_window: Callable[[], Window]) -> Window:
    """Where pages are laid out, one after another."""
    if why := chromium.why_not():
        pytest.skip(why)
    return still_window()


@pytest.mark.parametrize(
    ("barrier", "rule"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<input class="govuk-input" name="q">', "label"),
        ('<h4 class="govuk-heading-s">Too deep</h4>', "heading-order"),
        ('<p class="dim">Grey on grey</p><i style="color:#ccc">Faint</i>', "color-contrast"),
        ('<div style="width:400px">Wide</div>', "80 pixels wider"),
        ('<a href="#none"></a>', "link-name"),
    ],
)
def test_a_page_with_a_barrier_is_caught(window: Window, barrier: str, rule: str) -> None:
    """Point 13 of the wall: each page is clean, and one that is not is told of."""
    assert any(rule in told for told in window.barriers(PAGE.format(barrier)))
    assert window.barriers(PAGE.format(CLEAN)) == []


def test_the_style_sheet_is_on_the_page(window: Window) -> None:
    """Else no colour and no width would be judged as it is shown."""
    hidden = '<p class="govuk-visually-hidden" style="width:900px">Only read out</p>'
    assert window.barriers(PAGE.format(hidden)) == []


@pytest.mark.django_db
def test_whatever_a_test_was_given_is_noted_once_for_its_address() -> None:
    with noting() as given:
        Client().get("/what-is-shared/")
        Client().get("/find/")
        Client().get("/no-such-page/")
    assert set(given.pages) == {("what-is-shared", False), ("refused 404", False)}


def test_no_file_and_no_part_of_a_page_is_noted() -> None:
    given = Given()
    for answer in (HttpResponse("<p>part</p>"), HttpResponse("a,b", content_type="text/csv")):
        given.note(answer)
    assert given.pages == {}


def test_a_page_is_looked_at_again_only_when_there_is_much_more_of_it(
    window: Window, tmp_path: Path
) -> None:
    key = ("a page", False)
    more = PAGE.format(CLEAN + '<img src="data:,">')
    assert barriers_of(Given({key: PAGE.format(CLEAN)}), lambda: window, tmp_path) == {}
    assert barriers_of(Given({key: more}), lambda: window, tmp_path) == {}
    much_more = PAGE.format(CLEAN * 20 + '<img src="data:,">')
    for _ in range(2):
        assert list(barriers_of(Given({key: much_more}), lambda: window, tmp_path)) == [key]


def test_an_address_that_no_test_was_given_is_told(tmp_path: Path) -> None:
    """Point 13 of the wall: each address; a new one cannot come in unlooked at."""
    wanted = {str(each.name) for each in met.patterns()} - met.LEAD_ON - met.FILES
    for name in wanted - {"find"}:
        (tmp_path / f"{name} told").touch()
    assert met.faults(tmp_path) == ["find was never laid before axe: no test was given it"]
    (tmp_path / "find").touch()
    assert met.faults(tmp_path) == []
    (tmp_path / "to-mend").touch()
    assert met.faults(tmp_path) == ["to-mend has a page after all"]


def test_what_only_takes_presses_is_known_from_what_opens() -> None:
    """The view itself says so; what is asked in this way is refused with 405 (the access matrix)."""
    by_name = {str(each.name): each.callback for each in met.patterns()}
    assert met.takes_presses_alone(by_name["sign-out"])
    assert met.takes_presses_alone(by_name["case-member-leave"])
    assert not met.takes_presses_alone(by_name["find"])
    assert not met.takes_presses_alone(by_name["emergency"])
    assert (
        len([each for each in by_name.values() if met.takes_presses_alone(each)]) < len(by_name) / 4
    )
