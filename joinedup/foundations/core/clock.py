"""The one clock: pages, operations and the database's policies all go by what it says."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

_MOMENT: ContextVar[list[datetime.datetime] | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """The time by the database, which in tests and in the demo may have been moved."""
    read = _MOMENT.get()
    if read:
        return read[0]
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT joinedup_now()")
        at: datetime.datetime = cursor.fetchone()[0]
    if read is not None:
        read.append(at)
    return at


def told(at: datetime.datetime) -> None:
    """Take the time that the database told beside something else, where one is to be kept and none is."""
    read = _MOMENT.get()
    if read is not None and not read:
        read.append(at)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Let it be one time for all that is done inside: the first that is asked for."""
    token = _MOMENT.set([])
    try:
        yield
    finally:
        _MOMENT.reset(token)


def set_for_tests(at: datetime.datetime | None) -> None:
    """Stand the clock still at that time, or let it run again; only the owner may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM core_testclock")
        if at is not None:
            cursor.execute("INSERT INTO core_testclock (at) VALUES (%s)", [at])
    (_MOMENT.get() or []).clear()
