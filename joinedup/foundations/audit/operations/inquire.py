"""Say what became of unusual looks, and erase words that were kept apart."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.choices import Conclusion
from joinedup.foundations.audit.models import Inquiry, KeptApart
from joinedup.foundations.audit.operations.record import record_change

PURPOSE = "looking into unusual looks"


class CannotConclude(Exception):
    """The conclusion was not kept; the message says why."""


def conclude(
    *, by: uuid.UUID, post_id: uuid.UUID, on: datetime.date, conclusion: Conclusion,
    at: datetime.datetime,
) -> Inquiry:  # fmt: skip
    """Keep what became of a post's unusual looks of a day; an earlier conclusion stays beside it.

    Raises CannotConclude where somebody would judge their own looks.
    """
    if by == post_id:
        raise CannotConclude("Nobody looks into their own looks. Ask somebody else to do it.")
    with transaction.atomic():
        made = Inquiry.objects.create(
            post_id=post_id, on=on, conclusion=conclusion, by_post_id=by, at=at
        )
        record_change(
            at=at, post_id=by, act="concluded", subject_kind="unusual looks", subject_id=str(made.pk),
            purpose=PURPOSE, detail={"post": post_id, "outcome": conclusion},
        )  # fmt: skip
    return made


def erase_words(*, by: uuid.UUID | None, entry_id: uuid.UUID, purpose: str, at: datetime.datetime) -> bool:  # fmt: skip
    """Erase what a line has kept apart; the line and the tree stay. False where there is nothing (P15)."""
    with transaction.atomic():
        erased, _ = KeptApart.objects.filter(pk=entry_id).delete()
        if erased:
            record_change(
                at=at, post_id=by, act="erased", subject_kind="words kept apart",
                subject_id=str(entry_id), purpose=purpose,
            )  # fmt: skip
    return bool(erased)
