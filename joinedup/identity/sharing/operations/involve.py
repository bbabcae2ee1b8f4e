"""Begin and end an involvement: the reason a team or a practitioner has to be in somebody's life."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.queries.facts import is_barred

INVOLVING = Viewer.system("recording who is involved")


class CannotInvolve(Exception):
    """Why it cannot be recorded, fit for the page."""


def begin_involvement(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    because: str,
    at: datetime.datetime,
    team_id: int | None = None,
    post_id: uuid.UUID | None = None,
    ends_at: datetime.datetime | None = None,
) -> Involvement:
    """Record that a team, or one post of it, is in this person's life, and why; by default one's own team.

    Raises CannotInvolve, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    why = because.strip()
    if not why:
        raise CannotInvolve("Say why the team is involved: it is the reason it may see anything.")
    if ends_at is not None and ends_at <= at:
        raise CannotInvolve("An involvement ends after it begins.")
    with transaction.atomic(), acting(INVOLVING):
        team, post = _who(by, team_id, post_id)
        _may_be_involved(by, person_id, team, post, at)
        begun = Involvement.objects.create(
            person_id=person_id,
            agency_id=team.agency_id,
            team=team,
            post=post,
            because=why,
            starts_at=at,
            ends_at=ends_at,
        )
        derive.people([person_id], at=at)
        _leave_a_line(by, begun, "began an involvement", at)
    return begun


def end_involvement(*, by: Viewer, involvement_id: uuid.UUID, at: datetime.datetime) -> Involvement:
    """End it now: what rested on it is shut in the same moment.

    Raises CannotInvolve, Involvement.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.SEE_RECORD)
    with transaction.atomic(), acting(INVOLVING):
        found = Involvement.objects.select_for_update().get(pk=involvement_id)
        if not by.is_system and found.agency_id != by.agency:
            raise CannotInvolve("An involvement is ended by the agency that is involved.")
        if found.ends_at is not None and found.ends_at <= at:
            raise CannotInvolve("This involvement has ended already.")
        found.ends_at = max(at, found.starts_at)
        found.save()
        derive.people([found.person_id], at=at)
        _leave_a_line(by, found, "ended an involvement", at)
    return found


def _who(by: Viewer, team_id: int | None, post_id: uuid.UUID | None) -> tuple[Team, Post | None]:
    post = Post.objects.select_related("team").filter(pk=post_id).first() if post_id else None
    if post_id is not None and post is None:
        raise CannotInvolve("There is no such post.")
    wanted = team_id or (post.team_id if post else by.team_id)
    team = Team.objects.filter(pk=wanted).first() if wanted else None
    if team is None or (post is not None and post.team_id != team.pk):
        raise CannotInvolve("Choose the team that is involved, or a post of that team.")
    if not by.is_system and team.agency_id != by.agency:
        raise CannotInvolve("Only an agency itself says which of its teams is involved.")
    return team, post


def _may_be_involved(
    by: Viewer, person_id: uuid.UUID, team: Team, post: Post | None, at: datetime.datetime
) -> None:
    if not Person.objects.filter(pk=person_id).exists() or is_barred(by.post_id, person_id, at=at):
        raise CannotInvolve("There is nobody here whom you could be involved with.")
    if post is not None and is_barred(post.pk, person_id, at=at):
        raise CannotInvolve("This post may not work with this person. Choose somebody else.")
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    if Involvement.objects.filter(live, person_id=person_id, team=team, post=post).exists():
        raise CannotInvolve("This involvement is recorded already.")


def _leave_a_line(by: Viewer, found: Involvement, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="involvement",
        subject_id=str(found.pk),
        purpose=by.purpose,
        person_id=found.person_id,
        agency=by.agency,
        role=by.role,
        holder=found.agency_id,
        categories=[Category.INVOLVEMENT],
    )
