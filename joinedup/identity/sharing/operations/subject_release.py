"""Decide what of an answer to a subject request is left out, and release the rest as it stands."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models import SubjectAnswer, SubjectPart, SubjectRedaction
from joinedup.identity.sharing.operations.subject import (
    CannotAnswerRequest,
    note_prepared,
    release,
)

RELEASING = Viewer.system("preparing and releasing an answer to a subject request")


@dataclass(frozen=True)
class LeftOut:
    """A thing of the answer, on which ground it is left out and why; `instead` is what is given of it."""

    item: str
    ground: LeftOutBecause
    because: str
    instead: str = ""


def prepare(
    *, by: Viewer, part_id: uuid.UUID, marked: Iterable[LeftOut], at: datetime.datetime
) -> SubjectPart:
    """Begin to read an answer: what its authors marked is proposed to be left out, for a human to decide.

    Raises SubjectPart.DoesNotExist, NotPermitted.
    """
    part = note_prepared(by=by, part_id=part_id, at=at)
    with transaction.atomic(), acting(RELEASING):
        known = set(SubjectRedaction.objects.filter(part=part).values_list("item", flat=True))
        SubjectRedaction.objects.bulk_create(
            SubjectRedaction(
                part=part, item=each.item, ground=each.ground, because=each.because,
                is_proposed=True, by_post_id=_post_of(by), at=at,
            )
            for each in marked
            if each.item not in known
        )  # fmt: skip
    return part


def leave_out(
    *, by: Viewer, part_id: uuid.UUID, said: LeftOut, at: datetime.datetime
) -> SubjectRedaction:
    """Leave something out of the answer, or give it in other words. Raises CannotAnswerRequest as `release`."""
    if not said.because.strip():
        raise CannotAnswerRequest("Say why: whoever reviews this decision reads it.")
    with _open(by, part_id) as part:
        made, _ = SubjectRedaction.objects.update_or_create(
            part=part,
            item=said.item,
            defaults={
                "ground": said.ground, "because": said.because.strip(), "instead": said.instead.strip(),
                "is_proposed": False, "is_given": False, "by_post_id": _post_of(by), "at": at,
            },
        )  # fmt: skip
        _leave_a_line(by, "left something out of a subject answer", part, at)
    return made


def give_it(
    *,
    by: Viewer,
    part_id: uuid.UUID,
    item: str,
    at: datetime.datetime,
    ground: LeftOutBecause | None = None,
) -> None:
    """Give something as it stands. What was marked on a ground keeps that somebody decided to give it.

    Raises CannotAnswerRequest as `release`.
    """
    with _open(by, part_id) as part:
        if ground is None:
            SubjectRedaction.objects.filter(part=part, item=item).delete()
        else:
            SubjectRedaction.objects.update_or_create(
                part=part,
                item=item,
                defaults={
                    "ground": ground, "because": "Given as it stands.", "instead": "",
                    "is_proposed": False, "is_given": True, "by_post_id": _post_of(by), "at": at,
                },
            )  # fmt: skip
        _leave_a_line(by, "gave something in a subject answer", part, at)


def release_answer(
    *, by: Viewer, part_id: uuid.UUID, said: Mapping[str, Any], at: datetime.datetime
) -> SubjectAnswer:
    """Release an answer, every mark in it decided; it is kept in the words in which it was given.

    Raises CannotAnswerRequest, SubjectPart.DoesNotExist, NotPermitted.
    """
    with _open(by, part_id) as part:
        waiting = SubjectRedaction.objects.filter(part=part, is_proposed=True).count()
        if waiting:
            raise CannotAnswerRequest(
                "Something was marked by whoever wrote it, and you have not decided on it yet."
            )
        grounds = SubjectRedaction.objects.filter(part=part, is_given=False).order_by("ground")
        words = {LeftOutBecause(each).label for each in grounds.values_list("ground", flat=True)}
        release(by=by, part_id=part_id, withheld=". ".join(sorted(words)), at=at)
        return SubjectAnswer.objects.create(
            part=part, person_id=part.person_id, said=dict(said), at=at
        )


def _post_of(by: Viewer) -> uuid.UUID:
    if by.post_id is None:
        raise NotPermitted("A person of the controller decides what is left out.")
    return by.post_id


@contextmanager
def _open(by: Viewer, part_id: uuid.UUID) -> Iterator[SubjectPart]:
    """The part, held for this act, while it may still be changed; acting as the system."""
    by.must(Permission.RELEASE_RESTRICTED)
    with acting(by):
        SubjectPart.objects.get(pk=part_id, agency=by.agency)
    with transaction.atomic(), acting(RELEASING):
        part = SubjectPart.objects.select_for_update(of=("self",)).get(pk=part_id)
        if part.released_at is not None:
            raise CannotAnswerRequest("This part has been released already.")
        if part.prepared_at is None:
            raise CannotAnswerRequest("Read the answer first.")
        yield part


def _leave_a_line(by: Viewer, act: str, part: SubjectPart, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="subject request",
        subject_id=str(part.request_id), purpose=by.purpose, person_id=part.person_id,
        agency=by.agency, role=by.role,
    )  # fmt: skip
