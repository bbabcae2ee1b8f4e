"""Begin a referral, keep it as it is typed, throw it away; of two tabs neither loses a word."""

import datetime
import json
import secrets
import uuid
from dataclasses import dataclass

from django.db import connection, transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.models import Arrival, Attachment, Draft
from joinedup.support.questions.rules.drafting import Values, with_beside

CLEARING = Viewer.system("throwing away a draft that its writer is done with")
FILES_OF = "files_of"
"""In what the public sent: the draft that its files hang on until it is taken in."""
KEPT_FOR = datetime.timedelta(days=30)
_KEY = 12
"""Letters of a public draft's key; it is read from paper, so none is mistaken for another."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class CannotKeepDraft(Exception):
    """Why a draft was not kept, fit for the page."""


@dataclass(frozen=True)
class Kept:
    """What became of keeping a draft: as it stands now, or what another tab wrote meanwhile."""

    draft: Draft
    theirs: Values | None = None
    """What stands in the draft where another tab was first; what was typed here is kept beside it."""

    @property
    def version(self) -> int:
        """Its number, by which the next to keep it says what they saw."""
        return self.draft.version


def begin_draft(*, by: Viewer, at: datetime.datetime) -> Draft:
    """Begin a referral; raises NotPermitted."""
    by.must(Permission.REFER)
    with acting(by):
        return Draft.objects.create(post_id=by.post_id, begun_at=at, saved_at=at)


def keep_draft(
    *, by: Viewer, draft_id: uuid.UUID, values: Values, was: int, at: datetime.datetime
) -> Kept:
    """Keep what was typed; where another tab was first, keep it beside what that one typed.

    Raises Draft.DoesNotExist for somebody else's, CannotKeepDraft for one that was sent.
    """
    with acting(by):
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.sent_as_id is not None:
            raise CannotKeepDraft("This referral has been sent. Start another for what is new.")
        standing: Values = draft.draft.get("values", {})
        if standing == values:
            return Kept(draft)
        if was != draft.version:
            beside = with_beside(draft.draft.get("beside", []), values)
            draft.draft = {**draft.draft, "beside": beside}
            draft.save(update_fields=["draft"])
            return Kept(draft, theirs=standing)
        draft.draft = {**draft.draft, "values": values}
        draft.version += 1
        draft.saved_at = at
        draft.save(update_fields=["draft", "version", "saved_at"])
    return Kept(draft)


def settle_draft(*, by: Viewer, draft_id: uuid.UUID, values: Values, at: datetime.datetime) -> Kept:
    """Keep these values of the two that stood beside each other, whatever was there before.

    Raises as keep_draft does.
    """
    with acting(by):
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.sent_as_id is not None:
            raise CannotKeepDraft("This referral has been sent. Start another for what is new.")
        draft.draft = {**draft.draft, "values": values, "beside": []}
        draft.version += 1
        draft.saved_at = at
        draft.save(update_fields=["draft", "version", "saved_at"])
    return Kept(draft)


def note_in_draft(*, by: Viewer, draft_id: uuid.UUID, **notes: object) -> None:
    """Keep with a draft what is not typed: that its exit was raised, what was asked last."""
    with acting(by):
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        draft.draft = {**draft.draft, **notes}
        draft.save(update_fields=["draft"])


def throw_draft_away(*, by: Viewer, draft_id: uuid.UUID) -> None:
    """Throw a draft of one's own away, its files with it; raises Draft.DoesNotExist."""
    with transaction.atomic():
        with acting(by):
            draft = Draft.objects.get(pk=draft_id)
        with acting(CLEARING):
            if draft.sent_as_id is None:
                Attachment.objects.filter(draft_id=draft.pk).delete()
                Draft.objects.filter(pk=draft.pk).delete()


def end_old_drafts(*, at: datetime.datetime) -> int:
    """Throw away what nobody has gone on with for a month, signed in or not; return how many."""
    with acting(CLEARING):
        old = Draft.objects.filter(saved_at__lt=at - KEPT_FOR, sent_as__isnull=True)
        waiting = Arrival.objects.filter(matter__isnull=True, draft__has_key=FILES_OF)
        keep = {uuid.UUID(arrival.draft[FILES_OF]) for arrival in waiting}
        keys = [key for key in old.values_list("pk", flat=True) if key not in keep]
        Attachment.objects.filter(draft_id__in=keys).delete()
        Draft.objects.filter(pk__in=keys).delete()
    return len(keys)


def new_key() -> str:
    """A key to a draft of the public: shown once, kept by whoever types; here only its hash is."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(4 * _KEY // 3))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def keep_public_draft(*, key: str, values: Values, was: int) -> int:
    """Keep what somebody types who is not signed in; the version now, 0 where another tab was first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT frontdoor_keep_public_draft(%s, %s, %s)",
            [key, json.dumps({"values": values}), was],
        )
        (version,) = cursor.fetchone()
    return int(version)


def end_public_draft(*, key: str) -> None:
    """Throw away the draft of that key: it was sent, or its writer is done with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT draft_id FROM frontdoor_public_draft(%s)", [key])
        found = cursor.fetchone()
    if found:
        with acting(CLEARING):
            mine = Draft.objects.filter(pk=found[0], post__isnull=True)
            if Attachment.objects.filter(draft_id=found[0]).exists():
                mine.update(draft={})  # what was sent waits to be taken in, and its files here
            else:
                mine.delete()
