"""Backup and restore: the whole database in one file that carries its own tally."""

import contextlib
import json
import os
import shutil
import subprocess
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from joinedup.foundations.core.database.cluster import APP, OWNER
from joinedup.foundations.core.database.tally import differences, tally
from joinedup.foundations.core.database.tools import Place, server_version, tool
from joinedup.foundations.core.trouble import Trouble

_FORM = 1
_DUMP, _MANIFEST = "database.dump", "manifest.json"
_CHUNK, _HEAD = 1 << 20, 1 << 14

# Newer tools set what an older server does not know.
_KNOWS_TRANSACTION_TIMEOUT = 17
_CLEAR = f"SET ROLE {OWNER};\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n".encode()


class CannotRestore(Trouble):
    """The backup was not restored, and what was there is there still."""


class RestoredOtherwise(Trouble):
    """The backup was restored, but the tables are not what they were when it was made."""


@dataclass(frozen=True)
class Kept:
    """What a backup holds."""

    rows: int
    tables: int
    size: int


def back_up(there: Place, file: Path) -> Kept:
    """Write the database and its tally to one file, all as at one moment; raises Trouble."""
    aside = file.with_name(f"{file.name}.partial")
    with there.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        counted = tally(connection)
        version = server_version(connection)
        command = [
            tool("pg_dump", version), "--format=custom", "--role", OWNER,
            "--no-password", "--snapshot", (snapshot or [""])[0],
        ]  # fmt: skip
        try:
            with open(aside, "wb", opener=_private) as whole:
                _write(whole, command, there, {"form": _FORM, "tally": counted, "server": version})
                whole.flush()
                os.fsync(whole.fileno())
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
    rows = [
        int(entry.split(":")[0]) for name, entry in counted.items() if not name.endswith("_seq")
    ]
    return Kept(sum(rows), len(rows), file.stat().st_size)


def restore(there: Place, file: Path, *, replace: bool) -> None:
    """Put a backup in place, whole or not at all; `replace` allows what is there to be lost.

    Raises CannotRestore when nothing was changed, RestoredOtherwise when the tally does not agree.
    """
    with _opened(file) as whole:
        manifest = _manifest(whole)
        with there.connect() as connection:
            _check(connection, replace=replace)
            version = server_version(connection)
        with whole.open(_DUMP) as dump:
            _load(dump, there, version)
    with there.connect() as connection:
        differ = differences(manifest["tally"], tally(connection))
    if differ:
        raise RestoredOtherwise(
            f"Restored, but these tables are not as they were: {', '.join(differ)}."
        )


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _write(whole: IO[bytes], command: list[Any], there: Place, manifest: dict[str, Any]) -> None:
    # The dump is compressed already. Zip's own checksum finds a damaged file.
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(_DUMP, "w", force_zip64=True) as member:
            _run(command, there, into=member)
        archive.writestr(_MANIFEST, json.dumps(manifest))


def _run(command: list[Any], there: Place, *, into: IO[bytes]) -> None:
    with subprocess.Popen(
        command, env=there.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as dumping:
        shutil.copyfileobj(_pipe(dumping.stdout), into, _CHUNK)
        told = _pipe(dumping.stderr).read().decode(errors="replace").strip()
    if dumping.returncode:
        raise Trouble(f"The database could not be backed up: {told}")


def _pipe(end: IO[Any] | None) -> IO[bytes]:
    """Return a pipe that was asked for; only the types doubt it."""
    if end is None:
        raise ValueError("no pipe was asked for")
    return end


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise CannotRestore(f"{file} is not a backup of Joined Up, or is damaged.") from None


def _manifest(whole: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(whole.read(_MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile):
        raise CannotRestore(
            f"{whole.filename} is not a backup of Joined Up, or is damaged."
        ) from None
    if manifest["form"] != _FORM:
        raise CannotRestore(f"{whole.filename} was made by another version of Joined Up.")
    # Read once through, before anything there is touched.
    if whole.testzip():
        raise CannotRestore(f"{whole.filename} is damaged.")
    return manifest


def _check(connection: "psycopg.Connection[Any]", *, replace: bool) -> None:
    known = connection.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", [OWNER, APP]
    ).fetchone()
    if known != (2,):
        raise CannotRestore("The roles are missing here: run `joinedup database prepare` first.")
    tables = connection.execute(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchone()
    if tables != (0,) and not replace:
        raise CannotRestore(
            "The database is not empty, and all it holds would be lost. Say --replace if that is meant."
        )


def _load(dump: IO[bytes], there: Place, version: int) -> None:
    """Let one psql load all in one transaction: either the whole backup is there, or what was before."""
    reading: list[str | Path] = [tool("pg_restore", version), "--file=-", "--role", OWNER]
    loading: list[str | Path] = [
        tool("psql", version), "-X", "-q", "--no-password", "-v", "ON_ERROR_STOP=1",
        "--single-transaction", "-f", "-",
    ]  # fmt: skip
    pipes: dict[str, Any] = {
        "env": there.environment,
        "stdin": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    with (
        subprocess.Popen(loading, stdout=subprocess.DEVNULL, **pipes) as psql,
        subprocess.Popen(reading, stdout=subprocess.PIPE, **pipes) as script,
    ):
        feeding = threading.Thread(target=_feed, args=(dump, _pipe(script.stdin)))
        feeding.start()
        _pass_on(script, psql, version)
        feeding.join()
        told = [
            _pipe(part.stderr).read().decode(errors="replace").strip() for part in (script, psql)
        ]
    if psql.returncode or script.returncode:
        raise CannotRestore(
            f"Nothing was changed; the backup cannot be restored: {' '.join(told).strip()}"
        )


def _feed(dump: IO[bytes], into: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError), into:
        shutil.copyfileobj(dump, into, _CHUNK)


def _pass_on(script: "subprocess.Popen[Any]", psql: "subprocess.Popen[Any]", version: int) -> None:
    """Hand the script to psql behind what clears the way; the end only where the script came whole."""
    said, into = _pipe(script.stdout), _pipe(psql.stdin)
    head = said.read(_HEAD)
    if version < _KNOWS_TRANSACTION_TIMEOUT:
        head = head.replace(b"SET transaction_timeout = 0;\n", b"")
    try:
        into.write(_CLEAR + head)
        shutil.copyfileobj(said, into, _CHUNK)
        if script.wait():
            psql.kill()  # psql would take the end of its input for the end of the work, and commit
        into.close()
    except BrokenPipeError:
        script.kill()
        psql.stdin = None  # psql has said what is wrong
