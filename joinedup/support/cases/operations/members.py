"""Let somebody help with a case, and let them go."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Involvement, MatterPerson
from joinedup.identity.sharing.operations.involve import (
    CannotInvolve,
    begin_involvement,
    end_involvement,
)
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post
from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.models import Case, CaseInvolvement, CaseMember
from joinedup.support.handovers.operations.grounds import (
    fit,
    held,
    leave_a_line,
    locked,
    must_work_at,
)

WORKING = Viewer.system("keeping who helps with cases")
HELPS = "helps with the case"


class CannotJoin(Exception):
    """Somebody cannot help with the case so; says why."""


@dataclass(frozen=True)
class Joining:
    """Who is to help, what they do, and on what footing."""

    kind: MemberKind
    does: str
    footing: Footing = Footing.AGREED
    because: str = ""
    post_id: uuid.UUID | None = None
    name: str = ""
    relation: str = ""


def join_case(
    *, by: Viewer, matter_id: uuid.UUID, joining: Joining, at: datetime.datetime
) -> CaseMember:
    """Let somebody help with an open case; a practitioner works at it from now on, and is involved.

    Raises CannotJoin, NoPart.
    """
    must_work_at(by, matter_id)
    if joining.footing.needs_reason and not joining.because.strip():
        raise CannotJoin("Say why without the person’s agreement: it is a disclosure.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.get(pk=matter_id)
        if case.closed_at is not None:
            raise CannotJoin("This case is closed. Open it again first.")
        if joining.kind is MemberKind.PRACTITIONER:
            _let_in(by, case, joining, at)
        elif not joining.name.strip():
            raise CannotJoin("Say who helps: a name, or “her sister”, will do.")
        member = CaseMember.objects.create(
            case=case,
            kind=joining.kind,
            post_id=joining.post_id if joining.kind is MemberKind.PRACTITIONER else None,
            name=joining.name.strip(),
            relation=joining.relation.strip(),
            does=joining.does.strip(),
            footing=joining.footing,
            because=joining.because.strip(),
            starts_at=at,
        )
        leave_a_line(by, matter_id, "let somebody help with a case", at, {"kind": joining.kind})
    return member


def leave_case(*, by: Viewer, member_id: uuid.UUID, at: datetime.datetime) -> CaseMember:
    """End that somebody helps with a case; a practitioner does not work at it any more.

    Raises CaseMember.DoesNotExist, NoPart.
    """
    with acting(by):
        matter_id = CaseMember.objects.get(pk=member_id).case_id
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        member = CaseMember.objects.select_for_update(of=("self",)).get(pk=member_id)
        if member.ends_at is None:
            member.ends_at = max(at, member.starts_at)
            member.save(update_fields=["ends_at"])
            if member.post_id is not None:
                _let_go(by, member, member.post_id, at)
            leave_a_line(by, matter_id, "ended that somebody helps with a case", at)
    return member


def _let_in(by: Viewer, case: Case, joining: Joining, at: datetime.datetime) -> None:
    post = held(joining.post_id, at)
    if post is None or not fit([post], case.pk, at):
        raise CannotJoin("Nobody who holds this post today can help with this case.")
    if CaseMember.objects.now().filter(case=case, post=post).exists():
        raise CannotJoin("This post helps with the case already.")
    give_part(
        by=by,
        matter_id=case.pk,
        recipient=of_post(post),
        level=PartLevel.WORK,
        because=HELPS,
        at=at,
    )
    try:
        for about in MatterPerson.objects.filter(matter=case.pk):
            _rest_on(case, about.person_id, post, at)
    except CannotInvolve as why:
        raise CannotJoin(str(why)) from why


def _rest_on(case: Case, person_id: uuid.UUID, post: Post, at: datetime.datetime) -> None:
    """Why the helper is in this person's life: begun now, or recorded already, by another case perhaps."""
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    there = Involvement.objects.filter(lasting, person=person_id, team=post.team_id, post=post)
    found = there.first()
    involvement = found or begin_involvement(
        by=WORKING, person_id=person_id, because=HELPS, at=at, team_id=post.team_id,
        post_id=post.pk,
    )  # fmt: skip
    CaseInvolvement.objects.get_or_create(
        case=case, involvement=involvement, defaults={"is_begun_by_it": found is None}
    )


def _let_go(by: Viewer, member: CaseMember, post_id: uuid.UUID, at: datetime.datetime) -> None:
    """The part ends, and so does the involvement that a case began, where the post has no other with them."""
    end_part(by=by, matter_id=member.case_id, recipient=of_post(post_id), at=at, because=HELPS)
    works = Q(case__leads__post=post_id, case__leads__ends_at__isnull=True) | Q(
        case__members__post=post_id, case__members__ends_at__isnull=True
    )
    others = CaseInvolvement.objects.filter(works, case__closed_at__isnull=True)
    begun = CaseInvolvement.objects.filter(is_begun_by_it=True).values("involvement")
    rested = CaseInvolvement.objects.filter(
        case=member.case_id,
        involvement__in=begun,
        involvement__post=post_id,
        involvement__ends_at__isnull=True,
    ).exclude(involvement__in=others.values("involvement"))
    for each in list(rested):
        end_involvement(by=WORKING, involvement_id=each.involvement_id, at=at)
