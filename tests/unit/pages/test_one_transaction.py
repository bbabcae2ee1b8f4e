"""A request is one transaction and acts as its viewer; what is refused is taken back, and told."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.single_view.middleware import POST, PURPOSE, OneTransaction, SignedInPost
from tests.sharing import walled

pytestmark = pytest.mark.django_db

View = Callable[[HttpRequest], HttpResponse]


@pytest.fixture
def viewer() -> Viewer:
    """Somebody at work in a practice."""
    walled.agency("gp")
    return walled.viewer("gp")


def asked(view: View, viewer: Viewer | None = None, **session: str) -> HttpResponse:
    """What comes back through both."""
    request = RequestFactory().get("/a-page/")
    request.user = User.objects.get(pk=viewer.user_id) if viewer else AnonymousUser()
    request.session = {**({POST: str(viewer.post_id)} if viewer else {}), **session}  # type: ignore[assignment]
    request.resolver_match = SimpleNamespace(kwargs={}, url_name="a_page")  # type: ignore[assignment]
    return OneTransaction(SignedInPost(view))(request)


def entered(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [f"joinedup.{name}"])
        return str(cursor.fetchone()[0])


def lines() -> list[tuple[str, str, object]]:
    with acting(walled.SYSTEM):
        told = Entry.objects.filter(outcome="refused")
        return list(told.values_list("subject_kind", "subject_id", "person_id"))


def test_a_request_acts_as_its_viewer_and_nobody_does_afterwards(viewer: Viewer) -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append((entered("post"), entered("purpose")))
        return HttpResponse("well")

    asked(view, viewer)
    assert seen == [(str(viewer.post_id), "own_work")]
    assert entered("post") == ""


def test_whoever_is_not_signed_in_is_nobody_whatever_stood_before(viewer: Viewer) -> None:
    """A setting that had stayed on the connection is cleared for every request, also for nobody."""
    seen = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('joinedup.system', 'left over', false)")
    asked(lambda request: seen.append(entered("system")) or HttpResponse("well"))
    assert seen == [""]


def test_the_purpose_chosen_is_the_session_s_where_the_role_has_it(viewer: Viewer) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(entered("purpose"))
        return HttpResponse("well")

    asked(view, viewer, **{PURPOSE: "safeguard_child"})
    asked(view, viewer, **{PURPOSE: "law_enforcement"})
    assert seen == ["safeguard_child", "own_work"]


def test_a_post_that_has_ended_acts_no_more(viewer: Viewer) -> None:
    Post.objects.filter(pk=viewer.post_id).update(ends_on="2026-01-02")
    response = asked(lambda request: HttpResponse("well"), viewer)
    assert (response.status_code, response["Location"]) == (302, "/your-post/")


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (404, 1), (500, 0), (503, 0)])
def test_an_answer_of_500_or_more_undoes_what_was_begun(
    viewer: Viewer, status: int, kept: int
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with acting(walled.SYSTEM):
            Person.objects.create(first_seen_on="2026-01-01")
        return HttpResponse("told", status=status)

    asked(view, viewer)
    with acting(walled.SYSTEM):
        assert Person.objects.count() == kept


def test_a_streaming_answer_is_not_sent(viewer: Viewer) -> None:
    with pytest.raises(TypeError, match="outlives its transaction"):
        asked(lambda request: StreamingHttpResponse([b"late"]), viewer)  # type: ignore[arg-type, return-value]


def test_a_page_refused_leaves_its_line(viewer: Viewer) -> None:
    asked(lambda request: HttpResponse(status=403), viewer)
    assert lines() == [("page", "a_page", None)]


@pytest.mark.parametrize("status", [403, 404])
def test_a_person_refused_or_hidden_leaves_the_same_line(viewer: Viewer, status: int) -> None:
    """Who is not there and who is not for this viewer are told apart neither to them nor by time."""
    someone = uuid.uuid4()

    def view(request: HttpRequest) -> HttpResponse:
        request.resolver_match = SimpleNamespace(kwargs={"person_id": someone}, url_name="person")  # type: ignore[assignment]
        return HttpResponse(status=status)

    asked(view, viewer)
    assert lines() == [("person", str(someone), someone)]


def test_what_a_role_does_not_carry_is_a_refusal(viewer: Viewer) -> None:
    request = RequestFactory().get("/a-page/")
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    keeper = SignedInPost(lambda request: HttpResponse())
    refused = keeper.process_exception(request, NotPermitted("Your role does not let you do this."))
    assert refused is not None
    assert refused.status_code == 403
    assert keeper.process_exception(request, Http404()) is None
