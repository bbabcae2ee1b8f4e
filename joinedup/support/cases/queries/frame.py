"""What stands above every page of a case: whom it is about, under what it is held, who leads it."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.audit.operations.record import Look
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, marks, reading
from joinedup.identity.sharing.choices import Category, PartLevel
from joinedup.identity.sharing.looked import leave_the_look, noting, told_of
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.models import Case
from joinedup.support.contacts.queries import Reach, reach_of
from joinedup.support.safeguarding.queries.plans import about, persons_of


@dataclass(frozen=True)
class PersonInCase:
    """One of the people a case is about, by such a name as the viewer may see."""

    person_id: uuid.UUID
    name: str
    died_on: datetime.date | None = None


@dataclass(frozen=True)
class Frame:
    """A case as the head of its pages tells it."""

    matter_id: uuid.UUID
    persons: tuple[PersonInCase, ...]
    programme: Programme
    for_whom: ForWhom
    agency: str
    agency_name: str
    same: tuple[tuple[uuid.UUID, tuple[uuid.UUID, ...]], ...]
    """Each of its people with every identifier that stands for them."""
    lead_post_id: uuid.UUID | None
    lead_name: str
    lead_team: str
    lead_is_acting: bool
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    recorded_in: str
    reach: Reach

    @property
    def is_open(self) -> bool:
        """Whether anything may still be written in it."""
        return self.closed_at is None

    @property
    def title(self) -> str:
        """The names, as a heading."""
        names = [each.name for each in self.persons]
        if not names:
            return "Nobody named yet"
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def frame_of(viewer: Viewer, matter_id: uuid.UUID, *, at: datetime.datetime, page: str) -> Frame:
    """The head of a case's page, with the look at each of its people written down as `page`.

    Raises Case.DoesNotExist for whoever does not work at it.
    """
    with reading(viewer), prepared():
        if part_of(viewer, matter_id) < PartLevel.WORK:
            raise Case.DoesNotExist
        case = Case.objects.select_related("agency").get(pk=matter_id)
        lead = (
            case.leads.filter(ends_at__isnull=True)
            .select_related("post__user", "post__team")
            .first()
        )
        named = persons_of(viewer, matter_id)
        same = tuple((person, tuple(identifiers_of(person))) for person, _ in named)
        died = dict(
            Person.objects.filter(pk__in=[each for each, _ in named]).values_list("pk", "died_on")
        )
        _leave_the_look(viewer, matter_id, [person for person, _ in named], page, at)
        reach = reach_of(viewer, matter_id, same=about(matter_id, same))
    return Frame(
        matter_id=matter_id,
        persons=tuple(PersonInCase(person, name, died.get(person)) for person, name in named),
        programme=Programme(case.programme),
        for_whom=ForWhom(case.for_whom),
        same=same,
        agency=case.agency_id,
        agency_name=case.agency.name,
        lead_post_id=lead.post_id if lead else None,
        lead_name=lead.post.user.name if lead else "",
        lead_team=lead.post.team.name if lead else "",
        lead_is_acting=bool(lead and lead.is_acting),
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        recorded_in=case.recorded_in,
        reach=reach,
    )


def _leave_the_look(
    viewer: Viewer,
    matter_id: uuid.UUID,
    people: Iterable[uuid.UUID],
    page: str,
    at: datetime.datetime,
) -> None:
    with noting() as whom:
        told_of(people=people, matters=[matter_id], categories=[Category.CARE_PLAN])
        look = Look(
            at=at, post_id=viewer.post_id, subject_kind="case", subject_id=str(matter_id),
            purpose=viewer.purpose, detail={"page": page},
        )  # fmt: skip
        leave_the_look(whom, look, **marks(viewer))
