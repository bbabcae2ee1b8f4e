"""An agency leaves the partnership: the fact itself, and the end of its posts (P15)."""

import datetime

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, AgencyExit, Post
from joinedup.foundations.agencies.operations.posts import PURPOSE, end_post
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of


class CannotLeave(Exception):
    """Why an agency's exit cannot be set or taken back so; says how to mend it."""


def set_leaving(
    *, by: AtWork, agency: Agency, leaves_on: datetime.date, because: str, data_becomes: str,
    at: datetime.datetime,
) -> AgencyExit:  # fmt: skip
    """Set the day from which an agency is no longer of the partnership; its posts end by then.

    What hangs on it above, sight and deliveries, is closed by the rooms above, in this same transaction.
    Raises CannotLeave, NotPermitted.
    """
    by.must(Permission.MANAGE_POSTS)
    if by.post_id is None:
        raise CannotLeave("Somebody answers for it by name.")
    if leaves_on < day_of(at):
        raise CannotLeave("It leaves today at the earliest: what it gave until now it gave.")
    if not because.strip() or not data_becomes.strip():
        raise CannotLeave("Say why it leaves, and what becomes of its data.")
    with transaction.atomic():
        held = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        if Post.objects.filter(pk=by.post_id, team__agency=held).exists():
            raise CannotLeave(
                "Your own post would end with it. Somebody of another agency enters this."
            )
        if exit_of(held) is not None:
            raise CannotLeave(f"{held.name} is leaving already. Take that back first.")
        made = AgencyExit.objects.create(
            agency=held, leaves_on=leaves_on, because=because.strip(),
            data_becomes=data_becomes.strip(), decided_by_id=by.post_id, decided_at=at,
        )  # fmt: skip
        for post in posts_beyond(held, leaves_on):
            # One that has not begun by then is never held.
            end_post(by=by, post_id=post.pk, ends_on=max(leaves_on, post.starts_on), at=at)
        _record(by, made, "agency leaves", at)
    return made


def take_leaving_back(
    *, by: AtWork, agency: Agency, because: str, at: datetime.datetime
) -> AgencyExit:
    """Let it stay, or come back. Posts that ended are appointed anew. Raises CannotLeave, NotPermitted."""
    by.must(Permission.MANAGE_POSTS)
    if by.post_id is None:
        raise CannotLeave("Somebody answers for it by name.")
    if not because.strip():
        raise CannotLeave("Say why it stays.")
    with transaction.atomic():
        held = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        found = exit_of(held)
        if found is None:
            raise CannotLeave(f"{held.name} is not leaving.")
        found.taken_back_because, found.taken_back_at = because.strip(), at
        found.taken_back_by_id = by.post_id
        found.save()
        _record(by, found, "agency stays", at)
    return found


def exit_of(agency: Agency) -> AgencyExit | None:
    """The exit that stands of an agency; none where it stays."""
    return AgencyExit.objects.filter(agency=agency, taken_back_at=None).first()


def posts_beyond(agency: Agency, day: datetime.date) -> list[Post]:
    """The posts in its teams that would be held on that day or later."""
    held = Post.objects.filter(team__agency=agency).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    return list(held.select_related("user", "team").order_by("user__name", "pk"))


def _record(by: AtWork, made: AgencyExit, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="agency", subject_id=made.agency_id,
        purpose=PURPOSE, detail={"leaves_on": made.leaves_on.isoformat()},
    )  # fmt: skip
