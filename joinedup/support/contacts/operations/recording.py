"""Record a contact, or correct one (P32)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact
from joinedup.support.contacts.operations.ground import KEEPING, leave_a_line, must_work
from joinedup.support.contacts.queries import profiles_of
from joinedup.support.contacts.rules import may_use, why_not_recorded


class CannotRecordContact(Exception):
    """Why the contact cannot be recorded so, fit for the page."""


class NotSafe(CannotRecordContact):
    """The way that was taken is forbidden: say why it was taken all the same."""


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


def record_contact(
    *, by: Viewer, matter_id: uuid.UUID, said: ContactSaid, at: datetime.datetime
) -> Contact:
    """Record a contact, or a note; `said.at` is when it was, `at` when it is written.

    A way that the safe-contact profile forbids wants a reason, `said.despite`. `said.instead_of`
    corrects an earlier one, which stays. Raises NotSafe, CannotRecordContact, or NotPermitted.
    """
    post_id = must_work(by, matter_id)
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
        leave_a_line(
            by, matter_id, "recorded a contact", at, said.person_id,
            {"how": said.how, "seen": said.seen, "despite": bool(made.despite)},
        )  # fmt: skip
    return made


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
