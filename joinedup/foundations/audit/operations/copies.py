"""The register of copies that left the product: told when they are made, told again when recalled (P15)."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.audit.operations.record import record_change
from joinedup.foundations.audit.queries.copies import Copy


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
    *, by: uuid.UUID | None, copies: Iterable[Copy], purpose: str, at: datetime.datetime
) -> None:
    """Note that these copies are recalled: whoever recalls them is to see that each is destroyed."""
    with transaction.atomic():
        for copy in copies:
            record_change(
                at=at, post_id=by, act="recalled", subject_kind="copy",
                subject_id=str(copy.entry_id), purpose=purpose, holder=copy.holder,
            )  # fmt: skip
