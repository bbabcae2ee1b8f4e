"""A restricted address: asked for, then relayed or released by the holder's duty managers, two acting (P13)."""

import datetime
import uuid

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import AddressRelease
from joinedup.identity.sharing.operations.telling import posts_that_may, tell_posts
from joinedup.identity.sharing.queries.facts import is_barred

SEEN_FOR = datetime.timedelta(hours=1)
DECIDING = Viewer.system("asking for and releasing a restricted address")


class CannotRelease(Exception):
    """Why this cannot be asked for, relayed or released so; fit for the page."""


def ask_for_address(
    *, by: Viewer, person_id: uuid.UUID, holder: str, why: str, at: datetime.datetime
) -> AddressRelease:
    """Ask an agency's duty manager to pass a message on, or to release an address.

    It may be asked of any agency about anybody, and the answer to asking is always the same:
    whether there is such an address is not told (P8). Raises CannotRelease, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    if by.post_id is None:
        raise NotPermitted("A post asks, never the system.")
    said = " ".join(why.split())
    if not said:
        raise CannotRelease("Say why you need to reach the person, and by when.")
    if holder == by.agency:
        raise CannotRelease("This is your own agency: ring your duty manager.")
    on_duty = posts_that_may(Permission.RELEASE_RESTRICTED, at=at, agencies=[holder])
    if not on_duty:
        raise CannotRelease(
            "That agency has no duty manager here who could answer. Ring it, and ask for one."
        )
    with acting(DECIDING):
        asked = AddressRelease.objects.create(
            person_id=person_id, holder_id=holder, asked_by_id=by.post_id, why=said, asked_at=at
        )
        _on_record(by, asked, "asked for a restricted address", at)
        tell_posts(
            by=by,
            posts=on_duty,
            kind=NoticeKind.ADDRESS_RELEASE_ASKED,
            link=f"/address-releases/{asked.pk}/",
            at=at,
        )
    return asked


def agree_to_release(*, by: Viewer, release_id: uuid.UUID, at: datetime.datetime) -> AddressRelease:
    """The first of two duty managers agrees; at the second's word the asker sees it for an hour.

    Raises CannotRelease, AddressRelease.DoesNotExist, or NotPermitted.
    """
    with acting(DECIDING):
        found = _open_request(by, release_id, at)
        if found.first_id is None:
            found.first_id, found.first_at = by.post_id, at
            act = "agreed first to release"
        elif _same_hands(by, found.first_id):
            raise CannotRelease("You have agreed already. A second duty manager must agree too.")
        else:
            found.second_id, found.second_at = by.post_id, at
            found.ends_at = at + SEEN_FOR
            act = "released a restricted address"
        found.save()
        _on_record(by, found, act, at)
        if found.second_id is not None:
            _tell_the_asker(by, found, at)
    return found


def relay_instead(*, by: Viewer, release_id: uuid.UUID, at: datetime.datetime) -> AddressRelease:
    """The duty manager has carried the message; the address stays where it is."""
    with acting(DECIDING):
        found = _open_request(by, release_id, at)
        found.relayed = True
        found.refused_at = at
        found.save()
        _on_record(by, found, "relayed a message", at)
        _tell_the_asker(by, found, at)
    return found


def refuse_release(*, by: Viewer, release_id: uuid.UUID, at: datetime.datetime) -> AddressRelease:
    """The duty manager refuses; the asker is told no more than that."""
    with acting(DECIDING):
        found = _open_request(by, release_id, at)
        found.refused_at = at
        found.save()
        _on_record(by, found, "refused to release", at)
        _tell_the_asker(by, found, at)
    return found


def _open_request(by: Viewer, release_id: uuid.UUID, at: datetime.datetime) -> AddressRelease:
    by.must(Permission.RELEASE_RESTRICTED)
    found = AddressRelease.objects.select_for_update().get(pk=release_id)
    if found.holder_id != by.agency or is_barred(by.post_id, found.person_id, at=at):
        raise AddressRelease.DoesNotExist("Somebody else answers this.")
    if found.refused_at is not None or found.second_id is not None:
        raise CannotRelease("This has been answered already.")
    if _same_hands(by, found.asked_by_id):
        raise CannotRelease("Somebody else answers what you asked yourself.")
    return found


def _same_hands(by: Viewer, post_id: uuid.UUID) -> bool:
    """Whether it is the same person, in whichever of their posts: two acting are two people."""
    if by.user_id is None:
        return False
    return Post.objects.filter(pk=post_id, user_id=by.user_id).exists()


def _tell_the_asker(by: Viewer, release: AddressRelease, at: datetime.datetime) -> None:
    tell_posts(
        by=by,
        posts=[release.asked_by_id],
        kind=NoticeKind.ADDRESS_RELEASE_ANSWERED,
        link=f"/people/{release.person_id}/reach/",
        at=at,
    )


def _on_record(by: Viewer, release: AddressRelease, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="address release",
        subject_id=str(release.pk),
        purpose=by.purpose,
        person_id=release.person_id,
        agency=by.agency,
        holder=release.holder_id,
        categories=("address",),
    )
