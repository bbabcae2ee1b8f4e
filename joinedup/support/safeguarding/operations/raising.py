"""Send somebody in danger through a door; nothing that is missing, unknown or broken stops it (P19)."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Matter, MatterPerson, Part
from joinedup.identity.sharing.operations.matters import give_part, of_post, open_matter
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.safeguarding.choices import Audience, Door, Trigger
from joinedup.support.safeguarding.models import Exit, ExitAddition, ExitRecord
from joinedup.support.safeguarding.operations.ringing import ring_first
from joinedup.support.safeguarding.rules import basis_for, storable

SENDING = Viewer.system("sending somebody in danger to where help is")
SENT_IT = "raised it"
_KEYS = uuid.UUID("6a1f7a52-0a3e-4f0e-9d58-3f4f3c1f8e11")


@dataclass(frozen=True)
class Sending:
    """All that an exit says of itself."""

    door: Door
    audience: Audience | None
    words: str
    trigger: str = ""
    from_matter: uuid.UUID | None = None
    person_ids: tuple[uuid.UUID, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


def raise_exit(
    *,
    by: Viewer,
    door: Door,
    audience: Audience | None,
    words: str,
    at: datetime.datetime,
    trigger: str = "",
    from_matter: uuid.UUID | None = None,
    person_ids: Iterable[uuid.UUID] = (),
    about: Mapping[str, Any] | None = None,
    submission_key: uuid.UUID | str | None = None,
) -> Exit:
    """Send somebody in danger through a door, and ring whoever answers there.

    It needs no consent, no agreement, no finished form and no mail server, and asks for no
    permission: any post may, and so may the public, in whose name the system acts. The same
    submission key is one exit, however often it comes; what a later one says besides is added.
    People are those whom the room above has found; nothing is told of whether they were.
    """
    key = _matter_of(by, submission_key)
    matter = from_matter if _has_part(by, from_matter) else None
    sending = Sending(
        door, audience, words, trigger, matter, tuple(person_ids), dict(about or {})
    )  # fmt: skip
    with transaction.atomic(), acting(SENDING):
        there = Exit.objects.filter(pk=key).first()
        if there is None:
            try:
                with transaction.atomic():
                    return send(by, sending, at, matter_id=key)
            except IntegrityError:
                # The same press, a moment earlier, in another process.
                there = Exit.objects.filter(pk=key).first()
                if there is None:
                    raise
        _add_what_is_new(by, there, words, at)
    return there


def send(
    by: Viewer, sending: Sending, at: datetime.datetime, *, matter_id: uuid.UUID | None = None
) -> Exit:
    """Write the exit and ring; the caller acts as the system and has judged what may be passed on."""
    persons = _there(sending)
    matter = open_matter(
        by=by, kind=MatterKind.EXIT, at=at, about=persons, matter_id=matter_id
    )  # fmt: skip
    exit_ = Exit.objects.create(
        matter=matter,
        from_matter_id=sending.from_matter,
        door=sending.door,
        audience=sending.audience or "",
        trigger=sending.trigger if sending.trigger in Trigger else "",
        words=str(storable(sending.words)),
        about_typed=storable(dict(sending.about)),
        raised_by_id=by.post_id,
        raised_at=at,
    )
    ExitRecord.objects.create(
        exit=exit_, number=0, basis=basis_for(sending.door, sending.audience), written_at=at
    )
    if by.post_id is not None:
        give_part(
            by=by, matter_id=matter.pk, recipient=of_post(by.post_id), level=level_of_sender(by),
            because=SENT_IT, at=at,
        )  # fmt: skip
    _leave_a_line(by, exit_, "raised an exit", at, persons)
    ring_first(exit_, at)
    return exit_


def add_words(*, by: Viewer, exit_id: uuid.UUID, words: str, at: datetime.datetime) -> None:
    """Say more about what one raised, or about what one works at; raises Exit.DoesNotExist."""
    with acting(by):
        if not Exit.objects.filter(pk=exit_id).exists():
            raise Exit.DoesNotExist("There is no such exit.")
    with transaction.atomic(), acting(SENDING):
        _add_what_is_new(by, Exit.objects.get(pk=exit_id), words, at)


def level_of_sender(by: Viewer) -> PartLevel:
    """How much of it a sender may read: licensed premises hear that somebody has it, and no more (P18)."""
    return PartLevel.RECEIVED if by.agency_kind.only_refers else PartLevel.PROGRESS


def senders_of(exit_: Exit, at_least: PartLevel = PartLevel.RECEIVED) -> list[uuid.UUID]:
    """The posts that raised it, or passed it on, and hear what becomes of it."""
    parts = Part.objects.filter(
        matter=exit_.pk, because=SENT_IT, ends_at__isnull=True, level__gte=at_least
    )
    names = parts.order_by("starts_at", "pk").values_list("recipient", flat=True)
    return [uuid.UUID(name.split(":", 1)[1]) for name in names]


def _matter_of(by: Viewer, key: uuid.UUID | str | None) -> uuid.UUID:
    """The matter that this submission is: the same for the same sender and key."""
    if not key:
        return uuid.uuid4()
    return uuid.uuid5(_KEYS, f"{by.post_id or 'the public'} {storable(str(key))}")


def _has_part(by: Viewer, matter_id: uuid.UUID | None) -> bool:
    """Whether the sender has to do with the matter it says this comes from."""
    if matter_id is None:
        return False
    if by.is_system:
        with acting(SENDING):
            return Matter.objects.filter(pk=matter_id).exists()
    with acting(by):
        return part_of(by, matter_id) > PartLevel.NOTHING


def _there(sending: Sending) -> list[uuid.UUID]:
    """Of those whom it is about, those that are there: a key that is not would undo it all."""
    wanted = set(sending.person_ids)
    if sending.from_matter:
        about = MatterPerson.objects.filter(matter=sending.from_matter)
        wanted |= set(about.values_list("person", flat=True))
    return list(Person.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True))


def _add_what_is_new(by: Viewer, exit_: Exit, words: str, at: datetime.datetime) -> None:
    said = str(storable(words)).strip()
    known = {exit_.words.strip(), *exit_.additions.values_list("words", flat=True)}
    if said and said not in known:
        ExitAddition.objects.create(exit=exit_, words=said, said_by_id=by.post_id, said_at=at)
        _leave_a_line(by, exit_, "added to an exit", at, [])


def _leave_a_line(
    by: Viewer, exit_: Exit, act: str, at: datetime.datetime, persons: list[uuid.UUID]
) -> None:
    whom: list[uuid.UUID | None] = [*persons]
    for person in whom or [None]:
        record_change(
            at=at, post_id=by.post_id, act=act, subject_kind="exit", subject_id=str(exit_.pk),
            purpose=by.purpose, person_id=person, agency=by.agency, role=by.role,
            detail={"door": exit_.door, "audience": exit_.audience, "trigger": exit_.trigger},
        )  # fmt: skip
