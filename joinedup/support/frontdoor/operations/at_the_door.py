"""Who works at a referral for the front door, and whom it is surely about."""

import datetime
import uuid

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Part
from joinedup.support.frontdoor.choices import MatchAnswer
from joinedup.support.frontdoor.models import Match, Referral
from joinedup.support.handovers.queries.answering import barred_posts

FRONT_DOOR = "front door"
"""Why a team of the front door has a part in a referral."""
_WORKS_AT_THE_DOOR = roles_that_may(Permission.WORK_FRONT_DOOR)


def works_at(by: Viewer, matter_id: uuid.UUID, refused: type[Exception]) -> None:
    """Raise `refused` unless the viewer works at this referral; the system always does."""
    if by.is_system:
        return
    with reading(by):
        if not Referral.objects.filter(pk=matter_id).exists() or not _works(by, matter_id):
            raise refused("This referral is not with you.")


def _works(by: Viewer, matter_id: uuid.UUID) -> bool:
    return Part.objects.filter(
        matter_id=matter_id,
        recipient__in=[f"post:{by.post_id}", f"team:{by.team_id}", f"agency:{by.agency}"],
        level=PartLevel.WORK,
        ends_at__isnull=True,
    ).exists()


def sure_of(matter_id: uuid.UUID) -> list[uuid.UUID]:
    """The people this is surely about."""
    matches = Match.objects.filter(
        matter_id=matter_id, answer=MatchAnswer.OURS, person__isnull=False
    )
    return list(dict.fromkeys(matches.order_by("pk").values_list("person_id", flat=True)))


def front_door_viewer(matter_id: uuid.UUID, at: datetime.datetime) -> Viewer | None:
    """A post of the front door that has this referral and is kept from nobody in it: its sight is the team's."""
    parts = Part.objects.filter(matter_id=matter_id, because=FRONT_DOOR, ends_at__isnull=True)
    teams = [int(each.partition(":")[2]) for each in parts.values_list("recipient", flat=True)]
    posts = Post.objects.held_on(day_of(at)).filter(
        team__in=teams, role__in=_WORKS_AT_THE_DOOR, user__is_active=True
    )
    first = (
        posts.exclude(pk__in=barred_posts(matter_id, at))
        .select_related("team__agency", "user")
        .order_by("-role", "pk")
        .first()
    )
    return Viewer.of_post(first) if first else None
