"""The night's one transaction is written while links are found, and lets go where these are never found."""

import datetime
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from joinedup.intelligence.linkage.operations import writing
from joinedup.intelligence.linkage.operations.writing import Writing
from joinedup.pipeline.linkage import Linked
from joinedup.pipeline.night_folder import NightFolder

ON = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 20, 2, tzinfo=datetime.UTC)


class Cursor:
    """A database that holds records."""

    def execute(self, statement: str, params: Any = None) -> None:
        pass

    def fetchone(self) -> tuple[bool]:
        return (True,)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []

    def links(cursor: Any, linked: Linked, **of: Any) -> dict[str, int]:
        assert of == {"night": 7, "at": AT, "on": ON}
        done.append(f"links of {linked.folder}")
        return {"moved": 2}

    def changed(cursor: Any, folder: NightFolder, *, on: datetime.date) -> dict[str, int]:
        done.append("what changed")
        return {"changed": 3}

    def open_one(self: Writing) -> Any:
        self._cursor = Cursor()
        return self._cursor

    monkeypatch.setattr(writing, "write_what_changed", changed)
    monkeypatch.setattr(writing, "write_links", links)
    monkeypatch.setattr(writing, "call_up", lambda cursor, until: None)
    monkeypatch.setattr(Writing, "_open", open_one)
    return done


def night() -> Writing:
    return Writing(SimpleNamespace(pk=7, as_at=ON), clock=lambda: AT)  # type: ignore[arg-type]


def test_links_are_written_as_soon_as_they_are_told(written: list[str], tmp_path: Path) -> None:
    with night() as ahead:
        ahead.begin(NightFolder(tmp_path))
        ahead.told_whose(Linked(Path("tonight"), {}))
        cursor, counts = ahead.go_on()
    assert isinstance(cursor, Cursor)
    assert counts == {"changed": 3, "moved": 2}
    assert written == ["what changed", "links of tonight"]


def ends(work: Callable[[], None]) -> bool:
    """Whether it comes to an end, by itself or by an exception, rather than waiting for ever."""
    going = Thread(target=lambda: suppressed(work), daemon=True)
    going.start()
    going.join(timeout=20)
    return not going.is_alive()


def suppressed(work: Callable[[], None]) -> None:
    with suppress(RuntimeError):
        work()


def test_a_night_that_finds_no_links_is_not_waited_for(written: list[str], tmp_path: Path) -> None:
    def fails() -> None:
        with night() as ahead:
            ahead.begin(NightFolder(tmp_path))
            raise RuntimeError("in the middle of linking")

    assert ends(fails)
    assert written == ["what changed"]


def test_what_was_begun_is_undone_without_links(
    written: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_back = Event()
    monkeypatch.setattr(
        transaction, "set_rollback", lambda wanted: taken_back.set() if wanted else None
    )
    counts: list[dict[str, int] | None] = []

    def undone() -> None:
        with night() as ahead:
            ahead.begin(NightFolder(tmp_path))
            ahead.undo()
            counts.append(ahead.go_on()[1])

    assert ends(undone)
    assert taken_back.is_set()
    assert counts == [None]
    assert written == ["what changed"]
