"""How somebody is safely reached, what they need, and every contact there was (P32, S3-15)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.contacts.choices import Channel, How, Need, Seen
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.contacts.rules import (
    SafeContact,
    hours_of,
    known_channels,
    lateness,
    may_use,
)
from joinedup.support.safeguarding.queries.exits import names_of
from joinedup.support.safeguarding.queries.plans import about_the_same, warnings_of


@dataclass(frozen=True)
class NeedShown:
    """A need in words, and since when it is known."""

    kind: Need
    words: str
    since: datetime.datetime

    @property
    def text(self) -> str:
        """The need and what was said of it."""
        return f"{self.kind.label}: {self.words}" if self.words else self.kind.label


@dataclass(frozen=True)
class ProfileShown:
    """A safe-contact profile, as it is judged and as it is read."""

    rule: SafeContact
    number: str
    email: str
    interpreter: str
    safe_words: str
    words: str
    since: datetime.datetime
    set_by: str
    person_id: uuid.UUID | None

    @property
    def forbidden_words(self) -> list[str]:
        """The ways that are not safe, in the order of the list."""
        return [channel.label for channel in Channel if channel in self.rule.forbidden]

    @property
    def hours(self) -> str:
        """Between when and when it is safe; nothing where any hour will do."""
        return hours_of(self.rule)


@dataclass(frozen=True)
class Reach:
    """All that anybody must know before making contact: warnings, safety, needs."""

    matter_id: uuid.UUID
    profiles: tuple[ProfileShown, ...]
    needs: tuple[NeedShown, ...]
    warnings: tuple[str, ...]

    @property
    def rules(self) -> tuple[SafeContact, ...]:
        """What rules every channel."""
        return tuple(profile.rule for profile in self.profiles)

    @property
    def needs_were_asked(self) -> bool:
        """Whether anybody has asked: none needed is an answer too."""
        return bool(self.needs)

    def why_not(self, channel: Channel | None, at: datetime.datetime) -> str:
        """Why that way must not be taken then; nothing where it may."""
        return may_use(channel, at, self.rules)


@dataclass(frozen=True)
class ContactShown:
    """A contact as a page shows it."""

    pk: uuid.UUID
    how: How
    at: datetime.datetime
    by: str
    with_whom: str
    seen: Seen
    their_words: str
    words: str
    despite: str
    needs_met: str
    late: str
    recorded_at: datetime.datetime
    corrected: bool
    corrects: bool


def reach_of(viewer: Viewer, matter_id: uuid.UUID, *, same: Q | None = None) -> Reach:
    """What must be known before making contact in a matter; it follows the people it is about.

    Ask it for every page from which somebody is rung, written to or visited. `same` is what is about
    the same, where the caller has asked that already.
    """
    with reading(viewer):
        same = same or about_the_same(matter_id)
        return Reach(
            matter_id,
            tuple(profiles_of(viewer, matter_id, same)),
            tuple(needs_of(viewer, matter_id, same)),
            tuple(warnings_of(viewer, matter_id, same)),
        )


def profiles_of(viewer: Viewer, matter_id: uuid.UUID, same: Q | None = None) -> list[ProfileShown]:
    """The safe-contact profiles that hold in a matter: its own, and those of the people it is about.

    `same` is what is about the same, where the caller has asked that already.
    """
    with reading(viewer):
        of_them = same or about_the_same(matter_id)
        found = ContactProfile.objects.filter(of_them, ends_at__isnull=True)
        rows = list(found.order_by("starts_at"))
    names = names_of({row.set_by_id for row in rows})
    return [
        ProfileShown(
            SafeContact(known_channels(row.forbidden), row.from_time, row.until_time), row.number,
            row.email, row.interpreter, row.safe_words, row.words, row.starts_at,
            names.get(row.set_by_id, ""), row.person_id,
        )
        for row in rows
    ]  # fmt: skip


def profile_of(viewer: Viewer, matter_id: uuid.UUID) -> ProfileShown | None:
    """The one that was set last, for whoever changes it."""
    found = profiles_of(viewer, matter_id)
    return found[-1] if found else None


def needs_of(viewer: Viewer, matter_id: uuid.UUID, same: Q | None = None) -> list[NeedShown]:
    """What those whom a matter is about need to understand and be understood, each once."""
    with reading(viewer):
        of_them = same or about_the_same(matter_id)
        found = CommunicationNeed.objects.filter(of_them, ends_at__isnull=True)
        rows = list(found.order_by("starts_at"))
    shown = {
        (row.kind, row.words): NeedShown(Need(row.kind), row.words, row.starts_at) for row in rows
    }
    order = list(Need)
    needed = [need for need in shown.values() if need.kind is not Need.NONE]
    return sorted(needed, key=lambda each: order.index(each.kind)) or list(shown.values())


def contacts_of(viewer: Viewer, matter_id: uuid.UUID) -> list[ContactShown]:
    """Every contact in a matter, newest first, with what was corrected; nothing to who works not at it."""
    with acting(viewer):
        of_it = Q(person__isnull=True) | Q(person__in=_persons_of(matter_id))
        rows = list(Contact.objects.filter(of_it, matter=matter_id).order_by("-at", "-recorded_at"))
    names = names_of({row.by_id for row in rows})
    corrected = {row.instead_of_id for row in rows}
    return [
        ContactShown(
            row.pk, How(row.how), row.at, names.get(row.by_id, ""), row.with_whom, Seen(row.seen),
            row.their_words, row.words, row.despite, row.needs_met,
            lateness(row.at, row.recorded_at), row.recorded_at, row.pk in corrected,
            row.instead_of_id is not None,
        )
        for row in rows
    ]  # fmt: skip


def _persons_of(matter_id: uuid.UUID) -> "QuerySet[MatterPerson, uuid.UUID]":
    """Whom a matter is about: a contact placed with somebody else is kept apart until it has a case."""
    return MatterPerson.objects.filter(matter=matter_id).values_list("person", flat=True)
