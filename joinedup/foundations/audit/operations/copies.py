"""The register of copies that left the product: told when they are made, told again when recalled (P15)."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.audit.operations.record import record_change
from joinedup.foundations.audit.queries.copies import Copy, copies_out


def record_copy(
    *, by: uuid.UUID | None, kind: str, of: str, holder: str, place: str, purpose: str,
    at: datetime.datetime, person_id: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Note that a copy of a holder's data left: what kind of thing, of which one, and to where."""
    return record_change(
        at=at, post_id=by, act="copied", subject_kind=kind, subject_id=of, purpose=purpose,
        holder=holder, person_id=person_id, detail={"kind": place},
    )  # fmt: skip


def recall_copies(
    *, by: uuid.UUID | None, kind: str, of: Iterable[str], purpose: str, at: datetime.datetime
) -> tuple[Copy, ...]:
    """Note that copies of these are recalled; return each that somebody must now destroy."""
    with transaction.atomic():
        out = copies_out(kind, of)
        for copy in out:
            record_change(
                at=at, post_id=by, act="recalled", subject_kind="copy",
                subject_id=str(copy.entry_id), purpose=purpose, holder=copy.holder,
            )  # fmt: skip
    return out
