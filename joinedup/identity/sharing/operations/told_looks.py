"""Tell a person of a look that leaves no trace, by decision of the agency that took it; and take that back (P14)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import ToldLook
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.identity.sharing.queries.told_looks import one_kept_look, why_not_told

NO_SUCH_LOOK = "There is no such look of your agency."


class CannotTellLook(Exception):
    """Why the person is not told of it, or it is not taken back; fit for the page."""


def tell_look(*, by: Viewer, entry_id: uuid.UUID, because: str, at: datetime.datetime) -> ToldLook:
    """Let the person read that look on their own page, from now on, with agency, role and reason.

    By the information governance lead or a safeguarding lead of the agency that looked, who say why
    it brings nobody harm; the practitioner's name stays untold. Raises CannotTellLook, NotPermitted.
    """
    by.must(Permission.TELL_LOOKS)
    why = because.strip()
    if not why:
        raise CannotTellLook("Say why the person may be told, and why nobody comes to harm by it.")
    with transaction.atomic(), acting(by):
        look = one_kept_look(by, entry_id)
        if look is None or is_barred(by.post_id, look.person_id, at=at):
            raise CannotTellLook(NO_SUCH_LOOK)
        refused = why_not_told(by)
        if refused or by.post_id is None:
            raise CannotTellLook(refused or "Somebody with a post decides this.")
        if ToldLook.objects.filter(entry=look.entry_id, taken_back_at=None).exists():
            raise CannotTellLook("Somebody has decided meanwhile that the person is told.")
        told = ToldLook.objects.create(
            person_id=look.person_id, agency_id=by.agency, entry=look.entry_id, lines=look.lines,
            because=why, decided_by_id=by.post_id, decided_at=at,
        )  # fmt: skip
        _on_record(by, told, "told of a look", at)
    return told


def take_back_telling(
    *, by: Viewer, entry_id: uuid.UUID, because: str, at: datetime.datetime
) -> ToldLook:
    """Keep that look from the person again, without a gap; what they have read they have read.

    Raises CannotTellLook, NotPermitted.
    """
    by.must(Permission.TELL_LOOKS)
    why = because.strip()
    if not why:
        raise CannotTellLook("Say why the person is no longer told.")
    with transaction.atomic(), acting(by):
        standing = ToldLook.objects.filter(entry=entry_id, agency=by.agency, taken_back_at=None)
        told = standing.select_for_update(of=("self",)).first()
        if told is None or is_barred(by.post_id, told.person_id, at=at):
            raise CannotTellLook("The person is not told of this look.")
        told.taken_back_because, told.taken_back_by_id, told.taken_back_at = why, by.post_id, at
        told.save(update_fields=["taken_back_because", "taken_back_by", "taken_back_at"])
        _on_record(by, told, "took back telling of a look", at)
    return told


def _on_record(by: Viewer, told: ToldLook, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="audit line", subject_id=str(told.entry),
        purpose=by.purpose, person_id=told.person_id, agency=by.agency, role=by.role,
        holder=by.agency, traceless=True,
    )  # fmt: skip
