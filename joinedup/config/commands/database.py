"""joinedup database: the server of our own, and the roles on anybody's."""

import argparse
import json
import os
import sys
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "database",
        help="start, stop or look at the database of the demo; prepare one of your own",
        description="The database server of the demo: it needs no installing and listens on no network. "
        "Where DATABASE_URL is set, that database is used and this server stays off.",
    )
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    what.add_parser("start", help="start it, making it first where it is missing")
    what.add_parser("stop", help="stop it, ending what is connected")
    told = what.add_parser("status", help="tell whether it runs and where")
    told.add_argument("--json", action="store_true", help="as JSON, for a script")
    what.add_parser("shell", help="open psql on it as the administrator")
    prepare = what.add_parser(
        "prepare", help="make roles and database on a PostgreSQL of your own (docs/production.md)"
    )
    prepare.add_argument(
        "address", metavar="ADMIN_URL", help="postgresql://… of one who may create roles"
    )
    prepare.add_argument(
        "--name", default="joinedup", help="the database's name (default: joinedup)"
    )


def run(asked: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return _PARTS[asked.what](asked)


def _start(asked: argparse.Namespace) -> int:
    from joinedup.config import start

    if os.environ.get("DATABASE_URL"):
        print("DATABASE_URL is set, so that database is used and ours stays off.")
        return outcomes.FINE
    print("The database runs." if not start.start_database() else "The database is started.")
    return outcomes.FINE


def _stop(asked: argparse.Namespace) -> int:
    from joinedup.foundations.core.database import server

    print(
        "The database is stopped." if server.stop(_cluster()) else "The database was not running."
    )
    return outcomes.FINE


def _status(asked: argparse.Namespace) -> int:
    from joinedup.foundations.core.database import server

    now = server.status(_cluster())
    if asked.json:
        print(json.dumps({"made": now.made, "pid": now.pid, "socket": str(now.socket)}))
    elif now.pid:
        print(f"The database runs as process {now.pid}; its socket is in {now.socket}.")
    else:
        print("The database is stopped." if now.made else "There is no database yet.")
    return outcomes.FINE


def _shell(asked: argparse.Namespace) -> int:
    from joinedup.config import start
    from joinedup.foundations.core.database import server
    from joinedup.foundations.core.database.cluster import ADMIN, DATABASE, PORT

    start.start_database()
    psql = server.program("psql")
    sys.stdout.flush()
    os.execv(
        psql,
        [str(psql), "-h", str(_cluster().socket_folder), "-p", str(PORT), "-U", ADMIN, DATABASE],
    )


def _prepare(asked: argparse.Namespace) -> int:
    import psycopg

    from joinedup.foundations.core.database import roles

    with psycopg.connect(asked.address, autocommit=True) as admin:
        roles.prepare(admin, asked.name)
    with psycopg.connect(asked.address, dbname=asked.name, autocommit=True) as inside:
        roles.grant(inside)
    print(f"The database {asked.name} is ready for `joinedup migrate`.")
    return outcomes.FINE


def _cluster() -> Any:
    from joinedup.foundations.core.database.cluster import data_folder, own_cluster

    return own_cluster(data_folder())


_PARTS = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "shell": _shell,
    "prepare": _prepare,
}
