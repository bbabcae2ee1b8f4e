"""Where a database server of our own keeps its files and its socket."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ADMIN = "joinedup_admin"
OWNER = "joinedup_owner"
APP = "joinedup_app"
DATABASE = "joinedup"
PORT = 5432  # names the socket's file; nothing listens on the network

# A socket's path may be 107 bytes on Linux and 103 on macOS.
_LONGEST_SOCKET = 103


def data_folder() -> Path:
    """Return the folder everything that is not code is kept in: JOINEDUP_DATA, else var beside the code."""
    named = os.environ.get("JOINEDUP_DATA")
    return Path(named or Path(__file__).parents[4] / "var").resolve()


@dataclass(frozen=True)
class Cluster:
    """One server's folder; the same folder always means the same server."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def socket_folder(self) -> Path:
        """Return the socket's folder: beside the data, or under /tmp where that path is too long."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}.lock")) <= _LONGEST_SOCKET:
            return beside
        short = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path("/tmp") / f"joinedup-{os.getuid()}-{short}"


def own_cluster(data: Path) -> Cluster:
    """Return the server that belongs to a data folder."""
    return Cluster(data / "postgres")
