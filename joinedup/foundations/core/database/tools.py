"""PostgreSQL's own tools, of a version that suits the server."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from joinedup.foundations.core.database import process
from joinedup.foundations.core.database.cluster import OWNER
from joinedup.foundations.core.trouble import Trouble


@dataclass(frozen=True)
class Place:
    """One database and who to be there, in libpq's words."""

    words: tuple[tuple[str, str], ...]

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment a tool needs to reach it; a password never shows in a command line."""
        return {
            **process.clean_environment(),
            **{f"PG{name.upper()}": value for name, value in self.words},
        }

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """Connect as the role that owns the tables."""
        names = {"database": "dbname"}
        words = {names.get(name, name): value for name, value in self.words}
        connection = psycopg.connect(psycopg.conninfo.make_conninfo(**words))
        connection.execute(f"SET ROLE {OWNER}")
        connection.commit()
        return connection


def place(settings: Mapping[str, Any]) -> Place:
    """Return the place that one of Django's DATABASES means."""
    words = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "database": settings["NAME"],
        "sslmode": settings.get("OPTIONS", {}).get("sslmode"),
    }
    return Place(tuple((name, str(value)) for name, value in words.items() if value))


def tool(name: str, server: int) -> Path:
    """Return a tool as new as the server at least; raise Trouble where there is none."""
    known = [(_major(found), found) for found in _candidates(name)]
    fit = sorted((major, found) for major, found in known if major and major >= server)
    if not fit:
        raise Trouble(
            f"The server is PostgreSQL {server} and no {name} as new is here: install that version's client."
        )
    return fit[0][1]


def server_version(connection: "psycopg.Connection[Any]") -> int:
    """Return the server's major version."""
    return connection.info.server_version // 10_000


def _candidates(name: str) -> Iterator[Path]:
    from_package = process.binaries()
    if from_package:
        yield from_package / name
    yield from Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)


def _major(found: Path) -> int | None:
    try:
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\) (\d+)", told.stdout)
    return int(version[1]) if version else None
