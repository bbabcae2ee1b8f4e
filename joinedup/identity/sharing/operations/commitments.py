"""An executive commits their agency to something by a day; later it is said what became of it (S2-38)."""

import datetime

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.choices import CommitmentKind, CommitmentState
from joinedup.identity.sharing.models import Commitment


class CannotCommit(Exception):
    """Why it is not written down so, fit for the page."""


def commit(
    *, by: Viewer, kind: CommitmentKind, what: str, due_on: datetime.date, at: datetime.datetime
) -> Commitment:
    """Commit one's own agency: whoever may sign for it does. Raises CannotCommit or NotPermitted."""
    by.must(Permission.SIGN_AGREEMENTS)
    if by.post_id is None:
        raise NotPermitted("A named executive commits their agency.")
    if not what.strip():
        raise CannotCommit("Say what your agency commits itself to.")
    if due_on < day_of(at):
        raise CannotCommit("Give today, or a day to come.")
    with transaction.atomic():
        made = Commitment.objects.create(
            agency_id=by.agency, kind=kind, what=what.strip(), made_by_id=by.post_id, made_at=at,
            due_on=due_on,
        )  # fmt: skip
        _on_record(by, made, "committed its agency", at)
    return made


def settle_commitment(
    *, by: Viewer, commitment_id: int, kept: bool, became: str, at: datetime.datetime
) -> Commitment:
    """Say whether a commitment was kept, in words: the agency's own executive, or whoever governs sharing.

    Raises CannotCommit, Commitment.DoesNotExist or NotPermitted.
    """
    with transaction.atomic():
        found = Commitment.objects.select_for_update().get(pk=commitment_id)
        own = by.may(Permission.SIGN_AGREEMENTS) and by.agency == found.agency_id
        if not own:
            by.must(Permission.MANAGE_AGREEMENTS)
        if found.state != CommitmentState.OPEN:
            raise CannotCommit("It was said already what became of it.")
        if not became.strip():
            raise CannotCommit("Say what became of it.")
        found.state = CommitmentState.KEPT if kept else CommitmentState.NOT_KEPT
        found.became, found.settled_at, found.settled_by_id = became.strip(), at, by.post_id
        found.save()
        _on_record(by, found, "said what became of a commitment", at)
    return found


def _on_record(by: Viewer, of: Commitment, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="commitment", subject_id=str(of.pk),
        purpose=by.purpose, agency=by.agency,
    )  # fmt: skip
