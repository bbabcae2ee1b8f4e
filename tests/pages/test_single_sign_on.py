"""Signing in through an employer's real OpenID provider, run on this machine."""

from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User as Subject
from oidc_provider_mock import run_server_in_thread

from joinedup.demo.personas import make_personas
from joinedup.foundations.accounts.models import OutsideSignIn, User
from joinedup.foundations.accounts.operations import factors
from joinedup.foundations.agencies.models import Post, Team
from tests.audit_lines import lines
from tests.pages.production import as_in_production

pytestmark = pytest.mark.django_db

EMAIL = "ann@council.example"
CHECKED = {"email": EMAIL, "email_verified": True}


class Stays(HTTPRedirectHandler):
    """Stops at the answer, as the test follows it itself."""

    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    subjects = [
        Subject(sub="both", claims={**CHECKED, "amr": ["pwd", "mfa"]}),
        Subject(sub="password-only", claims=CHECKED),
        Subject(sub="unchecked", claims={**CHECKED, "email_verified": False}),
        Subject(sub="elsewhere", claims={**CHECKED, "email": "ann@other.example", "amr": ["mfa"]}),
    ]
    with run_server_in_thread(user_claims=subjects) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def production(settings: Any, issuer: str) -> Iterator[None]:
    settings.SINGLE_SIGN_ON = (
        {
            "code": "council", "name": "the council", "issuer": issuer, "client_id": "joinedup",
            "client_secret": "s", "domains": ["council.example"],
        },
    )  # fmt: skip
    with as_in_production():
        yield


@pytest.fixture
def ann() -> User:
    make_personas()
    user = User(email=EMAIL, name="Ann Demo")
    user.set_unusable_password()
    user.save()
    team = Team.objects.get(name="Front door")
    Post.objects.create(user=user, team=team, role="front_door_worker", starts_on="2026-04-01")
    return user


def at_the_employer(asked: HttpResponse, subject: str) -> str:
    """Sign in there as somebody, and return the address the browser is sent back to."""
    try:
        build_opener(Stays).open(Request(asked["Location"], urlencode({"sub": subject}).encode()))
    except HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"
    raise AssertionError("The provider did not send the browser back.")


def come(client: Client, subject: str, words: str = "") -> HttpResponse:
    return client.get(at_the_employer(client.get(f"/sign-in/with/council/{words}"), subject))


def test_the_sign_in_page_leads_to_the_employer(ann: User) -> None:
    page = Client().get("/sign-in/?next=/find/").content.decode()
    assert "Sign in with the council" in page
    assert "/sign-in/with/council/?next=/find/" in page
    assert Client().get("/sign-in/with/nobody/").status_code == 404


def test_with_a_second_factor_there_none_is_asked_here(ann: User) -> None:
    client = Client()
    assert come(client, "both", "?next=/find/")["Location"] == "/find/"
    assert client.get("/find/").status_code == 200
    assert OutsideSignIn.objects.get().user == ann
    assert lines(act="signed in")[0].detail == {"how": "single_sign_on"}


def test_without_one_there_ours_is_asked(ann: User) -> None:
    client = Client()
    assert come(client, "password-only")["Location"] == "/sign-in/second/"
    assert client.get("/find/").status_code == 302
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/set-up/"


@pytest.mark.parametrize("subject", ["unchecked", "elsewhere"])
def test_an_employer_names_nobody_it_may_not_speak_for(ann: User, subject: str) -> None:
    User.objects.create(email="ann@other.example", name="Another Ann")
    client = Client()
    answer = come(client, subject)
    assert answer.status_code == 403
    assert b"leads to no account here" in answer.content
    assert client.get("/find/").status_code == 302
    assert not OutsideSignIn.objects.exists()


def test_once_joined_another_subject_cannot_take_the_account_by_its_address(ann: User) -> None:
    come(Client(), "both")
    assert come(Client(), "password-only").status_code == 403


def test_a_closed_account_is_closed_here_whatever_the_employer_says(ann: User) -> None:
    come(Client(), "both")
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert come(Client(), "both").status_code == 403


def test_an_answer_to_nobody_s_question_is_refused(ann: User) -> None:
    client = Client()
    back = at_the_employer(client.get("/sign-in/with/council/"), "both")
    stranger = Client()
    stranger.get("/sign-in/with/council/")
    assert stranger.get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert Client().get("/sign-in/back/").status_code == 403
    again = client.get(back)
    assert b"belongs to no question of ours" in again.content


def test_one_proves_oneself_again_at_the_employer_and_as_nobody_else(ann: User) -> None:
    client = Client()
    come(client, "both")
    session = client.session
    session["proved_at"] = "2026-01-01T00:00:00+00:00"
    session.save()
    asked = client.get("/account/add/")
    page = client.get(asked["Location"]).content.decode()
    assert "Show it to the council" in page
    other = User.objects.create(email="bob@council.example", name="Bob")
    OutsideSignIn.objects.create(
        user=other, issuer=OutsideSignIn.objects.get().issuer, subject="bob",
        joined_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    wrong = come(client, "bob", "?prove=1&next=/account/add/")
    assert b"somebody else" in wrong.content
    assert client.get("/account/add/").status_code == 302
    assert come(client, "both", "?prove=1&next=/account/add/")["Location"] == "/account/add/"
    assert client.get("/account/add/").status_code == 200


def test_our_own_second_factor_is_kept_beside_the_employer_s(ann: User) -> None:
    come(Client(), "both")
    factors.new_recovery_codes(by=None, user=ann, at=ann.outside_sign_ins.get().joined_at)
    assert come(Client(), "both")["Location"] == "/"
