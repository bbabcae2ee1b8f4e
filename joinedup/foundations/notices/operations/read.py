"""What a post does with its own notices: open them, read them, choose how they come."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from joinedup.foundations.notices.choices import How, NoticeKind
from joinedup.foundations.notices.models import Notice, Preference
from joinedup.foundations.notices.rules import choices_for


class CannotChoose(Exception):
    """A kind of notice cannot come that way; says so."""


def open_notice(*, by: UUID, notice_id: UUID, at: datetime.datetime) -> str:
    """Mark a post's own notice as read and return where it leads; raises Notice.DoesNotExist."""
    notice = Notice.objects.select_related("leads").get(pk=notice_id, post=by)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at)
    return notice.link


def read_all(*, by: UUID, at: datetime.datetime) -> int:
    """Mark every notice the post had until then as read; return how many there were."""
    return Notice.objects.unread().filter(post=by, at__lte=at).update(read_at=at)


def no_longer_needed(*, kind: NoticeKind, link: str, at: datetime.datetime) -> int:
    """Mark every post's notices of that thing as read: somebody has it, and e-mails that wait need not go.

    As the system: nobody else sees where other posts' notices lead.
    """
    return Notice.objects.unread().filter(kind=kind, leads__link=link).update(read_at=at)


def choose(*, by: UUID, how: Mapping[NoticeKind, How]) -> None:
    """Let those kinds of notice come to the post that way; raises CannotChoose."""
    for kind, way in how.items():
        if way not in choices_for(kind):
            raise CannotChoose(f"Notices of “{kind.about.name}” cannot be silenced.")
    with transaction.atomic():
        Preference.objects.bulk_create(
            [Preference(post_id=by, kind=kind, how=way) for kind, way in how.items()],
            update_conflicts=True,
            unique_fields=["post", "kind"],
            update_fields=["how"],
        )
