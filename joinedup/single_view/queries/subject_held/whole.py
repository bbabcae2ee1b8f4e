"""Everything that one controller holds about somebody, group by group."""

import uuid
from collections.abc import Iterable

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson, SubjectPart
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.single_view.queries.subject_held import of_agency, of_assessment, of_case, of_money
from joinedup.single_view.queries.subject_held.thing import About, Group, day
from joinedup.support.cases.models import Case

GATHERING = Viewer.system("preparing what a controller holds on somebody who asked")


def held_of(part: SubjectPart) -> list[Group]:
    """Everything that this controller holds, group by group; gathered as the system.

    Only for whoever the part was shown to: `one_part` is asked first.
    """
    ids = tuple(identifiers_of(part.person_id))
    with acting(GATHERING):
        groups = [*of_agency.groups(part.agency_id, ids), *_of_cases(part.agency_id, ids)]
    return [group for group in groups if group.items]


def _of_cases(agency: str, ids: tuple[uuid.UUID, ...]) -> Iterable[Group]:
    found = Case.objects.filter(agency=agency, matter__persons__person__in=ids).distinct()
    for case in found.order_by("opened_at"):
        others = MatterPerson.objects.filter(matter=case.pk).exclude(person__in=ids)
        about = About(case, ids, is_alone=not others.exists())
        of = f"in the case of {day(case.opened_at)}"
        for said in (of_case.sorts, of_assessment.sorts, of_money.sorts):
            for heading, items in said(about):
                yield Group(f"{heading}, {of}", tuple(items))
