"""Who stands in for whom while they are away; duties follow in the same moment."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.support.handovers.models import Cover
from joinedup.support.handovers.operations.duty import settle_duties
from joinedup.support.handovers.operations.offering import open_to_stand_ins
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES


class CannotSetCover(Exception):
    """Nobody can stand in so; says why."""


def set_cover(
    *,
    by: Viewer,
    post_id: uuid.UUID,
    covered_by_id: uuid.UUID,
    starts_on: datetime.date,
    ends_on: datetime.date,
    at: datetime.datetime,
) -> Cover:
    """Let a post of the same agency stand in for another from a day until before another.

    Set by the post itself or by whoever manages it. Raises CannotSetCover.
    """
    with transaction.atomic():
        post = _post(post_id, lock=True)
        stands_in = _post(covered_by_id)
        _may_set(by, post)
        _may_stand_in(post, stands_in, starts_on, ends_on, at)
        cover = Cover.objects.create(
            post=post,
            covered_by=stands_in,
            starts_on=starts_on,
            ends_on=ends_on,
            set_by_id=by.post_id,
        )
        _leave_a_line(by, cover, "set a cover", at)
        tell(
            by=by.post_id,
            posts=[each for each in (post.pk, stands_in.pk) if each != by.post_id],
            kind=NoticeKind.COVER_SET,
            link="/cover/",
            at=at,
        )
        settle_duties(at=at, only=post.pk)
        open_to_stand_ins(at=at)
    return cover


def end_cover(*, by: Viewer, cover_id: int, at: datetime.datetime) -> Cover:
    """Somebody is back: from today they answer for themselves. Raises CannotSetCover, Cover.DoesNotExist."""
    with transaction.atomic():
        cover = Cover.objects.select_for_update(of=("self",)).get(pk=cover_id)
        _may_set(by, _post(cover.post_id, lock=True))
        today = day_of(at)
        if cover.ends_on <= today:
            raise CannotSetCover("This cover has ended already.")
        cover.ends_on = max(cover.starts_on, today)
        cover.save(update_fields=["ends_on"])
        _leave_a_line(by, cover, "ended a cover", at)
        settle_duties(at=at, only=cover.post_id)
    return cover


def _post(post_id: uuid.UUID, *, lock: bool = False) -> Post:
    posts = Post.objects.select_related("team__agency", "user")
    if lock:
        posts = posts.select_for_update(of=("self",))
    found = posts.filter(pk=post_id).first()
    if found is None:
        raise CannotSetCover("There is no such post.")
    return found


def _may_set(by: Viewer, post: Post) -> None:
    if by.is_system or by.post_id in (post.pk, post.operational_manager_id):
        return
    if by.role in MANAGERS and by.team_id == post.team_id:
        return
    raise CannotSetCover("Cover is set by the post itself, or by whoever manages it.")


def _may_stand_in(
    post: Post,
    stands_in: Post,
    starts_on: datetime.date,
    ends_on: datetime.date,
    at: datetime.datetime,
) -> None:
    if ends_on <= starts_on or ends_on <= day_of(at):
        raise CannotSetCover("The day back comes after the first day away, and is still to come.")
    if stands_in.pk == post.pk or stands_in.user_id == post.user_id:
        raise CannotSetCover("Choose somebody else to stand in.")
    if stands_in.team.agency_id != post.team.agency_id:
        raise CannotSetCover("Choose somebody of the same agency: others may not see its work.")
    if stands_in.role not in TAKES or not stands_in.user.is_active:
        raise CannotSetCover("Choose somebody whose post may take work on.")
    last = ends_on - datetime.timedelta(days=1)
    if stands_in.starts_on > starts_on or (stands_in.ends_on and stands_in.ends_on <= last):
        raise CannotSetCover("Choose somebody whose post is held for all of that time.")
    if Cover.objects.filter(post=post, starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        raise CannotSetCover("Somebody stands in on some of these days already. End that first.")


def _leave_a_line(by: Viewer, cover: Cover, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="cover",
        subject_id=str(cover.pk),
        purpose=by.purpose,
        detail={"from": str(cover.starts_on), "until": str(cover.ends_on)},
        agency=by.agency,
        role=by.role,
    )
