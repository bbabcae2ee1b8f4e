"""joinedup backup: the whole database in one file."""

import argparse
import json
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "backup",
        help="write the whole database to one file",
        description="Write the whole database to one file, as at one moment, with a count and a hash of "
        "every table. The file holds people's data: keep it as you keep the database.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="tell what was kept as JSON")


def run(asked: argparse.Namespace) -> int:
    """Back up as the owner."""
    from django.db import connections

    from joinedup.config import start
    from joinedup.foundations.core.database import backup, tools

    start.start()
    kept = backup.back_up(tools.place(connections["owner"].settings_dict), asked.file)
    if asked.json:
        print(json.dumps({"file": str(asked.file), "rows": kept.rows, "tables": kept.tables}))
    else:
        print(
            f"Kept {kept.rows:,} rows of {kept.tables} tables in {asked.file} ({kept.size:,} bytes)."
        )
    return outcomes.FINE
