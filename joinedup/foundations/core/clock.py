"""The one clock: pages, operations and the database's policies all go by what it says."""

import datetime

from django.db import connections


def now() -> datetime.datetime:
    """The time by the database, which in tests and in the demo may have been moved."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT joinedup_now()")
        (at,) = cursor.fetchone()
    return at


def set_for_tests(at: datetime.datetime | None) -> None:
    """Stand the clock still at that time, or let it run again; only the owner may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM core_testclock")
        if at is not None:
            cursor.execute("INSERT INTO core_testclock (at) VALUES (%s)", [at])
