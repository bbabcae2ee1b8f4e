"""The steps of a case, one step with all that goes with it, and where a case could step to."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post, SchoolLink, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.models import (
    CaseSchool,
    CaseStep,
    Disagreement,
    DisagreementWord,
    ReleaseSummary,
    SafeguardingGathered,
    StepTelling,
    of_its_people,
)
from joinedup.support.handovers.models import HandoverMessage
from joinedup.support.handovers.queries.seen import CanDo, messages_of, what_can_be_done
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES

_WITH = (
    "handover__from_team__agency", "handover__to_team__agency", "handover__to_post__user",
    "from_post__user", "from_agency",
)  # fmt: skip


def steps_of(viewer: Viewer, matter_id: uuid.UUID) -> list[CaseStep]:
    """Every step of a case, newest first."""
    with reading(viewer):
        return list(
            CaseStep.objects.filter(case=matter_id)
            .select_related(*_WITH)
            .order_by("-sent_at", "pk")
        )


@dataclass(frozen=True)
class SchoolTold:
    """A school of the case, and who of social work is named for it today."""

    school: str
    manager: str


@dataclass(frozen=True)
class WholeStep:
    """A step with every word of it."""

    step: CaseStep
    tellings: Sequence[StepTelling]
    release: ReleaseSummary | None
    messages: Sequence[HandoverMessage]
    disagreements: Sequence[tuple[Disagreement, Sequence[DisagreementWord]]]
    schools: Sequence[SchoolTold]
    can: CanDo
    can_refuse: bool
    can_disagree: bool


def whole_step(
    viewer: Viewer, matter_id: uuid.UUID, step_id: uuid.UUID, at: datetime.datetime
) -> WholeStep:
    """One step of that case; raises CaseStep.DoesNotExist."""
    with reading(viewer):
        step = CaseStep.objects.select_related(*_WITH).get(pk=step_id, case=matter_id)
        disagreements = [
            (each, list(each.words_said.select_related("by_post__user").order_by("at", "pk")))
            for each in step.disagreements.select_related("opened_by__user").order_by("opened_at")
        ]
        open_one = any(each.settled_at is None for each, _ in disagreements)
        can = what_can_be_done(viewer, step.handover, at)
        latest = CaseStep.objects.filter(case=matter_id).order_by("-sent_at", "pk").first()
        receives = viewer.team_id == step.handover.to_team_id
        sends = viewer.team_id == step.handover.from_team_id
        return WholeStep(
            step=step,
            tellings=list(step.tellings.select_related("by_post__user").order_by("pk")),
            release=ReleaseSummary.objects.select_related("by_post__user").filter(step=step).first(),
            messages=messages_of(viewer, step.handover_id),
            disagreements=disagreements,
            schools=schools_of(viewer, matter_id, at),
            can=can,
            can_refuse=(
                step.is_protection and step.handover.state_word.waits and receives
                and viewer.role in MANAGERS and not open_one
            ),
            can_disagree=(
                step.handover.state == "returned" and sends and not open_one
                and latest is not None and latest.pk == step.pk
                and not disagreements
            ),
        )  # fmt: skip


def schools_of(viewer: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> list[SchoolTold]:
    """The schools of a case, each with its named social work manager of that day."""
    with reading(viewer):
        found = list(CaseSchool.objects.filter(case=matter_id).order_by("school"))
    links = SchoolLink.objects.on(day_of(at)).filter(school_key__in=[e.school_key for e in found])
    named = {
        link.school_key: link.manager.user.name for link in links.select_related("manager__user")
    }
    return [SchoolTold(each.school, named.get(each.school_key, "")) for each in found]


def gathered_by_us(viewer: Viewer, matter_id: uuid.UUID) -> list[SafeguardingGathered]:
    """What the viewer's own team gathered for safeguarding; other teams' is not there (P11)."""
    with reading(viewer):
        found = SafeguardingGathered.objects.filter(of_its_people(), case=matter_id)
        return list(found.select_related("by_post__user", "team").order_by("recorded_at", "pk"))


def teams_like(words: str, at: datetime.datetime) -> list[tuple[int, str]]:
    """Up to ten teams that take work on today, called so or of an agency called so; no people."""
    if len(words.strip()) < 2:
        return []
    held = Post.objects.held_on(day_of(at)).filter(role__in=TAKES, user__is_active=True)
    teams = Team.objects.filter(posts__in=held).select_related("agency").distinct()
    for word in words.split():
        teams = teams.filter(name__icontains=word) | teams.filter(agency__name__icontains=word)
    return [(each.pk, f"{each.name}, {each.agency.name}") for each in teams.order_by("name")[:10]]


def known_schools(at: datetime.datetime) -> list[str]:
    """The schools that somebody is named for today."""
    links = SchoolLink.objects.on(day_of(at)).order_by("school")
    return list(links.values_list("school", flat=True))
