"""A page that does not say who it is for opens to nobody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from joinedup.foundations.core.pages import (
    PageMarks,
    for_anybody,
    for_anybody_signed_in,
    for_posts_that_may,
)


class Reader:
    """A viewer who may read and nothing else."""

    def may(self, permission: str, /) -> bool:
        return permission == "read"


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def ask(viewing: object, *, by: Reader | None, htmx: bool = False) -> HttpResponse | None:
    request = RequestFactory().get("/page/", headers={"HX-Request": "true"} if htmx else {})
    request.viewer = by  # type: ignore[attr-defined]
    return PageMarks(view).process_view(request, viewing, (), {})  # type: ignore[arg-type]


def fresh() -> object:
    return lambda request: view(request)


def test_an_unmarked_page_opens_to_nobody() -> None:
    with pytest.raises(PermissionDenied):
        ask(fresh(), by=Reader())


def test_a_page_for_anybody_opens_without_signing_in() -> None:
    assert ask(for_anybody(fresh()), by=None) is None  # type: ignore[arg-type]


def test_a_page_for_posts_opens_to_any_post() -> None:
    assert ask(for_anybody_signed_in(fresh()), by=Reader()) is None  # type: ignore[arg-type]


def test_one_of_the_permissions_is_enough() -> None:
    marked = for_posts_that_may("write", "read")(fresh())  # type: ignore[arg-type]
    assert ask(marked, by=Reader()) is None


def test_a_post_without_the_permission_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        ask(for_posts_that_may("write")(fresh()), by=Reader())  # type: ignore[arg-type]


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back() -> None:
    response = ask(for_anybody_signed_in(fresh()), by=None)  # type: ignore[arg-type]
    assert response is not None
    assert response["Location"] == "/sign-in/?next=%2Fpage%2F"


def test_a_part_of_a_page_takes_the_whole_page_to_sign_in() -> None:
    response = ask(for_anybody_signed_in(fresh()), by=None, htmx=True)  # type: ignore[arg-type]
    assert response is not None
    assert response["HX-Redirect"] == "/sign-in/?next=%2Fpage%2F"


def test_what_a_post_has_seen_is_not_kept_by_the_browser() -> None:
    request = RequestFactory().get("/")
    request.viewer = Reader()  # type: ignore[attr-defined]
    assert PageMarks(view)(request)["Cache-Control"] == "no-store"
