"""Say how somebody is safely reached, and what they need to understand and be understood (S3-15)."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.contacts.choices import Channel, Need
from joinedup.support.contacts.models import CommunicationNeed, ContactProfile
from joinedup.support.contacts.operations.ground import (
    KEEPING,
    leave_a_line,
    must_work,
    whom_of,
)
from joinedup.support.safeguarding.queries.plans import about_the_same


class CannotSetProfile(Exception):
    """Why the profile cannot be set so, fit for the page."""


class CannotSetNeeds(Exception):
    """Why the needs cannot be set so, fit for the page."""


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
    post_id = must_work(by, matter_id)
    if (said.from_time is None) != (said.until_time is None):
        raise CannotSetProfile("Give both hours: from when, and until when.")
    if said.from_time is not None and said.from_time == said.until_time:
        raise CannotSetProfile("The two hours are the same. Leave both out if any hour is safe.")
    if len(set(said.forbidden)) == len(Channel):
        raise CannotSetProfile("Leave one way open: say which, and how it is done safely.")
    with acting(KEEPING):
        whom = whom_of(matter_id, person_id)
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
        leave_a_line(by, matter_id, "set a safe-contact profile", at, whom, {})
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
    post_id = must_work(by, matter_id)
    wanting = [need for need, words in needs.items() if need.wants_words and not words.strip()]
    if wanting:
        raise CannotSetNeeds(f"Say more of it: {wanting[0].label.lower()}.")
    if Need.NONE in needs and len(needs) > 1:
        raise CannotSetNeeds("Choose what is needed, or that nothing is, and not both.")
    said = {need: words.strip() for need, words in needs.items()}
    with acting(KEEPING):
        whom = whom_of(matter_id, person_id)
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
        leave_a_line(
            by, matter_id, "said what somebody needs", at, whom, {"needs": sorted(map(str, said))}
        )  # fmt: skip
    return made


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
