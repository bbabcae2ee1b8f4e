"""The cases that a post or its team works at."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.matters import recipients_of
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Lead
from joinedup.support.safeguarding.queries.plans import persons_of


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    matter_id: uuid.UUID
    title: str
    programme: Programme
    lead_name: str
    opened_at: datetime.datetime


def open_cases_of(viewer: Viewer) -> list[CaseLine]:
    """The open cases that the viewer works at, longest open first."""
    with acting(viewer):
        cases = list(
            Case.objects.open()
            .filter(
                matter__parts__recipient__in=recipients_of(viewer),
                matter__parts__ends_at__isnull=True,
            )
            .distinct()
            .order_by("opened_at", "pk")
        )
        leads = {
            lead.case_id: lead.post.user.name
            for lead in Lead.objects.filter(case__in=cases, ends_at__isnull=True).select_related(
                "post__user"
            )
        }
        return [
            CaseLine(
                matter_id=case.pk,
                title=", ".join(name for _, name in persons_of(viewer, case.pk)),
                programme=Programme(case.programme),
                lead_name=leads.get(case.pk, ""),
                opened_at=case.opened_at,
            )
            for case in cases
        ]
