"""Statements that one connection asks again and again are planned once: under row security planning costs most."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

AFTER = 1
"""Asked once by a connection a statement is planned for itself; asked again it is kept."""


class _Kept(local):
    """What a thread asked by last, as long as its connection is the same."""

    cursor: psycopg.RawCursor[Any] | None = None
    reading: Any = None
    """psycopg's reader of answers."""


_KEPT = _Kept()


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


def ask(question: str, *values: str | None) -> list[tuple[Any, ...]]:
    """Ask what is asked at every key, by a plan that the connection keeps, past the cursors that cost most of it.

    The question names its values $1, $2 and their types; they are given as PostgreSQL writes them. The
    first time psycopg asks and keeps the plan, and so again whenever it has let go of its plans.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    if connection.queries_logged:
        connection.queries_log.append({"sql": question, "time": ""})
    here = connection.connection
    cursor = _KEPT.cursor
    if cursor is None or cursor.connection is not here:
        cursor = _KEPT.cursor = psycopg.RawCursor(here)
        _KEPT.reading = Transformer(here)
    with connection.wrap_database_errors:
        kept = _plan_kept(here, question, values)
        if kept and _has_begun(here):
            return _ask_by_plan(here, kept, values)
        before = here.prepare_threshold
        here.prepare_threshold = AFTER
        try:
            return cursor.execute(question, values, prepare=True).fetchall()
        finally:
            here.prepare_threshold = before


def _plan_kept(here: Any, question: str, values: Sequence[str | None]) -> bytes | None:
    """By which name the connection keeps the plan; psycopg tells nobody, so it is looked up where it notes it."""
    plans = getattr(here, "_prepared", None)
    # What it has yet to let go of it lets go of before its own next question.
    if plans is None or plans._to_flush or any(value and "\0" in value for value in values):
        return None
    name: bytes | None = plans._names.get((question.encode(), (0,) * len(values)))
    return name


def _has_begun(here: Any) -> bool:
    """Whether a transaction stands, as the connection wants them to; begun here where it is of the plain kind."""
    status = here.pgconn.transaction_status
    if status == TransactionStatus.IDLE and not here.autocommit:
        if (here.isolation_level, here.read_only, here.deferrable) != (None, None, None):
            return False
        here.pgconn.exec_(b"BEGIN")
        status = here.pgconn.transaction_status
    return bool(status == TransactionStatus.INTRANS)


def _ask_by_plan(here: Any, plan: bytes, values: Sequence[str | None]) -> list[tuple[Any, ...]]:
    result = here.pgconn.exec_prepared(
        plan, [None if value is None else value.encode() for value in values]
    )
    if result.status != ExecStatus.TUPLES_OK:
        raise error_from_result(result)
    _KEPT.reading.set_pgresult(result)
    rows: list[tuple[Any, ...]] = _KEPT.reading.load_rows(0, result.ntuples, tuple)
    return rows


def array_of(texts: list[str]) -> str:
    """Several texts as PostgreSQL writes an array of them."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"
