"""That a page which forgot somebody would be found: the gate over every page test holds (issue 3, point 9)."""

from collections.abc import Iterator
from unittest import mock

import pytest

from joinedup.identity.sharing.looked import Whom
from tests.pages import trail
from tests.pages.signing_in import signed_in
from tests.pages.test_handover_pages import given


@pytest.fixture
def each_look_left_its_lines() -> Iterator[None]:
    """In place of the gate itself: here a page is to be found out."""
    return iter([None])


def test_a_page_that_tells_of_somebody_without_a_line_is_found_out(empty: None) -> None:
    of = given()
    with trail.following() as untold:
        assert signed_in("wellbeing").get(of.page).status_code == 200
    assert untold == []
    nobody = mock.PropertyMock(return_value=False)
    with mock.patch.object(Whom, "waits", nobody), trail.following() as untold:
        assert signed_in("wellbeing").get(of.page).status_code == 200
    assert [each.partition(" ")[0] for each in untold] == ["handover"]
