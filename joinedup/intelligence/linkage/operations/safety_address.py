"""An address restricted for safety, with all that was found by it: homes and the find index follow (P13)."""

import datetime
import uuid
from typing import Any

from django.db import connection

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.operations.restrict import lift_restriction, set_restriction
from joinedup.identity.sharing.operations.safety_address import settle_addresses
from joinedup.intelligence.linkage.operations import commit_households
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index

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
    with acting(FOLLOWING):
        made = set_restriction(
            by=by, person_id=person_id, kind=RestrictionKind.SAFETY_ADDRESS, because=because, at=at,
            ends_at=ends_at,
        )  # fmt: skip
        _find_again(person_id, at)
    return made


def lift_address(*, by: Viewer, restriction_id: uuid.UUID, at: datetime.datetime) -> Restriction:
    """Let it be seen again as before; raises CannotRestrict, Restriction.DoesNotExist, NotPermitted."""
    with acting(FOLLOWING):
        lifted = lift_restriction(by=by, restriction_id=restriction_id, at=at)
        _find_again(lifted.person_id, at)
    return lifted


def settle(cursor: Any) -> None:
    """Set apart again what a night brought, and call those persons touched; within the night's commit."""
    changed = settle_addresses()
    cursor.execute(
        "INSERT INTO touched SELECT unnest(%s::uuid[]) EXCEPT SELECT person FROM touched",
        [list(changed)],
    )


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
