"""Agencies join and are corrected by a list, and what follows for sight is derived with it."""

import datetime
from pathlib import Path

from django.db import transaction

from joinedup.foundations.agencies.operations import AGENCIES, take_lists
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations import derive


def take_agencies(*, by: Viewer, folder: Path, at: datetime.datetime) -> dict[str, int]:
    """Take a folder's agencies.csv and teams.csv; return rows by list.

    An agency's kind, and whether its very name tells something, decide who sees what (P8): all of it is
    derived in the same transaction. Raises CannotTakeLists, NotPermitted.
    """
    with transaction.atomic(), acting(by):
        counts = take_lists(by=by, folder=folder, at=at)
        if AGENCIES in counts:
            derive.agencies(None, at=at)
    return counts
