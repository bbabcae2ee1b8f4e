"""Tell the source that something in its record is wrong (P5)."""

import datetime

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting, records
from joinedup.identity.sharing.choices import Category
from joinedup.intelligence.linkage.models import Correction
from joinedup.intelligence.linkage.queries.review import SHOWN

CHECKING = Viewer.system("seeing whether an agency was told already")


class CannotReportCorrection(Exception):
    """The correction was not written down; the message says why."""


def report_correction(
    *, by: Viewer, record_pk: int, field: str, because: str, at: datetime.datetime
) -> Correction:
    """Write down what the agency that holds the record is to be told is wrong.

    Raises CannotReportCorrection, NotPermitted, Record.DoesNotExist.
    """
    seen = Permission.REVIEW_LINKS if by.may(Permission.REVIEW_LINKS) else Permission.SEE_RECORD
    with acting(by):
        record = records(by, permission=seen).get(pk=record_pk)
        if by.post_id is None:
            raise CannotReportCorrection("Only a post can report a correction.")
        if field not in SHOWN:
            raise CannotReportCorrection("Say which part of the record is wrong.")
        if not because.strip():
            raise CannotReportCorrection("Say what is wrong with it.")
        if _was_told(record, field):
            raise CannotReportCorrection("The agency has been told of this already.")
        correction = Correction.objects.create(
            record=record, field=field, because=because.strip(), by_id=by.post_id, at=at
        )
        record_change(
            at=at,
            post_id=by.post_id,
            act="reported",
            subject_kind="correction",
            subject_id=str(correction.pk),
            purpose=by.purpose,
            person_id=record.person_id,
            holder=record.agency_id,
            categories=[Category.IDENTITY],
            detail={"agency": record.agency_id, "field": field},
        )
    return correction


def _was_told(record: Record, field: str) -> bool:
    """Whether anybody has told the agency, which the reporter may not see."""
    with acting(CHECKING):
        told = Correction.objects.filter(record=record, field=field, mended_on__isnull=True)
        return told.exists()
