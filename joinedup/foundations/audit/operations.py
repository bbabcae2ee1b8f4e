"""Write the line: a look, or a change."""

import datetime
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection

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
    subjects = list(subject_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_entry (id, at, post_id, act, subject_kind, subject_id, purpose, detail)
               SELECT line.id, %s, %s, 'looked', %s, line.subject, %s, %s
               FROM unnest(%s::uuid[], %s::text[]) AS line (id, subject)""",
            [at, post_id, subject_kind, purpose, json.dumps(detail or {}),
             [uuid.uuid4() for _ in subjects], subjects],
        )  # fmt: skip


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
