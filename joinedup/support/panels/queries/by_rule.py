"""Who leads by rule: somebody of the agency leads already by law, or manages their care (P27, P31). As the system."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.queries import open_cases_about
from joinedup.support.panels.choices import CareRoleKind
from joinedup.support.panels.models import CareRole, PanelItem
from joinedup.support.panels.queries.kept_from import (
    items_by_identifier,
    people_of,
    people_of_each,
)


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


def leads_by_rule_of_each(
    items: Sequence[PanelItem], at: datetime.datetime
) -> dict[uuid.UUID, ByRule]:
    """Who leads by rule, of those items of which somebody does.

    Asked one by one only of those about whom a case is open or a care role held: of most neither is.
    """
    people = people_of_each([item.pk for item in items])
    of = items_by_identifier(people)
    open_of = MatterPerson.objects.filter(person__in=of, matter__case__closed_at__isnull=True)
    open_of = open_of.filter(matter__case__isnull=False)
    named = {person for found in people.values() for person in found}
    held = CareRole.objects.filter(ends_at__isnull=True, item__people__person__in=named)
    maybe = {item for person in open_of.values_list("person_id", flat=True) for item in of[person]}
    managed = set(held.values_list("item__people__person_id", flat=True))
    maybe |= {item for item, found in people.items() if managed & set(found)}
    rules = {item.pk: leads_by_rule(item, at) for item in items if item.pk in maybe}
    return {item: rule for item, rule in rules.items() if rule is not None}
