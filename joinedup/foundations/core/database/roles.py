"""The two roles and what each may do: one owns everything and cannot sign in, one works and owns nothing."""

import contextlib

import psycopg
from psycopg import errors, sql

from joinedup.foundations.core.database.cluster import APP, OWNER

_OWNER, _APP = sql.Identifier(OWNER), sql.Identifier(APP)


def prepare(admin: psycopg.Connection, database: str) -> None:
    """Create roles and database where they are missing; `admin` commits by itself and may do both."""
    _create_role(admin, OWNER, "NOLOGIN")
    _create_role(admin, APP, "LOGIN")
    admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(_OWNER))
    known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not known:
        create_database(admin, database)


def create_database(
    admin: psycopg.Connection, database: str, *, template: str | None = None
) -> None:
    """Create a database the owner owns and the application may connect to, maybe as another's copy."""
    name = sql.Identifier(database)
    # By its files and not through the log: a third of the work, where the template is small.
    copied = sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY")
    source = copied.format(sql.Identifier(template)) if template else sql.SQL("")
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, _OWNER) + source)
    # A copy does not carry these. TEMPORARY: the night loads through temporary tables.
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, _APP))


def grant(inside: psycopg.Connection) -> None:
    """Say, inside the database and before its first table, what the application may do with tables to come.

    Functions are closed: a migration that makes one for the application grants it by name.
    """
    for statement in _GRANTS:
        inside.execute(sql.SQL(statement).format(owner=_OWNER, app=_APP))


_TO_COME = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner}"
_GRANTS = (
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}",
    f"{_TO_COME} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}",
    f"{_TO_COME} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {{app}}",
    f"{_TO_COME} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
)


def _create_role(admin: psycopg.Connection, role: str, may_sign_in: str) -> None:
    statement = "CREATE ROLE {} " + may_sign_in + " NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        return
    # Another start may make it in the same moment.
    with contextlib.suppress(errors.UniqueViolation, errors.DuplicateObject):
        admin.execute(sql.SQL(statement).format(sql.Identifier(role)))
