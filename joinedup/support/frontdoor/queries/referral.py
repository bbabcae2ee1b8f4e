"""One referral as whoever works at it reads it: what was sent, what triage found, where it is."""

import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.frontdoor.models import (
    Attachment,
    Evidence,
    Found,
    HighRiskReferral,
    Match,
    Outcome,
    Override,
    Progress,
    Referral,
    SenderQuestion,
    Subject,
    Triage,
)
from joinedup.support.frontdoor.queries.evidence import evidence_of
from joinedup.support.handovers.models import Duty, Handover, HandoverMessage, Step
from joinedup.support.handovers.queries.seen import (
    duty_of,
    messages_of,
    open_handover,
    steps,
)
from joinedup.support.questions.queries.answers import Answered, answers_of


@dataclass(frozen=True)
class Sent:
    """What its sender wrote, and whom the spine took each for."""

    referral: Referral
    subjects: list[Subject]
    matches: dict[int, Match]
    answers: list[Answered]
    attachments: list[Attachment]


@dataclass(frozen=True)
class Triaged:
    """What the front door alone reads: the rule’s answer, its evidence, what was decided instead."""

    triage: Triage | None
    evidence: list[Evidence]
    found: list[Found]
    high_risk: list[HighRiskReferral]
    overrides: list[Override]


@dataclass(frozen=True)
class Where:
    """Where it is: who answers, the clock, what is offered, what was told and asked."""

    duty: Duty | None
    steps: list[Step]
    offer: Handover | None
    messages: list[HandoverMessage]
    progress: list[Progress]
    questions: list[SenderQuestion]
    outcome: Outcome | None


def sent(viewer: Viewer, matter_id: uuid.UUID) -> Sent:
    """What was sent, for whoever works at it; raises Referral.DoesNotExist for anybody else."""
    if part_of(viewer, matter_id) < PartLevel.WORK:
        raise Referral.DoesNotExist
    referral = Referral.objects.select_related(
        "by_post__user", "by_post__team", "by_agency", "venue"
    ).get(pk=matter_id)
    told_of(matters=[matter_id])
    matches = Match.objects.filter(matter_id=matter_id).select_related("subject")
    return Sent(
        referral=referral,
        subjects=list(Subject.objects.filter(matter_id=matter_id).order_by("place")),
        matches={each.subject_id: each for each in matches},
        answers=answers_of(viewer, matter_id),
        attachments=list(
            Attachment.objects.filter(matter_id=matter_id).defer("content").order_by("at", "name")
        ),
    )


def triaged(viewer: Viewer, matter_id: uuid.UUID) -> Triaged:
    """What triage found; to whoever is not of the front door the wall gives nothing of it."""
    if not viewer.may(Permission.WORK_FRONT_DOOR):
        return Triaged(None, [], [], [], [])
    triage = (
        Triage.objects.filter(matter_id=matter_id)
        .select_related("route__team__agency")
        .order_by("-at", "-pk")
        .first()
    )
    overrides = Override.objects.filter(matter_id=matter_id)
    found = Found.objects.filter(matter_id=matter_id, taken_back_at__isnull=True)
    return Triaged(
        triage=triage,
        evidence=evidence_of(viewer, triage.pk) if triage else [],
        found=list(found.select_related("by_post__user").order_by("at", "pk")),
        high_risk=list(HighRiskReferral.objects.filter(matter_id=matter_id).order_by("sent_at")),
        overrides=list(
            overrides.select_related("from_route", "to_route", "by_post__user").order_by("at")
        ),
    )


def whereabouts(viewer: Viewer, matter_id: uuid.UUID) -> Where:
    """Where it is, as whoever works at it reads it."""
    offer = open_handover(viewer, matter_id)
    asked = SenderQuestion.objects.filter(matter_id=matter_id)
    return Where(
        duty=duty_of(viewer, matter_id),
        steps=steps(viewer, matter_id),
        offer=offer,
        messages=messages_of(viewer, offer.pk) if offer else [],
        progress=list(Progress.objects.filter(matter_id=matter_id).order_by("at", "pk")),
        questions=list(asked.select_related("by_post__user").order_by("at", "pk")),
        outcome=Outcome.objects.filter(matter_id=matter_id).first(),
    )


def is_handed_to(viewer: Viewer, offer: Handover | None) -> bool:
    """Whether this viewer’s side is asked to take it on."""
    if offer is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return False
    return viewer.team_id == offer.to_team_id or viewer.post_id == offer.to_post_id
