"""Write the line: a look, or a change."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from joinedup.foundations.audit.models import Entry


def record_look(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Leave a line that somebody looked; call it in the transaction of the look itself."""
    return record_change(
        at=at,
        post_id=post_id,
        act="looked",
        subject_kind=subject_kind,
        subject_id=subject_id,
        purpose=purpose,
        detail=detail,
    )


def record_looks(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    subject_kind: str,
    subject_ids: Iterable[str],
    purpose: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Leave a line for each of several subjects looked at together, in one statement."""
    Entry.objects.bulk_create(
        Entry(
            at=at,
            post_id=post_id,
            act="looked",
            subject_kind=subject_kind,
            subject_id=subject_id,
            purpose=purpose,
            detail=detail or {},
        )
        for subject_id in subject_ids
    )


def record_change(
    *,
    at: datetime.datetime,
    post_id: uuid.UUID | None,
    act: str,
    subject_kind: str,
    subject_id: str,
    purpose: str,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Leave a line that somebody did `act`; `detail` carries codes and counts, never a name."""
    return Entry.objects.create(
        at=at,
        post_id=post_id,
        act=act,
        subject_kind=subject_kind,
        subject_id=subject_id,
        purpose=purpose,
        detail=detail or {},
    )
