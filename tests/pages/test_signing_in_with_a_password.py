"""Signing in as production does, with two factors; choosing a post; proving oneself again."""

import datetime
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pyotp
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from joinedup.demo.personas import PERSONAS, make_personas
from joinedup.foundations.accounts.models import Factor, Session, User
from joinedup.foundations.accounts.operations import factors, passwords
from joinedup.foundations.agencies.models import Post, Team
from tests.audit_lines import lines
from tests.authenticator import Passkey
from tests.pages.production import as_in_production

pytestmark = pytest.mark.django_db

SECRET = "correct horse battery staple"
EMAIL = "amira.demo@joinedup.invalid"
NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def production_addresses(settings: Any) -> Iterator[None]:
    """Hang up the addresses of production, where there are no personas and a press proves nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with as_in_production():
        yield


@pytest.fixture
def account() -> User:
    """Make an account that holds no post and no second factor yet."""
    user = User(email=EMAIL, name="Amira Demo")
    user.set_password(SECRET)
    user.save()
    make_personas()
    return user


def posts(user: User, *roles: str) -> list[Post]:
    """Let them hold these posts in one team."""
    team = Team.objects.get(name="Front door")
    since = datetime.date(2026, 4, 1)
    return [Post.objects.create(user=user, team=team, role=r, starts_on=since) for r in roles]


def recovery_codes(user: User) -> list[str]:
    """Let them have a second factor, and recovery codes to use in its place."""
    at, seed = NOON - datetime.timedelta(days=1), factors.new_seed()
    code = pyotp.TOTP(seed).at(at)
    factors.add_code(by=None, user=user, seed=seed, code=code, name="my phone", at=at)
    return factors.new_recovery_codes(by=None, user=user, at=at)


def password(client: Client, secret: str = SECRET, going: str = "") -> HttpResponse:
    """Give the first factor."""
    return client.post("/sign-in/", {"username": EMAIL.upper(), "password": secret, "next": going})


def sign_in(going: str = "") -> Client:
    """Give both factors."""
    client = Client()
    code = recovery_codes(User.objects.get(email=EMAIL))[0]
    password(client, going=going)
    client.post("/sign-in/second/", {"code": code})
    return client


def asked_of_a_passkey(page: HttpResponse) -> dict[str, Any]:
    """What a page asks a passkey."""

    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert found
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


class TestTwoFactors:
    def test_the_password_alone_opens_nothing(self, account: User) -> None:
        posts(account, "front_door_worker")
        recovery_codes(account)
        client = Client()
        assert password(client)["Location"] == "/sign-in/second/"
        assert client.get("/")["Location"] == "/sign-in/"
        assert client.get("/find/")["Location"].startswith("/sign-in/")
        assert b"Show that it is you" in client.get("/sign-in/second/").content

    def test_an_account_closed_between_the_two_opens_nothing(self, account: User) -> None:
        posts(account, "front_door_worker")
        codes = recovery_codes(account)
        client = Client()
        password(client)
        User.objects.filter(pk=account.pk).update(is_active=False)
        answer = client.post("/sign-in/second/", {"code": codes.pop()})
        assert answer["Location"] == "/sign-in/"
        assert "_auth_user_id" not in client.session

    def test_with_both_one_goes_where_one_was_going_and_never_off_the_site(
        self, account: User
    ) -> None:
        posts(account, "front_door_worker")
        codes = recovery_codes(account)
        for going, to in (
            ("/find/", "/find/"),
            ("https://evil.example/", "/"),
            ("//evil.example", "/"),
        ):
            client = Client()
            password(client, going=going)
            answer = client.post("/sign-in/second/", {"code": codes.pop()})
            assert answer["Location"] == to
        how = [line.detail["how"] for line in lines(act="signed in")]
        assert how == ["password_and_recovery_code"] * 3

    def test_without_a_second_factor_one_is_set_up_first_and_nothing_else_opens(
        self, account: User
    ) -> None:
        posts(account, "front_door_worker")
        client = Client()
        password(client)
        assert client.get("/sign-in/second/")["Location"] == "/sign-in/set-up/"
        page = client.get("/sign-in/set-up/").content.decode()
        seed = re.search(r'class="seed">([A-Z2-7 ]+)<', page)
        assert seed
        assert "<svg" in page
        assert client.get("/find/").status_code == 302
        wrong = client.post("/sign-in/set-up/", {"way": "code", "code": "000000"})
        assert b"There is a problem" in wrong.content
        code = pyotp.TOTP(seed[1].replace(" ", "")).now()
        done = client.post("/sign-in/set-up/", {"way": "code", "code": code}).content.decode()
        assert done.count("<li><code>") == 8
        assert client.get("/find/").status_code == 200

    def test_whoever_has_a_second_factor_cannot_set_up_another_with_the_password_alone(
        self, account: User
    ) -> None:
        recovery_codes(account)
        client = Client()
        password(client)
        assert client.get("/sign-in/set-up/")["Location"] == "/sign-in/second/"
        client.post("/sign-in/set-up/", {"way": "code", "code": "000000"})
        assert Factor.objects.count() == 1

    def test_a_passkey_is_set_up_and_signs_in(self, account: User) -> None:
        posts(account, "front_door_worker")
        key = Passkey("testserver", "http://testserver")
        client = Client()
        password(client)
        made = key.make(asked_of_a_passkey(client.get("/sign-in/set-up/")))
        done = client.post(
            "/sign-in/set-up/", {"way": "passkey", "name": "my key", "passkey": made}
        )
        assert b"Your recovery codes" in done.content
        again = Client()
        password(again)
        signed = key.sign(asked_of_a_passkey(again.get("/sign-in/second/")))
        assert again.post("/sign-in/second/", {"passkey": signed})["Location"] == "/"
        replayed = Client()
        password(replayed)
        replayed.get("/sign-in/second/")
        assert b"not one of yours" in replayed.post("/sign-in/second/", {"passkey": signed}).content

    def test_the_second_factor_is_waited_for_ten_minutes(self, account: User) -> None:
        codes = recovery_codes(account)
        with time_machine.travel(NOON, tick=False) as clock:
            client = Client()
            password(client)
            clock.shift(datetime.timedelta(minutes=10))
            late = client.post("/sign-in/second/", {"code": codes[0]})
            assert late["Location"] == "/sign-in/"

    def test_signing_in_makes_a_new_session_key_and_out_ends_it(self, account: User) -> None:
        posts(account, "analyst")
        client = Client()
        codes = recovery_codes(account)
        password(client)
        before = client.session.session_key
        client.post("/sign-in/second/", {"code": codes[0]})
        assert client.session.session_key != before
        assert not Session.objects.filter(pk=before).exists()
        client.post("/sign-out/")
        assert not Session.objects.exclude(user=None).exists()
        assert lines(act="signed out", subject_id=account.pk)

    def test_an_address_behind_a_proxy_of_ours_is_the_one_it_tells(
        self, account: User, settings: Any
    ) -> None:
        posts(account, "analyst")
        settings.PROXIES = 1
        codes = recovery_codes(account)
        client = Client(headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.9"})
        password(client)
        client.post("/sign-in/second/", {"code": codes[0]})
        assert Session.objects.get(user=account).address == "203.0.113.9"

    def test_a_one_time_code_sets_the_first_password(self, account: User) -> None:
        code = passwords.invite(by=None, user=account, at=datetime.datetime.now(datetime.UTC))
        given = {"email": EMAIL, "code": code, "password": "short"}
        client = Client()
        assert b"at least 12 characters" in client.post("/sign-in/first/", given).content
        given["password"] = "tureen gallop oxide"
        assert client.post("/sign-in/first/", given)["Location"] == "/sign-in/second/"
        assert client.get("/sign-in/second/")["Location"] == "/sign-in/set-up/"
        assert b"code is not right" in Client().post("/sign-in/first/", given).content


class TestPresence:
    def test_a_session_ends_after_an_hour_without_a_page_or_after_twelve(
        self, account: User
    ) -> None:
        posts(account, "analyst")
        with time_machine.travel(NOON, tick=False) as clock:
            client = sign_in()
            for _ in range(13):
                clock.shift(datetime.timedelta(minutes=55))
                assert client.get("/quality/").status_code == 200
            clock.shift(datetime.timedelta(minutes=6))
            assert client.get("/quality/").status_code == 302
            client = sign_in()
            clock.shift(datetime.timedelta(minutes=60))
            assert client.get("/quality/").status_code == 302

    def test_one_sees_where_one_is_signed_in_and_ends_it(self, account: User) -> None:
        posts(account, "analyst")
        here, there = sign_in(), sign_in()
        page = here.get("/account/sessions/").content.decode()
        assert page.count("Sign out there") == 1
        assert str(there.session.session_key) not in page
        name = re.search(r'name="session" value="(\w+)"', page)
        assert name
        here.post("/account/sessions/end/", {"session": name[1]})
        assert there.get("/quality/").status_code == 302
        assert here.get("/quality/").status_code == 200

    def test_a_new_password_ends_every_other_session(self, account: User) -> None:
        posts(account, "analyst")
        here, there = sign_in(), sign_in()
        given = {"present": SECRET, "password": "tureen gallop oxide"}
        assert here.post("/account/password/", given)["Location"] == "/account/"
        assert here.get("/quality/").status_code == 200
        assert there.get("/quality/").status_code == 302


class TestProvingAgain:
    """Emergency access, a changed password and the like want a proof of the last five minutes."""

    def test_after_five_minutes_one_is_asked_and_goes_on(self, account: User) -> None:
        posts(account, "analyst")
        with time_machine.travel(NOON, tick=False) as clock:
            client = sign_in()
            assert client.get("/account/password/").status_code == 200
            clock.shift(datetime.timedelta(minutes=5))
            asked = client.get("/account/password/")
            assert asked["Location"] == "/account/prove/?next=%2Faccount%2Fpassword%2F"
            code = factors.new_recovery_codes(by=None, user=account, at=NOON)[0]
            before = client.session.session_key
            given = {"proof": "1", "code": code}
            assert client.post(asked["Location"], given)["Location"] == "/account/password/"
            assert client.session.session_key != before
            assert client.get("/account/password/").status_code == 200

    def test_what_was_typed_meanwhile_is_not_lost(self, account: User) -> None:
        posts(account, "analyst")
        with time_machine.travel(NOON, tick=False) as clock:
            client = sign_in()
            clock.shift(datetime.timedelta(minutes=6))
            typed = {"present": SECRET, "password": "tureen gallop oxide"}
            asked = client.post("/account/password/", typed).content.decode()
            assert "What you typed is kept" in asked
            assert 'name="password" value="tureen gallop oxide"' in asked
            wrong = client.post("/account/password/", {**typed, "proof": "1", "code": "wrong"})
            assert b"not right" in wrong.content
            code = factors.new_recovery_codes(by=None, user=account, at=NOON)[0]
            done = client.post("/account/password/", {**typed, "proof": "1", "code": code})
            assert done["Location"] == "/account/"

    def test_nothing_given_is_not_counted_as_a_guess(self, account: User) -> None:
        posts(account, "analyst")
        client = sign_in()
        for _ in range(6):
            answer = client.post("/account/prove/", {"proof": "1", "code": ""})
        assert b"Enter a code, or use your passkey" in answer.content

    def test_a_part_of_a_page_takes_the_whole_page_to_the_proof(self, account: User) -> None:
        posts(account, "analyst")
        with time_machine.travel(NOON, tick=False) as clock:
            client = sign_in()
            clock.shift(datetime.timedelta(minutes=6))
            answer = client.get("/account/password/", headers={"HX-Request": "true"})
            assert answer["HX-Redirect"].startswith("/account/prove/")

    def test_an_account_with_nothing_to_prove_with_proves_nothing(self, account: User) -> None:
        posts(account, "analyst")
        client = Client()
        client.force_login(account)
        answer = client.post("/account/prove/", {"proof": "1", "code": "", "passkey": ""})
        assert b"nothing to prove itself with" in answer.content


class TestOwnAccount:
    def test_a_second_factor_is_added_and_another_removed(self, account: User) -> None:
        posts(account, "analyst")
        client = sign_in()
        key = Passkey("testserver", "http://testserver")
        made = key.make(asked_of_a_passkey(client.get("/account/add/")))
        added = client.post(
            "/account/add/", {"way": "passkey", "name": "work key", "passkey": made}
        )
        assert added["Location"] == "/account/"
        page = client.get("/account/").content.decode()
        assert "work key" in page
        phone = Factor.objects.get(kind="code")
        client.post(f"/account/remove/{phone.pk}/")
        client.post(f"/account/remove/{Factor.objects.get().pk}/")
        assert b"your only second factor" in client.get("/account/").content
        assert Factor.objects.get().name == "work key"

    def test_new_recovery_codes_are_shown_once(self, account: User) -> None:
        posts(account, "analyst")
        client = sign_in()
        assert client.post("/account/recovery-codes/").content.count(b"<li><code>") == 8
        assert client.get("/account/recovery-codes/").status_code == 405


class TestPosts:
    def test_one_post_is_taken_without_asking(self, account: User) -> None:
        posts(account, "front_door_worker")
        page = sign_in().get("/")
        assert page.status_code == 200
        assert b"Front-door worker" in page.content

    def test_a_wrong_password_never_says_which_of_the_two_was_wrong(self, account: User) -> None:
        answers = [
            Client().post("/sign-in/", {"username": email, "password": "wrong"}).content.decode()
            for email in (EMAIL, "nobody@joinedup.invalid")
        ]
        for answer in answers:
            assert "The e-mail address or the password is wrong" in answer
        assert EMAIL in answers[0]

    def test_of_several_posts_one_is_chosen_and_the_site_works_as_it(self, account: User) -> None:
        _, reviewer = posts(account, "front_door_worker", "link_reviewer")
        client = sign_in()
        asked = client.get("/")
        assert asked["Location"] == "/your-post/"
        assert b"There is a problem" in client.post("/your-post/", {"post": ""}).content
        client.post("/your-post/", {"post": str(reviewer.pk)})
        assert client.get("/review/").status_code == 200
        assert client.get("/find/").status_code == 403

    def test_nobody_else_s_post_can_be_chosen(self, account: User) -> None:
        posts(account, "front_door_worker", "link_reviewer")
        client = sign_in()
        answer = client.post("/your-post/", {"post": str(PERSONAS[0].post_id)})
        assert b"There is a problem" in answer.content

    def test_without_a_post_nothing_opens_and_it_is_told_why(self, account: User) -> None:
        client = sign_in()
        assert client.get("/find/")["Location"] == "/your-post/"
        assert b"You hold no post today" in client.get("/your-post/").content

    def test_a_post_that_has_ended_is_closed_at_once(self, account: User) -> None:
        (post,) = posts(account, "front_door_worker")
        client = sign_in()
        assert client.get("/find/").status_code == 200
        Post.objects.filter(pk=post.pk).update(ends_on=datetime.date(2026, 4, 2))
        assert client.get("/find/")["Location"] == "/your-post/"

    def test_a_persona_cannot_sign_in_with_a_password(self, account: User) -> None:
        client = Client()
        client.post("/sign-in/", {"username": PERSONAS[0].email, "password": ""})
        client.post("/sign-in/", {"username": PERSONAS[0].email, "password": "!"})
        assert client.get("/")["Location"] == "/sign-in/"
