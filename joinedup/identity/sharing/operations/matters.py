"""Open a matter, give and end parts in it, say whom it is about, close it."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Greatest

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.audit.operations import record_change, record_changes
from joinedup.foundations.audit.operations.record import line_apart
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.looked import A_PART
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
    leaves_no_trace: bool = False,
) -> Matter:
    """Open a matter about these people; whoever is to have a part in it is given it by `give_part`.

    `matter_id` where the caller has one already, so that the same submission twice is one matter. Of looks
    at one that leaves no trace nobody it is about is told, whatever the look is for (P14); so with every
    exit: somebody who harms them may stand beside them.
    """
    kept = leaves_no_trace or kind is MatterKind.EXIT
    with acting(WORKING):
        matter = Matter.objects.create(
            pk=matter_id or uuid.uuid4(), kind=kind, opened_at=at, leaves_no_trace=kept
        )
        MatterPerson.objects.bulk_create(
            MatterPerson(matter=matter, person_id=person_id, since=at) for person_id in about
        )
        _leave_a_line(by, matter.pk, "opened a matter", at, {"kind": kind})
    return matter


def add_person(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say that the matter is about this person, or about this one too."""
    with acting(WORKING):
        _, new = MatterPerson.objects.get_or_create(
            matter_id=matter_id, person_id=person_id, defaults={"since": at}
        )
        if new:
            _leave_a_line(by, matter_id, "said whom a matter is about", at, {}, person_id)


def take_person_out(
    *, by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Say that the matter is not about this person after all: somebody else was taken for them."""
    with acting(WORKING):
        gone, _ = MatterPerson.objects.filter(matter_id=matter_id, person_id=person_id).delete()
        if gone:
            _leave_a_line(by, matter_id, "said whom a matter is not about", at, {}, person_id)


class Given(NamedTuple):
    """A part as it is to be given: to whom, how far it goes, and why."""

    recipient: str
    level: PartLevel
    because: str


_GIVE = """
INSERT INTO sharing_part (matter_id, recipient, level, because, starts_at)
SELECT %s, given.*, %s FROM unnest(%s::text[], %s::smallint[], %s::text[]) AS given
ON CONFLICT (matter_id, recipient, because) WHERE ends_at IS NULL
DO UPDATE SET level = excluded.level WHERE sharing_part.level < excluded.level
RETURNING level
"""


def give_part(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    recipient: str,
    level: PartLevel,
    because: str,
    at: datetime.datetime,
) -> None:
    """Give a post, team or agency a part in a matter; for the same reason it is given once.

    A higher level for the same reason replaces a lower, and a lower never a higher.
    """
    give_parts(by=by, matter_id=matter_id, parts=[Given(recipient, level, because)], at=at)


def give_parts(
    *, by: Viewer, matter_id: uuid.UUID, parts: Iterable[Given], at: datetime.datetime
) -> None:
    """Give several parts in a matter at once, each as `give_part` does; of one part the highest."""
    highest: dict[tuple[str, str], Given] = {}
    for part in sorted(parts, key=lambda part: part.level):
        highest[part.recipient, part.because] = part
    if not highest:
        return
    recipients, levels, reasons = zip(*highest.values(), strict=True)
    with acting(WORKING):
        with connection.cursor() as cursor:
            cursor.execute(
                _GIVE,
                [matter_id, at, list(recipients), [int(one) for one in levels], list(reasons)],
            )
            new = Counter(level for (level,) in cursor.fetchall())
        for level, many in sorted(new.items()):
            leave_the_change(
                by=by, matter_ids=[matter_id] * many, act="gave a part in a matter", at=at,
                detail={"level": level},
            )  # fmt: skip


def end_part(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    recipient: str,
    at: datetime.datetime,
    because: str | None = None,
) -> int:
    """End a recipient's part, for one reason or for all; return how many parts ended."""
    with acting(WORKING):
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


def end_parts(
    *, by: Viewer, matter_ids: Iterable[uuid.UUID], because: str, at: datetime.datetime
) -> int:
    """End every part that was given for this reason in these matters; return how many parts ended."""
    with acting(WORKING):
        parts = Part.objects.filter(
            matter__in=list(matter_ids), because=because, ends_at__isnull=True
        )
        ended = list(parts.select_for_update().values_list("pk", "matter_id"))
        Part.objects.filter(pk__in=[pk for pk, _ in ended]).update(
            ends_at=Greatest(Value(at), F("starts_at"))
        )
        leave_the_change(
            by=by, matter_ids=[matter for _, matter in ended], act="ended a part in a matter", at=at
        )
    return len(ended)


def close_matter(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """Close a matter; parts in it go on, for what was done stays readable to who did it."""
    with acting(WORKING):
        closed = Matter.objects.filter(pk=matter_id, closed_at__isnull=True).update(closed_at=at)
        if closed:
            _leave_a_line(by, matter_id, "closed a matter", at, {})


def leave_the_change(
    *,
    by: Viewer,
    matter_ids: Iterable[uuid.UUID],
    act: str,
    at: datetime.datetime,
    kind: str = "matter",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write down that something was done in these matters: a line for each person each of them is about.

    In one statement, which finds them by itself: whoever works at it may not see who they are. Words
    that may name somebody have a line of their own beside, where they can be erased.
    """
    matters = list(matter_ids)
    line = line_apart(
        at=at, post_id=by.post_id, subject_kind=kind, subject_id="", purpose=by.purpose,
        detail=detail, act=act, agency=by.agency, role=by.role, basis=A_PART,
    )  # fmt: skip
    if line.has_words:
        record_changes(
            at=at, post_id=by.post_id, act=act, subject_kind=kind,
            subject_ids=list(map(str, matters)), purpose=by.purpose, detail=detail,
            agency=by.agency, role=by.role, basis=A_PART,
        )  # fmt: skip
    with prepared(), connection.cursor() as cursor:
        cursor.execute("SELECT wall_change(%s::jsonb, %s::uuid[])", [line.said, matters])


def _leave_a_line(
    by: Viewer,
    matter_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    detail: dict[str, object],
    person_id: uuid.UUID | None = None,
) -> None:
    if person_id is None:
        leave_the_change(by=by, matter_ids=[matter_id], act=act, at=at, detail=detail)
        return
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
