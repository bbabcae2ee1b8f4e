"""Which route is the best and most direct, which come next, and why each of the others is not (S2-28).

Need, place, age, capacity and who may refer to the programme decide; nothing is summed into a score.
A statutory duty is never refused for capacity (P20). What is full says when it will have a place.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from joinedup.support.frontdoor.choices import Duty, Need, RouteKind

ADULT_FROM = 18
OLDEST = 120
HOW_MANY_NEXT = 2


@dataclass(frozen=True)
class RouteFacts:
    """A route as the rule meets it."""

    code: str
    name: str
    kind: RouteKind
    needs: frozenset[Need] = frozenset()
    localities: frozenset[str] = frozenset()
    from_age: int | None = None
    to_age: int | None = None
    duty: Duty = Duty.NONE
    is_warm: bool = True
    next_on: datetime.date | None = None
    places: int | None = None
    reach: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked for, for whom, where, and what the programme answered."""

    needs: frozenset[Need]
    today: datetime.date
    locality: str | None = None
    ages: frozenset[int] = frozenset()
    """Of everybody it is for: a family has several, and a route for one of them fits."""
    is_eligible: bool = False
    why_eligible: str = ""
    source_is_open: bool = True
    why_source_is_shut: str = ""
    agrees: bool = True
    """The person knows of it and agrees (P24)."""
    lead: str = ""
    """How the lead who has it open is called, where whoever is told may know of them (P17, P21)."""
    school: str = ""
    school_manager: str = ""
    """Who answers for the school, by name, where it is known (S0-68)."""


@dataclass(frozen=True)
class Considered:
    """A route that was looked at: whether it fits, for which reasons or why not, and when it has a place."""

    code: str
    name: str
    kind: RouteKind
    fits: bool
    reasons: tuple[str, ...] = ()
    why_not: tuple[str, ...] = ()
    has_place: bool = True
    when: str = ""
    """Its next date in words, or when it will have a place again."""
    is_warm: bool = True
    meets: int = field(default=0, compare=False)

    @property
    def sentence(self) -> str:
        """Its name and when, in one line."""
        return f"{self.name}, {self.when}" if self.when else self.name


@dataclass(frozen=True)
class Ranking:
    """The best route, the next two with why not they, and all the others with why not."""

    best: Considered | None
    next_two: tuple[Considered, ...]
    others: tuple[Considered, ...]

    @property
    def all(self) -> tuple[Considered, ...]:
        """Every route that was considered, the best first."""
        return ((self.best,) if self.best else ()) + self.next_two + self.others


def ranked(asked: Asked, routes: Iterable[RouteFacts]) -> Ranking:
    """Rank the routes for what is asked; the best is None where nothing fits at all."""
    facts = {route.code: route for route in routes}
    looked_at = [_considered(asked, route) for route in facts.values()]
    fitting = sorted(
        (each for each in looked_at if each.fits),
        key=lambda each: _order(asked, facts[each.code], each),
    )
    unfit = sorted((each for each in looked_at if not each.fits), key=lambda each: each.name)
    best = fitting[0] if fitting else None
    rest = [_after(best, each) for each in fitting[1:]] if best else []
    return Ranking(best, tuple(rest[:HOW_MANY_NEXT]), (*rest[HOW_MANY_NEXT:], *unfit))


def _considered(asked: Asked, route: RouteFacts) -> Considered:
    reasons: list[str] = []
    why_not: list[str] = []
    meets = _need(asked, route, reasons, why_not)
    _place(asked, route, reasons, why_not)
    _age(asked, route, reasons, why_not)
    _kind(asked, route, reasons, why_not)
    has_place, when = _capacity(route, asked.today)
    if route.duty is not Duty.NONE:
        reasons.append(f"It is a duty in law: {route.duty.label}.")
    return Considered(
        code=route.code,
        name=_name(asked, route),
        kind=route.kind,
        fits=not why_not,
        reasons=tuple(reasons),
        why_not=tuple(why_not),
        has_place=has_place,
        when=when,
        is_warm=route.is_warm,
        meets=meets,
    )


def _need(asked: Asked, route: RouteFacts, reasons: list[str], why_not: list[str]) -> int:
    """How many of the needs it meets; the panel and a lead take whoever is theirs, whatever the need."""
    if route.kind in {RouteKind.PANEL, RouteKind.LEAD}:
        return len(asked.needs)
    met = sorted(asked.needs & route.needs) if route.needs else []
    if met:
        reasons.append("It helps with " + ", ".join(need.label.lower() for need in met) + ".")
    elif route.needs:
        why_not.append("It does not help with what is asked for.")
    return len(met)


def _place(asked: Asked, route: RouteFacts, reasons: list[str], why_not: list[str]) -> None:
    if not route.localities:
        return
    if asked.locality is None:
        # A statutory team is never passed over because nobody knows where somebody lives (P20).
        if route.duty is Duty.NONE:
            why_not.append(
                "It serves a part of the place, and where the person lives is not known."
            )
    elif asked.locality in route.localities:
        reasons.append("It serves where the person lives.")
    else:
        why_not.append("It serves another part of the place.")


def _age(asked: Asked, route: RouteFacts, reasons: list[str], why_not: list[str]) -> None:
    if route.from_age is None and route.to_age is None:
        return
    lowest, highest = route.from_age or 0, route.to_age if route.to_age is not None else OLDEST
    if not asked.ages:
        if highest < ADULT_FROM:
            why_not.append("It is for children, and no age is given.")
    elif any(lowest <= age <= highest for age in asked.ages):
        reasons.append("It is for somebody of that age.")
    elif highest == OLDEST:
        why_not.append(f"It is for those of {lowest} and over.")
    else:
        why_not.append(f"It is for those from {lowest} to {highest}.")


def _kind(asked: Asked, route: RouteFacts, reasons: list[str], why_not: list[str]) -> None:
    match route.kind:
        case RouteKind.PANEL:
            _panel(asked, reasons, why_not)
        case RouteKind.LEAD:
            if asked.lead:
                reasons.append("Somebody has this person's case open, and takes what is new of it.")
            else:
                why_not.append("Nobody is known to have a case open.")
        case RouteKind.SCHOOL_SOCIAL_WORK:
            if asked.school_manager:
                reasons.append(f"{asked.school_manager} answers for {asked.school}.")
            else:
                why_not.append("No school is named that has a social work manager.")
    if route.duty is Duty.HOMELESSNESS and not asked.agrees:
        why_not.append(
            "The duty to refer needs the person's yes to it. They may apply themselves at any time."
        )


def _panel(asked: Asked, reasons: list[str], why_not: list[str]) -> None:
    if not asked.is_eligible:
        why_not.append(asked.why_eligible or "Not eligible for the programme.")
    elif not asked.source_is_open:
        why_not.append(asked.why_source_is_shut)
    else:
        reasons.append(asked.why_eligible)


def _capacity(route: RouteFacts, today: datetime.date) -> tuple[bool, str]:
    """Whether it has a place, and the words of when; one with a duty always has (P20)."""
    next_on = route.next_on if route.next_on and route.next_on >= today else None
    day = in_words(next_on) if next_on else ""
    if route.places != 0 or route.duty is not Duty.NONE:
        if route.kind is RouteKind.PANEL and day:
            return True, f"next meeting on {day}"
        return True, f"next on {day}" if day else ""
    if day:
        return False, f"full until {day}"
    return False, "full; when it has a place again was not said yet"


def _order(asked: Asked, route: RouteFacts, each: Considered) -> tuple[object, ...]:
    """The more direct first: who has it open, a duty, the panel; then what meets most, nearest, soonest."""
    return (
        not each.has_place,
        _DIRECTNESS[route.kind] if route.duty is Duty.NONE else _OF_DUTY,
        -each.meets,
        not route.is_warm,
        not route.localities,
        len(route.needs) or len(Need),
        route.next_on or datetime.date.max,
        route.name,
    )


_OF_DUTY = 1
_DIRECTNESS = {
    RouteKind.LEAD: 0,
    RouteKind.PANEL: 2,
    RouteKind.SCHOOL_SOCIAL_WORK: 3,
    RouteKind.STATUTORY: 4,
    RouteKind.INTEGRATED_TEAM: 4,
    RouteKind.WELLBEING: 5,
    RouteKind.COMMUNITY_OFFER: 6,
}


def _after(best: Considered, each: Considered) -> Considered:
    """The same, saying why it comes after the best."""
    if not each.has_place:
        why = f"It fits, and has no place now: {each.when}."
    elif not each.is_warm and best.is_warm:
        why = "It would be a signpost; the other is a warm hand-over."
    elif each.meets < best.meets:
        why = "It fits, and meets less of what is asked for."
    else:
        why = f"It fits, and {best.name} is more direct."
    return Considered(
        code=each.code, name=each.name, kind=each.kind, fits=True, reasons=each.reasons,
        why_not=(why,), has_place=each.has_place, when=each.when, is_warm=each.is_warm,
        meets=each.meets,
    )  # fmt: skip


def _name(asked: Asked, route: RouteFacts) -> str:
    if route.kind is RouteKind.LEAD and asked.lead:
        return asked.lead
    if route.kind is RouteKind.SCHOOL_SOCIAL_WORK and asked.school_manager:
        return f"{asked.school_manager}, social work manager for {asked.school}"
    return route.name


def in_words(day: datetime.date) -> str:
    """A day as a page says it."""
    return f"{day:%A} {day.day} {day:%B %Y}"
