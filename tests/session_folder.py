"""Where a test session keeps its databases and files: in memory where there is room, else where files go."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""A session needs one, and leaves the rest to others."""
_PREFIX = "joinedup-test-"
_ALIVE = "alive"

_held: list[int] = []


def make() -> Path:
    """Make the folder of this session.

    A copy of the database is some two thousand small files: a disk takes ten times as long for them.
    """
    memory = MEMORY if _has_room() else None
    if memory:
        sweep(memory)
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=memory))
    _held.append(_locked(made / _ALIVE))
    return made


def sweep(where: Path) -> None:
    """Remove what sessions that were killed have left: memory is not a disk."""
    for folder in where.glob(f"{_PREFIX}*"):
        alive = folder / _ALIVE
        with contextlib.suppress(OSError):
            if alive.exists():
                os.close(_locked(alive))  # raises where that session still holds it
                shutil.rmtree(folder)


def _has_room() -> bool:
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return False
    there = os.statvfs(MEMORY)
    return there.f_bavail * there.f_frsize >= ROOM


def _locked(file: Path) -> int:
    held = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held
