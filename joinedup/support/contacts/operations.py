"""Record contacts, say how somebody is safely reached, say what they need (P32, S3-15)."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.contacts.choices import Channel, How, Need, Seen
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.contacts.queries import profiles_of
from joinedup.support.contacts.rules import may_use, why_not_recorded
from joinedup.support.safeguarding.queries.plans import about_the_same

KEEPING = Viewer.system("keeping contacts and how somebody is safely reached")


class CannotRecordContact(Exception):
    """Why the contact cannot be recorded so, fit for the page."""


class NotSafe(CannotRecordContact):
    """The way that was taken is forbidden: say why it was taken all the same."""


class CannotSetProfile(Exception):
    """Why the profile cannot be set so, fit for the page."""


class CannotSetNeeds(Exception):
    """Why the needs cannot be set so, fit for the page."""


@dataclass(frozen=True)
class ContactSaid:
    """What is said of a contact."""

    how: How
    at: datetime.datetime
    words: str = ""
    their_words: str = ""
    with_whom: str = ""
    seen: Seen = Seen.NOT_APPLICABLE
    despite: str = ""
    needs_met: str = ""
    person_id: uuid.UUID | None = None
    instead_of: uuid.UUID | None = None


@dataclass(frozen=True)
class ProfileSaid:
    """How somebody is safely reached, and how never."""

    forbidden: Collection[Channel] = ()
    number: str = ""
    email: str = ""
    from_time: datetime.time | None = None
    until_time: datetime.time | None = None
    interpreter: str = ""
    safe_words: str = ""
    words: str = ""


def record_contact(
    *, by: Viewer, matter_id: uuid.UUID, said: ContactSaid, at: datetime.datetime
) -> Contact:
    """Record a contact, or a note; `said.at` is when it was, `at` when it is written.

    A way that the safe-contact profile forbids wants a reason, `said.despite`. `said.instead_of`
    corrects an earlier one, which stays. Raises NotSafe, CannotRecordContact, or NotPermitted.
    """
    post_id = _must_work(by, matter_id)
    if post_id is None:
        raise NotPermitted("A contact is somebody’s, never the system’s.")
    why = why_not_recorded(
        how=said.how, seen=said.seen, at=said.at, recorded_at=at,
        said=said.words + said.their_words,
    )  # fmt: skip
    if why:
        raise CannotRecordContact(why)
    unsafe = may_use(
        said.how.channel, said.at, [shown.rule for shown in profiles_of(by, matter_id)]
    )  # fmt: skip
    if unsafe and not said.despite.strip():
        raise NotSafe(f"{unsafe} Say why it was done all the same, and what followed from it.")
    with transaction.atomic(), acting(KEEPING):
        _must_be_of(matter_id, said)
        made = Contact.objects.create(
            matter_id=matter_id, person_id=said.person_id, how=said.how, at=said.at,
            recorded_at=at, by_id=post_id, with_whom=said.with_whom.strip(), seen=said.seen,
            their_words=said.their_words.strip(), words=said.words.strip(),
            despite=said.despite.strip() if unsafe else "", needs_met=said.needs_met.strip(),
            instead_of_id=said.instead_of,
        )  # fmt: skip
        _leave_a_line(
            by, matter_id, "recorded a contact", at, said.person_id,
            {"how": said.how, "seen": said.seen, "despite": bool(made.despite)},
        )  # fmt: skip
    return made


def set_profile(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    said: ProfileSaid,
    at: datetime.datetime,
    person_id: uuid.UUID | None = None,
) -> ContactProfile:
    """Say how somebody is safely reached; it rules from now on, in every matter about that person.

    Without a person it is of the matter: of the one it is about, where that is one. What stood
    before ends and stays on record. Raises CannotSetProfile, or NotPermitted.
    """
    post_id = _must_work(by, matter_id)
    if (said.from_time is None) != (said.until_time is None):
        raise CannotSetProfile("Give both hours: from when, and until when.")
    if said.from_time is not None and said.from_time == said.until_time:
        raise CannotSetProfile("The two hours are the same. Leave both out if any hour is safe.")
    if len(set(said.forbidden)) == len(Channel):
        raise CannotSetProfile("Leave one way open: say which, and how it is done safely.")
    with transaction.atomic(), acting(KEEPING):
        whom = _whom(matter_id, person_id)
        if person_id is not None and whom is None:
            raise CannotSetProfile("The profile is of somebody whom this is about.")
        standing = ContactProfile.objects.select_for_update(of=("self",)).filter(
            about_the_same(matter_id), ends_at__isnull=True
        )
        replaced = _same(matter_id, whom)
        for before in standing:
            if before.person_id in replaced:
                before.ends_at = max(at, before.starts_at)
                before.save(update_fields=["ends_at"])
        made = ContactProfile.objects.create(
            matter_id=matter_id, person_id=whom,
            forbidden=sorted(channel.value for channel in set(said.forbidden)),
            number=said.number.strip(), email=said.email.strip(), from_time=said.from_time,
            until_time=said.until_time, interpreter=said.interpreter.strip(),
            safe_words=said.safe_words.strip(), words=said.words.strip(), set_by_id=post_id,
            starts_at=at,
        )  # fmt: skip
        _leave_a_line(by, matter_id, "set a safe-contact profile", at, whom, {})
    return made


def set_needs(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    needs: Mapping[Need, str],
    at: datetime.datetime,
    person_id: uuid.UUID | None = None,
) -> list[CommunicationNeed]:
    """Say what somebody needs to understand and be understood; what is not said any more has ended.

    Raises CannotSetNeeds, or NotPermitted.
    """
    post_id = _must_work(by, matter_id)
    wanting = [need for need, words in needs.items() if need.wants_words and not words.strip()]
    if wanting:
        raise CannotSetNeeds(f"Say more of it: {wanting[0].label.lower()}.")
    if Need.NONE in needs and len(needs) > 1:
        raise CannotSetNeeds("Choose what is needed, or that nothing is, and not both.")
    said = {need: words.strip() for need, words in needs.items()}
    with transaction.atomic(), acting(KEEPING):
        whom = _whom(matter_id, person_id)
        if person_id is not None and whom is None:
            raise CannotSetNeeds("The needs are of somebody whom this is about.")
        stay = _end_needs(matter_id, whom, said, at)
        made = CommunicationNeed.objects.bulk_create(
            CommunicationNeed(
                matter_id=matter_id, person_id=whom, kind=need, words=words, set_by_id=post_id,
                starts_at=at,
            )
            for need, words in said.items()
            if need not in stay
        )  # fmt: skip
        _leave_a_line(
            by, matter_id, "said what somebody needs", at, whom, {"needs": sorted(map(str, said))}
        )  # fmt: skip
    return made


def follow_person(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Let what was said in a matter before anybody knew who it is about follow that person from now on.

    Call it when the person is found; what is known of them already stays, and the newer word rules.
    """
    _must_work(by, matter_id)
    with transaction.atomic(), acting(KEEPING):
        if _whom(matter_id, None) != person_id:
            return
        known = identifiers_of(person_id)
        for profile in ContactProfile.objects.filter(
            matter=matter_id, person__isnull=True, ends_at__isnull=True
        ):
            earlier = ContactProfile.objects.filter(person__in=known, ends_at__isnull=True)
            earlier.update(ends_at=at)
            profile.person_id = person_id
            profile.save(update_fields=["person"])
        for need in CommunicationNeed.objects.filter(
            matter=matter_id, person__isnull=True, ends_at__isnull=True
        ):
            of_kind = CommunicationNeed.objects.filter(
                person__in=known, kind=need.kind, ends_at__isnull=True
            )
            of_kind.update(ends_at=at)
            need.person_id = person_id
            need.save(update_fields=["person"])
        _leave_a_line(by, matter_id, "let what is needed follow a person", at, person_id, {})


def _must_work(by: Viewer, matter_id: uuid.UUID) -> uuid.UUID | None:
    """Whoever works at the matter; or the system, where a room above has judged what it was told."""
    if by.is_system:
        return None
    with acting(by):
        if part_of(by, matter_id) < PartLevel.WORK:
            raise NotPermitted("Your post does not work at this.")
    return by.post_id


def _must_be_of(matter_id: uuid.UUID, said: ContactSaid) -> None:
    about = MatterPerson.objects.filter(matter=matter_id, person=said.person_id)
    if said.person_id is not None and not about.exists():
        raise CannotRecordContact("The contact is with somebody whom this is about.")
    if said.instead_of is None:
        return
    earlier = Contact.objects.select_for_update(of=("self",)).filter(
        pk=said.instead_of, matter=matter_id
    )
    if not earlier.exists() or Contact.objects.filter(instead_of=said.instead_of).exists():
        raise CannotRecordContact("That contact has been corrected already, or is not here.")


def _whom(matter_id: uuid.UUID, person_id: uuid.UUID | None) -> uuid.UUID | None:
    """Who is meant: somebody the matter is about; where nobody was named, the only one there is."""
    persons = MatterPerson.objects.filter(matter=matter_id).values_list("person", flat=True)
    found = list(persons)
    if person_id is None:
        return found[0] if len(found) == 1 else None
    return person_id if person_id in found else None


def _same(matter_id: uuid.UUID, whom: uuid.UUID | None) -> set[uuid.UUID | None]:
    """Of whom a newer word replaces the older: the person, by every identifier.

    Where the matter is about nobody else, also what was said in it before anybody knew who it is.
    """
    if whom is None:
        return {None}
    alone = MatterPerson.objects.filter(matter=matter_id).count() == 1
    return {*identifiers_of(whom), *([None] if alone else [])}


def _end_needs(
    matter_id: uuid.UUID, whom: uuid.UUID | None, said: Mapping[Need, str], at: datetime.datetime
) -> set[Need]:
    """End what is no longer said of them; return what stands already, word for word."""
    stay: set[Need] = set()
    standing = CommunicationNeed.objects.select_for_update(of=("self",)).filter(
        about_the_same(matter_id), ends_at__isnull=True
    )
    replaced = _same(matter_id, whom)
    for need in standing:
        if need.person_id not in replaced:
            continue
        if need.person_id == whom and said.get(Need(need.kind)) == need.words:
            stay.add(Need(need.kind))
            continue
        need.ends_at = max(at, need.starts_at)
        need.save(update_fields=["ends_at"])
    return stay


def _leave_a_line(
    by: Viewer,
    matter_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    person_id: uuid.UUID | None,
    detail: dict[str, object],
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="matter", subject_id=str(matter_id),
        purpose=by.purpose, person_id=person_id, agency=by.agency, role=by.role, detail=detail,
        categories=["contact"],
    )  # fmt: skip
