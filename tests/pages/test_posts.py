"""The administrator's pages: finding posts among thousands, appointing, ending; nobody else's."""

import datetime
import itertools
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.foundations.accounts.models import Factor, Session, User
from joinedup.foundations.accounts.operations import factors
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.notices.models import Message, Notice

pytestmark = pytest.mark.django_db

SINCE = datetime.date(2026, 1, 1)
_numbers = itertools.count()


@pytest.fixture
def team() -> Team:
    agency = Agency.objects.create(code="housing", name="Millbrook Housing", kind="housing")
    return Team.objects.create(agency=agency, name="Tenancies north")


def a_post(team: Team, role: str = "analyst", name: str = "Ann Practitioner") -> Post:
    user = User.objects.create(email=f"q{next(_numbers)}@example.org", name=name)
    return Post.objects.create(user=user, team=team, role=role, starts_on=SINCE)


def working_in(post: Post) -> Client:
    """Somebody signed in who proved themselves just now."""
    client = Client()
    client.force_login(post.user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["proved_at"] = timezone.now().isoformat()
    session.save()
    return client


@pytest.fixture
def administrator(team: Team) -> Client:
    return working_in(a_post(team, "partnership_administrator", "Jo Administrator"))


def appointed(where: Team, **more: Any) -> dict[str, Any]:
    return {
        "name": "Bee New", "email": "bee@example.org", "team": where.pk, "role": "housing_officer",
        "starts_on": "1/11/2026", **more,
    }  # fmt: skip


def test_posts_are_found_by_any_words_about_them(team: Team, administrator: Client) -> None:
    a_post(team, "housing_officer", "Dean Whitlock")
    a_post(team, name="Carol Whitlock")
    for words, found in (
        ("whitlock", 2), ("whitlock officer", 1), ("millbrook NORTH dean", 1), ("q999@", 0),
    ):  # fmt: skip
        page = administrator.get("/posts/", {"q": words}).content.decode()
        assert page.count('scope="row"') == found, words
    assert "No post is found for “q999@”" in page


def test_an_ended_post_is_shown_when_asked_for(team: Team, administrator: Client) -> None:
    gone = a_post(team, name="Gone Before")
    Post.objects.filter(pk=gone.pk).update(ends_on=datetime.date(2026, 2, 1))
    assert b"Gone Before" not in administrator.get("/posts/").content
    shown = administrator.get("/posts/", {"ended": "on"}).content.decode()
    assert "Gone Before" in shown
    assert "Ended on 1 February 2026" in shown


def test_two_thousand_posts_are_paged_by_the_same_few_questions(
    team: Team, administrator: Client
) -> None:
    administrator.get("/posts/")  # the first look also notes that the session is in use
    with CaptureQueriesContext(connection) as few:
        administrator.get("/posts/")
    users = [User(email=f"m{n}@example.org", name=f"Many {n:04}") for n in range(2_000)]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(
        [Post(user=user, team=team, role="analyst", starts_on=SINCE) for user in users]
    )
    with CaptureQueriesContext(connection) as many:
        page = administrator.get("/posts/", {"page": 80, "q": "many"}).content.decode()
    assert len(many) == len(few)
    assert page.count('scope="row"') == 25
    assert "Many 1999" in page
    assert "?q=many&amp;page=79" in page


def test_somebody_is_appointed_and_the_code_is_shown_once(
    team: Team, administrator: Client
) -> None:
    page = administrator.post("/posts/appoint/", appointed(team)).content.decode()
    assert "A code to hand over to Bee New" in page
    post = Post.objects.get(user__email="bee@example.org")
    assert (post.role, post.starts_on) == ("housing_officer", datetime.date(2026, 11, 1))
    about = administrator.get(f"/posts/{post.pk}/").content.decode()
    assert "Tenancies north, Millbrook Housing" in about
    again = administrator.post("/posts/appoint/", appointed(team))
    assert b"They hold that post then already" in again.content


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts_on": "31/11/2026"}, "Enter a day like"),
        ({"email": "bee"}, "Enter an e-mail address like"),
        ({"role": "king"}, "There is a problem"),
        ({"team": ""}, "Choose a team"),
        ({"ends_on": "1/10/2026"}, "would end before it starts"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    team: Team, administrator: Client, wrong: dict[str, str], told: str
) -> None:
    page = administrator.post("/posts/appoint/", appointed(team, **wrong)).content.decode()
    assert told in page
    assert 'value="Bee New"' in page
    assert not User.objects.filter(name="Bee New").exists()


def test_a_post_ended_today_closes_the_page_that_is_open(team: Team, administrator: Client) -> None:
    post = a_post(team, name="Ends Today")
    theirs = working_in(post)
    assert theirs.get("/").status_code == 200
    today = timezone.localdate().strftime("%d/%m/%Y")
    done = administrator.post(f"/posts/{post.pk}/end/", {"ends_on": today})
    assert done["Location"] == f"/posts/{post.pk}/"
    assert theirs.get("/")["Location"].startswith("/sign-in/")
    late = administrator.post(f"/posts/{post.pk}/end/", {"ends_on": today})
    assert b"has ended already" in late.content


def test_managers_are_named_by_e_mail_and_a_move_by_team(team: Team, administrator: Client) -> None:
    post, manager = a_post(team), a_post(team, "team_manager", "Helen Manager")
    given = {"operational_manager": manager.user.email, "professional_supervisor": ""}
    administrator.post(f"/posts/{post.pk}/managers/", given)
    post.refresh_from_db()
    assert post.operational_manager == manager
    unknown = {**given, "professional_supervisor": "nobody@example.org"}
    page = administrator.post(f"/posts/{post.pk}/managers/", unknown).content.decode()
    assert "Nobody with that e-mail address holds a post today" in page
    south = Team.objects.create(agency=team.agency, name="Tenancies south")
    day = timezone.localdate().strftime("%d/%m/%Y")
    administrator.post(f"/posts/{post.pk}/move/", {"team": south.pk, "on": day})
    assert Post.objects.held_on(timezone.localdate()).get(user=post.user).team == south


def test_who_lost_what_they_prove_themselves_by_starts_anew(
    team: Team, administrator: Client
) -> None:
    post = a_post(team, name="Lost Phone")
    working_in(post)
    factors.new_recovery_codes(by=None, user=post.user, at=timezone.now())
    Factor.objects.create(
        user=post.user, kind="code", name="phone", added_at=timezone.now(), sealed_seed=b"x"
    )
    assert b"A code to hand over" in administrator.post(f"/posts/{post.pk}/code/").content
    assert post.user.factors.exists()
    administrator.post(f"/posts/{post.pk}/second-factors/")
    assert not post.user.factors.exists()
    assert not Session.objects.filter(user=post.user).exists()
    # Whoever takes over an account, its holder hears of it, by e-mail at once.
    assert Notice.objects.filter(post=post, kind="account_taken_over").count() == 2
    assert Message.objects.filter(post=post, outcome="waiting").exists()


def test_somebody_s_looks_are_left_out_of_what_people_are_told(
    team: Team, administrator: Client
) -> None:
    """P14: protected staff."""
    post = a_post(team)
    assert b"could bring them harm" in administrator.get(f"/posts/{post.pk}/").content
    administrator.post(f"/posts/{post.pk}/protect/", {"protected": "yes"})
    post.user.refresh_from_db()
    assert post.user.is_protected
    assert b"again" in administrator.get(f"/posts/{post.pk}/").content


def test_pages_of_posts_are_the_administrator_s_alone(team: Team) -> None:
    post = a_post(team, "team_manager")
    client = working_in(post)
    for path in ("", "appoint/", f"{post.pk}/", f"{post.pk}/end/", f"{post.pk}/managers/"):
        assert client.get(f"/posts/{path}").status_code == 403
    for path in ("code/", "second-factors/", "sign-out/", "end/"):
        assert client.post(f"/posts/{post.pk}/{path}").status_code == 403


def test_the_account_of_whoever_left_is_closed_and_opens_again_with_a_new_code(
    team: Team, administrator: Client
) -> None:
    """Nobody signs in with it; whoever still holds a post keeps it; back again, the old password is none."""
    post = a_post(team, name="Left Us")
    other = Post.objects.create(user=post.user, team=team, role="housing_officer", starts_on=SINCE)
    User.objects.filter(pk=post.user_id).update(password="!" * 3 + "kept")
    today = timezone.localdate().strftime("%d/%m/%Y")
    here = f"/posts/{post.pk}/"
    assert b"Close their account" not in administrator.get(here).content
    administrator.post(f"{here}end/", {"ends_on": today})
    kept = administrator.post(f"{here}close/", follow=True).content.decode()
    assert "They still hold a post" in kept
    administrator.post(f"/posts/{other.pk}/end/", {"ends_on": today})
    assert b"Close their account" in administrator.get(here).content
    done = administrator.post(f"{here}close/", follow=True).content.decode()
    assert "Their account is closed" in done
    assert "It is closed." in done
    assert not User.objects.get(pk=post.user_id).is_active
    assert "closed already" in administrator.post(f"{here}close/", follow=True).content.decode()
    again = administrator.post(
        "/posts/appoint/",
        appointed(team, name="Left Us", email=post.user.email, role="analyst", starts_on=today),
    ).content.decode()
    assert "A code to hand over to Left Us" in again
    back = User.objects.get(pk=post.user_id)
    assert (back.is_active, back.has_usable_password()) == (True, False)
