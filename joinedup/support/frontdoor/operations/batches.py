"""Take in a file of approved step-downs: good rows are referrals, faulty ones go back, danger goes to a person."""

import datetime
import hashlib
import logging
import uuid
from functools import partial

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import BatchRowState, EntryRoute, Source
from joinedup.support.frontdoor.models import Batch, BatchRow
from joinedup.support.frontdoor.operations.submit import CannotSubmit, submit
from joinedup.support.frontdoor.rules.batch_rows import (
    CannotReadBatch,
    ReadRow,
    read_rows,
    rows_of,
)
from joinedup.support.safeguarding.choices import Door
from joinedup.support.safeguarding.operations.raising import raise_exit
from joinedup.support.safeguarding.rules import audience_of

TAKING = Viewer.system("taking in a batch of step-downs")
STEPS_DOWN = frozenset({Source.MASH_STEP_DOWN, Source.EARLY_HELP_PANEL})
MAY_SEND = (Permission.ANSWER_EXITS, Permission.WORK_FRONT_DOOR)
_log = logging.getLogger(__name__)
_KEYS = uuid.UUID("6b1d5f0a-6d0c-4c38-9f55-0f8d3a3b3f11")


class CannotTakeBatch(Exception):
    """Why a batch is not taken at all, fit for the page; nothing of it was kept."""


def take_batch(
    *,
    by: Viewer,
    name: str,
    content: bytes,
    approval: str,
    source: Source,
    at: datetime.datetime,
) -> Batch:
    """Take a file of approved step-downs; the same file twice is the same batch.

    Rows that tell of danger go first: taken or faulty, a person is rung at once, and nothing that is
    wrong with the row or with any other holds that up (P19, P22). This much is committed by itself; the
    rows are taken in after that, so that whatever fails there undoes no exit. Raises CannotTakeBatch,
    NotPermitted.
    """
    if not any(by.may(permission) for permission in MAY_SEND):
        by.must(MAY_SEND[0])
    if by.post_id is None:
        raise CannotTakeBatch("A post sends a batch, and is told what became of it.")
    if source not in STEPS_DOWN:
        raise CannotTakeBatch(
            "A batch is for approved step-downs only. Refer the others one by one."
        )
    if not approval.strip():
        raise CannotTakeBatch("Say who approved these step-downs, and when.")
    try:
        rows = read_rows(rows_of(content), day_of(at))
    except CannotReadBatch as why:
        raise CannotTakeBatch(str(why)) from why
    with transaction.atomic(), acting(TAKING):
        digest = hashlib.sha256(content).hexdigest()
        before = Batch.objects.filter(content_hash=digest).first()
        if before is not None:
            return before
        batch = Batch.objects.create(
            name=name.strip()[:120] or "Step-downs", approval=approval.strip()[:300],
            content_hash=digest, by_post_id=by.post_id, at=at,
        )  # fmt: skip
        exits = {row.number: str(_raise(by, batch, row, at)) for row in rows if row.tells_of_danger}
        batch.waiting = {"source": source.value, "rows": [row.raw for row in rows], "exits": exits}
        batch.save(update_fields=["waiting"])
        record_change(
            at=at, post_id=by.post_id, act="sent a batch", subject_kind="batch",
            subject_id=str(batch.pk), purpose=by.purpose, agency=by.agency, role=by.role,
            detail={"rows": len(rows), "danger": len(exits)},
        )  # fmt: skip
    transaction.on_commit(partial(take_rows, batch_id=batch.pk, at=at), robust=True)
    return batch


def take_waiting_rows(*, at: datetime.datetime) -> int:
    """Take in the rows of batches that were cut off; return how many were."""
    with acting(TAKING):
        waiting = Batch.objects.exclude(waiting={}).order_by("at", "pk")
        keys = list(waiting.values_list("pk", flat=True))
    return sum(take_rows(batch_id=key, at=at) for key in keys)


def take_rows(*, batch_id: uuid.UUID, at: datetime.datetime) -> int:
    """Take in the rows of a batch, each in a transaction of its own; return how many were.

    Cut off anywhere it is gone on with from there; two at once do no row twice.
    """
    with acting(TAKING):
        batch = Batch.objects.select_related("by_post__team__agency", "by_post__user").get(
            pk=batch_id
        )
        done = set(batch.rows.values_list("number", flat=True))
    if not batch.waiting:
        return 0
    by = Viewer.of_post(batch.by_post)
    rows = read_rows(batch.waiting["rows"], day_of(batch.at))
    left = [row for row in rows if row.number not in done]
    taken = sum(_take(by, batch, row, at) for row in left)
    if taken == len(left):
        with transaction.atomic(), acting(TAKING):
            Batch.objects.filter(pk=batch_id).update(waiting={})
    return taken


def _take(by: Viewer, batch: Batch, row: ReadRow, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic(), acting(TAKING):
            here = Batch.objects.select_for_update().get(pk=batch.pk)
            if not here.rows.filter(number=row.number).exists():
                exit_id = batch.waiting["exits"].get(str(row.number))
                source = Source(batch.waiting["source"])
                _keep(by, batch, row, source, uuid.UUID(exit_id) if exit_id else None, at)
    except Exception:
        # It waits, and is tried again; the others, and above all the exits, do not wait for it.
        _log.exception("A row of a batch could not be taken in and waits.")
        return False
    return True


def _raise(by: Viewer, batch: Batch, row: ReadRow, at: datetime.datetime) -> uuid.UUID:
    """Ring a person about a row, whatever else is wrong with it."""
    born = row.typed.subjects[0].born_on if row.typed else None
    audience = row.trigger.about.audience if row.trigger and row.trigger.about.audience else None
    return raise_exit(
        by=by,
        door=row.trigger.door if row.trigger else Door.SAFEGUARDING,
        audience=audience or audience_of(age(born, day_of(at))),
        trigger=row.trigger.value if row.trigger else "",
        words=row.words,
        about={
            key.replace("_", " ").capitalize(): value for key, value in row.raw.items() if value
        },
        submission_key=f"{batch.content_hash} {row.number}",
        at=at,
    ).pk


def _keep(
    by: Viewer,
    batch: Batch,
    row: ReadRow,
    source: Source,
    exit_id: uuid.UUID | None,
    at: datetime.datetime,
) -> None:
    """Write what became of a row: a referral, back to whoever sent it, or with a person."""
    reasons = list(row.reasons)
    matter_id = None
    if row.typed is not None:
        try:
            with transaction.atomic():
                matter_id = submit(
                    by=by, submission_key=uuid.uuid5(_KEYS, f"{batch.content_hash} {row.number}"),
                    entry=EntryRoute.STEP_DOWN, source=source, typed=row.typed, at=at,
                ).pk  # fmt: skip
        except CannotSubmit as why:
            reasons = [str(why)]
    if matter_id is not None:
        state = BatchRowState.TAKEN
    else:
        state = BatchRowState.RETURNED if exit_id is None else BatchRowState.WITH_A_PERSON
    BatchRow.objects.create(
        batch=batch, number=row.number, state=state, reasons=reasons,
        # What was taken stands in its referral; only what comes back is kept as it was sent.
        raw={} if state is BatchRowState.TAKEN else row.raw,
        matter_id=matter_id or exit_id,
    )  # fmt: skip
