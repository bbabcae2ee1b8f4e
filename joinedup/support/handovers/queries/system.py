"""What the rooms above ask as the system: who answers for a matter, what nobody answers for."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import MatterKind
from joinedup.identity.sharing.models import Matter
from joinedup.support.handovers.choices import Answers
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.queries.answering import barred_posts, who_answers

LOOKING_WHO = Viewer.system("looking up who answers for a matter")


@dataclass(frozen=True)
class Holder:
    """Who answers for a matter at an instant, and by what right."""

    post_id: uuid.UUID
    name: str
    team_id: int
    answers: Answers
    instead_of: uuid.UUID | None


def duty_holder(matter_id: uuid.UUID, at: datetime.datetime) -> Holder | None:
    """Who answers for a matter at that instant; None before it began and once it is closed (P33)."""
    with acting(LOOKING_WHO):
        held = Duty.objects.filter(matter=matter_id, starts_at__lte=at)
        held = held.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
        duty = held.select_related("post__user").order_by("-pk").first()
    if duty is None:
        return None
    return Holder(
        post_id=duty.post_id,
        name=duty.post.user.name,
        team_id=duty.post.team_id,
        answers=Answers(duty.answers),
        instead_of=duty.instead_of_id,
    )


def answers_now(post_id: uuid.UUID, matter_id: uuid.UUID, at: datetime.datetime) -> uuid.UUID:
    """The post that would answer for this one today at that matter: itself, its cover, who acts."""
    with acting(LOOKING_WHO):
        return who_answers(post_id, at, unfit=barred_posts(matter_id, at)).post


def unanswered(at: datetime.datetime) -> list[uuid.UUID]:
    """Open referrals and cases for which nobody answers: there should never be one."""
    with acting(LOOKING_WHO):
        answered = Duty.objects.current().filter(matter=OuterRef("pk"))
        kinds = [MatterKind.REFERRAL, MatterKind.CASE]
        found = Matter.objects.filter(~Exists(answered), kind__in=kinds, closed_at__isnull=True)
        return list(found.filter(opened_at__lte=at).values_list("pk", flat=True))
