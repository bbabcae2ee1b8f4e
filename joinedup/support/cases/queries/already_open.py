"""With whom somebody's case is open: to the system all of it, to a viewer a headline or nothing."""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, CaseInvolvement, Lead

LOOKING = Viewer.system("asking whether a case is open already")


@dataclass(frozen=True)
class OpenCase:
    """An open case as the system needs it to route by; never shown to anybody."""

    matter_id: uuid.UUID
    programme: Programme
    agency: str
    lead_post_id: uuid.UUID
    lead_team_id: int
    opened_at: datetime.datetime


@dataclass(frozen=True)
class AlreadyOpen:
    """That an agency works with somebody already: all that is told of it."""

    agency: str
    agency_name: str
    lead_name: str


def open_cases_about(person_id: uuid.UUID, at: datetime.datetime) -> list[OpenCase]:
    """Every open case about this person, under any of their identifiers, longest first.

    Asked as the system, to route by; what a viewer may be told of it is `already_open`.
    """
    with reading(LOOKING):
        found = Lead.objects.filter(
            ends_at__isnull=True,
            case__closed_at__isnull=True,
            case__opened_at__lte=at,
            case__matter__persons__person__in=identifiers_of(person_id),
        )
        return [
            OpenCase(
                matter_id=lead.case_id,
                programme=Programme(lead.case.programme),
                agency=lead.case.agency_id,
                lead_post_id=lead.post_id,
                lead_team_id=lead.post.team_id,
                opened_at=lead.case.opened_at,
            )
            for lead in found.select_related("case", "post")
            .order_by("case__opened_at", "pk")
            .distinct()
        ]


def already_open(
    viewer: Viewer, person_ids: Iterable[uuid.UUID], at: datetime.datetime
) -> list[AlreadyOpen]:
    """With which agencies these people's cases are open, as far as this viewer may be told.

    A headline where a gateway lets the viewer's agency know of the other's involvement, for the
    viewer's purpose; nothing for a post that is barred; never an agency whose name tells something, nor
    a sensitive team (P8, P17). Nothing either for whoever may not find people. A practitioner whose
    name is kept is not named. The reader of the involvement is the viewer, so the wall decides.
    """
    if not viewer.may(Permission.FIND_PEOPLE):
        return []
    return told_of_open_cases(viewer, involved_by_open_cases(person_ids, at))


def involved_by_open_cases(
    person_ids: Iterable[uuid.UUID], at: datetime.datetime
) -> list[uuid.UUID]:
    """The involvements that open cases of these people rest upon; asked as the system, never shown."""
    with reading(LOOKING), prepared():
        ids = [each for person_id in person_ids for each in identifiers_of(person_id)]
        cases = Case.objects.open().filter(matter__persons__person__in=ids, opened_at__lte=at)
        return list(
            CaseInvolvement.objects.filter(
                case__in=cases, involvement__person__in=ids, involvement__ends_at__isnull=True
            ).values_list("involvement_id", flat=True)
        )


def told_of_open_cases(viewer: Viewer, rests_on: Collection[uuid.UUID]) -> list[AlreadyOpen]:
    """What this viewer may be told of the open cases that rest upon these: see `already_open`."""
    if not rests_on or not viewer.may(Permission.FIND_PEOPLE):
        return []
    with reading(viewer):
        seen = Involvement.objects.filter(pk__in=rests_on, agency__name_reveals=False)
        found = [
            AlreadyOpen(
                agency=each.agency_id,
                agency_name=each.agency.name,
                lead_name=(
                    each.post.user.name if each.post and not each.post.user.is_protected else ""
                ),
            )
            for each in seen.select_related("agency", "post__user").order_by("starts_at", "pk")
        ]
    return list(dict.fromkeys(found))
