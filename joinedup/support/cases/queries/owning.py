"""Who may promise an action of a case: whoever works at it, family and volunteers, the people themselves."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import MemberKind
from joinedup.support.cases.choices.plan import OwnerKind
from joinedup.support.cases.models import CaseMember
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.handovers.rules.roles import TAKES


def owners_of(viewer: Viewer, frame: Frame, at: datetime.datetime) -> list[tuple[str, str]]:
    """Whom an action can be given to, as a code and in words; the people first."""
    found = [(f"{OwnerKind.PERSON}:{each.person_id}", each.name) for each in frame.persons]
    with acting(viewer):
        members = list(
            CaseMember.objects.now()
            .filter(case=frame.matter_id)
            .select_related("post__user", "post__team")
            .order_by("starts_at")
        )
    for each in members:
        if each.kind != MemberKind.PRACTITIONER:
            told = f"{each.name}, {each.relation}" if each.relation else each.name
            found.append((f"{OwnerKind.MEMBER}:{each.pk}", told))
    of_members = [each.post_id for each in members if each.post_id]
    team = Post.objects.filter(pk__in=[frame.lead_post_id]).values("team")
    posts = Post.objects.held_on(day_of(at)).filter(
        Q(pk__in=of_members) | Q(team__in=team), user__is_active=True, role__in=TAKES
    )
    for post in posts.select_related("user", "team").order_by("user__name", "pk"):
        found.append((f"{OwnerKind.PRACTITIONER}:{post.pk}", f"{post.user.name}, {post.team.name}"))
    return found


def owner_named(code: str) -> dict[str, uuid.UUID | str | None]:
    """The columns of an action for the owner of that code."""
    kind, _, key = code.partition(":")
    owner = OwnerKind(kind)
    return {
        "owner": owner.value,
        "owner_post_id": uuid.UUID(key) if owner is OwnerKind.PRACTITIONER else None,
        "owner_member_id": uuid.UUID(key) if owner is OwnerKind.MEMBER else None,
        "owner_person_id": uuid.UUID(key) if owner is OwnerKind.PERSON else None,
    }
