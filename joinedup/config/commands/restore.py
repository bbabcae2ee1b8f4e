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
    """Restore as the owner, then bring older tables up to date; 1 where seals are newer than the backup."""
    from django.db import connections

    from joinedup.config import start
    from joinedup.foundations.core.database import backup, tools

    start.start()
    from django.conf import settings
    from django.utils import timezone

    from joinedup.intelligence.linkage.operations import seal_ledger
    from joinedup.intelligence.linkage.operations.find_index import mend_find_index

    backup.restore(
        tools.place(connections["owner"].settings_dict), asked.file, replace=asked.replace
    )
    start.migrate()
    put_back = seal_ledger.put_back(settings.DATA, on=timezone.localdate())
    mend_find_index()
    if asked.json:
        print(json.dumps({"file": str(asked.file), "restored": True, "seals_put_back": put_back}))
    else:
        print(f"Restored {asked.file}; every table is as it was when the backup was made.")
        if put_back:
            print(seal_ledger.told(put_back), "Run `joinedup night` before the site opens.")
    return outcomes.WRONG_DATA if put_back else outcomes.FINE
