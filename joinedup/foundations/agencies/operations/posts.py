"""Posts begin, change and end; what was is never rewritten, and an end cuts what is signed in."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.passwords import close_account, invite, open_account
from joinedup.foundations.accounts.operations.sessions import end_sessions_in_post
from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.queries import exits
from joinedup.foundations.agencies.roles import role as role_of
from joinedup.foundations.agencies.rules import leads_back, why_not_this_role
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.wording import day

PURPOSE = "keeping agencies, teams and posts"


class CannotAppoint(Exception):
    """Somebody cannot be appointed; says why."""


class CannotEndPost(Exception):
    """A post cannot end then; says why."""


class CannotMoveTeam(Exception):
    """A post cannot move; says why."""


class CannotSetManagers(Exception):
    """Somebody cannot answer for a post; says why."""


@dataclass(frozen=True)
class Appointed:
    """The new post, and the one-time code to hand over where the account is new."""

    post: Post
    code: str | None


def appoint(
    *,
    by: AtWork,
    email: str,
    name: str,
    team: Team,
    role: str,
    starts_on: datetime.date,
    at: datetime.datetime,
    ends_on: datetime.date | None = None,
    home_agency: Agency | None = None,
) -> Appointed:
    """Give somebody a post, and an account where they have none; raises CannotAppoint, NotPermitted."""
    by.must(Permission.MANAGE_POSTS)
    wrong = why_not_this_role(role_of(role).code, AgencyKind(team.agency.kind))
    if wrong:
        raise CannotAppoint(wrong)
    if ends_on is not None and ends_on <= starts_on:
        raise CannotAppoint("The post would end before it starts.")
    with transaction.atomic():
        _hold(team.agency)
        if why := _why_not_beyond(team.agency, ends_on):
            raise CannotAppoint(why)
        user = open_account(by=by.post_id, email=email, name=name, at=at)
        _may_hold(by, user, team, role, starts_on, ends_on)
        elsewhere = home_agency if home_agency != team.agency else None
        post = Post.objects.create(
            user=user, team=team, role=role, starts_on=starts_on, ends_on=ends_on,
            home_agency=elsewhere,
        )  # fmt: skip
        _record(by, "appointed", post, at, role=role)
        is_new = not user.has_usable_password() and not user.outside_sign_ins.exists()
        code = invite(by=by.post_id, user=user, at=at) if is_new else None
    return Appointed(post, code)


def close_account_of(*, by: AtWork, post_id: UUID, at: datetime.datetime) -> None:
    """Close the account of somebody who has left the partnership; raises CannotEndPost, NotPermitted.

    While they hold a post today, or are to hold one, it stays: ending the post comes first.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        post = _locked(post_id)
        if Post.objects.filter(user=post.user_id).exclude(ends_on__lte=_day(at)).exists():
            raise CannotEndPost("They still hold a post, or are to hold one. End that first.")
        if not post.user.is_active:
            raise CannotEndPost("Their account is closed already.")
        close_account(by=by.post_id, user=post.user, at=at)


def end_post(*, by: AtWork, post_id: UUID, ends_on: datetime.date, at: datetime.datetime) -> int:
    """Let a post end on a day, its first day no longer held; raises CannotEndPost, NotPermitted.

    Where that day has come the sessions that work in it end at once; returns how many did.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        post = _locked(post_id)
        if post.ends_on is not None and post.ends_on <= _day(at):
            raise CannotEndPost("The post has ended already.")
        if ends_on < post.starts_on:
            raise CannotEndPost("The post would end before it starts.")
        if ends_on < _day(at) and ends_on > post.starts_on:
            raise CannotEndPost("A post ends today at the earliest: what was done in it was done.")
        return _end(by, post, ends_on, at)


def move_team(
    *, by: AtWork, post_id: UUID, team: Team, on: datetime.date, at: datetime.datetime
) -> Post:
    """Let somebody work in another team from a day on; raises CannotMoveTeam, NotPermitted.

    The old post ends and a new one begins, so that who worked where, when, stays known. Whoever
    answers to the old post answers to the new one.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        _hold(team.agency)
        old = _locked(post_id)
        wrong = why_not_this_role(old.role, AgencyKind(team.agency.kind))
        if wrong:
            raise CannotMoveTeam(wrong)
        if why := _why_not_beyond(team.agency, old.ends_on):
            raise CannotMoveTeam(why)
        if old.team_id == team.pk:
            raise CannotMoveTeam("They work in that team already.")
        if on < _day(at) or on <= old.starts_on or (old.ends_on and on >= old.ends_on):
            raise CannotMoveTeam("They can move from today on, while they hold the post.")
        employer = old.employer
        ends_on = old.ends_on
        _end(by, old, on, at)
        new = Post.objects.create(
            user=old.user,
            team=team,
            role=old.role,
            starts_on=on,
            ends_on=ends_on,
            home_agency=employer if employer != team.agency else None,
            operational_manager=old.operational_manager,
            professional_supervisor=old.professional_supervisor,
        )
        Post.objects.filter(operational_manager=old).update(operational_manager=new)
        Post.objects.filter(professional_supervisor=old).update(professional_supervisor=new)
        _record(by, "moved", new, at, from_post=old.pk)
    return new


def set_managers(
    *,
    by: AtWork,
    post_id: UUID,
    operational_manager: Post | None,
    professional_supervisor: Post | None,
    at: datetime.datetime,
) -> None:
    """Say who directs a post's work and who supervises it; raises CannotSetManagers, NotPermitted.

    They may be two people in two agencies (S4-17).
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        post = _locked(post_id)
        _may_answer(post, operational_manager, "operational_manager", at)
        _may_answer(post, professional_supervisor, "professional_supervisor", at)
        post.operational_manager = operational_manager
        post.professional_supervisor = professional_supervisor
        post.save(update_fields=["operational_manager", "professional_supervisor"])
        _record(
            by,
            "managers set",
            post,
            at,
            operational_manager=operational_manager and operational_manager.pk,
            professional_supervisor=professional_supervisor and professional_supervisor.pk,
        )


def _hold(agency: Agency) -> None:
    """Let whoever lets it leave wait, so that no post slips in; always before any post is locked."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


def _why_not_beyond(agency: Agency, ends_on: datetime.date | None) -> str:
    """Why a post in an agency that leaves cannot be held until then; empty where it can (P15)."""
    leaves_on = exits().get(agency.pk)
    if leaves_on is None or (ends_on is not None and ends_on <= leaves_on):
        return ""
    return f"{agency.name} leaves the partnership on {day(leaves_on)}: a post there ends by then."


def _may_hold(
    by: AtWork,
    user: User,
    team: Team,
    role: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
) -> None:
    if user.pk == by.user_id:
        raise CannotAppoint("Somebody else must enter a post of your own.")
    if not user.is_active:
        raise CannotAppoint("That account is closed.")
    held = Post.objects.filter(user=user, team=team, role=role)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on is not None:
        held = held.filter(starts_on__lt=ends_on)
    if held.exists():
        raise CannotAppoint("They hold that post then already.")


def _may_answer(post: Post, manager: Post | None, link: str, at: datetime.datetime) -> None:
    if manager is None:
        return
    if manager.user_id == post.user_id:
        raise CannotSetManagers("Nobody manages or supervises themselves.")
    if not Post.objects.held_on(_day(at)).filter(pk=manager.pk).exists():
        raise CannotSetManagers("They hold no post today.")
    links = Post.objects.exclude(**{link: None}).values_list("pk", link)
    if leads_back(post.pk, manager.pk, dict(links)):
        raise CannotSetManagers("They would answer, through their own managers, to themselves.")


def _end(by: AtWork, post: Post, ends_on: datetime.date, at: datetime.datetime) -> int:
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    _record(by, "post ended", post, at)
    if ends_on > _day(at):
        return 0
    return end_sessions_in_post(by=by.post_id, post_id=post.pk, at=at)


def _locked(post_id: UUID) -> Post:
    posts = Post.objects.select_for_update(of=("self",))
    return posts.select_related("team__agency", "user", "home_agency").get(pk=post_id)


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()


def _record(by: AtWork, act: str, post: Post, at: datetime.datetime, **detail: Any) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="post",
        subject_id=str(post.pk),
        purpose=PURPOSE,
        detail=detail,
    )
