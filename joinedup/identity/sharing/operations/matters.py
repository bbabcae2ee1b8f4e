"""Open a matter, give and end parts in it, say whom it is about, close it."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Matter, MatterPerson, Part

WORKING = Viewer.system("keeping who has a part in a matter")
"""The wall lets nobody else write these: a room's operation decides, and this writes."""


def of_post(post: Post | uuid.UUID) -> str:
    """The name of a post as a recipient."""
    return f"post:{post.pk if isinstance(post, Post) else post}"


def of_team(team: Team | int) -> str:
    """The name of a team as a recipient."""
    return f"team:{team.pk if isinstance(team, Team) else team}"


def open_matter(
    *,
    by: Viewer,
    kind: MatterKind,
    at: datetime.datetime,
    about: Iterable[uuid.UUID] = (),
    matter_id: uuid.UUID | None = None,
) -> Matter:
    """Open a matter about these people; whoever is to have a part in it is given it by `give_part`.

    `matter_id` where the caller has one already, so that the same submission twice is one matter.
    """
    with transaction.atomic(), acting(WORKING):
        matter = Matter.objects.create(pk=matter_id or uuid.uuid4(), kind=kind, opened_at=at)
        for person_id in about:
            MatterPerson.objects.create(matter=matter, person_id=person_id, since=at)
        _leave_a_line(by, matter.pk, "opened a matter", at, {"kind": kind})
    return matter


def add_person(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say that the matter is about this person, or about this one too."""
    with transaction.atomic(), acting(WORKING):
        _, new = MatterPerson.objects.get_or_create(
            matter_id=matter_id, person_id=person_id, defaults={"since": at}
        )
        if new:
            _leave_a_line(by, matter_id, "said whom a matter is about", at, {}, person_id)


def take_person_out(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say that the matter is not about this person after all: somebody else was taken for them."""
    with transaction.atomic(), acting(WORKING):
        gone, _ = MatterPerson.objects.filter(matter_id=matter_id, person_id=person_id).delete()
        if gone:
            _leave_a_line(by, matter_id, "said whom a matter is not about", at, {}, person_id)


def give_part(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    recipient: str,
    level: PartLevel,
    because: str,
    at: datetime.datetime,
) -> Part:
    """Give a post, team or agency a part in a matter; for the same reason it is given once.

    A higher level for the same reason replaces a lower, and a lower never a higher.
    """
    with transaction.atomic(), acting(WORKING):
        part, new = Part.objects.get_or_create(
            matter_id=matter_id, recipient=recipient, because=because, ends_at=None,
            defaults={"level": level, "starts_at": at},
        )  # fmt: skip
        if not new and part.level < level:
            part.level = level
            part.save()
            new = True
        if new:
            _leave_a_line(by, matter_id, "gave a part in a matter", at, {"level": int(level)})
    return part


def end_part(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    recipient: str,
    at: datetime.datetime,
    because: str | None = None,
) -> int:
    """End a recipient's part, for one reason or for all; return how many parts ended."""
    with transaction.atomic(), acting(WORKING):
        parts = Part.objects.filter(matter_id=matter_id, recipient=recipient, ends_at__isnull=True)
        if because is not None:
            parts = parts.filter(because=because)
        ended = 0
        for part in parts.select_for_update():
            part.ends_at = max(at, part.starts_at)
            part.save()
            ended += 1
        if ended:
            _leave_a_line(by, matter_id, "ended a part in a matter", at, {"parts": ended})
    return ended


def close_matter(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """Close a matter; parts in it go on, for what was done stays readable to who did it."""
    with transaction.atomic(), acting(WORKING):
        closed = Matter.objects.filter(pk=matter_id, closed_at__isnull=True).update(closed_at=at)
        if closed:
            _leave_a_line(by, matter_id, "closed a matter", at, {})


def _leave_a_line(
    by: Viewer,
    matter_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    detail: dict[str, object],
    person_id: uuid.UUID | None = None,
) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="matter",
        subject_id=str(matter_id),
        purpose=by.purpose,
        detail=detail,
        person_id=person_id,
        agency=by.agency,
        role=by.role,
    )
