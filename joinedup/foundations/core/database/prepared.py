"""Statements that one connection asks again and again are planned once: under row security planning costs most."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, POLLOUT, poll
from threading import local
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

Question = tuple[str, Sequence[str | None]]
"""What is asked, and its values as PostgreSQL writes them."""

Rows = list[tuple[Any, ...]]
_ByPlan = tuple[bytes | None, list[bytes | None]]
_WELL = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)

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


def ask(question: str, *values: str | None) -> Rows:
    """Ask what is asked at every key, by a plan that the connection keeps, past the cursors that cost most of it.

    The question names its values $1, $2 and their types; they are given as PostgreSQL writes them. The
    first time psycopg asks and keeps the plan, and so again whenever it has let go of its plans.
    """
    return ask_together((question, values))[0]


def ask_together(*questions: Question, ends: bool = False) -> list[Rows]:
    """Ask several at once, each as by `ask`: they go out as one message, and so does the transaction's beginning.

    With `ends` its end goes out with them, if all of it is the one block around this: whatever is read in
    the answer is committed then. The block has nothing more to ask.
    """
    django = connections[DEFAULT_DB_ALIAS]
    django.ensure_connection()
    django.validate_no_broken_transaction()
    if django.queries_logged:
        django.queries_log.extend({"sql": sql, "time": ""} for sql, _ in questions)
    here = django.connection
    cursor = _KEPT.cursor
    if cursor is None or cursor.connection is not here:
        cursor = _KEPT.cursor = psycopg.RawCursor(here)
        _KEPT.reading = Transformer(here)
    with django.wrap_database_errors:
        plans = [_plan_kept(here, sql, values) for sql, values in questions]
        if None not in plans and _begins_plainly(here):
            begins = _is_idle(here)
            whole = len(django.atomic_blocks) == 1 and django.commit_on_exit
            ends = ends and whole and not here.autocommit
            asked = [
                (plan, _as_written(values))
                for plan, (_, values) in zip(plans, questions, strict=True)
            ]
            return _ask_by_plans(here.pgconn, asked, begins=begins, ends=ends)
        before = here.prepare_threshold
        here.prepare_threshold = AFTER
        try:
            return [cursor.execute(*each, prepare=True).fetchall() for each in questions]
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


def _is_idle(here: Any) -> bool:
    return bool(here.pgconn.transaction_status == TransactionStatus.IDLE)


def _begins_plainly(here: Any) -> bool:
    """Whether a transaction stands, or can be begun here as the connection wants them to."""
    if _is_idle(here):
        plain = (here.isolation_level, here.read_only, here.deferrable) == (None, None, None)
        return plain and not here.autocommit
    return bool(here.pgconn.transaction_status == TransactionStatus.INTRANS)


def _ask_by_plans(server: Any, asked: Sequence[_ByPlan], *, begins: bool, ends: bool) -> list[Rows]:
    if len(asked) == 1 and not begins and not ends:
        results = [server.exec_prepared(*asked[0])]
    else:
        results = _answers(server, asked, begins=begins, ends=ends)
    for result in results:
        if result.status not in _WELL:
            raise error_from_result(result)
    return [_rows(result) for result in results[begins : begins + len(asked)]]


def _answers(server: Any, asked: Sequence[_ByPlan], *, begins: bool, ends: bool) -> list[Any]:
    """Send all in one message and take what comes back for each; after one that fails the others are not done."""
    results: list[Any] = []
    try:
        server.enter_pipeline_mode()
        if begins:
            server.send_query_params(b"BEGIN", None)
        for each in asked:
            server.send_query_prepared(*each)
        if ends:
            server.send_query_params(b"COMMIT", None)
        server.pipeline_sync()
        answer = poll()
        answer.register(server.socket, POLLIN | POLLOUT)
        while server.flush():  # what is long goes out in parts
            answer.poll()
            server.consume_input()
        answer.register(server.socket, POLLIN)
        for _ in range(begins + len(asked) + ends):
            results.append(_next(server, answer))
            _next(server, answer)  # nothing more of this one
        _next(server, answer)  # nor of all
        server.exit_pipeline_mode()
        return results
    except BaseException:
        # What is left of its answers would be taken for those to the next question.
        server.finish()
        raise


def _next(server: Any, answer: poll) -> Any:
    """What comes back next. It is waited for here, where other threads may go on: libpq would keep them from it."""
    while server.is_busy():
        answer.poll()
        server.consume_input()
    return server.get_result()


def _rows(result: Any) -> Rows:
    _KEPT.reading.set_pgresult(result)
    rows: Rows = _KEPT.reading.load_rows(0, result.ntuples, tuple)
    return rows


def _as_written(values: Sequence[str | None]) -> list[bytes | None]:
    return [None if value is None else value.encode() for value in values]


def array_of(texts: list[str]) -> str:
    """Several texts as PostgreSQL writes an array of them."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"
