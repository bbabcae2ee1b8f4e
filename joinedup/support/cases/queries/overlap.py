"""How many people are in two programmes at once: asked as the system, told with small numbers gone."""

import datetime
import uuid

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import LONGEST_CHAIN, Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.pipeline.disclosure import Shown
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.rules import overlap as rules

COUNTING = Viewer.system("counting how many people are in two programmes at once")


def overlap(viewer: Viewer, at: datetime.datetime) -> list[list[Shown]]:
    """Programme by programme, people with an open case in both, as it may be shown (P44).

    Raises NotPermitted.
    """
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    with acting(COUNTING):
        rows = MatterPerson.objects.filter(
            matter__case__closed_at__isnull=True, matter__case__opened_at__lte=at
        ).values_list("person_id", "matter__case__programme")
        of: dict[uuid.UUID, set[Programme]] = {}
        found = [(person, Programme(programme)) for person, programme in rows if programme]
        one = canonical({person for person, _ in found})
        for person, programme in found:
            of.setdefault(one[person], set()).add(programme)
    return rules.shown(rules.counted(frozenset(each) for each in of.values()))


def canonical(persons: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whom each identifier stands for today, every merge followed."""
    merged: dict[uuid.UUID, uuid.UUID] = {}
    ask = set(persons)
    for _ in range(LONGEST_CHAIN):
        into = dict(
            Person.objects.filter(pk__in=ask, merged_into__isnull=False).values_list(
                "pk", "merged_into_id"
            )
        )
        if not into:
            break
        merged |= {each: to for each, to in into.items() if to is not None}
        ask = {to for to in into.values() if to is not None} - merged.keys()
    return {person: _end(person, merged) for person in persons}


def _end(person: uuid.UUID, merged: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    for _ in range(LONGEST_CHAIN):
        if person not in merged:
            break
        person = merged[person]
    return person
