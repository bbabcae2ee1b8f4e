"""The line that what happens to an account leaves in the audit."""

import datetime
from typing import Any
from uuid import UUID

from joinedup.foundations.audit.operations import record_change

PURPOSE = "keeping accounts"


def record(
    act: str, user_id: UUID | None, at: datetime.datetime, *, by: UUID | None = None, **detail: Any
) -> None:
    """Leave a line about an account; `by` is the post, where there is one yet."""
    record_change(
        at=at,
        post_id=by,
        act=act,
        subject_kind="account",
        subject_id=str(user_id or ""),
        purpose=PURPOSE,
        detail=detail,
    )
