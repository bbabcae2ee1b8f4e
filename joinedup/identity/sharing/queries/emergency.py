"""Emergency accesses: what is open, what waits for review; and whom an address is asked of."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_look
from joinedup.identity.people.models import Holding, Record
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import (
    AddressRelease,
    EmergencyAccess,
    RestrictedAddress,
)
from joinedup.identity.sharing.operations.telling import who_answers
from joinedup.identity.sharing.queries.facts import identifiers_of, is_barred

READING = Viewer.system("reading emergency accesses and releases")


@dataclass(frozen=True)
class AccessShown:
    """One emergency access as its reviewer reads it; the person is told by identifier only."""

    pk: uuid.UUID
    person_id: uuid.UUID
    who: str
    agency: str
    reason: str
    words: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    outcome: str
    outcome_words: str
    reviewed_by: str
    reviewed_at: datetime.datetime | None
    mine: bool


@dataclass(frozen=True)
class ReleaseShown:
    """One request for a restricted address as the holder's duty manager reads it."""

    pk: uuid.UUID
    person_id: uuid.UUID
    who: str
    agency: str
    why: str
    asked_at: datetime.datetime
    first: str
    first_is_me: bool
    answered: str


@dataclass(frozen=True)
class AddressShown:
    """An address kept for safety, as it is shown to whom it was released."""

    holder: str
    address: str
    postcode: str
    until: datetime.datetime | None


def holders_of(person_id: uuid.UUID) -> list[str]:
    """The agencies that hold anything about the person, under any identifier; to be read as the system."""
    same = identifiers_of(person_id)
    held = Record.objects.filter(person_id__in=same, gone_on=None).values_list("agency_id")
    more = Holding.objects.filter(person_id__in=same).values_list("holder_id")
    return sorted({code for (code,) in held.union(more)})


def accesses(viewer: Viewer, *, at: datetime.datetime, waiting: bool) -> tuple[AccessShown, ...]:
    """Emergency accesses not reviewed yet, oldest first, or those reviewed, newest first."""
    viewer.must(Permission.REVIEW_EMERGENCY)
    with acting(READING):
        found = _accesses().filter(reviewed_at__isnull=waiting)
        ordered = found.order_by("starts_at") if waiting else found.order_by("-reviewed_at")
        shown = [
            each for each in ordered[:500] if not is_barred(viewer.post_id, each.person_id, at=at)
        ]
    told_of(people=[each.person_id for each in shown])
    return tuple(_shown(viewer, each) for each in shown)


def one_access(viewer: Viewer, access_id: uuid.UUID, *, at: datetime.datetime) -> AccessShown:
    """One of them, for who reviews, who opened it, or who answers for an agency on duty.

    Raises EmergencyAccess.DoesNotExist for everybody else.
    """
    with acting(READING):
        found = _accesses().get(pk=access_id)
        concerned = (
            viewer.may(Permission.REVIEW_EMERGENCY)
            or found.post_id == viewer.post_id
            or (
                viewer.post_id in who_answers(at, [viewer.agency])
                and viewer.agency in holders_of(found.person_id)
            )
        )
        if not concerned or is_barred(viewer.post_id, found.person_id, at=at):
            raise EmergencyAccess.DoesNotExist("Not for this post.")
        _leave_line(viewer, "emergency access", found.pk, found.person_id, at)
        return _shown(viewer, found)


def open_access(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime
) -> EmergencyAccess | None:
    """The emergency access this post has open to this person, under whichever identifier, if any."""
    if viewer.post_id is None:
        return None
    same = identifiers_of(person_id)
    with acting(READING):
        live = EmergencyAccess.objects.filter(
            person__in=same,
            post_id=viewer.post_id,
            starts_at__lte=at,
            ends_at__gt=at,
        )
        return live.order_by("-ends_at").first()


def releases(viewer: Viewer, *, at: datetime.datetime) -> tuple[ReleaseShown, ...]:
    """Requests that wait on the duty managers of the viewer's agency, oldest first."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(READING):
        open_ones = _releases(viewer).filter(second__isnull=True, refused_at__isnull=True)
        shown = [
            each
            for each in open_ones.order_by("asked_at")
            if not is_barred(viewer.post_id, each.person_id, at=at)
        ]
    told_of(people=[each.person_id for each in shown])
    return tuple(_release_shown(viewer, each) for each in shown)


def one_release(viewer: Viewer, release_id: uuid.UUID, *, at: datetime.datetime) -> ReleaseShown:
    """One of them; raises AddressRelease.DoesNotExist where it is another agency's."""
    viewer.must(Permission.RELEASE_RESTRICTED)
    with acting(READING):
        found = _releases(viewer).get(pk=release_id)
        if is_barred(viewer.post_id, found.person_id, at=at):
            raise AddressRelease.DoesNotExist("Not for this post.")
        _leave_line(viewer, "address release", found.pk, found.person_id, at)
        return _release_shown(viewer, found)


def released_to(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime
) -> tuple[AddressShown, ...]:
    """The addresses of a person that duty managers have released to this very post, until each ends.

    Row security reads them out; showing one is a look of its own (P13).
    """
    if viewer.post_id is None:
        return ()
    same = identifiers_of(person_id)
    with acting(viewer):
        live = AddressRelease.objects.filter(
            person__in=same, asked_by_id=viewer.post_id, second_at__lte=at, ends_at__gt=at
        )
        until = {each.holder_id: each.ends_at for each in live.order_by("ends_at")}
        kept = RestrictedAddress.objects.filter(person__in=same, holder__in=until)
        found = tuple(
            AddressShown(
                holder=each.holder.name,
                address=each.address.get("address", ""),
                postcode=each.address.get("postcode", ""),
                until=until[each.holder_id],
            )
            for each in kept.select_related("holder").order_by("holder__name", "pk")
            if each.address.get("address") or each.address.get("postcode")
        )
        if found:
            about = marks(viewer)
            about["categories"], about["basis"] = ("address",), "released_by_two"
            record_look(
                at=at,
                post_id=viewer.post_id,
                subject_kind="person",
                subject_id=str(person_id),
                purpose=viewer.purpose,
                **about,
            )
        return found


def agencies_to_ask(viewer: Viewer) -> list[tuple[str, str]]:
    """Every agency but one's own, as choices: the list is the same for every person (P8)."""
    others = Agency.objects.exclude(code=viewer.agency).order_by("name")
    return list(others.values_list("code", "name"))


def _leave_line(
    viewer: Viewer, kind: str, pk: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """What was written about the person was read: a look like any other."""
    about = marks(viewer)
    about["person_id"] = person_id
    record_look(
        at=at,
        post_id=viewer.post_id,
        subject_kind=kind,
        subject_id=str(pk),
        purpose=viewer.purpose,
        **about,
    )


def _accesses() -> "QuerySet[EmergencyAccess]":
    return EmergencyAccess.objects.select_related("post__user", "agency", "reviewed_by__user")


def _shown(viewer: Viewer, found: EmergencyAccess) -> AccessShown:
    return AccessShown(
        pk=found.pk,
        person_id=found.person_id,
        who=found.post.user.name,
        agency=found.agency.name,
        reason=found.reason,
        words=found.words,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        outcome=found.outcome,
        outcome_words=found.outcome_words,
        reviewed_by=found.reviewed_by.user.name if found.reviewed_by else "",
        reviewed_at=found.reviewed_at,
        mine=found.post_id == viewer.post_id,
    )


def _releases(viewer: Viewer) -> "QuerySet[AddressRelease]":
    mine = AddressRelease.objects.filter(holder_id=viewer.agency)
    return mine.select_related("asked_by__user", "asked_by__team__agency", "first__user")


def _release_shown(viewer: Viewer, found: AddressRelease) -> ReleaseShown:
    answered = ""
    if found.second_id is not None:
        answered = "released"
    elif found.relayed:
        answered = "relayed"
    elif found.refused_at is not None:
        answered = "refused"
    return ReleaseShown(
        pk=found.pk,
        person_id=found.person_id,
        who=found.asked_by.user.name,
        agency=found.asked_by.team.agency.name,
        why=found.why,
        asked_at=found.asked_at,
        first=found.first.user.name if found.first else "",
        first_is_me=found.first_id == viewer.post_id,
        answered=answered,
    )
