"""The databases that tests run on: one server, one migrated template, a clone for each who needs one."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connections
from psycopg import sql

from joinedup.foundations.core.database import roles, server
from joinedup.foundations.core.database.addresses import parsed
from joinedup.foundations.core.database.cluster import ADMIN, APP, PORT, Cluster
from tests import kept_template


@dataclass(frozen=True)
class Server:
    """Where the test databases live: a server of our own, or JOINEDUP_TEST_DATABASE_URL's."""

    folder: Path
    url: str | None

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder / "test-postgres")

    @property
    def template(self) -> str:
        return f"joinedup_template_{self.folder.name.rsplit('-', 1)[-1]}".lower()

    @property
    def app_password(self) -> str:
        """Return the password for an outside server: one for all workers, new each session."""
        return os.environ.setdefault("JOINEDUP_TEST_APP_PASSWORD", secrets.token_urlsafe(16))

    def start(self) -> None:
        """Start our own server where no other is named; it ends with this process."""
        if self.url is None:
            server.start(self.cluster, durable=False, dies_with_us=True, database=self.template)

    def stop(self) -> None:
        """Stop our own server and remove its files, or drop what was made on another's."""
        if self.url is None:
            if self.cluster.folder.exists():
                server.stop(self.cluster)
        else:
            drop(self, self.template)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, role: str, database: str) -> dict[str, object]:
        """Return Django's words for connecting to a database as a role."""
        if self.url is None:
            return {
                "HOST": str(self.cluster.socket_folder),
                "PORT": PORT,
                "USER": role,
                "PASSWORD": "",
                "NAME": database,
            }
        there = {**parsed(self.url), "NAME": database}
        there.pop("OPTIONS")
        return {**there, "USER": APP, "PASSWORD": self.app_password} if role == APP else there

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as the administrator."""
        there = self.address(ADMIN, database)
        return psycopg.connect(
            host=str(there["HOST"]),
            port=str(there["PORT"]),
            user=str(there["USER"]),
            password=str(there["PASSWORD"]),
            dbname=database,
            autocommit=True,
        )


Stage = tuple[str, Callable[[], None]]
"""What a template grows into, by a word of its own, and what makes it so; made once a session."""


@dataclass(frozen=True)
class PrivateDatabase:
    """A database for one test alone, migrated and empty, dropped afterwards."""

    name: str
    server: Server

    @property
    def app_url(self) -> str:
        return self._url(APP)

    @property
    def owner_url(self) -> str:
        return self._url(ADMIN)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment for a command run on this database in a process of its own."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "joinedup.config.settings",
            "DATABASE_URL": self.app_url,
            "DATABASE_OWNER_URL": self.owner_url,
        }

    def _url(self, role: str) -> str:
        there = self.server.address(role, self.name)
        user, password = quote(str(there["USER"])), quote(str(there["PASSWORD"]))
        host = quote(str(there["HOST"]), safe="")
        who = f"{user}:{password}" if password else user
        return f"postgresql://{who}@/{self.name}?host={host}&port={there['PORT']}"


@contextlib.contextmanager
def alone(test_server: Server, what: str) -> Iterator[None]:
    """Keep the other workers out while one makes this: afterwards nobody connects to it, and all may copy it."""
    with open(test_server.folder / f"{what}-lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_template(test_server: Server) -> None:
    """Make the template's tables as the owner, unless another worker has."""
    made = test_server.folder / "template-made"
    if made.exists():
        return
    with test_server.connect() as admin:
        roles.prepare(admin, test_server.template)
        if test_server.url is not None:
            set_password = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(APP), sql.Literal(test_server.app_password)
            )
            admin.execute(set_password)
    with test_server.connect(test_server.template) as inside:
        roles.grant(inside)
    with django_on(test_server, test_server.template):
        kept_template.lay_out()
    made.touch()


def clone(test_server: Server, name: str, *stages: Stage) -> None:
    """Copy the template under a name, as those stages leave it, one upon the other."""
    with alone(test_server, "template"):
        make_template(test_server)
    template = test_server.template
    for what, grow in stages:
        with alone(test_server, what):
            template = _grown(test_server, template, what, grow)
    with test_server.connect() as admin:
        roles.create_database(admin, name, template=template)


def _grown(test_server: Server, of: str, what: str, grow: Callable[[], None]) -> str:
    """Return the name of a template grown from another, made first where no other worker has."""
    template, made = f"{test_server.template}_{what}", test_server.folder / f"{what}-made"
    if not made.exists():
        drop(test_server, template)  # half made, where the making failed
        with test_server.connect() as admin:
            roles.create_database(admin, template, template=of)
        with django_on(test_server, template):
            grow()
        made.touch()
    return template


def drop(test_server: Server, name: str) -> None:
    """Drop a database with whoever is still connected to it."""
    with test_server.connect() as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@contextlib.contextmanager
def django_on(test_server: Server, name: str) -> Iterator[None]:
    """Point both of Django's aliases at a database, and back again afterwards."""
    before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
    connections.close_all()
    for alias, role in (("default", APP), ("owner", ADMIN)):
        connections[alias].settings_dict.update(test_server.address(role, name))
    try:
        yield
    finally:
        connections.close_all()
        for alias, settings in before.items():
            connections[alias].settings_dict.update(settings)


@contextlib.contextmanager
def copy(test_server: Server, name: str, *stages: Stage) -> Iterator[PrivateDatabase]:
    """Point Django at such a copy, and drop it afterwards."""
    clone(test_server, name, *stages)
    with django_on(test_server, name):
        yield PrivateDatabase(name, test_server)
    drop(test_server, name)
