"""`joinedup …` in a process of its own, forked from one that has imported the libraries already.

To import them takes longer than a small night. Of ours only the pipeline is imported before the
fork, which reads neither settings nor environment: each command reads those of its own, as on a desk.
"""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

LIBRARIES = [
    "altair",
    "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.postgres.fields",
    "django.core.management.commands.migrate",
    "django.db.backends.postgresql.base",
    "django.db.models",
    "django.forms",
    "django.contrib.auth.hashers",
    "django.urls",
    "duckdb",
    "holidays",
    "joinedup.pipeline.run",
    "joinedup.pipeline.synthetic",
    "pandas",
    "psycopg",
    "pyarrow.parquet",
    "rapidfuzz.distance",
    "rich.progress",
    "rich.traceback",
    "scipy.sparse.csgraph",
    "splink",
    "structlog",
]
_PATIENCE = 120

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(LIBRARIES)


class Command:
    """One command that runs, and what it says."""

    def __init__(self, *words: str, environment: Mapping[str, str]) -> None:
        self._words = words
        self._folder = tempfile.TemporaryDirectory(prefix="joinedup-command-")
        self._said = [Path(self._folder.name, name) for name in ("out", "err")]
        self._process = _processes.Process(
            target=_run, args=(words, dict(environment), *self._said)
        )
        self._process.start()

    def kill(self) -> None:
        """Kill -9, wherever it stands."""
        self._process.kill()

    def end(self) -> "CompletedProcess[str]":
        """Wait until it has ended; what it said, and its code."""
        self._process.join(_PATIENCE)
        code = self._process.exitcode
        assert code is not None, f"{self._words} has not ended"
        out, err = (said.read_text() if said.exists() else "" for said in self._said)
        self._process.close()
        self._folder.cleanup()
        return CompletedProcess(self._words, code, out, err)


def run(*words: str, environment: Mapping[str, str]) -> "CompletedProcess[str]":
    """Run a command to its end."""
    return Command(*words, environment=environment).end()


def _run(words: tuple[str, ...], environment: dict[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    from joinedup.config.command import main  # not before the environment is that of the command

    sys.exit(main(list(words)))
