"""Say of what was written of somebody, who turned out to be two, whose it is (architecture, section 4)."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import HeldKind
from joinedup.identity.sharing.models import HeldPlacing, Involvement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.queries.held_placing import waits_to_be_placed

PLACING = Viewer.system("placing what was held of somebody who turned out to be two")


class CannotPlaceHeld(Exception):
    """Why it cannot be placed so; fit for the page."""


def place_held(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    decisions: Mapping[int, uuid.UUID],
    at: datetime.datetime,
) -> int:
    """Say of each of these things of one's own agency to whom of the two it belongs; return how many.

    By somebody of the agency that wrote it, who sees it. What is the other's moves there with all its
    levels, and who sees what is derived anew for both. Raises CannotPlaceHeld, NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    waiting = {each.pk: each for each in waits_to_be_placed(by, person_id)}
    if by.post_id is None or not set(decisions) <= set(waiting):
        raise CannotPlaceHeld(
            "Somebody has placed some of these meanwhile. Look again at what waits."
        )
    for pk, belongs_to in decisions.items():
        if belongs_to not in {waiting[pk].stays, waiting[pk].goes}:
            raise CannotPlaceHeld("It belongs to one of the two. If to neither, correct or end it.")
    with transaction.atomic(), acting(PLACING):
        rows = HeldPlacing.objects.select_for_update().filter(pk__in=list(decisions))
        still = list(rows.filter(decided_at=None).order_by("pk"))
        if len(still) != len(decisions):
            raise CannotPlaceHeld(
                "Somebody has placed some of these meanwhile. Look again at what waits."
            )
        for row in still:
            _place(by, row, decisions[row.pk], at)
        derive.people({one for row in still for one in (row.stays_person, row.goes_person)}, at=at)
    return len(still)


def _place(by: Viewer, row: HeldPlacing, belongs_to: uuid.UUID, at: datetime.datetime) -> None:
    if belongs_to == row.goes_person:
        _move(row)
    row.belongs_to_person, row.decided_by_id, row.decided_at = belongs_to, by.post_id, at
    row.save(update_fields=["belongs_to_person", "decided_by", "decided_at"])
    for person in (row.stays_person, row.goes_person):
        record_change(
            at=at, post_id=by.post_id, act="placed after a split", subject_kind=row.kind,
            subject_id=str(row.row), purpose=by.purpose, person_id=person, agency=by.agency,
            role=by.role, holder=row.agency_id, detail={"is_theirs": person == belongs_to},
        )  # fmt: skip


def _move(row: HeldPlacing) -> None:
    """To the other of the two, with all its levels."""
    if row.kind == HeldKind.INVOLVEMENT:
        Involvement.objects.filter(pk=row.row).update(person=row.goes_person)
        return
    Holding.objects.filter(pk=row.row).update(person=row.goes_person)
    HoldingSummary.objects.filter(pk=row.row).update(person=row.goes_person)
    HoldingDetail.objects.filter(pk=row.row).update(person=row.goes_person)
