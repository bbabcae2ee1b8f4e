"""docs/production.md, command by command, on the PostgreSQL that Debian packages."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from joinedup.config import outcomes
from joinedup.foundations.core.database import process
from joinedup.foundations.core.database.tally import tally
from tests import commands

pytestmark = pytest.mark.debian_postgres

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_PORT = 5499


@dataclass(frozen=True)
class Outside:
    """A server that is not ours: its socket, and the environment of a site upon it."""

    socket: Path
    data: Path

    def url(self, user: str, database: str = "joinedup") -> str:
        return f"postgresql://{user}:pass%20word@/{database}?host={self.socket}&port={_PORT}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JOINEDUP_", "DATABASE_", "DJANGO_"))
        }
        return {
            **kept,
            "DATABASE_URL": self.url("joinedup_app"),
            "DATABASE_OWNER_URL": self.url("joinedup_keeper"),
            "JOINEDUP_SECRET_KEY": "for-this-test-alone",
            "JOINEDUP_DATA": str(self.data),
        }

    def run(self, *words: str, ends: int = outcomes.FINE, demo: bool = False) -> str:
        more = {"JOINEDUP_DEMO": "1"} if demo else {}
        told = commands.run(*words, environment={**self.environment, **more})
        assert told.returncode == ends, told.stdout + told.stderr
        return told.stdout

    def ask(self, statement: str, *, user: str = "chief", database: str = "postgres") -> None:
        with psycopg.connect(self.url(user, database), autocommit=True) as asked:
            asked.execute(statement)


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    if not _PROGRAMS:
        pytest.skip("Debian's PostgreSQL is not here (/usr/lib/postgresql)")
    programs = _PROGRAMS[0].parent
    way = str(process._nobody()) if os.geteuid() == 0 else "self"
    with tempfile.TemporaryDirectory(prefix="joinedup-debian-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        data, socket, mine = folder / "data", folder / "socket", folder / "joinedup"
        for made in (data, socket, mine):
            made.mkdir(mode=0o700)
        for theirs in (data, socket):
            os.chown(theirs, process.owner_number(way), -1)
        # Whoever made the cluster is trusted on the socket; all others need their password.
        initdb = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "chief_admin",
            "--auth=trust",
            "-E",
            "UTF8",
        ]
        subprocess.run(process.as_somebody(way, initdb), check=True, capture_output=True, cwd="/")
        (data / "pg_hba.conf").write_text(
            "local all chief_admin trust\nlocal all all scram-sha-256\n"
        )
        settings = [
            "-c", "listen_addresses=", "-c", f"unix_socket_directories={socket}", "-c", "fsync=off",
        ]  # fmt: skip
        postgres = [programs / "postgres", "-D", data, "-p", str(_PORT), *settings]
        command = process.as_somebody(way, postgres, dies_with_us=True)
        with (
            open(folder / "log", "wb") as log,
            subprocess.Popen(command, stdout=log, stderr=log, cwd="/") as running,
        ):
            _make_chief(socket)
            yield Outside(socket, mine)
            running.terminate()


def _make_chief(socket: Path) -> None:
    """Make the administrator of a managed PostgreSQL: may create roles and databases, and is no superuser."""
    until = time.monotonic() + 20
    while True:
        try:
            admin = psycopg.connect(
                host=str(socket), port=_PORT, user="chief_admin", dbname="postgres", autocommit=True
            )
            break
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.1)
    with admin:
        admin.execute("CREATE ROLE chief LOGIN CREATEROLE CREATEDB PASSWORD 'pass word'")


@pytest.fixture(scope="module")
def prepared(outside: Outside) -> Outside:
    outside.run("database", "prepare", outside.url("chief", "postgres"))
    outside.run("database", "prepare", outside.url("chief", "postgres"))  # changes nothing
    outside.ask("ALTER ROLE joinedup_app PASSWORD 'pass word'")
    outside.ask("CREATE ROLE joinedup_keeper LOGIN PASSWORD 'pass word' IN ROLE joinedup_owner")
    outside.run("migrate")
    return outside


def test_tables_are_made_and_the_set_up_is_well(prepared: Outside) -> None:
    found = json.loads(prepared.run("check-setup", "--json"))
    assert [one for one in found if not one["well"]] == []


def test_a_site_that_connects_as_a_superuser_is_told_so(prepared: Outside) -> None:
    environment = {**prepared.environment, "DATABASE_URL": prepared.url("chief_admin")}
    told = commands.run("check-setup", environment=environment)
    assert told.returncode == outcomes.TROUBLE
    assert "WRONG  Role: the site connects as chief_admin" in told.stdout


def test_a_night_runs_and_a_backup_comes_back(prepared: Outside, tmp_path: Path) -> None:
    """Everything a night does is SQL that PostgreSQL 15 knows."""
    prepared.run("demo", "--people", "600", "--only-set-up", demo=True)
    file = str(tmp_path / "kept.backup")
    prepared.run("backup", file)
    with psycopg.connect(prepared.url("joinedup_keeper")) as there:
        there.execute("SET ROLE joinedup_owner")
        before = tally(there)
    assert int(before["people_record"].split(":")[0]) > 600

    refused = commands.run("restore", file, environment=prepared.environment)
    assert refused.returncode == outcomes.TROUBLE
    assert "not empty" in refused.stderr

    prepared.ask("DROP DATABASE joinedup WITH (FORCE)")
    prepared.run("database", "prepare", prepared.url("chief", "postgres"))
    prepared.run("restore", file)
    with psycopg.connect(prepared.url("joinedup_keeper")) as there:
        there.execute("SET ROLE joinedup_owner")
        assert tally(there) == before
    prepared.run("check-setup")
