"""Add a letter or a photo to what somebody of the public types, under their key; take it in with the rest."""

import uuid
from datetime import datetime

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.models import Attachment, Draft
from joinedup.support.frontdoor.operations.files import CannotAddFile
from joinedup.support.frontdoor.queries.drafts import public_draft
from joinedup.support.frontdoor.rules.files import MOST_OF_THE_PUBLIC, kind_of, name_for

KEEPING = Viewer.system("keeping a file with what the public sends")


def add_public_file(*, key: str, name: str, content: bytes, at: datetime) -> Attachment:
    """Add a file to the draft that this key opens; told by its contents, never run. Raises CannotAddFile."""
    draft = public_draft(key)
    if draft is None:
        raise CannotAddFile("Write something first: a file is kept with what you write.")
    try:
        kind = kind_of(content)
    except ValueError as why:
        raise CannotAddFile(str(why)) from why
    with transaction.atomic(), acting(KEEPING):
        Draft.objects.select_for_update().get(pk=draft.id)
        if Attachment.objects.filter(draft_id=draft.id).count() >= MOST_OF_THE_PUBLIC:
            raise CannotAddFile(
                f"You can send up to {MOST_OF_THE_PUBLIC} files. Take one out to add another."
            )
        return Attachment.objects.create(
            draft_id=draft.id, name=name_for(name, kind), kind=kind, size=len(content),
            content=content, at=at,
        )  # fmt: skip


def take_public_file_out(*, key: str, file_id: uuid.UUID) -> None:
    """Take a file out of the draft that this key opens; what is not in it stays where it is."""
    draft = public_draft(key)
    if draft is not None:
        with transaction.atomic(), acting(KEEPING):
            Attachment.objects.filter(pk=file_id, draft_id=draft.id).delete()


def files_of_public_draft(key: str) -> list[Attachment]:
    """The files of the draft that this key opens, without what is in them."""
    draft = public_draft(key)
    if draft is None:
        return []
    with acting(KEEPING):
        found = Attachment.objects.filter(draft_id=draft.id).defer("content")
        return list(found.order_by("at", "pk"))


def take_in_files(*, draft_id: uuid.UUID, matter_id: uuid.UUID) -> None:
    """Let the files of a draft be those of the referral that it became; as the system that takes it in."""
    of_the_public = Attachment.objects.filter(draft_id=draft_id, draft__post__isnull=True)
    of_the_public.update(draft=None, matter_id=matter_id)
    Draft.objects.filter(pk=draft_id, post__isnull=True, draft={}).delete()
