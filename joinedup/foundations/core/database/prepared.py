"""Statements that one connection asks again and again are planned once: under row security planning costs most."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

AFTER = 1
"""Asked once by a connection a statement is planned for itself; asked again it is kept."""


@contextmanager
def prepared() -> Iterator[None]:
    """Let the database bind what is asked inside, and keep its plans with the connection.

    Bound on the server a value has the type that its place gives it, which a plain `INSERT … SELECT %s`
    leaves open: what is written names its types. What stands in the settings of the transaction is read
    anew each time, so that a plan that one viewer made serves the next and shows each their own.
    """
    connection.ensure_connection()
    here = connection.connection
    before = here.cursor_factory, here.prepare_threshold
    here.cursor_factory, here.prepare_threshold = ServerBindingCursor, AFTER
    try:
        yield
    finally:
        here.cursor_factory, here.prepare_threshold = before
