"""What every act about reaching somebody stands on: who may, whom it means, its line."""

import datetime
import uuid

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.matters import part_of

KEEPING = Viewer.system("keeping contacts and how somebody is safely reached")


def must_work(by: Viewer, matter_id: uuid.UUID) -> uuid.UUID | None:
    """Whoever works at the matter; or the system, where a room above has judged what it was told."""
    if by.is_system:
        return None
    with acting(by):
        if part_of(by, matter_id) < PartLevel.WORK:
            raise NotPermitted("Your post does not work at this.")
    return by.post_id


def whom_of(matter_id: uuid.UUID, person_id: uuid.UUID | None) -> uuid.UUID | None:
    """Who is meant: somebody the matter is about; where nobody was named, the only one there is."""
    persons = MatterPerson.objects.filter(matter=matter_id).values_list("person", flat=True)
    found = list(persons)
    if person_id is None:
        return found[0] if len(found) == 1 else None
    return person_id if person_id in found else None


def leave_a_line(
    by: Viewer,
    matter_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    person_id: uuid.UUID | None,
    detail: dict[str, object],
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="matter", subject_id=str(matter_id),
        purpose=by.purpose, person_id=person_id, agency=by.agency, role=by.role, detail=detail,
        categories=["contact"],
    )  # fmt: skip
