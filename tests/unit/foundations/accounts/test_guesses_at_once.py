"""Guesses sent at the same moment are not all the first one."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from joinedup.foundations.accounts.models import SignInFailure
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.signing_in import check_password
from joinedup.foundations.accounts.rules import MOST_FAILURES
from tests.databases import PrivateDatabase

AT = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)


def test_of_many_guesses_at_one_moment_five_are_looked_at(
    private_database: PrivateDatabase, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def guess(number: int) -> str:
        try:
            check_password(
                email="ann@example.org", password="x", address=f"203.0.113.{number}", at=AT
            )
        except CannotSignIn as refused:
            return str(refused)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(6) as together:
        said = list(together.map(guess, range(24)))
    assert sum("wrong" in one for one in said) == MOST_FAILURES
    assert sum("Too many" in one for one in said) == 24 - MOST_FAILURES
    assert SignInFailure.objects.count() == 2 * MOST_FAILURES
