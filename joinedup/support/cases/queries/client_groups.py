"""Who of which case is in which group, as far as the viewer sees it; and how many there are (S4-3, P44)."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.consents import born_on
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.pipeline.disclosure import Shown, shown
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.models import ClientGroupTag, of_its_people
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.overlap import canonical
from joinedup.support.cases.rules.carers import age_on
from joinedup.support.cases.rules.client_group import (
    GroupRule,
    counted,
    is_soon,
    outgrows_on,
    rule_on,
)

COUNTING = Viewer.system("counting the people of the groups that services are for")


@dataclass(frozen=True)
class TagShown:
    """A tag with whose it is, the rule of its day, and when they outgrow it."""

    tag: ClientGroupTag
    whose: str
    rule: GroupRule
    outgrows_on: datetime.date | None
    is_soon: bool


@dataclass(frozen=True)
class GroupFigures:
    """People by group and age; those against their group's rule; those who outgrow theirs within a year."""

    people: dict[ClientGroup, list[Shown]]
    against: Shown
    outgrow: Shown


def groups_of(viewer: Viewer, frame: Frame, at: datetime.datetime) -> list[TagShown]:
    """Every tag of a case that the viewer sees, those that hold first; hidden ones leave no gap (P8)."""
    day = day_of(at)
    with acting(viewer):
        rows = list(
            ClientGroupTag.objects.filter(of_its_people(), case=frame.matter_id)
            .select_related("holder", "by_post__user")
            .order_by("recorded_at")
        )
        rows.sort(key=lambda each: each.ends_on is not None)
        names = dict.fromkeys((row.person_id for row in rows), "Somebody of this case")
        born: dict[uuid.UUID, datetime.date | None] = {}
        for person_id in names:
            same = set(identifiers_of(person_id))
            born[person_id] = born_on(same)
            named = (p.name for p in frame.persons if p.person_id in same)
            names[person_id] = next(named, names[person_id])
    found = []
    for row in rows:
        rule = rule_on(ClientGroup(row.group), row.starts_on)
        outgrows = outgrows_on(rule_on(ClientGroup(row.group), day), born[row.person_id])
        soon = row.ends_on is None and is_soon(outgrows, day)
        found.append(TagShown(row, names[row.person_id], rule, outgrows, soon))
    return found


def groups_of_cases(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[ClientGroup, ...]]:
    """The groups of these cases' people as the viewer sees them; inside `acting(viewer)`, one statement."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    rows = ClientGroupTag.objects.standing().filter(of_its_people(), case__in=list(ids))
    for case, group in rows.values_list("case", "group"):
        found[case].add(group)
    return {case: tuple(g for g in ClientGroup if g in some) for case, some in found.items()}


def figures(viewer: Viewer, at: datetime.datetime) -> GroupFigures:
    """Counts over all open cases, each person once a group; raises NotPermitted."""
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    day = day_of(at)
    with acting(COUNTING):
        rows = ClientGroupTag.objects.standing().filter(case__closed_at__isnull=True)
        plain = list(rows.values_list("person", "group", "worked_out"))
        one = canonical({person for person, _, _ in plain})
        born = _born(
            {one[person] for person, _, _ in plain} | {person for person, _, _ in plain}, one
        )
    people = {(one[person], ClientGroup(group)) for person, group, _ in plain}
    against = {one[person] for person, _, fit in plain if fit != Fit.FITS}
    outgrow = {
        person
        for person, group in people
        if is_soon(outgrows_on(rule_on(group, day), born.get(person)), day)
    }
    return GroupFigures(
        counted((group, age_on(born.get(person), day)) for person, group in people),
        shown(len(against)),
        shown(len(outgrow)),
    )


def _born(
    people: Iterable[uuid.UUID], one: dict[uuid.UUID, uuid.UUID]
) -> dict[uuid.UUID, datetime.date]:
    """The birth date that most of each person's records have."""
    told: dict[uuid.UUID, Counter[datetime.date]] = defaultdict(Counter)
    rows = Record.objects.filter(person__in=set(people), gone_on=None, born_on__isnull=False)
    for person, on in rows.values_list("person", "born_on"):
        if person is not None and on is not None:
            told[one.get(person, person)][on] += 1
    return {
        person: max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0]
        for person, counts in told.items()
    }
