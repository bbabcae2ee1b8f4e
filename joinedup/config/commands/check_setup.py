"""joinedup check-setup: tell whether this machine and this database are ready to work."""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

from joinedup.config import outcomes

# What a night of a large borough writes beside the database, with room to spare.
_ENOUGH_DISK = 5 << 30


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "check-setup",
        help="tell whether machine, database and roles are as they must be",
        description="Looks at the disk, the database's version, its roles and rights, and its tables; "
        "changes nothing. Ends with 3 when something is not as it must be.",
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for a script")


def run(asked: argparse.Namespace) -> int:
    """Look at each thing, tell it, and fail where one fails."""
    from joinedup.config import start

    start.start()
    found = [{"what": what, "well": well, "told": told} for what, well, told in _look()]
    if asked.json:
        print(json.dumps(found))
    else:
        for one in found:
            print(f"{'well ' if one['well'] else 'WRONG'}  {one['what']}: {one['told']}")
    return outcomes.FINE if all(one["well"] for one in found) else outcomes.TROUBLE


def _look() -> Iterator[tuple[str, bool, str]]:
    from django.conf import settings

    version = ".".join(str(part) for part in sys.version_info[:3])
    yield "Python", (3, 12) <= sys.version_info[:2] < (3, 15), version
    free = shutil.disk_usage(settings.DATA).free
    yield "Disk", free > _ENOUGH_DISK, f"{free >> 30} GiB free at {settings.DATA}"
    for what, look in _IN_THE_DATABASE.items():
        yield what, *look()


def _version() -> tuple[bool, str]:
    ((number,),) = _ask("SELECT current_setting('server_version_num')::int")
    version = number // 10_000
    return version >= 15, f"PostgreSQL {version}, and 15 or later is wanted"


def _role() -> tuple[bool, str]:
    ((name, bypass),) = _ask(
        "SELECT current_user, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole"
        " FROM pg_roles WHERE rolname = current_user"
    )
    if bypass:
        return False, f"the site connects as {name}, who may step round the database's wall"
    return True, f"the site connects as {name}, who owns nothing and cannot step round the wall"


def _ownership() -> tuple[bool, str]:
    ((owned,),) = _ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
    return owned == 0, f"{owned} tables belong to the role that the site connects as"


def _tables() -> tuple[bool, str]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return False, f"{len(waiting)} migrations wait: run `joinedup migrate`"
    return True, "the tables are up to date"


def _ask(question: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


_IN_THE_DATABASE: dict[str, Callable[[], tuple[bool, str]]] = {
    "Server": _version,
    "Role": _role,
    "Ownership": _ownership,
    "Tables": _tables,
}
