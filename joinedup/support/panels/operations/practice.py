"""A practice's meeting agrees who coordinates somebody's care and who manages their case (P31)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.operations.matters import (
    close_matter,
    end_part,
    give_part,
    of_post,
)
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.operations import CannotOpenCase, open_case
from joinedup.support.cases.queries import open_cases_about
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.operations.duty import move_duty
from joinedup.support.handovers.operations.grounds import fit, held, leave_a_line, locked
from joinedup.support.panels.choices import CareRoleKind
from joinedup.support.panels.models import CareRole, Decision, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.queries.panel import standing
from joinedup.support.panels.rules.practice import why_no_role

HOLDS = {
    CareRoleKind.CARE_COORDINATION: "coordinates their care",
    CareRoleKind.CASE_MANAGEMENT: "manages their case",
}


class CannotAgreeRole(Exception):
    """Somebody cannot hold a care role so; says why."""


def agree_role(
    *,
    by: Viewer,
    item_id: uuid.UUID,
    kind: CareRoleKind,
    post_id: uuid.UUID,
    at: datetime.datetime,
) -> CareRole:
    """Name who coordinates somebody's care, or manages their case; whoever did so until now no longer does.

    Two roles, which one person may hold. Whoever manages the case answers for it (P33); where the patient
    has agreed a case opens with them as its lead. Raises CannotAgreeRole, NotPermitted.
    """
    with acting(by):
        item = PanelItem.objects.select_related("panel").get(pk=item_id)
    if not standing(by, item.panel, day_of(at)).keeps:
        raise NotPermitted("Whoever chairs or coordinates the meeting writes down what it agreed.")
    with transaction.atomic(), acting(WORKING):
        locked(item_id)
        item = PanelItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        agreed = Decision.objects.filter(item=item, corrected_by__isnull=True)
        if agreed.exists() and not agreed.in_force().exists():
            raise CannotAgreeRole(
                "What the meeting decided has no effect yet: an agency must approve it."
            )
        post = _fit(item, kind, post_id, at)
        there = item.care_roles.filter(kind=kind, ends_at__isnull=True).first()
        if there is not None and there.post_id == post.pk:
            return there
        if there is not None:
            _end(by, there, "somebody else was agreed", at)
        made = CareRole.objects.create(item=item, kind=kind, post=post, starts_at=at)
        give_part(
            by=by, matter_id=item_id, recipient=of_post(post), level=PartLevel.WORK,
            because=HOLDS[kind], at=at,
        )  # fmt: skip
        _answers_for_it(by, item, at)
        if kind is CareRoleKind.CASE_MANAGEMENT:
            _open_case(item, post, at)
        tell(
            by=by.post_id, posts=[post.pk], kind=NoticeKind.DUTY_GIVEN,
            link=f"/panels/of/{item.panel.code}/care-roles/", at=at,
        )  # fmt: skip
        leave_a_line(by, item_id, "agreed a care role", at, {"kind": kind})
    return made


def end_role(*, by: Viewer, role_id: int, because: str, at: datetime.datetime) -> CareRole:
    """Say that a care role is over, and why; with the last of them the item is over too.

    By whoever holds it, or keeps the meeting. Raises CannotAgreeRole, NotPermitted.
    """
    if not because.strip():
        raise CannotAgreeRole("Say why it ends.")
    with acting(by):
        found = CareRole.objects.select_related("item__panel").filter(pk=role_id).first()
    if found is None:
        raise NotPermitted("You do not work at this.")
    mine = found.post_id == by.post_id
    if not mine and not standing(by, found.item.panel, day_of(at)).keeps:
        raise NotPermitted("Whoever holds the role, or keeps the meeting, says that it ends.")
    with transaction.atomic(), acting(WORKING):
        locked(found.item_id)
        role = CareRole.objects.select_for_update(of=("self",)).get(pk=role_id)
        if role.ends_at is not None:
            raise CannotAgreeRole("This role has ended already.")
        _end(by, role, because.strip(), at)
        item = PanelItem.objects.select_related("panel").get(pk=role.item_id)
        if item.care_roles.filter(ends_at__isnull=True).exists():
            _answers_for_it(by, item, at)
        else:
            close_matter(by=by, matter_id=item.pk, at=at)
            handovers.end_duty(by=WORKING, matter_id=item.pk, at=at)
        leave_a_line(by, role.item_id, "ended a care role", at, {"kind": role.kind})
    return role


def _fit(item: PanelItem, kind: CareRoleKind, post_id: uuid.UUID, at: datetime.datetime) -> Post:
    post = held(post_id, at)
    if post is None or not Viewer.of_post(post).may(Permission.SIT_ON_PANELS):
        raise CannotAgreeRole("Nobody holds this post today who may work with patients.")
    if not fit([post], item.pk, at):
        raise CannotAgreeRole("This post may not work with this person. Name somebody else.")
    wrong = why_no_role(kind, AgencyKind(post.team.agency.kind), Agreement(item.agreement))
    if wrong:
        raise CannotAgreeRole(wrong)
    return post


def _end(by: Viewer, role: CareRole, because: str, at: datetime.datetime) -> None:
    role.ends_at, role.ended_because = max(at, role.starts_at), because[:300]
    role.save(update_fields=["ends_at", "ended_because"])
    end_part(
        by=by, matter_id=role.item_id, recipient=of_post(role.post_id), at=at,
        because=HOLDS[CareRoleKind(role.kind)],
    )  # fmt: skip


def _answers_for_it(by: Viewer, item: PanelItem, at: datetime.datetime) -> None:
    """Whoever manages the case answers for it, else whoever coordinates the care (P33)."""
    now = {
        CareRoleKind(each.kind): each.post_id
        for each in item.care_roles.filter(ends_at__isnull=True)
    }
    answers = now.get(CareRoleKind.CASE_MANAGEMENT) or now.get(CareRoleKind.CARE_COORDINATION)
    if answers is not None:
        post = Post.objects.select_related("team__agency").get(pk=answers)
        move_duty(by, item.pk, post, "agreed by the practice’s team", at)


def _open_case(item: PanelItem, post: Post, at: datetime.datetime) -> None:
    about = list(MatterPerson.objects.filter(matter=item.pk).values_list("person", flat=True))
    open_already = {
        each.agency for person in about for each in open_cases_about(person, at)
    }  # fmt: skip
    if not about or post.team.agency_id in open_already:
        return
    try:
        open_case(
            by=WORKING, person_ids=about, programme=Programme.INTEGRATED_CARE,
            lead_post_id=post.pk, at=at,
        )  # fmt: skip
    except CannotOpenCase as why:
        raise CannotAgreeRole(str(why)) from why
