"""The clock that pages and policies go by, and the days it is read in."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of, start_of
from tests.databases import PrivateDatabase

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (datetime.date(2026, 11, 22), datetime.datetime(2026, 11, 22, 0, tzinfo=UTC)),
        (datetime.date(2026, 7, 1), datetime.datetime(2026, 6, 30, 23, tzinfo=UTC)),
        (datetime.date(2026, 3, 29), datetime.datetime(2026, 3, 29, 0, tzinfo=UTC)),
        (datetime.date(2026, 3, 30), datetime.datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (datetime.date(2026, 10, 25), datetime.datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (datetime.date(2026, 10, 26), datetime.datetime(2026, 10, 26, 0, tzinfo=UTC)),
        (datetime.date(2026, 12, 31), datetime.datetime(2026, 12, 31, 0, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_in_london(day: datetime.date, begins: datetime.datetime) -> None:
    assert start_of(day) == begins
    assert day_of(begins) == day
    assert day_of(begins - datetime.timedelta(microseconds=1)) == day - datetime.timedelta(days=1)


@pytest.mark.django_db
def test_the_clock_runs_by_the_database() -> None:
    before = datetime.datetime.now(UTC)
    assert abs(clock.now() - before) < datetime.timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT at FROM core_testclock",
        "INSERT INTO core_testclock (at) VALUES (now())",
        "UPDATE core_testclock SET at = now()",
        "DELETE FROM core_testclock",
    ],
)
def test_the_application_has_no_hand_on_the_clock(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_owner_moves_the_clock_and_lets_it_go(private_database: PrivateDatabase) -> None:
    summer = datetime.datetime(2027, 7, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    clock.set_for_tests(summer)
    assert clock.now() == summer
    clock.set_for_tests(None)
    assert clock.now() < summer
