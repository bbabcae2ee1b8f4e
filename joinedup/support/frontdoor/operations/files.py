"""Add a letter or a photo to a draft, and take it out again: told by its contents, never run."""

import datetime
import uuid

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.models import Attachment, Draft
from joinedup.support.frontdoor.rules.files import MOST, kind_of, name_for

KEEPING = Viewer.system("keeping a file with a referral")


class CannotAddFile(Exception):
    """Why a file was not taken and what to do instead, fit for the page."""


def add_file(
    *, by: Viewer, draft_id: uuid.UUID, name: str, content: bytes, at: datetime.datetime
) -> Attachment:
    """Add a file to a draft of one's own; raises CannotAddFile, Draft.DoesNotExist."""
    with acting(by):
        draft = Draft.objects.get(pk=draft_id, sent_as__isnull=True)
        here = Attachment.objects.filter(draft_id=draft.pk).count()
    if here >= MOST:
        raise CannotAddFile(f"A referral has up to {MOST} files. Take one out to add another.")
    try:
        kind = kind_of(content)
    except ValueError as why:
        raise CannotAddFile(str(why)) from why
    with transaction.atomic(), acting(KEEPING):
        return Attachment.objects.create(
            draft=draft, name=name_for(name, kind), kind=kind, size=len(content), content=content,
            by_post_id=by.post_id, at=at,
        )  # fmt: skip


def take_file_out(*, by: Viewer, draft_id: uuid.UUID, file_id: uuid.UUID) -> None:
    """Take a file out of a draft of one's own; raises Attachment.DoesNotExist."""
    with acting(by):
        file = Attachment.objects.defer("content").get(pk=file_id, draft_id=draft_id)
    with transaction.atomic(), acting(KEEPING):
        Attachment.objects.filter(pk=file.pk, draft__isnull=False).delete()
