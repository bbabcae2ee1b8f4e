"""The one transaction of a night; of a night of changes it begins while these are still being linked."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import Any, Self

from django.db import connection, transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.models import Night
from joinedup.intelligence.linkage.operations.call_up import call_up
from joinedup.intelligence.linkage.operations.commit import write_links, write_what_changed
from joinedup.pipeline.linkage import Linked
from joinedup.pipeline.night_folder import NightFolder

NIGHT = Viewer.system("the night")
"""Whoever starts a night, it is the system that reads and writes all agencies' people."""


class Writing(ExitStack):
    """A transaction as the night: held where this ends, undone where it ends by an exception.

    Between `begin` and `go_on` its cursor is in the hands of a thread, and nobody else asks anything of
    the connection.
    """

    def __init__(self, night: Night, *, clock: Callable[[], datetime.datetime]) -> None:
        super().__init__()
        self._night, self._clock = night, clock
        self._cursor: Any = None
        self._written: Future[dict[str, int] | None] | None = None
        self._linked: Linked | None = None
        self._awaited = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: Any) -> bool | None:
        self._awaited.set()  # or what ends before links are found would wait for them
        return super().__exit__(*details)

    def begin(self, folder: NightFolder) -> None:
        """Write what needs no link while the caller finds the links; and these, when it is told whose they are."""
        cursor = self._open()
        cursor.execute("SELECT EXISTS (SELECT FROM people_record)")
        if not cursor.fetchone()[0]:
            return  # a first load, and goes another way
        beside = self.enter_context(ThreadPoolExecutor(1))
        self._awaited.clear()
        self._linked = None
        self._written = beside.submit(self._write_ahead, cursor, folder)

    def told_whose(self, linked: Linked) -> None:
        """Write links as well, from what linkage has left so far."""
        self._linked = linked
        self._awaited.set()

    def go_on(self) -> tuple[Any, dict[str, int] | None]:
        """The cursor, and the counts of what was written ahead: all that changed, with links, or nothing."""
        self._awaited.set()
        written = self._written.result() if self._written else None
        return self._cursor or self._open(), written

    def undo(self) -> None:
        """Take back whatever was written ahead; raises what stopped it, if anything did."""
        if self._cursor is None:
            return
        self._awaited.set()
        # A connection that is gone took the locks of the night with it: it does not go on.
        if self._written and (failure := self._written.exception()):
            raise failure
        transaction.set_rollback(True)
        self.close()
        self._cursor = self._written = None

    def _write_ahead(self, cursor: Any, folder: NightFolder) -> dict[str, int] | None:
        on = self._night.as_at
        counts = write_what_changed(cursor, folder, on=on)
        call_up(cursor, until=self._awaited)
        self._awaited.wait()
        if self._linked is None:
            return None  # undone
        night, at = self._night.pk, self._clock()
        return counts | write_links(cursor, self._linked, night=night, at=at, on=on)

    def _open(self) -> Any:
        self.enter_context(acting(NIGHT))
        self._cursor = self.enter_context(connection.cursor())
        return self._cursor
