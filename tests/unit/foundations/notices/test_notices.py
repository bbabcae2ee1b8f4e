"""Posts are told once, as they chose; e-mails name nobody, are tried again, and none is lost."""

import datetime
import itertools
import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.notices import operations
from joinedup.foundations.notices.choices import Failure, How, NoticeKind, Outcome
from joinedup.foundations.notices.mail import CannotSend, Letter
from joinedup.foundations.notices.models import Attempt, Message, Notice, NoticeLink
from joinedup.foundations.notices.operations.read import CannotChoose
from joinedup.foundations.notices.rules import how_it_goes, next_digest, next_try
from joinedup.identity.sharing.access import Viewer, acting
from tests.audit_lines import lines

AT = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
SITE = "https://joinedup.example"
CLOSED, CHANGED = NoticeKind.AGREEMENT_CLOSED, NoticeKind.AGREEMENT_CHANGED
_numbers = itertools.count()


class PostOffice:
    """Keeps what it was handed; refuses while told to."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refuses: Failure | None = None

    def send(self, letter: Letter) -> None:
        if self.refuses:
            raise CannotSend(self.refuses)
        self.letters.append(letter)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def a_post(ends_on: datetime.date | None = None) -> Post:
    agency, _ = Agency.objects.get_or_create(code="gp", defaults={"name": "GP", "kind": "health"})
    team, _ = Team.objects.get_or_create(agency=agency, name="A team")
    user = User.objects.create(email=f"p{next(_numbers)}@example.org", name="A. Practitioner")
    since = datetime.date(2026, 1, 1)
    return Post.objects.create(
        user=user, team=team, role="analyst", starts_on=since, ends_on=ends_on
    )


def tell(
    *posts: Post, kind: NoticeKind = CLOSED, once: str = "", at: datetime.datetime = AT
) -> int:
    return operations.tell(
        by=None, posts=[p.pk for p in posts], kind=kind, link="/agreements/3/", at=at, once=once
    )


def send(office: PostOffice, at: datetime.datetime = AT) -> operations.Sent:
    return operations.send_due(send=office.send, site=SITE, at=at)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-20T06:59+00:00", "2026-11-20T07:00+00:00"),
        ("2026-11-20T07:00+00:00", "2026-11-21T07:00+00:00"),
        ("2026-03-28T12:00+00:00", "2026-03-29T06:00+00:00"),
        ("2026-10-24T12:00+00:00", "2026-10-25T07:00+00:00"),
        ("2026-10-25T00:30+00:00", "2026-10-25T07:00+00:00"),
    ],
)
def test_a_digest_goes_at_seven_by_the_clock_here_summer_and_winter(now: str, then: str) -> None:
    read = datetime.datetime.fromisoformat
    assert next_digest(read(now)) == read(then)


def test_what_may_not_be_silenced_goes_as_usual_whatever_was_chosen() -> None:
    assert how_it_goes(CLOSED, How.NEVER) is How.AT_ONCE
    assert how_it_goes(CHANGED, How.NEVER) is How.NEVER
    assert how_it_goes(CLOSED, How.DAILY) is How.DAILY
    assert how_it_goes(CLOSED, None) is How.AT_ONCE


def test_it_is_tried_again_ever_later_and_then_given_up() -> None:
    waits = [next_try(number, AT) for number in range(1, 7)]
    assert waits[-1] is None
    assert sorted(wait for wait in waits if wait) == waits[:-1]


def test_every_kind_has_a_sentence_and_names_nobody() -> None:
    for kind in NoticeKind:
        assert kind.about.sentence.endswith(".")
        assert kind.about.usual is not How.NEVER


@pytest.mark.django_db
class TestTelling:
    def test_each_post_is_told_once_and_a_line_is_left(self) -> None:
        one, other = a_post(), a_post()
        assert tell(one, other, one) == 2
        with acting(Viewer.system("a test")):
            line = lines(act="told")[0]
        assert line.detail == {"kind": "agreement_closed", "posts": 2}

    def test_a_warning_found_again_each_night_is_told_once(self) -> None:
        post, new = a_post(), a_post()
        assert tell(post, once="agreement 3, 30 days") == 1
        assert tell(post, new, once="agreement 3, 30 days") == 1
        assert tell(post, once="agreement 3, 7 days") == 1
        assert Message.objects.filter(post=post).count() == 2

    def test_it_stands_or_falls_with_what_it_tells_of(self) -> None:
        post = a_post()
        with transaction.atomic():
            tell(post)
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "link", ["https://elsewhere.example/", "//elsewhere.example", "x", "/\\x"]
    )
    def test_it_leads_nowhere_but_into_the_site(self, link: str) -> None:
        post = a_post()
        with pytest.raises(IntegrityError, match="notice_links"), transaction.atomic():
            operations.tell(by=None, posts=[post.pk], kind=CLOSED, link=link, at=AT)

    def test_a_day_s_notices_go_in_one_e_mail(self, office: PostOffice) -> None:
        post = a_post()
        tell(post, kind=CHANGED)
        tell(post, kind=CHANGED, at=AT + datetime.timedelta(hours=3))
        assert send(office).sent == 0
        assert send(office, next_digest(AT)).sent == 1
        assert [(one.count, one.link) for one in office.letters] == [(2, f"{SITE}/notices/")]
        tell(post, kind=CHANGED, at=next_digest(AT))
        assert Message.objects.filter(outcome=Outcome.WAITING).count() == 1

    def test_what_is_silenced_stays_on_the_page(self) -> None:
        post = a_post()
        operations.choose(by=post.pk, how={CHANGED: How.NEVER})
        tell(post, kind=CHANGED)
        assert Notice.objects.get().message is None

    def test_what_may_cost_somebody_their_safety_is_not_silenced(self) -> None:
        with pytest.raises(CannotChoose, match="Safety facts"):
            operations.choose(by=a_post().pk, how={NoticeKind.SAFETY_FACT_AT_RISK: How.NEVER})


@pytest.mark.django_db
class TestSending:
    def test_an_e_mail_holds_a_link_and_nothing_of_what_it_is_about(
        self, office: PostOffice
    ) -> None:
        person = uuid.uuid4()
        post = a_post()
        operations.tell(by=None, posts=[post.pk], kind=CLOSED, link=f"/people/{person}/", at=AT)
        assert send(office).sent == 1
        mail = office.letters[0].written("notices@joinedup.example").as_string()
        notice = Notice.objects.get()
        assert f"{SITE}/notices/{notice.pk}/" in mail
        for told in (str(person), post.user.name, "agreement", "people"):
            assert told not in mail

    def test_each_is_sent_once(self, office: PostOffice) -> None:
        tell(a_post(), a_post())
        assert send(office).sent == 2
        assert send(office) == operations.Sent()

    def test_what_was_read_meanwhile_needs_no_e_mail(self, office: PostOffice) -> None:
        post = a_post()
        tell(post)
        with acting(Viewer.of_post(post)):
            assert (
                operations.open_notice(by=post.pk, notice_id=Notice.objects.get().pk, at=AT)
                == "/agreements/3/"
            )
        assert send(office) == operations.Sent(not_needed=1)

    def test_a_server_that_is_away_is_tried_again_and_the_e_mail_comes(
        self, office: PostOffice
    ) -> None:
        tell(a_post())
        office.refuses = Failure.NO_CONNECTION
        assert send(office) == operations.Sent(put_off=1)
        assert send(office) == operations.Sent()
        office.refuses = None
        assert send(office, AT + datetime.timedelta(minutes=1)).sent == 1
        assert [str(attempt) for attempt in Attempt.objects.order_by("pk")] == [
            "no_connection",
            "sent",
        ]

    def test_after_the_last_try_it_is_given_up_and_can_be_tried_by_hand(
        self, office: PostOffice
    ) -> None:
        tell(a_post())
        office.refuses = Failure.REFUSED_FOR_NOW
        days = [AT + datetime.timedelta(days=day) for day in range(6)]
        assert [send(office, day).given_up for day in days] == [0, 0, 0, 0, 0, 1]
        office.refuses = None
        message = Message.objects.get()
        assert operations.try_again(by=None, message_id=message.pk, at=days[-1])
        assert not operations.try_again(by=None, message_id=message.pk, at=days[-1])
        assert send(office, days[-1]).sent == 1

    def test_an_address_that_is_refused_is_given_up_at_once(self, office: PostOffice) -> None:
        tell(a_post())
        office.refuses = Failure.REFUSED
        assert send(office).given_up == 1

    def test_whoever_left_is_sent_nothing(self, office: PostOffice) -> None:
        left, gone = a_post(ends_on=AT.date()), a_post()
        User.objects.filter(pk=gone.user_id).update(is_active=False)
        tell(left, gone)
        assert send(office) == operations.Sent(given_up=2)
        assert office.letters == []

    def test_one_notice_is_opened_by_its_own_post_alone(self) -> None:
        tell(a_post())
        with pytest.raises(Notice.DoesNotExist):
            operations.open_notice(by=a_post().pk, notice_id=Notice.objects.get().pk, at=AT)

    def test_where_it_leads_is_shown_to_its_own_post_and_the_system_alone(self) -> None:
        """A link leads to a person: the database shows it to nobody else, whatever a query forgets."""
        post, other, person = a_post(), a_post(), uuid.uuid4()
        operations.tell(
            by=None,
            posts=[post.pk],
            kind=CLOSED,
            link=f"/people/{person}/",
            at=AT,
            once=f"{person}",
        )
        for viewer, seen in (
            (Viewer.of_post(post), 1), (Viewer.system("a test"), 1), (Viewer.of_post(other), 0),
            (None, 0),
        ):  # fmt: skip
            with acting(viewer):
                assert NoticeLink.objects.filter(link__contains=str(person)).count() == seen
        assert str(person) not in str(list(Notice.objects.values()))
        told = Notice.objects.get()
        with pytest.raises(NoticeLink.DoesNotExist), acting(Viewer.of_post(other)):
            assert told.link

    def test_all_are_marked_as_read_but_those_that_came_since(self) -> None:
        post = a_post()
        tell(post)
        tell(post, at=AT + datetime.timedelta(minutes=1))
        assert operations.read_all(by=post.pk, at=AT) == 1
        assert Notice.objects.unread().count() == 1
