"""The routes of the place, which sources are open, and who answers for a school; about nobody."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.models import SchoolLink
from joinedup.foundations.agencies.rules import school_key
from joinedup.foundations.places.models import Postcode
from joinedup.support.frontdoor.choices import Duty, Need, RouteKind, Source
from joinedup.support.frontdoor.models import Route, SourceOpening
from joinedup.support.frontdoor.rules.openings import Opening, SourceAnswer, source_answer
from joinedup.support.frontdoor.rules.routing import RouteFacts


@dataclass(frozen=True)
class RoutesOn:
    """The routes of a day, by code, as rows and as the rule meets them."""

    rows: dict[str, Route]
    facts: tuple[RouteFacts, ...]


def routes_on(day: datetime.date) -> RoutesOn:
    """The routes that can be taken on that day."""
    rows = list(
        Route.objects.filter(starts_on__lte=day)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
        .select_related("team__agency")
        .order_by("name")
    )
    return RoutesOn({row.code: row for row in rows}, tuple(map(facts_of, rows)))


def facts_of(row: Route) -> RouteFacts:
    """A route as the rule meets it."""
    return RouteFacts(
        code=row.code,
        name=row.name,
        kind=RouteKind(row.kind),
        needs=frozenset(Need(need) for need in row.needs),
        localities=frozenset(row.localities),
        from_age=row.from_age,
        to_age=row.to_age,
        duty=Duty(row.duty),
        is_warm=row.is_warm,
        next_on=row.next_on,
        places=row.places,
        reach=row.reach,
    )


def openings() -> list[Opening]:
    """Every opening of a source there was or will be."""
    return [
        Opening(Source(row.source), row.phase, row.opens_on, row.closes_on)
        for row in SourceOpening.objects.order_by("opens_on", "source")
    ]


def source_on(source: Source, day: datetime.date) -> SourceAnswer:
    """Whether a source may refer to the programme on that day, and where to go if not (S0-94)."""
    return source_answer(source, openings(), day)


def locality_of(postcode: str) -> str | None:
    """The locality that a postcode lies in; None where it is not of the place."""
    found = Postcode.objects.filter(postcode=postcode).select_related("lsoa").first()
    return None if found is None else found.lsoa.locality_id


def manager_of_school(name: str, day: datetime.date) -> SchoolLink | None:
    """Who answers for the school of that name on that day (S0-68)."""
    key = school_key(name)
    if not key:
        return None
    links = SchoolLink.objects.of(key).on(day)
    return links.select_related("manager__user", "manager__team", "covered_by__user").first()
