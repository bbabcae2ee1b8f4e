"""The statements by which a page reads, asked again as the owner of the tables and through the wall."""

import contextlib
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROUNDS, WARM = 11, 2


@dataclass(frozen=True)
class Asked:
    """A statement that reads, or the entering of somebody, in the order of the page."""

    sql: str
    values: Any
    enters: bool = False


def as_asked(page: Callable[[], Any]) -> list[Asked]:
    """What a page asks, without what it writes, and who is entered when."""
    from django.db import connection

    from joinedup.identity.sharing import access

    asked: list[Asked] = []
    enter = access._enter

    def entering(viewer: Any, *others: Any) -> Any:
        asked.append(_entering(viewer))
        return enter(viewer, *others)

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.split(None, 1)[0] in ("SELECT", "WITH") and "wall_look(" not in sql:
            asked.append(Asked(sql, values))
        return execute(sql, values, many, context)

    access._enter = entering
    try:
        with connection.execute_wrapper(note):
            page()
    finally:
        access._enter = enter
    return asked


def _entering(viewer: Any) -> Asked:
    if viewer is None:
        return Asked("SELECT wall_leave()", (), enters=True)
    if viewer.is_system:
        return Asked("SELECT wall_enter_system(%s)", (viewer.purpose,), enters=True)
    return Asked(
        "SELECT wall_enter(%s::uuid, %s)", (str(viewer.post_id), viewer.purpose), enters=True
    )


def each_way(viewer: Any, pages: list[list[Asked]]) -> dict[str, Any]:
    """Milliseconds a page as the owner and through the wall, in turn, and their ratio; plans kept and not."""
    found: dict[str, Any] = {"statements": sum(not each.enters for each in pages[0])}
    for name, kept in (("kept", True), ("planned anew", False)):
        owner, wall, ratio = _in_turn(viewer, pages, kept=kept)
        found[name] = {"as owner ms": owner, "through the wall ms": wall, "ratio": ratio}
    return found


def _in_turn(viewer: Any, pages: list[list[Asked]], *, kept: bool) -> tuple[float, float, float]:
    from django.db import connections, transaction

    from joinedup.identity.sharing.access import acting

    ratios, owners, walls = [], [], []
    for _ in range(ROUNDS):
        by_owner = by_wall = 0.0
        with transaction.atomic(using="owner"), acting(viewer):
            owner, walled = (_cursor(connections[name], kept=kept) for name in ("owner", "default"))
            for page in pages:
                first, rows = _took(owner, page)
                second, seen = _took(walled, page)
                assert rows == seen, "not the same rows are seen each way"
                by_owner, by_wall = by_owner + first, by_wall + second
        owners.append(by_owner * 1000 / len(pages))
        walls.append(by_wall * 1000 / len(pages))
        ratios.append(by_wall / by_owner)
    return tuple(round(statistics.median(each[WARM:]), 3) for each in (owners, walls, ratios))  # type: ignore[return-value]


def _cursor(connection: Any, *, kept: bool) -> Any:
    """A cursor beside Django's: it binds on the server and keeps plans, or neither.

    A server on this machine is kept to the processor of this process, whoever started it.
    """
    import psycopg

    about = connection.connection.info
    if about.host.startswith("/") and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(about.backend_pid, os.sched_getaffinity(0))
    connection.connection.prepare_threshold = 0 if kept else None
    kind = psycopg.Cursor if kept else psycopg.ClientCursor
    return kind(connection.connection)


def _took(cursor: Any, page: list[Asked]) -> tuple[float, int]:
    took, rows = 0.0, 0
    for each in page:
        began = time.perf_counter()
        cursor.execute(each.sql, each.values)
        found = len(cursor.fetchall())
        if not each.enters:
            took, rows = took + time.perf_counter() - began, rows + found
    return took, rows
