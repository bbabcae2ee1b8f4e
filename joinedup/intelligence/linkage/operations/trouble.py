"""Trouble of a night in one sentence: a full disk, a database that went away."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import psycopg
from django.db.utils import InterfaceError, OperationalError

from joinedup.foundations.core.trouble import Trouble

_DATABASE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
"""Of the driver's own as well: Django does not put its name on what happens within a COPY."""
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_NO_ROOM_WORDS = (
    "no space left",
    "file too large",
    "disk full",
    "quota exceeded",
    "could not write",
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn trouble with the machine into Trouble with a sentence that says what holds and what to do."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if _no_room(error):
            raise Trouble(
                "The disk is full. Nothing of this night was kept: make room and start it again."
            ) from error
        raise
    except _DATABASE as error:
        if _no_room(error):
            raise Trouble(
                "The database's disk is full. Nothing of this night was kept: make room and start it again."
            ) from error
        raise Trouble(
            "The database went away. Nothing of this night was kept: start it again when the database is back."
        ) from error


def _no_room(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    return any(words in str(error).lower() for words in _NO_ROOM_WORDS)
