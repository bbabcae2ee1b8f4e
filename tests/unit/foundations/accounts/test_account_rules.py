"""Locks end, proofs grow old, and long passwords can be easy all the same."""

import datetime

import pytest

from joinedup.foundations.accounts.rules import (
    MOST_FAILURES,
    WINDOW,
    browser_words,
    counted_as,
    is_fresh,
    locked_until,
    why_too_easy,
)

AT = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)


def minutes(*ago: float) -> list[datetime.datetime]:
    return [AT - datetime.timedelta(minutes=each) for each in ago]


def test_a_lock_begins_with_the_fifth_failure_and_ends_by_itself() -> None:
    assert locked_until(minutes(4, 3, 2, 1), MOST_FAILURES, AT) is None
    until = locked_until(minutes(10, 4, 3, 2, 1), MOST_FAILURES, AT)
    assert until == AT - datetime.timedelta(minutes=10) + WINDOW
    assert until is not None
    assert locked_until(minutes(10, 4, 3, 2, 1), MOST_FAILURES, until) is None


def test_failures_that_are_old_or_to_come_do_not_count() -> None:
    assert locked_until(minutes(15, 14, 13, 12, -1), MOST_FAILURES, AT) is None


def test_a_proof_is_good_until_it_is_too_old_and_never_before_it_was_given() -> None:
    five = datetime.timedelta(minutes=5)
    assert is_fresh(AT - five + datetime.timedelta(seconds=1), five, AT)
    assert not is_fresh(AT - five, five, AT)
    assert not is_fresh(AT + datetime.timedelta(seconds=1), five, AT)
    assert not is_fresh(None, five, AT)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("unix:", ""),
    ],
)
def test_one_host_is_counted_as_one_address(address: str, counted: str) -> None:
    assert counted_as(address) == counted


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa", "abababababab", "horsehorsehorse", "joinedup2026!", "Welcome12345!",
        "Password1234567", "123456789012345", "!!!!2026!!!!Council",
    ],
)  # fmt: skip
def test_a_long_password_can_be_easy(password: str) -> None:
    assert why_too_easy(password)


@pytest.mark.parametrize(
    "password",
    ["tureen gallop oxide", "правильная лошадь", "kV9 x!q2 mmRt 0", "my partnership tortoise"],
)
def test_any_letters_and_signs_may_be_in_a_password(password: str) -> None:
    assert why_too_easy(password) is None


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/141.0 Safari/537.36 Edg/141", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Version/19 Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox on Linux"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_what_it_says_and_nothing_it_says_is_shown(
    says: str, words: str
) -> None:
    assert browser_words(says) == words
