"""Posts are entered by somebody else, end at once, and leave what was as it was."""

import datetime
import itertools
import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from joinedup.foundations.accounts.models import Session, User
from joinedup.foundations.accounts.sessions import SessionStore
from joinedup.foundations.agencies import operations
from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.agencies.rules import leads_back, why_not_this_role
from tests.audit_lines import lines

AT = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
TODAY = AT.date()
BEFORE, AFTER = TODAY - datetime.timedelta(days=30), TODAY + datetime.timedelta(days=30)
_numbers = itertools.count()


class Refused(Exception):
    """What sharing raises as NotPermitted."""


@dataclass(frozen=True)
class Administrator:
    """A post that may do some things."""

    user_id: uuid.UUID | None = None
    post_id: uuid.UUID | None = None
    purpose: str = "a test"
    allowed: frozenset[Permission] = frozenset({Permission.MANAGE_POSTS})

    def may(self, permission: Any, /) -> bool:
        return permission in self.allowed

    def must(self, permission: Any, /) -> None:
        if not self.may(permission):
            raise Refused


BY = Administrator()


def test_licensed_premises_have_referrers_and_nobody_else() -> None:
    """S2-30, P18: a pub can refer, and sees no person."""
    pub = AgencyKind.LICENSED_PREMISES
    may = [role.code for role in ROLES if why_not_this_role(role.code, pub) is None]
    assert may == ["referrer"]


def test_a_referrer_s_role_opens_nothing_about_anybody() -> None:
    (referrer,) = [role for role in ROLES if role.code == "referrer"]
    assert referrer.permissions == {Permission.REFER}
    assert not referrer.categories
    assert not referrer.purposes


def test_nobody_answers_to_themselves_however_far_around() -> None:
    assert leads_back(1, 3, {3: 2, 2: 1})
    assert not leads_back(1, 3, {3: 2})
    assert not leads_back(1, None, {})
    assert leads_back(1, 3, {3: 2, 2: 3}), "a circle that stands already is not walked for ever"


@pytest.fixture
def team() -> Team:
    agency = Agency.objects.create(code="adult_care", name="Adult care", kind="social_care")
    return Team.objects.create(agency=agency, name="North")


@pytest.fixture
def other(team: Team) -> Team:
    return Team.objects.create(agency=team.agency, name="South")


def appoint(team: Team, email: str = "ann@example.org", **more: Any) -> operations.Appointed:
    given = {
        "role": "social_worker",
        "name": "Ann",
        "starts_on": BEFORE,
        "by": BY,
        "at": AT,
        **more,
    }
    return operations.appoint(team=team, email=email, **given)


def signed_in(post: Post) -> str:
    store = SessionStore()
    store["_auth_user_id"], store["post"] = str(post.user_id), str(post.pk)
    store.create()
    return str(store.session_key)


@pytest.mark.django_db
class TestAppointing:
    def test_a_new_account_comes_with_a_code_and_a_known_one_without(self, team: Team) -> None:
        first = appoint(team)
        assert first.code
        first.post.user.set_password("tureen gallop oxide")
        first.post.user.save()
        second = appoint(team, "ANN@example.org", role="team_manager")
        assert second.code is None
        assert second.post.user == first.post.user
        roles = {line.detail["role"] for line in lines(act="appointed")}
        assert roles == {"social_worker", "team_manager"}

    def test_the_same_post_is_not_held_twice_at_a_time(self, team: Team) -> None:
        appoint(team, ends_on=AFTER)
        with pytest.raises(operations.CannotAppoint, match="already"):
            appoint(team, starts_on=TODAY)
        appoint(team, starts_on=AFTER)

    def test_nobody_enters_a_post_of_their_own(self, team: Team) -> None:
        myself = Administrator(user_id=User.objects.create(email="me@example.org", name="Me").pk)
        with pytest.raises(operations.CannotAppoint, match="Somebody else"):
            appoint(team, "me@example.org", by=myself)

    def test_a_refused_appointment_leaves_no_account(self, team: Team) -> None:
        agency = Agency.objects.create(code="keys", name="Crossed Keys", kind="licensed_premises")
        bar = Team.objects.create(agency=agency, name="Bar")
        for more in ({"team": bar}, {"team": team, "ends_on": BEFORE}):
            with pytest.raises(operations.CannotAppoint):
                appoint(**more)
        assert not User.objects.exists()
        assert appoint(bar, role="referrer").code

    def test_only_who_keeps_the_posts_changes_them(self, team: Team) -> None:
        nobody = Administrator(allowed=frozenset())
        post = appoint(team).post
        for do in (
            lambda: appoint(team, "bob@example.org", by=nobody),
            lambda: operations.end_post(by=nobody, post_id=post.pk, ends_on=TODAY, at=AT),
            lambda: operations.move_team(by=nobody, post_id=post.pk, team=team, on=TODAY, at=AT),
            lambda: operations.set_managers(
                by=nobody, post_id=post.pk, operational_manager=None, professional_supervisor=None,
                at=AT,
            ),
        ):  # fmt: skip
            with pytest.raises(Refused):
                do()


@pytest.mark.django_db
class TestEnding:
    def test_a_post_that_ends_today_signs_its_holder_out_of_it_and_of_nothing_else(
        self, team: Team
    ) -> None:
        post, stays = appoint(team).post, appoint(team, role="team_manager").post
        ended, kept = signed_in(post), signed_in(stays)
        assert operations.end_post(by=BY, post_id=post.pk, ends_on=TODAY, at=AT) == 1
        assert not SessionStore(ended).exists(ended)
        assert Session.objects.get().session_key == kept
        assert not Post.objects.held_on(TODAY).filter(pk=post.pk).exists()

    def test_one_that_ends_later_is_worked_in_until_then(self, team: Team) -> None:
        post = appoint(team).post
        signed_in(post)
        assert operations.end_post(by=BY, post_id=post.pk, ends_on=AFTER, at=AT) == 0
        assert Session.objects.exists()

    def test_what_was_done_in_a_post_was_done(self, team: Team) -> None:
        post = appoint(team).post
        with pytest.raises(operations.CannotEndPost, match="today at the earliest"):
            operations.end_post(
                by=BY, post_id=post.pk, ends_on=BEFORE + (TODAY - BEFORE) / 2, at=AT
            )
        operations.end_post(by=BY, post_id=post.pk, ends_on=TODAY, at=AT)
        with pytest.raises(operations.CannotEndPost, match="already"):
            operations.end_post(by=BY, post_id=post.pk, ends_on=AFTER, at=AT)

    def test_one_entered_by_mistake_was_never_held(self, team: Team) -> None:
        post = appoint(team, starts_on=TODAY).post
        operations.end_post(by=BY, post_id=post.pk, ends_on=TODAY, at=AT)
        assert not Post.objects.held_on(TODAY).exists()

    def test_the_day_is_the_day_here(self, team: Team) -> None:
        late = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
        post = appoint(team, starts_on=datetime.date(2026, 1, 1)).post
        signed_in(post)
        first_of_july = datetime.date(2026, 7, 1)
        assert operations.end_post(by=BY, post_id=post.pk, ends_on=first_of_july, at=late) == 1


@pytest.mark.django_db
class TestMoving:
    def test_who_worked_where_stays_known(self, team: Team, other: Team) -> None:
        """S0-66: history is not rewritten; whoever answers to the old post answers to the new."""
        old = appoint(team).post
        below = appoint(team, "bob@example.org").post
        operations.set_managers(
            by=BY, post_id=below.pk, operational_manager=old, professional_supervisor=None, at=AT
        )
        signed_in(old)
        new = operations.move_team(by=BY, post_id=old.pk, team=other, on=TODAY, at=AT)
        assert not Session.objects.exists()
        assert Post.objects.held_on(BEFORE).get(user=old.user).team == team
        assert Post.objects.held_on(TODAY).get(user=old.user) == new
        below.refresh_from_db()
        assert below.operational_manager == new

    def test_an_employer_stays_the_employer(self, team: Team) -> None:
        """S0-56: under their own organisation's money and management in another's team."""
        police = Agency.objects.create(code="police", name="Police", kind="police")
        joint = Team.objects.create(agency=police, name="Joint")
        post = appoint(team).post
        new = operations.move_team(by=BY, post_id=post.pk, team=joint, on=TODAY, at=AT)
        assert new.employer == team.agency

    @pytest.mark.parametrize("on", [BEFORE, TODAY - datetime.timedelta(days=1), AFTER])
    def test_one_moves_from_today_on_while_one_holds_the_post(
        self, team: Team, other: Team, on: datetime.date
    ) -> None:
        post = appoint(team, ends_on=AFTER).post
        with pytest.raises(operations.CannotMoveTeam):
            operations.move_team(by=BY, post_id=post.pk, team=other, on=on, at=AT)


@pytest.mark.django_db
class TestManagers:
    def set(self, post: Post, manager: Post | None, supervisor: Post | None = None) -> None:
        operations.set_managers(
            by=BY, post_id=post.pk, operational_manager=manager, professional_supervisor=supervisor,
            at=AT,
        )  # fmt: skip
        post.refresh_from_db()

    def test_the_two_may_be_two_people_in_two_agencies(self, team: Team) -> None:
        """S4-17."""
        nhs = Agency.objects.create(code="icb", name="ICB", kind="health")
        elsewhere = Team.objects.create(agency=nhs, name="Nursing")
        post, manager = appoint(team).post, appoint(team, "m@example.org").post
        supervisor = appoint(elsewhere, "s@example.org").post
        self.set(post, manager, supervisor)
        assert (post.operational_manager, post.professional_supervisor) == (manager, supervisor)

    def test_nobody_comes_to_answer_to_themselves(self, team: Team) -> None:
        a, b, c = (appoint(team, f"{n}@example.org").post for n in "abc")
        self.set(b, a)
        self.set(c, b)
        for wrong in (c, a):
            with pytest.raises(operations.CannotSetManagers):
                self.set(a, wrong)

    def test_who_holds_no_post_today_manages_nobody(self, team: Team) -> None:
        post = appoint(team).post
        gone = appoint(team, "gone@example.org", ends_on=TODAY).post
        with pytest.raises(operations.CannotSetManagers, match="no post today"):
            self.set(post, gone)
