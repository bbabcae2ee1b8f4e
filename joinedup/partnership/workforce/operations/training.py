"""Courses: kept, required of roles, attended, and told of before they no longer hold (S0-96)."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import Attended, Competence, Course
from joinedup.partnership.workforce.operations.keeping_register import (
    CannotKeepRegister,
    leave_a_line,
    must_keep,
)
from joinedup.partnership.workforce.rules.approvals import WARNED_BEFORE, warning_due
from joinedup.partnership.workforce.rules.training import holds_until

_ROLES = frozenset(role.code for role in ROLES)


def keep_course(
    *,
    by: Viewer,
    name: str,
    at: datetime.datetime,
    gives: CompetenceCode | None = None,
    months: int | None = None,
    required_of: Collection[str] = (),
) -> Course:
    """Keep a course under its name: of which roles it is required, what it gives, for how long it holds.

    Raises CannotKeepRegister, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    called = " ".join(name.split())
    if not called:
        raise CannotKeepRegister("Give the course a name.")
    if not set(required_of) <= _ROLES:
        raise CannotKeepRegister("Choose roles of the list.")
    with transaction.atomic():
        kept, _ = Course.objects.update_or_create(
            name=called,
            defaults={
                "gives": gives or "", "months": months, "required_of": sorted(required_of),
                "ends_on": None,
            },
        )  # fmt: skip
        leave_a_line(by, "kept a course", "course", kept.pk, at, {})
    return kept


def record_attended(
    *,
    by: Viewer,
    course_id: int,
    holder_id: uuid.UUID,
    on: datetime.date,
    at: datetime.datetime,
) -> Attended:
    """Record that somebody attended a course on a day; what it gives they can from that day on.

    Raises CannotKeepRegister, Course.DoesNotExist, NotPermitted.
    """
    must_keep(by, holder_id, at)
    if on > day_of(at):
        raise CannotKeepRegister("They have not attended it yet.")
    with transaction.atomic():
        course = Course.objects.get(pk=course_id)
        until = holds_until(on, course.months)
        made, new = Attended.objects.get_or_create(
            course=course, holder_id=holder_id, on=on,
            defaults={"ends_on": until, "set_by_id": by.post_id},
        )  # fmt: skip
        if new and course.gives:
            _gives(by, course, holder_id, on, until)
        if new:
            leave_a_line(by, "recorded a course attended", "course", course.pk, at, {})
    return made


def warn_of_training(*, at: datetime.datetime) -> int:
    """Tell holders and their managers of courses about to end, and of those that have, each once.

    Return how many were warned of.
    """
    day = day_of(at)
    soon = day + datetime.timedelta(days=max(WARNED_BEFORE))
    lately = day - datetime.timedelta(days=max(WARNED_BEFORE))
    warned = 0
    for each in Attended.objects.filter(ends_on__lte=soon, ends_on__gt=lately).order_by("pk"):
        again = Attended.objects.filter(
            course=each.course_id, holder=each.holder_id, on__gt=each.on
        )
        due = warning_due(each.ends_on, day) if each.ends_on else None
        if due is None or again.exists():
            continue
        with transaction.atomic():
            warned += _tell(each, at, due) > 0
    return warned


def _gives(
    by: Viewer,
    course: Course,
    holder_id: uuid.UUID,
    on: datetime.date,
    until: datetime.date | None,
) -> None:
    """The competence of the course from that day on, unless it is held for longer already."""
    standing = Competence.objects.select_for_update().filter(holder=holder_id, code=course.gives)
    for before in standing.on(on):
        if before.ends_on is None or (until is not None and before.ends_on >= until):
            return
        before.ends_on = max(on, before.starts_on)
        before.save(update_fields=["ends_on"])
    Competence.objects.create(
        holder_id=holder_id, code=course.gives, evidence=f"{course.name}, {on.isoformat()}",
        starts_on=on, ends_on=until, set_by_id=by.post_id,
    )  # fmt: skip


def _tell(each: Attended, at: datetime.datetime, due: int) -> int:
    posts = Post.objects.held_on(day_of(at)).filter(user=each.holder_id, user__is_active=True)
    told = 0
    for post in posts:
        to = [post.pk, *([post.operational_manager_id] if post.operational_manager_id else [])]
        told += tell(
            by=None, posts=to, kind=NoticeKind.TRAINING_ENDS, link=f"/workforce/people/{post.pk}/",
            at=at, once=f"training {each.pk} {due}",
        )  # fmt: skip
    return told
