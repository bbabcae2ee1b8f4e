"""joinedup restore: put a backup in place, whole or not at all."""

import argparse
import json
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "restore",
        help="put a backup in place of an empty database",
        description="Put a backup in place, whole or not at all, and hold every table against the count "
        "and hash taken with it. Stop the site and the nights first.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="even where the database holds something, which is lost",
    )
    parser.add_argument("--json", action="store_true", help="tell what was done as JSON")


def run(asked: argparse.Namespace) -> int:
    """Restore as the owner, then bring older tables up to date."""
    from django.db import connections

    from joinedup.config import start
    from joinedup.foundations.core.database import backup, tools

    start.start()
    backup.restore(
        tools.place(connections["owner"].settings_dict), asked.file, replace=asked.replace
    )
    start.migrate()
    if asked.json:
        print(json.dumps({"file": str(asked.file), "restored": True}))
    else:
        print(f"Restored {asked.file}; every table is as it was when the backup was made.")
    return outcomes.FINE
