"""A post reads its own notices; who keeps the posts sees which e-mails could not be delivered."""

import datetime
import itertools

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.notices import operations
from joinedup.foundations.notices.choices import Failure, How, NoticeKind
from joinedup.foundations.notices.mail import CannotSend, Letter
from joinedup.foundations.notices.models import Notice, Preference

pytestmark = pytest.mark.django_db

_numbers = itertools.count()


def a_post(role: str = "analyst") -> Post:
    agency, _ = Agency.objects.get_or_create(
        code="borough", defaults={"name": "The borough", "kind": "partnership"}
    )
    team, _ = Team.objects.get_or_create(agency=agency, name="A team")
    user = User.objects.create(email=f"n{next(_numbers)}@example.org", name="Ann Practitioner")
    return Post.objects.create(user=user, team=team, role=role, starts_on=datetime.date(2026, 1, 1))


def working_in(post: Post) -> Client:
    client = Client()
    client.force_login(post.user, "django.contrib.auth.backends.ModelBackend")
    return client


def tell(post: Post) -> Notice:
    kind = NoticeKind.AGREEMENT_CHANGED
    operations.tell(by=None, posts=[post.pk], kind=kind, link="/your-post/", at=timezone.now())
    return Notice.objects.latest("at")


def test_before_anything_was_told_the_page_says_so() -> None:
    page = working_in(a_post()).get("/notices/").content.decode()
    assert "Nobody has told you of anything yet" in page
    assert "My notices (" not in page


def test_what_waits_is_counted_on_every_page_until_it_is_opened() -> None:
    post = a_post()
    notice = tell(post)
    client = working_in(post)
    assert b"My notices (1)" in client.get("/").content
    listed = client.get("/notices/").content.decode()
    assert "An agreement to share has a new version." in listed
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/your-post/"
    assert b"My notices (" not in client.get("/").content
    assert b"All of them are read" in client.get("/notices/").content


def test_nobody_opens_or_sees_another_post_s_notice() -> None:
    notice = tell(a_post())
    other = working_in(a_post())
    assert other.get(f"/notices/{notice.pk}/").status_code == 404
    assert str(notice.pk).encode() not in other.get("/notices/").content
    other.post("/notices/read/")
    assert Notice.objects.unread().count() == 1


def test_a_long_list_has_pages() -> None:
    post = a_post()
    for _ in range(26):
        tell(post)
    client = working_in(post)
    assert client.get("/notices/").content.count(b"notices__line") == 25
    assert client.get("/notices/?page=2").content.count(b"notices__line") == 1


def test_one_chooses_how_one_is_told_and_cannot_silence_what_matters() -> None:
    post = a_post()
    client = working_in(post)
    usual = {kind.value: kind.about.usual.value for kind in NoticeKind}
    chosen = {**usual, "agreement_changed": "never"}
    assert client.post("/notices/how/", chosen)["Location"] == "/notices/"
    assert Preference.objects.get(post=post, kind="agreement_changed").how == How.NEVER
    silenced = client.post("/notices/how/", {**usual, "agreement_closed": "never"})
    assert "cannot be silenced" in silenced.content.decode()
    assert not Preference.objects.filter(kind="agreement_closed", how="never").exists()


def test_who_could_not_be_reached_is_named_to_who_keeps_the_posts() -> None:
    def refuse(letter: Letter) -> None:
        raise CannotSend(Failure.REFUSED)

    post = a_post()
    operations.tell(
        by=None, posts=[post.pk], kind=NoticeKind.AGREEMENT_CLOSED, link="/", at=timezone.now()
    )
    administrator = working_in(a_post("partnership_administrator"))
    assert b"Every e-mail that is due" in administrator.get("/notices/undelivered/").content
    operations.send_due(send=refuse, site="https://joinedup.example", at=timezone.now())
    page = administrator.get("/notices/undelivered/").content.decode()
    assert "Ann Practitioner" in page
    assert "The mail server refuses this address" in page
    message = Notice.objects.get().message_id
    administrator.post(f"/notices/undelivered/{message}/")
    assert b"Every e-mail that is due" in administrator.get("/notices/undelivered/").content
    assert working_in(post).get("/notices/undelivered/").status_code == 403
    assert working_in(post).post(f"/notices/undelivered/{message}/").status_code == 403
