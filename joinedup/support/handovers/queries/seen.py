"""What pages and rooms above ask: what waits, what was sent, who answers, what is late; viewer first."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import Matter, Part
from joinedup.identity.sharing.queries.matters import part_of, recipients_of
from joinedup.support.handovers.choices import HandoverState, Said
from joinedup.support.handovers.models import Cover, Duty, Handover, HandoverMessage, Step
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES

_SIDES = ("from_team__agency", "to_team__agency", "from_post__user", "to_post__user", "matter")
_HOW_LONG_SENT = datetime.timedelta(days=90)


def waiting_for(viewer: Viewer, at: datetime.datetime) -> QuerySet[Handover]:
    """What waits for an answer of the viewer's team, or of a post it stands in for; due first."""
    mine = Q(to_team=viewer.team_id) | Q(to_post=viewer.post_id)
    mine |= Q(to_post__in=stands_in_for(viewer, at))
    waiting = Handover.objects.waiting().filter(mine)
    return waiting.select_related(*_SIDES).order_by("due_at", "pk")


def sent_by(viewer: Viewer, at: datetime.datetime) -> QuerySet[Handover]:
    """What the viewer's team handed over and hears of: what waits, then the last months' newest first."""
    recent = Q(answered_at__isnull=True) | Q(offered_at__gte=at - _HOW_LONG_SENT)
    sent = Handover.objects.filter(recent, from_team=viewer.team_id)
    return sent.select_related(*_SIDES).order_by("-answered_at", "due_at", "pk")


def one_handover(viewer: Viewer, handover_id: uuid.UUID) -> Handover:
    """One hand-over, where the viewer is of a side or works at the matter; raises Handover.DoesNotExist."""
    return Handover.objects.select_related(*_SIDES).get(pk=handover_id)


def messages_of(viewer: Viewer, handover_id: uuid.UUID) -> list[HandoverMessage]:
    """What passed between the two sides, in order."""
    said = HandoverMessage.objects.filter(handover=handover_id).order_by("at", "pk")
    return list(said.select_related("by_post__user", "by_post__team__agency"))


def open_handover(viewer: Viewer, matter_id: uuid.UUID) -> Handover | None:
    """The one hand-over of a matter that waits for an answer, as far as the viewer sees it."""
    waiting = Handover.objects.waiting().filter(matter=matter_id)
    return waiting.select_related(*_SIDES).first()


def handovers_of(viewer: Viewer, matter_id: uuid.UUID) -> list[Handover]:
    """Every hand-over of a matter that the viewer sees, first to last."""
    found = Handover.objects.filter(matter=matter_id).select_related(*_SIDES)
    return list(found.order_by("offered_at", "pk"))


def steps(viewer: Viewer, matter_id: uuid.UUID) -> list[Step]:
    """The clock of a matter on one line: each step in the order it began."""
    return list(Step.objects.filter(matter=matter_id).order_by("started_at", "pk"))


def duty_of(viewer: Viewer, matter_id: uuid.UUID) -> Duty | None:
    """Who answers for a matter now, as far as the viewer may hear it."""
    current = Duty.objects.current().filter(matter=matter_id)
    return current.select_related("post__user", "post__team__agency", "instead_of__user").first()


def duties_of(viewer: Viewer, matter_id: uuid.UUID) -> list[Duty]:
    """Who answered for a matter, from the first moment on."""
    found = Duty.objects.filter(matter=matter_id).order_by("starts_at", "pk")
    return list(found.select_related("post__user", "post__team__agency", "instead_of__user"))


def on_duty_for(viewer: Viewer) -> QuerySet[Duty]:
    """What the viewer's own post answers for now, longest first."""
    current = Duty.objects.current().filter(post=viewer.post_id)
    return current.select_related("matter", "instead_of__user").order_by("starts_at", "pk")


@dataclass(frozen=True)
class Breach:
    """A step past its time, and who answers for the matter."""

    step: Step
    duty: Duty | None
    handover: Handover | None


def late_steps(viewer: Viewer, at: datetime.datetime) -> QuerySet[Step]:
    """Every step past its time in what the viewer works at or sent, longest late first."""
    late = Step.objects.late(at).filter(matter__closed_at__isnull=True)
    late = late.filter(Exists(_parts(viewer, OuterRef("matter"))))
    return late.select_related("matter").order_by("due_at", "pk")


def breaches(viewer: Viewer, at: datetime.datetime) -> list[Breach]:
    """Every step past its time in what the viewer works at or sent, with who answers for it."""
    return breaches_of(viewer, late_steps(viewer, at))


def breaches_of(viewer: Viewer, late: Iterable[Step]) -> list[Breach]:
    """These steps with who answers for each matter, and whom it is offered to."""
    found = list(late)
    matters = [step.matter_id for step in found]
    told_of(matters=matters)
    duties = Duty.objects.current().filter(matter__in=matters)
    of = {
        duty.matter_id: duty
        for duty in duties.select_related("post__user", "post__team__agency", "instead_of__user")
    }
    waiting = Handover.objects.waiting().filter(matter__in=matters).select_related(*_SIDES)
    offered = {each.matter_id: each for each in waiting}
    return [Breach(step, of.get(step.matter_id), offered.get(step.matter_id)) for step in found]


def _parts(viewer: Viewer, matter: OuterRef) -> QuerySet[Part]:
    mine = Part.objects.filter(recipient__in=recipients_of(viewer), ends_at__isnull=True)
    return mine.filter(matter=matter, level__gte=PartLevel.PROGRESS)


@dataclass(frozen=True)
class Whereabouts:
    """Where a matter is: who answers, the clock, the hand-overs; each as far as the viewer hears it."""

    matter: Matter
    part: PartLevel
    duties: Sequence[Duty]
    steps: Sequence[Step]
    handovers: Sequence[tuple[Handover, Sequence[HandoverMessage]]]


def where_is(viewer: Viewer, matter_id: uuid.UUID) -> Whereabouts:
    """Where a matter is; raises Matter.DoesNotExist for whoever has not at least progress of it."""
    part = part_of(viewer, matter_id)
    if part < PartLevel.PROGRESS:
        raise Matter.DoesNotExist
    return Whereabouts(
        matter=Matter.objects.get(pk=matter_id),
        part=part,
        duties=duties_of(viewer, matter_id),
        steps=steps(viewer, matter_id),
        handovers=[
            (each, messages_of(viewer, each.pk)) for each in handovers_of(viewer, matter_id)
        ],
    )


def stands_in_for(viewer: Viewer, at: datetime.datetime) -> list[uuid.UUID]:
    """The posts that the viewer's post stands in for today."""
    day = day_of(at)
    covers = Cover.objects.filter(covered_by=viewer.post_id, starts_on__lte=day, ends_on__gt=day)
    return list(covers.values_list("post_id", flat=True))


def covers_seen(viewer: Viewer, at: datetime.datetime) -> list[Cover]:
    """Covers of today and to come, of the viewer's team and of posts it manages or stands in for."""
    mine = (
        Q(post__team=viewer.team_id)
        | Q(covered_by=viewer.post_id)
        | Q(post__operational_manager=viewer.post_id)
    )
    found = Cover.objects.filter(mine, ends_on__gt=day_of(at))
    return list(
        found.select_related("post__user", "covered_by__user", "post__team")
        .order_by("starts_on", "pk")
        .distinct()
    )


def colleagues(viewer: Viewer, at: datetime.datetime) -> list[Post]:
    """The viewer's own post, its team's, those it manages and their agency's: who may be named."""
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency=viewer.agency, user__is_active=True
    )
    return list(posts.select_related("user", "team").order_by("user__name", "pk"))


def may_be_away(viewer: Viewer, at: datetime.datetime) -> list[Post]:
    """The posts whose cover the viewer may set: its own, those it manages, and a manager's whole team."""
    mine = Q(pk=viewer.post_id) | Q(operational_manager=viewer.post_id)
    if viewer.role in MANAGERS:
        mine |= Q(team=viewer.team_id)
    posts = Post.objects.held_on(day_of(at)).filter(mine, user__is_active=True)
    return list(posts.select_related("user", "team").order_by("user__name", "pk"))


def may_take(viewer: Viewer, found: Handover, at: datetime.datetime) -> list[Post]:
    """Whom the viewer may name to take it on: posts of the receiving team, and itself."""
    posts = Post.objects.held_on(day_of(at)).filter(
        Q(team=found.to_team_id) | Q(pk=viewer.post_id), user__is_active=True, role__in=TAKES
    )
    return list(posts.select_related("user", "team").order_by("user__name", "pk"))


def first_words(found: Sequence[Handover]) -> dict[object, str]:
    """What each was offered with, by hand-over."""
    told_of(matters=[each.matter_id for each in found])
    offered = HandoverMessage.objects.filter(handover__in=found, said=Said.OFFERED)
    return dict(offered.values_list("handover_id", "words"))


@dataclass(frozen=True)
class CanDo:
    """What this viewer can do about a hand-over now."""

    accept: bool = False
    ask: bool = False
    give_back: bool = False
    answer: bool = False
    withdraw: bool = False


def what_can_be_done(viewer: Viewer, found: Handover, at: datetime.datetime) -> CanDo:
    """What the page offers; the operations refuse whatever else is tried."""
    if not found.state_word.waits or part_of(viewer, found.matter_id) < PartLevel.WORK:
        return CanDo()
    named = found.to_post_id
    of_team = viewer.team_id == found.to_team_id
    receives = of_team and (named in (None, viewer.post_id) or viewer.role in MANAGERS)
    receives = receives or (named is not None and named in stands_in_for(viewer, at))
    sends = viewer.team_id == found.from_team_id
    asked = found.state_word is HandoverState.ASKED
    return CanDo(
        accept=receives,
        ask=receives,
        give_back=receives,
        answer=sends and asked,
        withdraw=sends,
    )
