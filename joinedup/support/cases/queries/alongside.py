"""Other open cases of the same people, as far as the viewer may know of them, and whose lead coordinates."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Involvement, MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.models import (
    Case,
    CaseInvolvement,
    Coordination,
    Lead,
    ReferredOut,
)
from joinedup.support.cases.queries.plan import interventions_known
from joinedup.support.cases.rules.coordinating import Alongside, Coordinates, coordinating
from joinedup.support.cases.rules.duplicates import TELLS_BY_ITSELF

LOOKING = Viewer.system("asking which cases of the same people are open")


@dataclass(frozen=True)
class AlongsideCase:
    """Another open case of one of the people: a headline, where a gateway lets it be told."""

    key: uuid.UUID
    """Its matter; whether the viewer opens it is decided there."""
    persons: frozenset[uuid.UUID]
    """Of the people of the case that is looked at."""
    programme: Programme
    agency: str
    agency_name: str
    lead_post_id: uuid.UUID | None
    lead_name: str
    """Nothing where the lead's name is kept."""
    opened_at: datetime.datetime
    works_at_it: bool
    """Whether the viewer works at it as well."""


@dataclass(frozen=True)
class AlongsideOf:
    """The cases beside one, and for each person whose lead coordinates."""

    own: AlongsideCase
    cases: Sequence[AlongsideCase]
    coordinates: dict[uuid.UUID, Coordinates]

    def by_rule_of(self, person_id: uuid.UUID) -> bool:
        """Whether somebody coordinates this person's cases by rule."""
        found = self.coordinates.get(person_id)
        return found is not None and found.by_rule

    @property
    def matter_ids(self) -> list[uuid.UUID]:
        """The cases that the viewer works at, this one first: whose actions stand in one list (S0-20)."""
        return [self.own.key, *(each.key for each in self.cases if each.works_at_it)]

    def of(self, key: uuid.UUID) -> AlongsideCase | None:
        """The case of that key among them."""
        return next((each for each in (self.own, *self.cases) if each.key == key), None)


def cases_alongside(viewer: Viewer, matter_id: uuid.UUID, *, at: datetime.datetime) -> AlongsideOf:
    """The other open cases of the people of this one; for whoever works at this one.

    Told is what a gateway lets the viewer's agency hear of the other's involvement, or what the viewer
    works at; never an agency whose name tells something by itself, nor a sensitive team (P8, P17).
    What is not told leaves no gap: who coordinates is decided among what is told.
    """
    with acting(LOOKING):
        persons = _persons(matter_id)
        everything = {each.key: each for each in _open_about(persons, at)}
        rests = _rests_on(set(everything) - {matter_id}, persons)
        agreed = set(
            Coordination.objects.filter(
                person__in=[one for same in persons.values() for one in same],
                agreed_at__isnull=False, ends_at__isnull=True,
            ).values_list("case_id", flat=True)
        )  # fmt: skip
        own = everything.get(matter_id) or _one(matter_id, persons)
    with acting(viewer):
        worked_at = set(Case.objects.filter(pk__in=everything).values_list("pk", flat=True))
        told = set(
            Involvement.objects.filter(
                pk__in=rests, agency__name_reveals=False, team__is_sensitive=False
            ).values_list("pk", flat=True)
        )
    seen = {rests[each] for each in told} | (worked_at & set(everything))
    others = [
        _with(everything[key], works_at_it=key in worked_at)
        for key in everything
        if key in seen and key != matter_id
    ]
    others.sort(key=lambda each: (each.opened_at, each.key.int))
    return AlongsideOf(own, others, _coordinates(own, others, persons, agreed))


def same_programme(
    viewer: Viewer, matter_id: uuid.UUID, programme: Programme, *, at: datetime.datetime
) -> list[AlongsideCase]:
    """The other cases of the same people under that programme: a second would be one too many."""
    found = cases_alongside(viewer, matter_id, at=at)
    return [each for each in found.cases if each.programme is programme]


def same_programme_about(
    viewer: Viewer, matter_id: uuid.UUID, *, at: datetime.datetime
) -> list[AlongsideCase]:
    """The same of every open case that the viewer works at about the people of some other matter.

    So a team that takes a referral on hears of a second case as it opens its own.
    """
    with acting(LOOKING):
        ids = [one for same in _persons(matter_id).values() for one in same]
    with acting(viewer):
        mine = Case.objects.filter(matter__persons__person__in=ids, closed_at__isnull=True)
        open_here = list(mine.distinct().values_list("pk", "programme"))
    found = {
        each.key: each
        for key, programme in open_here
        for each in same_programme(viewer, key, Programme(programme), at=at)
        if each.agency != viewer.agency
    }
    return list(found.values())


def same_help_elsewhere(
    viewer: Viewer, matter_id: uuid.UUID, kind: InterventionKind, *, at: datetime.datetime
) -> list[AlongsideCase]:
    """The cases beside this one in which the same people get help of that sort already (S0-27).

    As far as the viewer may know of the case; of help that tells something by itself only where the
    viewer works there as well.
    """
    beside = cases_alongside(viewer, matter_id, at=at).cases
    with acting(LOOKING):
        persons = list(_persons(matter_id))
    given = {each.case_id for each in interventions_known(persons) if each.kind == kind}
    return [
        each
        for each in beside
        if each.key in given and (each.works_at_it or kind not in TELLS_BY_ITSELF)
    ]


def same_service_elsewhere(
    viewer: Viewer, asked: ReferredOut, *, at: datetime.datetime
) -> list[AlongsideCase]:
    """The cases, this one among them, in which the same service is asked for these people or helps already.

    What was asked is told of the cases that the viewer works at; that a service helps, as
    `same_help_elsewhere` tells it.
    """
    beside = cases_alongside(viewer, asked.case_id, at=at)
    name = asked.service.casefold()
    with acting(LOOKING):
        theirs = list(identifiers_of(asked.person_id))
    with acting(viewer):
        waiting = ReferredOut.objects.filter(
            case__in=beside.matter_ids, ended_at__isnull=True, person__in=theirs
        ).exclude(pk=asked.pk)
        found = {row.case_id for row in waiting if row.service.casefold() == name}
    for each in interventions_known([asked.person_id]):
        by = each.provider or (each.agency.name if each.agency else "")
        case = beside.of(each.case_id)
        if case is None or by.casefold() != name:
            continue
        if case.works_at_it or case is beside.own or each.kind not in TELLS_BY_ITSELF:
            found.add(each.case_id)
    return [each for each in (beside.own, *beside.cases) if each.key in found]


def _persons(matter_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Each person of the case with every identifier they go by."""
    about = MatterPerson.objects.filter(matter=matter_id).values_list("person_id", flat=True)
    return {person: list(identifiers_of(person)) for person in about}


def _open_about(
    persons: dict[uuid.UUID, list[uuid.UUID]], at: datetime.datetime
) -> list[AlongsideCase]:
    of = {one: person for person, same in persons.items() for one in same}
    about: dict[uuid.UUID, set[uuid.UUID]] = {}
    rows = MatterPerson.objects.filter(person__in=of, matter__case__closed_at__isnull=True)
    for matter, person in rows.filter(matter__case__isnull=False).values_list(
        "matter_id", "person_id"
    ):
        about.setdefault(matter, set()).add(of[person])
    leads = Lead.objects.filter(
        case__in=about, ends_at__isnull=True, case__opened_at__lte=at
    ).select_related("case__agency", "post__user")
    return [_told(lead, frozenset(about[lead.case_id])) for lead in leads]


def _one(matter_id: uuid.UUID, persons: Iterable[uuid.UUID]) -> AlongsideCase:
    """A closed case has no lead, and stands beside others all the same."""
    case = Case.objects.select_related("agency").get(pk=matter_id)
    return AlongsideCase(
        matter_id, frozenset(persons), Programme(case.programme), case.agency_id, case.agency.name,
        None, "", case.opened_at, True,
    )  # fmt: skip


def _told(lead: Lead, persons: frozenset[uuid.UUID]) -> AlongsideCase:
    case = lead.case
    return AlongsideCase(
        key=case.pk,
        persons=persons,
        programme=Programme(case.programme),
        agency=case.agency_id,
        agency_name=case.agency.name,
        lead_post_id=lead.post_id,
        lead_name="" if lead.post.user.is_protected else lead.post.user.name,
        opened_at=case.opened_at,
        works_at_it=False,
    )


def _with(each: AlongsideCase, *, works_at_it: bool) -> AlongsideCase:
    return AlongsideCase(
        each.key, each.persons, each.programme, each.agency, each.agency_name, each.lead_post_id,
        each.lead_name, each.opened_at, works_at_it,
    )  # fmt: skip


def _rests_on(
    cases: Iterable[uuid.UUID], persons: dict[uuid.UUID, list[uuid.UUID]]
) -> dict[uuid.UUID, uuid.UUID]:
    """The involvement of its own agency that each case rests on, by involvement."""
    ids = [one for same in persons.values() for one in same]
    rows = CaseInvolvement.objects.filter(
        case__in=list(cases), involvement__person__in=ids, involvement__ends_at__isnull=True
    ).select_related("case", "involvement")
    return {
        row.involvement_id: row.case_id
        for row in rows
        if row.involvement.agency_id == row.case.agency_id
    }


def _coordinates(
    own: AlongsideCase,
    others: Sequence[AlongsideCase],
    persons: Iterable[uuid.UUID],
    agreed: set[uuid.UUID],
) -> dict[uuid.UUID, Coordinates]:
    found = {}
    for person in persons:
        theirs = [each for each in (own, *others) if person in each.persons and each.lead_post_id]
        if len(theirs) < 2:
            continue
        decided = coordinating(
            [Alongside(e.key, e.programme, e.opened_at, e.key in agreed) for e in theirs]
        )
        if decided is not None:
            found[person] = decided
    return found
