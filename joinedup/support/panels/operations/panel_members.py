"""Seat somebody on a panel for their agency and discipline, name who covers them, let them go."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Discipline, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.models import Panel, PanelMember


class CannotSeat(Exception):
    """Somebody cannot sit on a panel so; says why."""


def seat_member(
    *,
    by: Viewer,
    panel_id: int,
    post_id: uuid.UUID,
    discipline: Discipline,
    at: datetime.datetime,
    cover_id: uuid.UUID | None = None,
    checks: bool = True,
) -> PanelMember:
    """Let a post sit on a panel from today on, for its agency and this discipline; again: changes it.

    `cover_id` sits instead when they are away. `checks` is whether they answer their agency's checks.
    Raises CannotSeat, NotPermitted.
    """
    by.must(Permission.COORDINATE_PANELS)
    today = day_of(at)
    with transaction.atomic():
        panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel_id)
        if panel.ends_on is not None and panel.ends_on <= today:
            raise CannotSeat("This panel has ended.")
        new = not PanelMember.objects.filter(panel=panel, post=post_id, ends_on=None).exists()
        member = take_a_seat(
            panel=panel, post_id=post_id, discipline=discipline, today=today, cover_id=cover_id,
            checks=checks,
        )  # fmt: skip
        leave_a_line(by, panel, "seated a member" if new else "changed a member", at)
    return member


def take_a_seat(
    *,
    panel: Panel,
    post_id: uuid.UUID,
    discipline: Discipline,
    today: datetime.date,
    cover_id: uuid.UUID | None = None,
    checks: bool = True,
) -> PanelMember:
    """The seat itself, begun or changed; whoever calls it has asked who may do so. Raises CannotSeat."""
    post = _sits(post_id, today)
    if cover_id is not None:
        cover = _sits(cover_id, today)
        if cover.pk == post.pk or cover.team.agency_id != post.team.agency_id:
            raise CannotSeat("Somebody else of the same agency covers a member.")
    said = {
        "agency_id": post.team.agency_id, "discipline": discipline, "cover_id": cover_id,
        "checks": checks,
    }  # fmt: skip
    member, _ = PanelMember.objects.update_or_create(
        panel=panel, post=post, ends_on=None, defaults=said,
        create_defaults=said | {"starts_on": today},
    )  # fmt: skip
    return member


def unseat_member(*, by: Viewer, member_id: int, at: datetime.datetime) -> PanelMember:
    """Let a member go from today on; what they sat at before stays as it was.

    Raises CannotSeat, NotPermitted, PanelMember.DoesNotExist.
    """
    by.must(Permission.COORDINATE_PANELS)
    with transaction.atomic():
        member = PanelMember.objects.select_for_update(of=("self",)).get(pk=member_id)
        if member.ends_on is not None:
            raise CannotSeat("They do not sit on this panel any more.")
        panel = Panel.objects.get(pk=member.panel_id)
        if member.post_id in {panel.chair_id, panel.chair_cover_id}:
            raise CannotSeat("They chair this panel, or cover its chair. Name somebody else first.")
        member.ends_on = max(day_of(at), member.starts_on)
        member.save(update_fields=["ends_on"])
        leave_a_line(by, panel, "let a member go", at)
    return member


def _sits(post_id: uuid.UUID, today: datetime.date) -> Post:
    held = Post.objects.held_on(today).select_related("team__agency").filter(pk=post_id)
    post = held.filter(~Q(user__is_active=False)).first()
    if post is None:
        raise CannotSeat("Nobody holds this post today.")
    if not Viewer.of_post(post).may(Permission.SIT_ON_PANELS):
        raise CannotSeat("A post of this role sees no person, and cannot sit on a panel.")
    return post


def leave_a_line(by: Viewer, panel: Panel, act: str, at: datetime.datetime) -> None:
    """A line in the audit of what was done to a panel."""
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="panel", subject_id=str(panel.pk),
        purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
