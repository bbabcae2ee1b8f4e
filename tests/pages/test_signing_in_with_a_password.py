"""Signing in with a password, as production does, and choosing one of several posts."""

import datetime
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import clear_url_caches

from joinedup.demo.personas import PERSONAS, make_personas
from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post, Team

pytestmark = pytest.mark.django_db

SECRET = "correct horse battery staple"
EMAIL = "amira.demo@joinedup.invalid"


@pytest.fixture(autouse=True)
def production_addresses() -> Iterator[None]:
    """Hang up the addresses of production, where there are no personas."""
    with override_settings(ROOT_URLCONF="tests.pages.production_urls"):
        clear_url_caches()
        yield
    clear_url_caches()


@pytest.fixture
def account() -> User:
    """Make an account that holds no post yet."""
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


def sign_in(password: str = SECRET) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": EMAIL.upper(), "password": password})
    return client


def test_one_post_is_taken_without_asking(account: User) -> None:
    posts(account, "front_door_worker")
    page = sign_in().get("/")
    assert page.status_code == 200
    assert b"Front-door worker" in page.content


def test_a_wrong_password_never_says_which_of_the_two_was_wrong(account: User) -> None:
    answers = [
        Client().post("/sign-in/", {"username": email, "password": "wrong"}).content.decode()
        for email in (EMAIL, "nobody@joinedup.invalid")
    ]
    for answer in answers:
        assert "The e-mail address or the password is wrong" in answer
    assert EMAIL in answers[0]


def test_of_several_posts_one_is_chosen_and_the_site_works_as_it(account: User) -> None:
    _, reviewer = posts(account, "front_door_worker", "link_reviewer")
    client = sign_in()
    asked = client.get("/")
    assert asked["Location"] == "/your-post/"
    assert b"There is a problem" in client.post("/your-post/", {"post": ""}).content
    client.post("/your-post/", {"post": str(reviewer.pk)})
    assert client.get("/review/").status_code == 200
    assert client.get("/find/").status_code == 403


def test_nobody_else_s_post_can_be_chosen(account: User) -> None:
    posts(account, "front_door_worker", "link_reviewer")
    client = sign_in()
    answer = client.post("/your-post/", {"post": str(PERSONAS[0].post_id)})
    assert b"There is a problem" in answer.content


def test_without_a_post_nothing_opens_and_it_is_told_why(account: User) -> None:
    client = sign_in()
    assert client.get("/find/")["Location"] == "/your-post/"
    assert b"You hold no post today" in client.get("/your-post/").content


def test_a_post_that_has_ended_is_closed_at_once(account: User) -> None:
    (post,) = posts(account, "front_door_worker")
    client = sign_in()
    assert client.get("/find/").status_code == 200
    Post.objects.filter(pk=post.pk).update(ends_on=datetime.date(2026, 4, 2))
    assert client.get("/find/")["Location"] == "/your-post/"


def test_a_persona_cannot_sign_in_with_a_password(account: User) -> None:
    client = Client()
    client.post("/sign-in/", {"username": PERSONAS[0].email, "password": ""})
    client.post("/sign-in/", {"username": PERSONAS[0].email, "password": "!"})
    assert client.get("/")["Location"] == "/sign-in/"
