"""Drafts of one's own, and the one draft that a key of the public opens."""

import datetime
import json
import uuid
from dataclasses import dataclass

from django.db import connection

from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.frontdoor.models import Attachment, Draft
from joinedup.support.questions.rules.drafting import Values


@dataclass(frozen=True)
class PublicDraft:
    """What somebody who is not signed in typed so far."""

    id: uuid.UUID
    values: Values
    version: int
    saved_at: datetime.datetime


def my_drafts(viewer: Viewer) -> list[Draft]:
    """The referrals this post has begun and not sent, the last one first."""
    with reading(viewer):
        return list(Draft.objects.filter(sent_as__isnull=True).order_by("-saved_at", "pk"))


def my_draft(viewer: Viewer, draft_id: uuid.UUID) -> Draft:
    """A draft of one's own, sent or not; raises Draft.DoesNotExist."""
    with reading(viewer):
        return Draft.objects.get(pk=draft_id)


def files_of_draft(viewer: Viewer, draft_id: uuid.UUID) -> list[Attachment]:
    """The files added to a draft, without what is in them."""
    with reading(viewer):
        found = Attachment.objects.filter(draft_id=draft_id).defer("content")
        return list(found.order_by("at", "pk"))


def public_draft(key: str) -> PublicDraft | None:
    """What that key opens; nothing where it opens nothing. No other way leads to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT draft_id, typed, numbered, at FROM frontdoor_public_draft(%s)", [key]
        )
        found = cursor.fetchone()
    if found is None:
        return None
    draft_id, typed, version, at = found
    typed = json.loads(typed) if isinstance(typed, str) else typed
    return PublicDraft(draft_id, typed.get("values", {}), version, at)
