"""Serves the site: static files gathered, a free port found, the server run until it is stopped."""

import contextlib
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable

from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from joinedup.foundations.core.trouble import Trouble

# Fewer than the connections of the pool, so that no thread waits for one.
THREADS = min(16, 2 * multiprocessing.cpu_count() + 1)
# One process fills one processor: with fifty at work the other stood idle while they waited.
WORKERS = int(os.environ.get("JOINEDUP_PROCESSES") or min(4, multiprocessing.cpu_count()))

_LONGEST_LOAD = 60


def gather_static_files() -> None:
    """Copy every room's static files to where the server reads them, under names that never change."""
    call_command("collectstatic", interactive=False, verbosity=0)


def free_port(host: str, first: int, tries: int = 20) -> int:
    """Return the first port from `first` on that nobody listens at; raise Trouble where there is none."""
    for port in range(first, first + tries):
        with contextlib.closing(socket.socket()) as tried:
            # As the server itself will: a port just left is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                tried.bind((host, port))
                return port
    raise Trouble(f"Every port from {first} to {first + tries - 1} is taken.")


def serve(host: str, port: int, *, tell: Callable[[], None], threads: int = THREADS) -> None:
    """Serve until stopped; `tell` is called once somebody who asks is answered."""
    # A worker that is a fork of a process that has run a night, with its threads and its
    # connections, dies at once; this one begins anew.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "joinedup.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    )
    threading.Thread(target=_tell_when_open, args=(host, port, tell), daemon=True).start()
    server.serve()


def _tell_when_open(host: str, port: int, tell: Callable[[], None]) -> None:
    # The server's own word comes before its worker has loaded the site and listens.
    for _ in range(_LONGEST_LOAD * 20):
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            tell()
            return
        time.sleep(0.05)
