"""An address restricted for safety, with all that was found by it: homes and the find index follow (P13)."""

import datetime
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.utils import OperationalError

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.operations.restrict import (
    CannotRestrict,
    lift_restriction,
    set_restriction,
)
from joinedup.identity.sharing.operations.safety_address import kept_apart, settle_addresses
from joinedup.intelligence.linkage.operations import commit_households
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index

SETTING_APART = 0x41504152
"""The advisory lock that those who set an address apart share, and that a night holds as it ends."""

LONGEST = 600.0
"""Seconds after which a night is held to be stuck; a county's writes for some thirty."""

_SHORT = "400ms"
"""Shorter than PostgreSQL waits before it looks for two that wait for each other."""
_PAUSE = 0.2
_HELD = {"55P03", "40P01"}
"""What PostgreSQL calls a lock that was not to be had in time, and a deadlock."""

FOLLOWING = Viewer.system("bringing homes and the find index after a restricted address")


def restrict_address(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    because: str,
    at: datetime.datetime,
    ends_at: datetime.datetime | None = None,
) -> Restriction:
    """Set apart what this agency knows of where somebody lives; raises CannotRestrict, NotPermitted."""

    def restrict() -> Restriction:
        with acting(FOLLOWING):
            made = set_restriction(
                by=by, person_id=person_id, kind=RestrictionKind.SAFETY_ADDRESS, because=because,
                at=at, ends_at=ends_at,
            )  # fmt: skip
            _find_again(person_id, at)
        return made

    return _clear_of_a_night(restrict)


def lift_address(*, by: Viewer, restriction_id: uuid.UUID, at: datetime.datetime) -> Restriction:
    """Let it be seen again as before; raises CannotRestrict, Restriction.DoesNotExist, NotPermitted."""

    def lift() -> Restriction:
        with acting(FOLLOWING):
            lifted = lift_restriction(by=by, restriction_id=restriction_id, at=at)
            _find_again(lifted.person_id, at)
        return lifted

    return _clear_of_a_night(lift)


def settle(cursor: Any) -> None:
    """Set apart again what a night brought, and call those persons touched; within the night's commit.

    Leaves `kept_apart`: of whom the night knows it, for `settle_again`.
    """
    changed = settle_addresses()
    cursor.execute(
        "CREATE TEMPORARY TABLE kept_apart ON COMMIT DROP AS SELECT unnest(%s::uuid[]) AS person",
        [list(kept_apart())],
    )
    cursor.execute(
        "INSERT INTO touched SELECT unnest(%s::uuid[]) EXCEPT SELECT person FROM touched",
        [list(changed)],
    )


def settle_again(cursor: Any) -> None:
    """Do the same for whom it was pressed while the night went on writing; the last thing before it commits.

    Whoever restricts an address sees nothing of what a night has not committed, and the night read their rows
    before: homes and keys of the old address would stand until the next night (P13).
    """
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETTING_APART])
    changed = set(settle_addresses())
    cursor.execute("SELECT person FROM kept_apart")
    changed |= kept_apart() ^ {person for (person,) in cursor.fetchall()}
    if changed:
        cursor.execute("SELECT people_addresses_changed(%s)", [list(changed)])
        refresh_find_index(cursor, sorted(map(str, changed)))


def _clear_of_a_night(act: Callable[[], Restriction]) -> Restriction:
    """Do it in one go, or not at all and once more: it never holds what a night waits for while it waits itself.

    PostgreSQL ends one of two that wait for each other: it must be neither the night nor the one whom an
    address may kill. Where a night wrote rows of the same person it waits until the night has committed.
    Raises CannotRestrict when that took longer than any night.
    """
    until = time.monotonic() + LONGEST
    while True:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_SHORT])
                cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SETTING_APART])
                done = act()
                cursor.execute("SELECT set_config('lock_timeout', '0', true)")
            return done
        except OperationalError as held:
            if getattr(held.__cause__, "sqlstate", "") not in _HELD:
                raise
            if time.monotonic() > until:
                raise CannotRestrict(
                    "The night is writing what is known of them and does not end. Nothing was changed: tell "
                    "nobody the address, and press again in a minute."
                ) from held
            time.sleep(_PAUSE)


def _find_again(person_id: uuid.UUID, at: datetime.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
               SELECT unnest(wall_identifiers(%s)) AS person""",
            [person_id],
        )
        commit_households.write(cursor, on=day_of(at))
        cursor.execute("SELECT person::text FROM touched")
        refresh_find_index(cursor, [person for (person,) in cursor.fetchall()])
        cursor.execute(
            """DROP TABLE touched, night_homes, night_uprns, night_members, night_newcomers,
                 night_left"""
        )
