"""The line of accountability of a case: who leads, who manages, supervises and covers, who answers in law."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.models import StatutoryFunction
from joinedup.partnership.workforce.queries import may_do, who_answers_for
from joinedup.partnership.workforce.rules import Answer
from joinedup.support.cases.models import CaseMember, FunctionUsed, Lead, of_its_people
from joinedup.support.handovers.models import Cover, Duty

_POST = (
    "post__user", "post__team__agency", "post__home_agency", "post__operational_manager__user",
    "post__operational_manager__team__agency", "post__professional_supervisor__user",
    "post__professional_supervisor__team__agency",
)  # fmt: skip


@dataclass(frozen=True)
class UsedFunction:
    """A function of the law used in the case: by whom, for which body, and whether they may today."""

    used: FunctionUsed
    entry: StatutoryFunction | None
    answer: Answer


@dataclass(frozen=True)
class LineOf:
    """Who answers for a case, from the lead upwards (S4-43)."""

    lead: Lead | None
    duty: Duty | None
    covers: Sequence[Cover]
    functions: Sequence[UsedFunction]
    members: Sequence[CaseMember]


def line_of(viewer: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> LineOf:
    """The line of accountability of a case, for whoever works at it."""
    with reading(viewer):
        lead = Lead.objects.filter(case=matter_id, ends_at__isnull=True).select_related(*_POST)
        duty = Duty.objects.current().filter(matter=matter_id)
        used = FunctionUsed.objects.filter(of_its_people(), case=matter_id, ends_at__isnull=True)
        members = CaseMember.objects.now().filter(case=matter_id)
        leads = lead.first()
        found = LineOf(
            lead=leads,
            duty=duty.select_related(
                "post__user", "post__team__agency", "instead_of__user"
            ).first(),
            covers=_covers(leads, at),
            functions=[
                _used(each, at)
                for each in used.select_related("post__user", "post__team__agency").order_by(
                    "starts_at", "pk"
                )
            ],
            members=list(
                members.select_related("post__user", "post__team__agency").order_by("starts_at")
            ),
        )
    return found


def may_be_given(viewer: Viewer, matter_id: uuid.UUID) -> list[Post]:
    """The posts that a function can be allocated to: the lead and the practitioners who help."""
    with reading(viewer):
        lead = Lead.objects.filter(case=matter_id, ends_at__isnull=True).values("post")
        helping = CaseMember.objects.now().filter(case=matter_id, post__isnull=False).values("post")
    found = Post.objects.filter(pk__in=lead) | Post.objects.filter(pk__in=helping)
    return list(found.select_related("user", "team__agency").order_by("user__name", "pk"))


def _covers(lead: Lead | None, at: datetime.datetime) -> list[Cover]:
    if lead is None:
        return []
    day = day_of(at)
    soon = day + datetime.timedelta(days=14)
    found = Cover.objects.filter(post=lead.post_id, ends_on__gt=day, starts_on__lte=soon)
    return list(found.select_related("covered_by__user", "covered_by__team").order_by("starts_on"))


def _used(each: FunctionUsed, at: datetime.datetime) -> UsedFunction:
    function = FunctionCode(each.function)
    entry = who_answers_for(function, each.post.team.agency_id, at)
    if entry is None and each.post.home_agency_id:
        entry = who_answers_for(function, each.post.home_agency_id, at)
    return UsedFunction(each, entry, may_do(each.post_id, function, at))
