"""Who leads by rule: somebody of the agency leads already by law, or manages their care (P27, P31). As the system."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.support.cases.queries import open_cases_about
from joinedup.support.panels.choices import CareRoleKind
from joinedup.support.panels.models import CareRole, PanelItem
from joinedup.support.panels.queries.leading import people_of


@dataclass(frozen=True)
class ByRule:
    """Who leads by rule: an agency, and of it the post that leads already."""

    agency: str
    post: uuid.UUID
    team: int
    because: str
    case_id: uuid.UUID | None = None


def leads_by_rule(item: PanelItem, at: datetime.datetime) -> ByRule | None:
    """Who leads by rule: whoever leads an open case under the law, else who manages their care (P27, P31)."""
    people = people_of(item)
    for person in people:
        for case in open_cases_about(person, at):
            if case.programme.is_statutory and case.matter_id != item.case_id:
                return ByRule(
                    case.agency, case.lead_post_id, case.lead_team_id,
                    f"somebody of it leads a case under {case.programme.label} already",
                    case.matter_id,
                )  # fmt: skip
    managing = CareRole.objects.filter(
        kind=CareRoleKind.CASE_MANAGEMENT,
        ends_at__isnull=True,
        starts_at__lte=at,
        item__people__person__in=people,
    )
    role = managing.select_related("post__team").order_by("starts_at", "pk").first()
    if role is None:
        return None
    return ByRule(
        role.post.team.agency_id, role.post_id, role.post.team_id,
        "somebody of it manages their care already, as their practice’s team agreed",
    )  # fmt: skip
