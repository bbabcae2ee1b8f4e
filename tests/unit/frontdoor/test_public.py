"""What the public sends is kept first and taken in after; and no more can be read back than a key opens."""

import datetime
import uuid

import pytest
from django.db import connection

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import EntryRoute
from joinedup.support.frontdoor.models import Arrival, Attachment, Draft, Referral
from joinedup.support.frontdoor.operations.drafts import (
    end_old_drafts,
    end_public_draft,
    keep_public_draft,
    new_key,
)
from joinedup.support.frontdoor.operations.files import CannotAddFile
from joinedup.support.frontdoor.operations.public import send_from_public, take_in_arrivals
from joinedup.support.frontdoor.operations.public_files import (
    add_public_file,
    files_of_public_draft,
    take_public_file_out,
)
from joinedup.support.frontdoor.queries.drafts import PublicDraft, public_draft
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject, reference_of
from tests.sharing import walled

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
KEY = uuid.UUID("8f8dd4ce-2a5a-4c37-a1c2-7bb9e3f4a112")
TYPED = TypedReferral(subjects=(TypedSubject(given_name="Ada", age=70),), going_on="No heating")


def send() -> str:
    return send_from_public(key=KEY, entry=EntryRoute.SELF, typed=TYPED, at=AT)


def front_door() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", team="Front door")


def test_what_is_sent_is_taken_in_at_once_and_once() -> None:
    worker = front_door()
    assert send() == send() == reference_of(KEY)
    with acting(worker):
        assert Referral.objects.get().going_on == "No heating"
    with acting(walled.SYSTEM):
        assert Arrival.objects.get().draft == {}
    assert take_in_arrivals(at=AT) == 0


def test_what_cannot_be_taken_in_now_waits_and_is_taken_in_then() -> None:
    """Whoever sent it was told that it was received: it is never dropped."""
    assert send() == reference_of(KEY)
    with acting(walled.SYSTEM):
        assert not Referral.objects.exists()
    worker = front_door()
    assert take_in_arrivals(at=AT) == 1
    with acting(worker):
        assert Referral.objects.get().reference == reference_of(KEY)


PHOTO = b"\xff\xd8\xff\xe0 a photo"


def with_a_file(name: str = "..\\damp<1>.exe") -> tuple[str, PublicDraft]:
    key = new_key()
    keep_public_draft(key=key, values={"going_on": ["Damp"]}, was=0)
    add_public_file(key=key, name=name, content=PHOTO, at=AT)
    found = public_draft(key)
    assert found is not None
    return key, found


def test_a_photo_of_the_public_goes_with_the_referral_and_waits_with_it() -> None:
    """Its name says what is in it, whoever works at the referral reads it, and nobody else does."""
    key, draft = with_a_file()
    send_from_public(key=KEY, entry=EntryRoute.SELF, typed=TYPED, at=AT, draft_id=draft.id)
    end_public_draft(key=key)
    end_old_drafts(at=AT + datetime.timedelta(days=400))
    with acting(walled.SYSTEM):
        assert Attachment.objects.get().draft_id == draft.id, "it waits where what was sent waits"
    worker = front_door()
    assert take_in_arrivals(at=AT) == 1
    with acting(worker):
        file = Attachment.objects.get()
        assert file.matter_id == Referral.objects.get().pk
    assert (file.name, file.kind, bytes(file.content)) == ("damp1.jpg", "image/jpeg", PHOTO)
    with acting(walled.SYSTEM):
        assert not Draft.objects.exists()
    with acting(None):
        assert not Attachment.objects.exists()


def test_a_file_of_the_public_needs_their_key_and_is_of_an_allowed_kind() -> None:
    key, draft = with_a_file()
    for wrong, why in ((b"MZ program", "never taken"), (b"", "empty"), (b"<html>", "web page")):
        with pytest.raises(CannotAddFile, match=why):
            add_public_file(key=key, name="a.jpg", content=wrong, at=AT)
    with pytest.raises(CannotAddFile, match="Write something first"):
        add_public_file(key=new_key(), name="a.jpg", content=PHOTO, at=AT)
    for _ in range(2):
        add_public_file(key=key, name="a.jpg", content=PHOTO, at=AT)
    with pytest.raises(CannotAddFile, match="up to 3 files"):
        add_public_file(key=key, name="a.jpg", content=PHOTO, at=AT)
    [first, *_] = files_of_public_draft(key)
    other, _ = with_a_file()
    take_public_file_out(key=other, file_id=first.pk)
    assert len(files_of_public_draft(key)) == 3, "another's key takes nothing out"
    take_public_file_out(key=key, file_id=first.pk)
    assert len(files_of_public_draft(key)) == 2
    assert files_of_public_draft(new_key()) == []
    end_old_drafts(at=draft.saved_at + datetime.timedelta(days=31))
    with acting(walled.SYSTEM):
        assert not Attachment.objects.exists()


def test_somebody_who_is_not_signed_in_reads_no_table() -> None:
    """Architecture, section 3: the public form only inserts."""
    front_door()
    send()
    keep_public_draft(key=new_key(), values={"a": ["1"]}, was=0)
    with acting(None), connection.cursor() as cursor:
        for table in ("frontdoor_arrival", "frontdoor_draft", "frontdoor_referral"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_a_draft_of_the_public_opens_by_its_key_alone() -> None:
    key, other = new_key(), new_key()
    assert keep_public_draft(key=key, values={"a": ["1"]}, was=0) == 1
    assert keep_public_draft(key=key, values={"a": ["2"]}, was=1) == 2
    assert keep_public_draft(key=key, values={"a": ["late"]}, was=1) == 0, "another tab was first"
    found = public_draft(key)
    assert found is not None
    assert (found.values, found.version) == ({"a": ["2"]}, 2)
    with acting(walled.SYSTEM):
        kept = Draft.objects.get().key_hash
    assert key not in kept
    assert public_draft(other) is None
    assert public_draft(kept) is None, "the hash is no key"
    assert public_draft("") is None
    assert keep_public_draft(key="short", values={}, was=0) == 0
    end_public_draft(key=key)
    assert public_draft(key) is None


def test_drafts_nobody_goes_on_with_end_after_a_month() -> None:
    key = new_key()
    keep_public_draft(key=key, values={"a": ["1"]}, was=0)
    found = public_draft(key)
    assert found is not None
    month = datetime.timedelta(days=30)
    assert end_old_drafts(at=found.saved_at + month) == 0
    assert end_old_drafts(at=found.saved_at + month + datetime.timedelta(seconds=1)) == 1
    assert public_draft(key) is None
