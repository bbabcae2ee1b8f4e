"""Make a copy of approved minutes for one's agency: numbered, and each copy that leaves is written down (P29)."""

import datetime
import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.meetings.choices import MinutesState
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.panels.models import MinutesCopy
from joinedup.support.panels.operations.ending import WORKING
from joinedup.support.panels.presenters.minutes_copy import content, made_by
from joinedup.support.panels.presenters.minutes_docx import docx_of
from joinedup.support.panels.presenters.minutes_pdf import pdf_of
from joinedup.support.panels.queries.meeting_actions import of_meeting
from joinedup.support.panels.queries.minutes import general_items, pages_of, sitting_of

_FORMS: dict[str, tuple[Callable[[dict[str, Any]], bytes], str]] = {
    "pdf": (pdf_of, "application/pdf"),
    "docx": (
        docx_of,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


class CannotCopy(Exception):
    """No copy can be made of these minutes yet; says why."""


@dataclass(frozen=True)
class Made:
    """A copy as it leaves: its bytes, its name, what it is."""

    content: bytes
    name: str
    kind: str


def copy_minutes(
    *, by: Viewer, meeting_id: uuid.UUID, form: str, volume: int, at: datetime.datetime
) -> Made:
    """Make the copy of one's own agency as a file; that it left, and of whom it tells, is written down.

    Raises CannotCopy, Meeting.DoesNotExist.
    """
    sitting = sitting_of(by, meeting_id, at=at)
    if sitting.minutes is None or sitting.minutes.state != MinutesState.APPROVED:
        raise CannotCopy("Minutes are copied once the chair has approved them.")
    if all(seat.agency_id != by.agency for seat in sitting.seats):
        raise CannotCopy("Your agency did not sit at this meeting, so there is no copy for it.")
    if by.post_id is None or form not in _FORMS:
        raise CannotCopy("Choose a PDF or a Word document.")
    pages = pages_of(by, meeting_id)
    whole = max((page.volume for page in pages), default=1)
    if not 1 <= volume <= whole:
        raise CannotCopy("There is no such part of these minutes.")
    mine = [page for page in pages if page.volume == volume]
    key = uuid.uuid4()
    render, kind = _FORMS[form]
    agency = next(seat.agency.name for seat in sitting.seats if seat.agency_id == by.agency)
    made = render(
        content(
            sitting, general_items(meeting_id), of_meeting(by, meeting_id, at=at), mine,
            agency=agency, part=f"part {volume} of {whole}" if whole > 1 else "",
            made=made_by(by.name, at, str(key)[:8]),
        )
    )  # fmt: skip
    with transaction.atomic(), acting(WORKING):
        MinutesCopy.objects.create(
            id=key, minutes_id=meeting_id, agency_id=by.agency, form=form, items=len(mine),
            digest=hashlib.sha256(made).hexdigest(), by_post_id=by.post_id, at=at,
        )  # fmt: skip
        of = MatterPerson.objects.filter(matter__in=[page.item_id for page in mine])
        for item, person in of.values_list("matter_id", "person_id"):
            record_copy(
                by=by.post_id, kind="minutes", of=str(item), holder=by.agency, place=form,
                purpose=by.purpose, at=at, person_id=person,
            )  # fmt: skip
        if not mine:
            record_copy(
                by=by.post_id, kind="minutes", of=str(meeting_id), holder=by.agency, place=form,
                purpose=by.purpose, at=at,
            )  # fmt: skip
    part = f"-part-{volume}" if whole > 1 else ""
    return Made(made, f"{sitting.number.replace('/', '-')}{part}.{form}", kind)
