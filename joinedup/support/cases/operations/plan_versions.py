"""The plan of a case begun, and put down as a version: for the acts that need it, as the system."""

import datetime

from django.db.models import Max

from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.choices.plan import PlanKind
from joinedup.support.cases.models import Case, Plan, PlanVersion
from joinedup.support.cases.queries.plan_said import said_of


def plan_of(case: Case, by: Viewer, at: datetime.datetime) -> Plan:
    """The plan of a case, begun where there is none; call it as the system, the case held."""
    family = case.for_whom != ForWhom.PERSON
    return Plan.objects.get_or_create(
        case=case,
        defaults={
            "kind": PlanKind.FAMILY if family else PlanKind.SUPPORT,
            "edited_by_id": by.post_id,
            "edited_at": at,
            "recorded_at": at,
        },
    )[0]


def version_now(case: Case, by: Viewer, at: datetime.datetime) -> PlanVersion:
    """The plan as it stands as a version: the last one where nothing changed; as the system."""
    said = said_of(case.pk)
    last = case.plan_versions.order_by("-number").first()
    if last is not None and last.said == said:
        return last
    highest = case.plan_versions.aggregate(Max("number"))["number__max"] or 0
    return PlanVersion.objects.create(
        case=case, number=highest + 1, said=said, by_post_id=by.post_id, recorded_at=at
    )
