"""The pages of a case are not there for whoever does not work at it, and shut to roles that see nobody."""

from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from joinedup.foundations.core.pages import mark_of
from tests.pages.case_addresses import case_address
from tests.pages.signing_in import signed_in
from tests.pages.test_every_page import NAMES

PAGES = {
    name: reverse(name, kwargs=arguments)
    for name in NAMES
    if (arguments := case_address(name)) is not None and not name.startswith(("own-", "caseload"))
}
"""Of a case that nobody works at, or that does not exist: the two answer alike (P8)."""


def test_every_page_of_a_case_is_for_those_who_see_people_alone() -> None:
    for name, path in PAGES.items():
        mark = mark_of(get_resolver().resolve(path).func)
        assert mark is not None, name
        assert mark.signed_in, name
        assert mark.permissions, name


@pytest.mark.parametrize(
    ("persona", "codes"),
    [("housing", {403, 404, 405}), ("analyst", {403}), ("referrer", {403})],
)
def test_to_others_there_is_no_such_case(linked: Path, persona: str, codes: set[int]) -> None:
    client = signed_in(persona)
    for name, path in PAGES.items():
        assert client.get(path).status_code in codes, (name, path)


def test_nobody_reads_a_case_without_signing_in(linked: Path) -> None:
    for name, path in PAGES.items():
        response = signed_in(None).get(path)
        assert response.status_code == 302, name
        assert response["Location"].startswith("/sign-in/"), name
