"""Ring, round by round, whoever answers for somebody in danger, until a named person acknowledges (P19).

Nothing is remembered between rounds but rows: a process that is killed is followed by the next.
"""

import datetime
import logging
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import Given, give_parts, of_post, of_team
from joinedup.identity.sharing.operations.telling import posts_that_may
from joinedup.support.handovers.models import Cover, Duty
from joinedup.support.handovers.operations.duty import take_duty
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.safeguarding.choices import Audience, Door, StepOfRinging
from joinedup.support.safeguarding.models import DoorLine, Exit, Ring
from joinedup.support.safeguarding.queries.lines import MAY_ANSWER, line_now
from joinedup.support.safeguarding.rules import rings_at, step_of

RINGING = Viewer.system("ringing whoever answers for somebody in danger")
WAS_RUNG = "was rung for somebody in danger"
STANDS_IN = "was rung when nobody had answered"
_LOG = logging.getLogger(__name__)


def wait() -> datetime.timedelta:
    """How long one round rings before the next."""
    return datetime.timedelta(minutes=settings.EXIT_RINGS_AGAIN_MINUTES)


def ring_first(exit_: Exit, at: datetime.datetime) -> None:
    """Ring the first round; should that fail the exit stands, and rings with the next sweep."""
    try:
        with transaction.atomic():
            _ring(exit_, 1, at)
    except Exception:
        _LOG.exception("an exit was raised and could not ring at once")


def ring_on(*, at: datetime.datetime) -> int:
    """Ring the next round of every exit that nobody has acknowledged; return how many rang.

    Each in a transaction of its own; beside another that does the same, each rings once.
    """
    with acting(RINGING):
        waiting = Exit.objects.filter(acknowledged_at__isnull=True).order_by("raised_at")
        keys = list(waiting.values_list("pk", flat=True))
    return sum(_ring_if_due(key, at) for key in keys)


def _ring_if_due(key: uuid.UUID, at: datetime.datetime) -> bool:
    with transaction.atomic(), acting(RINGING):
        waiting = Exit.objects.select_for_update(skip_locked=True, of=("self",))
        exit_ = waiting.filter(pk=key, acknowledged_at__isnull=True).first()
        if exit_ is None:
            return False
        last = exit_.rings.aggregate(number=Max("number"), at=Max("rung_at"))
        if last["number"] is None:
            return _ring(exit_, 1, at)
        if at < rings_at(last["at"], wait()):
            return False
        return _ring(exit_, last["number"] + 1, at)


def _ring(exit_: Exit, number: int, at: datetime.datetime) -> bool:
    """Ring this round, and where nobody is there to be rung, the next at once; tell whether it rang."""
    barred = barred_posts(exit_.pk, at)
    while True:
        step = step_of(number)
        posts = [post for post in _who(exit_, step, at) if post not in barred]
        if posts:
            Ring.objects.bulk_create(
                Ring(exit=exit_, number=number, step=step, post_id=post, rung_at=at)
                for post in posts
            )
            _let_in(exit_, step, posts, at)
            _tell(exit_, number, posts, NoticeKind.EXIT_RINGS, f"/exits/{exit_.pk}/", at)
            if not Duty.objects.current().filter(matter=exit_.pk).exists():
                take_duty(
                    by=RINGING, matter_id=exit_.pk, post_id=posts[0], because=WAS_RUNG, at=at
                )  # fmt: skip
            return True
        Ring.objects.create(exit=exit_, number=number, step=step, rung_at=at)
        if step is StepOfRinging.EVERYBODY:
            keepers = posts_that_may(Permission.MANAGE_POSTS, at=at)
            _tell(exit_, number, keepers, NoticeKind.EXIT_RINGS_NOBODY, "/posts/", at)
            return False
        number += 1


def _tell(
    exit_: Exit,
    number: int,
    posts: list[uuid.UUID],
    kind: NoticeKind,
    link: str,
    at: datetime.datetime,
) -> None:
    tell(by=None, posts=posts, kind=kind, link=link, at=at, once=f"{exit_.pk}:{number}")


def _who(exit_: Exit, step: StepOfRinging, at: datetime.datetime) -> list[uuid.UUID]:
    if step is StepOfRinging.EVERYBODY:
        return posts_that_may(*MAY_ANSWER, at=at)
    return answering_in(_teams(exit_, step, at), at)


def _teams(exit_: Exit, step: StepOfRinging, at: datetime.datetime) -> list[Team]:
    lines = lines_of(exit_, at)
    found = [line.team if step is StepOfRinging.TEAM else line.deputy_team for line in lines]
    return [team for team in found if team is not None]


def lines_of(exit_: Exit, at: datetime.datetime) -> list[DoorLine]:
    """The lines that answer for it now: one, or both where nobody said whether it is a child."""
    whose = [Audience(exit_.audience)] if exit_.audience else list(Audience)
    found = (line_now(Door(exit_.door), audience, at) for audience in whose)
    return [line for line in found if line is not None]


def answering_in(teams: Iterable[Team], at: datetime.datetime) -> list[uuid.UUID]:
    """The posts of these teams that may acknowledge, and who stands in for those on leave."""
    roles = roles_that_may(*MAY_ANSWER)
    today = day_of(at)
    held = Post.objects.held_on(today).filter(role__in=roles, user__is_active=True)
    own = set(held.filter(team__in=list(teams)).values_list("pk", flat=True))
    cover = Cover.objects.filter(post__in=own, starts_on__lte=today, ends_on__gt=today)
    stand_ins = held.filter(pk__in=cover.values("covered_by")).values_list("pk", flat=True)
    return sorted(own | set(stand_ins))


def _let_in(
    exit_: Exit, step: StepOfRinging, posts: list[uuid.UUID], at: datetime.datetime
) -> None:
    """Let whoever is rung work at the exit and at what it came from: it is sent there with it."""
    everybody = step is StepOfRinging.EVERYBODY
    because = STANDS_IN if everybody else WAS_RUNG
    recipients = {of_post(post) for post in posts}
    if not everybody:
        recipients |= {of_team(team) for team in _teams(exit_, step, at)}
    for matter_id in filter(None, (exit_.pk, exit_.from_matter_id)):
        parts = [Given(each, PartLevel.WORK, because) for each in sorted(recipients)]
        give_parts(by=RINGING, matter_id=matter_id, parts=parts, at=at)
