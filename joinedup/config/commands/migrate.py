"""joinedup migrate: bring the database's tables up to date."""

import argparse
from typing import Any


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    verbs.add_parser("migrate", help="bring the database's tables up to date")


def run(asked: argparse.Namespace) -> int:
    """Start the database where it is ours, and migrate as the owner."""
    from joinedup.config import start

    start.start()
    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.audit.operations.signing_key import signing_key
    from joinedup.intelligence.linkage.operations.find_index import mend_find_index
    from joinedup.support.questions.operations.ship import ensure_shipped

    start.migrate()
    mend_find_index()
    ensure_shipped(at=timezone.now())
    signing_key(settings.DATA)  # made once, before there is anything to sign
    print("The tables are up to date.")
    return 0
