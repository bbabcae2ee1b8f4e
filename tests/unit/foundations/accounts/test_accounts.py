"""What an account proves itself by: counted, used once, closed in the database, ended with its post."""

import datetime
import itertools
import json
import uuid
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core import signing

from joinedup.foundations.accounts.models import Factor, Invitation, Session, SignInFailure, User
from joinedup.foundations.accounts.operations import factors, passwords, signing_in
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.sessions import (
    drop_old_sessions,
    end_session,
    end_sessions,
    end_sessions_in_post,
)
from joinedup.foundations.accounts.passkeys import Answer, Here, ask_for, ask_to_make
from joinedup.foundations.accounts.sessions import SessionStore, name_of
from tests.audit_lines import lines
from tests.authenticator import Passkey

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
SECRET, EMAIL = "tureen gallop oxide", "ann@example.org"
HERE = Here("joinedup.example", "https://joinedup.example")
ADDRESS = "203.0.113.7"
_numbers = itertools.count()


@pytest.fixture
def quick(settings: Any) -> None:
    """Hash cheaply: many guesses are made here, and how slow each is, is Argon2's affair."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ann(quick: None) -> User:
    user = User(email=EMAIL, name="Ann Practitioner")
    user.set_password(SECRET)
    user.save()
    return user


def later(**by: float) -> datetime.datetime:
    return AT + datetime.timedelta(**by)


def guess(
    password: str, *, email: str = EMAIL, at: datetime.datetime = AT, address: str = ADDRESS
) -> User:
    return signing_in.check_password(email=email, password=password, address=address, at=at)


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(CannotSignIn) as refused:
        do()
    return str(refused.value)


class TestLocking:
    def test_passwords_are_hashed_by_argon2_where_it_matters(self) -> None:
        assert [h.rsplit(".", 1)[-1] for h in settings.PASSWORD_HASHERS] == ["Argon2PasswordHasher"]

    def test_the_right_password_is_let_by_in_any_case_of_the_address(self, ann: User) -> None:
        assert guess(SECRET, email=" ANN@example.org ") == ann

    def test_after_five_failures_even_the_right_password_waits_and_then_not(
        self, ann: User
    ) -> None:
        said = [refusal(lambda: guess("wrong")) for _ in range(6)]
        assert said[:5] == [signing_in.WRONG] * 5
        assert (
            said[5] == "Too many attempts have failed. Try again after 20 November 2026 at 12:15pm."
        )
        assert "Too many" in refusal(lambda: guess(SECRET))
        assert guess(SECRET, at=later(minutes=15)) == ann

    def test_an_account_that_is_not_there_is_refused_and_locked_in_the_same_words(
        self, ann: User
    ) -> None:
        def story(email: str) -> list[str]:
            return [refusal(lambda: guess("wrong", email=email)) for _ in range(7)]

        assert story(EMAIL) == story("nobody@example.org")

    def test_refused_attempts_do_not_prolong_the_lock(self, ann: User) -> None:
        for _ in range(5):
            refusal(lambda: guess("wrong"))
        for minute in range(1, 15):
            at = later(minutes=minute)
            refusal(lambda at=at: guess("wrong", at=at))  # type: ignore[misc]
        assert guess(SECRET, at=later(minutes=15)) == ann

    def test_an_address_that_tries_many_accounts_is_locked_and_another_is_not(
        self, ann: User
    ) -> None:
        for number in range(30):
            refusal(lambda n=number: guess("wrong", email=f"n{n}@example.org"))  # type: ignore[misc]
        assert "Too many" in refusal(lambda: guess(SECRET))
        assert guess(SECRET, address="198.51.100.1") == ann

    def test_what_was_typed_and_from_where_is_not_kept(self, ann: User) -> None:
        refusal(lambda: guess("wrong", email="somebody@example.org"))
        kept = " ".join(SignInFailure.objects.values_list("subject", flat=True))
        assert "somebody" not in kept
        assert ADDRESS not in kept

    def test_a_second_factor_is_guessed_no_oftener_than_a_password(self, ann: User) -> None:
        factors.new_recovery_codes(by=None, user=ann, at=AT)

        def wrong() -> None:
            signing_in.check_code(user=ann, code="000000", address=ADDRESS, at=AT)

        said = [refusal(wrong) for _ in range(6)]
        assert said[:5] == [signing_in.WRONG_CODE] * 5
        assert "Too many" in said[5]
        assert len(lines(act="second factor failed")) == 5

    def test_the_right_password_alone_does_not_start_the_count_anew(self, ann: User) -> None:
        for _ in range(4):
            refusal(lambda: guess("wrong"))
        guess(SECRET)
        refusal(lambda: guess("wrong"))
        assert "Too many" in refusal(lambda: guess(SECRET))

    def test_a_closed_account_is_as_if_it_were_not_there(self, ann: User) -> None:
        passwords.close_account(by=None, user=ann, at=AT)
        assert refusal(lambda: guess(SECRET)) == signing_in.WRONG

    def test_a_code_handed_over_before_opens_no_closed_account(self, ann: User) -> None:
        code = passwords.invite(by=None, user=ann, at=AT)
        passwords.close_account(by=None, user=ann, at=AT)

        def accept() -> None:
            passwords.accept_invitation(
                email=ann.email, code=code, password="a long and new one 77", address=ADDRESS, at=AT
            )

        assert refusal(accept) == passwords.WRONG_INVITATION

    def test_closing_an_account_ends_its_sessions_and_leaves_a_line(self, ann: User) -> None:
        store = SessionStore()
        store["_auth_user_id"] = str(ann.pk)
        store.create()
        assert Session.objects.filter(user_id=ann.pk).count() == 1
        passwords.close_account(by=None, user=ann, at=AT)
        assert not Session.objects.filter(user_id=ann.pk).exists()
        assert len(lines(act="account closed")) == 1


class TestCodes:
    @pytest.fixture
    def seed(self, ann: User) -> str:
        seed = factors.new_seed()
        code = pyotp.TOTP(seed).at(later(minutes=-5))
        factors.add_code(by=None, user=ann, seed=seed, code=code, name="", at=later(minutes=-5))
        return seed

    def test_a_code_is_good_once(self, ann: User, seed: str) -> None:
        code = pyotp.TOTP(seed).at(AT)
        assert factors.is_code(user=ann, code=f"{code[:3]} {code[3:]}", at=AT)
        assert not factors.is_code(user=ann, code=code, at=AT)
        assert not factors.is_code(user=ann, code=code, at=later(seconds=20))

    def test_a_clock_may_be_half_a_minute_off_and_no_more(self, ann: User, seed: str) -> None:
        codes = pyotp.TOTP(seed)
        assert not factors.is_code(user=ann, code=codes.at(later(seconds=-60)), at=AT)
        assert factors.is_code(user=ann, code=codes.at(later(seconds=-30)), at=AT)
        assert factors.is_code(user=ann, code=codes.at(later(seconds=30)), at=AT)
        assert not factors.is_code(user=ann, code=codes.at(AT), at=AT), (
            "an earlier one than the last"
        )

    def test_another_account_s_code_is_not_mine(self, ann: User, seed: str) -> None:
        bob = User.objects.create(email="bob@example.org", name="Bob")
        assert not factors.is_code(user=bob, code=pyotp.TOTP(seed).at(AT), at=AT)

    def test_the_seed_is_closed_in_the_database(self, ann: User, seed: str) -> None:
        assert seed.encode() not in bytes(Factor.objects.get().sealed_seed)

    def test_a_first_code_that_is_wrong_adds_nothing(self, ann: User) -> None:
        with pytest.raises(factors.CannotAddFactor):
            factors.add_code(
                by=None, user=ann, seed=factors.new_seed(), code="000000", name="", at=AT
            )
        assert not Factor.objects.exists()

    def test_the_last_factor_stays(self, ann: User, seed: str) -> None:
        only = Factor.objects.get().pk
        with pytest.raises(factors.CannotRemoveFactor, match="only"):
            factors.remove_factor(by=None, user=ann, factor_id=only, at=AT)

    def test_each_recovery_code_is_good_once_and_new_ones_void_the_old(self, ann: User) -> None:
        old = factors.new_recovery_codes(by=None, user=ann, at=AT)
        assert len(set(old)) == 8
        assert factors.is_recovery_code(user=ann, code=old[0].upper().replace("-", " "), at=AT)
        assert not factors.is_recovery_code(user=ann, code=old[0], at=AT)
        factors.new_recovery_codes(by=None, user=ann, at=AT)
        assert not factors.is_recovery_code(user=ann, code=old[1], at=AT)


class TestPasskeys:
    @pytest.fixture
    def key(self, ann: User) -> Passkey:
        key = Passkey(HERE.host, HERE.origin)
        assert self.add(ann, key)
        return key

    def add(self, user: User, key: Passkey, here: Here = HERE) -> Factor:
        options, challenge = ask_to_make(here, user, Factor.objects.filter(user=user))
        answer = Answer(here, challenge, key.make(json.loads(json.dumps(options))))
        return factors.add_passkey(by=None, user=user, answer=answer, name="key", at=AT)

    def asked(self, user: User) -> tuple[dict[str, Any], dict[str, Any]]:
        return ask_for(HERE, Factor.objects.filter(user=user))

    def test_a_passkey_signs_in_and_its_answer_is_good_for_one_question(
        self, ann: User, key: Passkey
    ) -> None:
        options, challenge = self.asked(ann)
        answer = Answer(HERE, challenge, key.sign(options))
        assert factors.is_passkey(user=ann, answer=answer, at=AT)
        other = Answer(HERE, self.asked(ann)[1], answer.text)
        assert not factors.is_passkey(user=ann, answer=other, at=AT)

    def test_a_copy_whose_count_fell_back_is_refused(self, ann: User, key: Passkey) -> None:
        options, challenge = self.asked(ann)
        assert factors.is_passkey(
            user=ann, answer=Answer(HERE, challenge, key.sign(options)), at=AT
        )
        key.count -= 1
        options, challenge = self.asked(ann)
        copy = Answer(HERE, challenge, key.sign(options))
        assert not factors.is_passkey(user=ann, answer=copy, at=AT)

    def test_a_false_site_is_of_no_use(self, ann: User, key: Passkey) -> None:
        options, challenge = self.asked(ann)
        for host, origin in (
            (HERE.host, "https://joinedup.example.evil.example"),
            ("evil.example", HERE.origin),
        ):
            false = Passkey(host, origin, identifier=key.identifier, key=key.key, count=key.count)
            answer = Answer(HERE, challenge, false.sign(options))
            assert not factors.is_passkey(user=ann, answer=answer, at=AT)

    def test_a_stranger_s_passkey_is_not_mine(self, ann: User, key: Passkey) -> None:
        options, challenge = self.asked(ann)
        stranger = Passkey(HERE.host, HERE.origin)
        assert not factors.is_passkey(
            user=ann, answer=Answer(HERE, challenge, stranger.sign(options)), at=AT
        )

    @pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"id": 1}', "null", '"x"'])
    def test_whatever_else_a_browser_sends_is_no_answer(
        self, ann: User, key: Passkey, text: str
    ) -> None:
        assert not factors.is_passkey(
            user=ann, answer=Answer(HERE, self.asked(ann)[1], text), at=AT
        )
        assert not factors.is_passkey(user=ann, answer=Answer(HERE, {}, text), at=AT)
        with pytest.raises(factors.CannotAddFactor):
            factors.add_passkey(by=None, user=ann, answer=Answer(HERE, {}, text), name="", at=AT)

    def test_one_passkey_is_added_once(self, ann: User, key: Passkey) -> None:
        bob = User.objects.create(email="bob@example.org", name="Bob")
        with pytest.raises(factors.CannotAddFactor):
            self.add(bob, key)


class TestPasswords:
    def accept(self, code: str, password: str = SECRET, *, email: str = EMAIL,
               at: datetime.datetime = AT) -> User:  # fmt: skip
        return passwords.accept_invitation(
            email=email, code=code, password=password, address=ADDRESS, at=at
        )

    def test_an_invitation_sets_a_password_once(self, quick: None) -> None:
        user = passwords.open_account(by=None, email=EMAIL, name="Ann", at=AT)
        code = passwords.invite(by=None, user=user, at=AT)
        assert refusal(lambda: guess("")) == signing_in.WRONG
        assert self.accept(code) == user
        assert guess(SECRET) == user
        assert refusal(lambda: self.accept(code)) == passwords.WRONG_INVITATION

    @pytest.mark.parametrize("wrong", ["late", "other account", "made anew"])
    def test_an_invitation_is_refused_when_it_is(self, ann: User, wrong: str) -> None:
        code = passwords.invite(by=None, user=ann, at=AT)
        User.objects.create(email="bob@example.org", name="Bob")
        if wrong == "made anew":
            passwords.invite(by=None, user=ann, at=AT)
        email = "bob@example.org" if wrong == "other account" else EMAIL
        at = later(hours=24) if wrong == "late" else AT
        assert refusal(lambda: self.accept(code, email=email, at=at)) == passwords.WRONG_INVITATION
        assert SignInFailure.objects.count() == 2

    def test_a_new_invitation_keeps_the_second_factor(self, ann: User) -> None:
        seed = factors.new_seed()
        code = pyotp.TOTP(seed).at(AT)
        factors.add_code(by=None, user=ann, seed=seed, code=code, name="", at=AT)
        self.accept(passwords.invite(by=None, user=ann, at=AT))
        assert ann.factors.count() == 1  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("password", "why"),
        [
            ("short one", "at least 12"),
            ("1q2w3e4r5t6y", "too common"),
            ("joinedup2026!", "anybody would try first"),
            ("ann@example.org", "similar"),
        ],
    )  # fmt: skip
    def test_an_easy_password_is_refused_and_the_invitation_stays(
        self, ann: User, password: str, why: str
    ) -> None:
        code = passwords.invite(by=None, user=ann, at=AT)
        if password.startswith("qwerty"):
            password = "1q2w3e4r5t6y"
        with pytest.raises(passwords.CannotSetPassword, match=why):
            self.accept(code, password)
        assert Invitation.objects.get().used_at is None

    def test_a_change_asks_for_the_present_password_and_counts_guesses(self, ann: User) -> None:
        def change(present: str) -> None:
            passwords.change_password(
                by=None,
                user=ann,
                present=present,
                new="walnut ferry parish",
                address=ADDRESS,
                at=AT,
            )

        assert refusal(lambda: change("wrong")) == passwords.WRONG_CURRENT
        assert SignInFailure.objects.exists()
        change(SECRET)
        assert guess("walnut ferry parish") == ann

    def test_no_password_code_or_address_is_in_the_audit(self, ann: User) -> None:
        code = passwords.invite(by=None, user=ann, at=AT)
        self.accept(code)
        refusal(lambda: guess("wrong"))
        told = " ".join(f"{e.act} {e.subject_id} {e.detail} {e.purpose}" for e in lines())
        for secret in (code, SECRET, "wrong", EMAIL, ADDRESS, ann.name):
            assert secret not in told
        assert {"invited", "password set", "sign-in failed"} <= {e.act for e in lines()}


class TestSessions:
    def session(self, user: User, post: uuid.UUID | None = None) -> str:
        store = SessionStore()
        store["_auth_user_id"] = str(user.pk)
        if post:
            store["post"] = str(post)
        store.create()
        return str(store.session_key)

    def test_a_session_says_whose_it_is_and_in_which_post(self, ann: User) -> None:
        post = uuid.uuid4()
        row = Session.objects.get(pk=self.session(ann, post))
        assert (row.user, row.post_id) == (ann, post)

    def test_what_was_searched_for_does_not_stand_open_in_the_row(
        self, ann: User, settings: Any
    ) -> None:
        store = SessionStore()
        store["find"] = "whitlock 1941"
        store.create()
        key = str(store.session_key)
        row = Session.objects.get()
        assert SessionStore(key)["find"] == "whitlock 1941"
        assert "whitlock" not in row.session_data
        assert "whitlock" not in str(signing.b64_decode(row.session_data.rstrip("=").encode()))
        before, settings.SECRET_KEY = settings.SECRET_KEY, "another"
        assert "find" not in SessionStore(key)
        settings.SECRET_KEY_FALLBACKS = [before]
        assert SessionStore(key)["find"] == "whitlock 1941"

    def test_sessions_of_a_post_end_with_it_and_no_others(self, ann: User) -> None:
        post, other = uuid.uuid4(), uuid.uuid4()
        ended, stays = self.session(ann, post), self.session(ann, other)
        assert end_sessions_in_post(by=None, post_id=post, at=AT) == 1
        assert not SessionStore(ended).exists(ended)
        assert SessionStore(stays).exists(stays)
        line = lines(act="sessions ended")[0]
        assert (line.subject_kind, line.subject_id) == ("post", str(post))

    def test_a_page_under_way_does_not_bring_an_ended_session_back(self, ann: User) -> None:
        key = self.session(ann)
        under_way = SessionStore(key)
        under_way["find"] = "somebody"
        end_sessions(by=None, user_id=ann.pk, at=AT)
        with pytest.raises(UpdateError):
            under_way.save()
        assert not Session.objects.exists()

    def test_one_session_is_ended_by_the_name_on_its_page_and_only_by_its_own(
        self, ann: User
    ) -> None:
        bob = User.objects.create(email="bob@example.org", name="Bob")
        name = name_of(self.session(ann))
        assert not end_session(by=None, user_id=bob.pk, name=name, at=AT)
        assert end_session(by=None, user_id=ann.pk, name=name, at=AT)

    def test_all_but_this_one(self, ann: User) -> None:
        here = self.session(ann)
        self.session(ann)
        self.session(ann)
        assert end_sessions(by=None, user_id=ann.pk, at=AT, but=here) == 2
        assert Session.objects.get().session_key == here

    def test_rows_of_sessions_that_are_over_go(self, ann: User) -> None:
        self.session(ann)
        drop_old_sessions(at=datetime.datetime(2126, 1, 1, tzinfo=datetime.UTC))
        assert not Session.objects.exists()
