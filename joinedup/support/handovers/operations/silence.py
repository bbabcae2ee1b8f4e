"""Silence goes up: to the managers of whoever is silent, to the sender, to the front door's managers."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import Part
from joinedup.identity.sharing.operations.matters import of_team
from joinedup.support.handovers.choices import HandoverState, Said
from joinedup.support.handovers.models import Duty, Handover, Step
from joinedup.support.handovers.operations.grounds import WORKING, leave_a_line
from joinedup.support.handovers.operations.offering import say, sending_posts, tell_side
from joinedup.support.handovers.rules.roles import ANSWERS_FOR_THE_DOOR, MANAGERS
from joinedup.support.handovers.rules.working_days import end_of_working_day

_GOES_UP_ONCE, _GOES_UP_TWICE = 1, 2
_FURTHER = 1
"""Working days between the first and the second time that a silence goes up."""


def escalate_silence(*, at: datetime.datetime) -> int:
    """Tell of hand-overs that had no answer in their time; return how many went up.

    At once the managers of whoever is silent, and the sender, who answers for it still; a working day
    later the managers of the front door. Run again it tells nobody twice.
    """
    late = Handover.objects.waiting().filter(due_at__lte=at)
    went_up = 0
    with acting(WORKING):
        for key in list(late.order_by("due_at", "pk").values_list("pk", flat=True)):
            with transaction.atomic():
                found = late.select_for_update(skip_locked=True, of=("self",)).filter(pk=key)
                one = found.select_related("from_team__agency", "to_team__agency").first()
                went_up += one is not None and _goes_up(one, at)
    return went_up


def _goes_up(found: Handover, at: datetime.datetime) -> bool:
    if found.escalations < _GOES_UP_ONCE:
        say(found, Said.SILENT, "", WORKING, at)
        silent = found.from_team if found.state_word is HandoverState.ASKED else found.to_team
        to = [*managers_of(silent, at), *sending_posts(found, at)]
        tell_side(WORKING, found, NoticeKind.HANDOVER_SILENT, to, at)
        return _went_up(found, _GOES_UP_ONCE, at)
    further = found.due_at is not None and at >= end_of_working_day(_FURTHER, found.due_at)
    if found.escalations < _GOES_UP_TWICE and further:
        tell_side(WORKING, found, NoticeKind.HANDOVER_SILENT, door_managers(found, at), at)
        return _went_up(found, _GOES_UP_TWICE, at)
    return False


def _went_up(found: Handover, how_far: int, at: datetime.datetime) -> bool:
    found.escalations = how_far
    found.save(update_fields=["escalations"])
    leave_a_line(WORKING, found.matter_id, "told of a silence", at, {"time": how_far})
    return True


def tell_the_managers(found: Handover, at: datetime.datetime) -> None:
    """Tell the managers of both sides and of the front door at once: protection was refused (P34)."""
    to = [
        *managers_of(found.from_team, at),
        *managers_of(found.to_team, at),
        *door_managers(found, at),
    ]
    tell_side(WORKING, found, NoticeKind.HANDOVER_SILENT, to, at)


def managers_of(team: Team | None, at: datetime.datetime) -> list[uuid.UUID]:
    """Who answers for a team: its managers; else whoever manages its posts; else all of the team."""
    if team is None:
        return []
    posts = Post.objects.held_on(day_of(at)).filter(team=team, user__is_active=True)
    managers = list(posts.filter(role__in=MANAGERS).order_by("pk").values_list("pk", flat=True))
    if managers:
        return managers
    above = posts.exclude(operational_manager=None).values_list("operational_manager", flat=True)
    return [post for post in above.distinct() if post is not None] or list(
        posts.order_by("pk").values_list("pk", flat=True)
    )


def door_managers(found: Handover, at: datetime.datetime) -> list[uuid.UUID]:
    """The front door's managers whose team has any part in the matter: the others could not read it."""
    posts = Post.objects.held_on(day_of(at)).filter(
        role__in=ANSWERS_FOR_THE_DOOR, user__is_active=True
    )
    parts = Part.objects.filter(matter=found.matter_id, ends_at__isnull=True)
    with_a_part = set(parts.values_list("recipient", flat=True))
    return [
        post for post, team in posts.order_by("pk").values_list("pk", "team_id")
        if of_team(team) in with_a_part
    ]  # fmt: skip


def tell_what_is_late(*, at: datetime.datetime) -> int:
    """Tell whoever answers for it that a step is past its time, once; return how many steps."""
    told = 0
    with acting(WORKING), transaction.atomic():
        late = Step.objects.late(at).filter(told_at__isnull=True, matter__closed_at__isnull=True)
        for step in late.select_for_update(skip_locked=True, of=("self",)).order_by("due_at"):
            step.told_at = at
            step.save(update_fields=["told_at"])
            answers = Duty.objects.current().filter(matter=step.matter_id)
            posts = list(answers.values_list("post_id", flat=True))
            tell(
                by=None,
                posts=posts,
                kind=NoticeKind.STEP_LATE,
                link=f"/matters/{step.matter_id}/where/",
                at=at,
            )
            told += 1
    return told
