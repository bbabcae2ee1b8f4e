"""Acknowledge an exit, decide, write it down: a named person each time (P19)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import no_longer_needed, tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson, Part
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    end_part,
    give_part,
    of_post,
)
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.operations.duty import end_duty, take_duty
from joinedup.support.safeguarding.choices import Audience, Basis, Decision, Door, Knows
from joinedup.support.safeguarding.models import Exit, ExitDecision, ExitRecord
from joinedup.support.safeguarding.operations.raising import SENT_IT, Sending, send, senders_of
from joinedup.support.safeguarding.operations.ringing import STANDS_IN
from joinedup.support.safeguarding.queries.lines import MAY_ANSWER
from joinedup.support.safeguarding.rules import decisions_for

ANSWERING = Viewer.system("keeping what was decided about somebody in danger")
HAS_IT = "has acknowledged it"


class CannotAcknowledge(Exception):
    """Why it cannot be acknowledged, fit for the page."""


class CannotDecide(Exception):
    """Why it cannot be decided so, fit for the page."""


class CannotWriteRecord(Exception):
    """Why the record cannot be written so, fit for the page."""


def acknowledge(*, by: Viewer, exit_id: uuid.UUID, at: datetime.datetime) -> Exit:
    """Say by name that one has it: the ringing ends, and whoever raised it is told.

    Raises CannotAcknowledge, Exit.DoesNotExist, or NotPermitted.
    """
    post_id = _must_answer(by, exit_id)
    with transaction.atomic(), acting(ANSWERING):
        found = _locked(exit_id)
        if found.acknowledged_by_id == post_id:
            return found
        if found.acknowledged_by_id is not None:
            has_it = Post.objects.select_related("user").get(pk=found.acknowledged_by_id)
            raise CannotAcknowledge(f"{has_it.user.name} has it already. Speak to them.")
        found.acknowledged_by_id = post_id
        found.acknowledged_at = at
        found.save(update_fields=["acknowledged_by", "acknowledged_at"])
        _takes_it(by, post_id, found, at)
        _leave_a_line(by, found, "acknowledged an exit", at, {})
        no_longer_needed(kind=NoticeKind.EXIT_RINGS, link=f"/exits/{found.pk}/", at=at)
        tell_the_sender(found, NoticeKind.EXIT_ACKNOWLEDGED, at, but=by.post_id)
    return found


def decide(
    *,
    by: Viewer,
    exit_id: uuid.UUID,
    decision: Decision,
    words: str,
    at: datetime.datetime,
    told: str = "",
) -> ExitDecision:
    """Decide about an exit that somebody has, and why; `told` are words for whoever raised it.

    One that belongs to another door goes there by `pass_on`. Raises CannotDecide,
    Exit.DoesNotExist, or NotPermitted.
    """
    if decision is Decision.PASSED_ON:
        raise CannotDecide("Say which door it belongs to.")
    post_id = _must_answer(by, exit_id)
    with transaction.atomic(), acting(ANSWERING):
        return _decide(by, post_id, _locked(exit_id), decision, words, told, at)


def pass_on(
    *,
    by: Viewer,
    exit_id: uuid.UUID,
    door: Door,
    audience: Audience,
    words: str,
    at: datetime.datetime,
) -> Exit:
    """Send an exit to the door that it belongs to: there it rings anew, until somebody has it.

    Raises CannotDecide, Exit.DoesNotExist, or NotPermitted.
    """
    post_id = _must_answer(by, exit_id)
    with transaction.atomic(), acting(ANSWERING):
        found = _locked(exit_id)
        if (found.door, found.audience) == (door, audience):
            raise CannotDecide("It is at that door already. Choose the one it belongs to.")
        _decide(by, post_id, found, Decision.PASSED_ON, words, "", at)
        said = [found.words, *found.additions.order_by("said_at").values_list("words", flat=True)]
        persons = MatterPerson.objects.filter(matter=found.pk).values_list("person", flat=True)
        sent = send(
            by,
            Sending(
                door, audience, "\n\n".join(filter(None, said)), found.trigger,
                found.from_matter_id, tuple(persons), found.about_typed,
            ),
            at,
        )  # fmt: skip
        _sender_follows(found, sent, at)
    return sent


def write_record(
    *,
    by: Viewer,
    exit_id: uuid.UUID,
    words: str,
    basis: Basis,
    knows: Knows,
    at: datetime.datetime,
    why_not_told: str = "",
) -> ExitRecord:
    """Write the record, or write it anew: what was known, what was done, on what basis, who knows.

    Earlier versions stay. Raises CannotWriteRecord, Exit.DoesNotExist, or NotPermitted.
    """
    _must_answer(by, exit_id)
    if not words.strip():
        raise CannotWriteRecord("Write what was known, what was done and by whom.")
    if knows is Knows.NOT_INFORMED and not why_not_told.strip():
        raise CannotWriteRecord("Say why the person was not told: how it would have been unsafe.")
    with transaction.atomic(), acting(ANSWERING):
        found = _locked(exit_id)
        if found.acknowledged_at is None:
            raise CannotWriteRecord("Acknowledge it first, so that the ringing ends.")
        before = found.records.latest("number")
        record = ExitRecord.objects.create(
            exit=found, number=before.number + 1, basis=basis, knows=knows,
            why_not_told=why_not_told.strip(), words=words.strip(), because=before.because,
            written_by_id=by.post_id, written_at=at,
        )  # fmt: skip
        if found.written_at is None:
            found.written_at = at
            found.save(update_fields=["written_at"])
        _leave_a_line(
            by, found, "wrote the record of an exit", at, {"basis": basis, "knows": knows}
        )  # fmt: skip
        _close_when_done(by, found, at)
    return record


def tell_the_sender(
    found: Exit, kind: NoticeKind, at: datetime.datetime, *, but: uuid.UUID | None = None
) -> int:
    """Tell whoever raised it, and whoever has followed them in the sending of it."""
    decided = kind is NoticeKind.EXIT_DECIDED
    posts = senders_of(found, PartLevel.PROGRESS if decided else PartLevel.RECEIVED)
    others = [post for post in posts if post != but]
    return tell(by=but, posts=others, kind=kind, link=f"/exits/{found.pk}/", at=at) if others else 0


def _must_answer(by: Viewer, exit_id: uuid.UUID) -> uuid.UUID:
    """A named person whose role answers, and whom it rang."""
    if by.post_id is None or not any(by.may(permission) for permission in MAY_ANSWER):
        raise NotPermitted("Only a named person who answers for somebody in danger does this.")
    with acting(by):
        if part_of(by, exit_id) < PartLevel.WORK:
            raise Exit.DoesNotExist("There is no such exit.")
    return by.post_id


def _locked(exit_id: uuid.UUID) -> Exit:
    return Exit.objects.select_for_update(of=("self",)).get(pk=exit_id)


def _takes_it(by: Viewer, post_id: uuid.UUID, found: Exit, at: datetime.datetime) -> None:
    """Whoever has it works at it; those who were only rung when nobody answered need it no more."""
    for matter_id in filter(None, (found.pk, found.from_matter_id)):
        give_part(
            by=by, matter_id=matter_id, recipient=of_post(post_id), level=PartLevel.WORK,
            because=HAS_IT, at=at,
        )  # fmt: skip
        rung = Part.objects.filter(matter=matter_id, because=STANDS_IN, ends_at__isnull=True)
        for recipient in list(rung.values_list("recipient", flat=True)):
            end_part(by=by, matter_id=matter_id, recipient=recipient, at=at, because=STANDS_IN)
    take_duty(
        by=ANSWERING, matter_id=found.pk, post_id=post_id, because=HAS_IT, at=at
    )  # fmt: skip


def _decide(
    by: Viewer,
    post_id: uuid.UUID,
    found: Exit,
    decision: Decision,
    words: str,
    told: str,
    at: datetime.datetime,
) -> ExitDecision:
    if found.acknowledged_at is None:
        raise CannotDecide("Acknowledge it first, so that the ringing ends.")
    if found.decided_at is not None:
        raise CannotDecide("It has been decided. What came of it since belongs into the record.")
    audience = Audience(found.audience) if found.audience else None
    if decision not in decisions_for(audience):
        raise CannotDecide("That is law for adults, or for children: choose what fits this person.")
    if not words.strip():
        raise CannotDecide("Say why you decide so.")
    made = ExitDecision.objects.create(
        exit=found, decision=decision, told=told.strip(), decided_by_id=post_id, decided_at=at
    )
    before = found.records.latest("number")
    ExitRecord.objects.create(
        exit=found, number=before.number + 1, basis=before.basis, knows=before.knows,
        why_not_told=before.why_not_told, words=before.words, because=words.strip(),
        written_by_id=by.post_id, written_at=at,
    )  # fmt: skip
    found.decided_at = at
    found.save(update_fields=["decided_at"])
    _leave_a_line(by, found, "decided on an exit", at, {"decision": decision})
    tell_the_sender(found, NoticeKind.EXIT_DECIDED, at, but=by.post_id)
    _close_when_done(by, found, at)
    return made


def _sender_follows(found: Exit, sent: Exit, at: datetime.datetime) -> None:
    """Whoever raised it goes on hearing, from the door that it belongs to."""
    parts = Part.objects.filter(matter=found.pk, because=SENT_IT, ends_at__isnull=True)
    for part in list(parts):
        give_part(
            by=ANSWERING, matter_id=sent.pk, recipient=part.recipient,
            level=PartLevel(part.level), because=SENT_IT, at=at,
        )  # fmt: skip


def _close_when_done(by: Viewer, found: Exit, at: datetime.datetime) -> None:
    """Close the matter of an exit that is decided and written down: nobody need answer for it more."""
    if found.decided_at is None or found.written_at is None or found.matter.closed_at is not None:
        return
    close_matter(by=by, matter_id=found.pk, at=at)
    end_duty(by=ANSWERING, matter_id=found.pk, at=at)


def _leave_a_line(
    by: Viewer, found: Exit, act: str, at: datetime.datetime, detail: dict[str, object]
) -> None:
    persons = MatterPerson.objects.filter(matter=found.pk).values_list("person", flat=True)
    whom: list[uuid.UUID | None] = [*persons]
    for person in whom or [None]:
        record_change(
            at=at, post_id=by.post_id, act=act, subject_kind="exit", subject_id=str(found.pk),
            purpose=by.purpose, person_id=person, agency=by.agency, role=by.role, detail=detail,
        )  # fmt: skip
