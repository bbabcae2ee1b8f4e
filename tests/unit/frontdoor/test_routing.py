"""Which route is the best, which come next and why not the others; nobody with a duty says full (P20)."""

import datetime

import pytest

from joinedup.support.frontdoor.choices import Duty, Need, RouteKind, Source
from joinedup.support.frontdoor.rules.openings import Opening, source_answer
from joinedup.support.frontdoor.rules.routing import Asked, Considered, Ranking, RouteFacts, ranked

TODAY = datetime.date(2026, 11, 22)
THURSDAY = datetime.date(2026, 11, 26)
_LONELY = frozenset({Need.LONELINESS})

PANEL = RouteFacts("panel", "The panel", RouteKind.PANEL, next_on=THURSDAY)
NORTH = RouteFacts("north", "Wellbeing north", RouteKind.WELLBEING, _LONELY, frozenset({"north"}))
SOUTH = RouteFacts("south", "Wellbeing south", RouteKind.WELLBEING, _LONELY, frozenset({"south"}))
CLUB = RouteFacts("club", "Lunch club", RouteKind.COMMUNITY_OFFER, _LONELY, from_age=60)
LEAFLET = RouteFacts(
    "leaflet", "A leaflet", RouteKind.COMMUNITY_OFFER, _LONELY, is_warm=False, reach="online"
)
HOMELESS = RouteFacts(
    "homeless", "Homelessness", RouteKind.STATUTORY, frozenset({Need.HOMELESSNESS}),
    duty=Duty.HOMELESSNESS, places=0,
)  # fmt: skip
CHILDREN = RouteFacts(
    "children", "Children’s assessment", RouteKind.STATUTORY, frozenset({Need.FAMILY}),
    to_age=17, from_age=0, duty=Duty.CHILD_IN_NEED,
)  # fmt: skip
SCHOOL = RouteFacts(
    "school", "School social work", RouteKind.SCHOOL_SOCIAL_WORK, frozenset({Need.EDUCATION})
)
LEAD = RouteFacts("lead", "Whoever leads the case", RouteKind.LEAD)
ALL = (PANEL, NORTH, SOUTH, CLUB, LEAFLET, HOMELESS, CHILDREN, SCHOOL, LEAD)


def rank(*routes: RouteFacts, **asked: object) -> Ranking:
    return ranked(Asked(**{"needs": _LONELY, "today": TODAY, **asked}), routes or ALL)


def found(ranking: Ranking, code: str) -> Considered:
    return next(each for each in ranking.all if each.code == code)


def test_the_best_route_meets_the_need_in_the_place_at_that_age() -> None:
    ranking = rank(locality="north", ages=frozenset({71}))
    assert ranking.best is not None
    assert ranking.best.code == "north"
    assert [each.code for each in ranking.next_two] == ["club", "leaflet"]
    assert all(each.why_not for each in (*ranking.next_two, *ranking.others))


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        ({"locality": "north"}, "south", "another part"),
        ({}, "north", "is not known"),
        ({"ages": frozenset({40})}, "club", "60 and over"),
        ({"needs": frozenset({Need.FAMILY})}, "children", "no age is given"),
        ({"needs": frozenset({Need.FAMILY}), "ages": frozenset({30})}, "children", "from 0 to 17"),
        ({"needs": frozenset({Need.MONEY})}, "club", "does not help with"),
        ({"is_eligible": False, "why_eligible": "None of the six"}, "panel", "None of the six"),
        (
            {"is_eligible": True, "source_is_open": False, "why_source_is_shut": "Opens in May."},
            "panel",
            "Opens in May",
        ),
        ({}, "lead", "Nobody"),
        ({"needs": frozenset({Need.EDUCATION})}, "school", "No school"),
    ],
)
def test_a_route_that_does_not_fit_says_why_not(
    asked: dict[str, object], code: str, why: str
) -> None:
    refused = found(rank(**asked), code)
    assert not refused.fits
    assert any(why in sentence for sentence in refused.why_not)


def test_the_panel_says_when_it_meets() -> None:
    """Journey 1: to the panel, next meeting on Thursday."""
    best = rank(is_eligible=True, locality="north").best
    assert best is not None
    assert best.sentence == "The panel, next meeting on Thursday 26 November 2026"


def test_what_is_full_comes_last_and_says_when_it_will_have_a_place() -> None:
    full = RouteFacts("full", "Full club", RouteKind.WELLBEING, _LONELY, places=0, next_on=THURSDAY)
    never = RouteFacts("never", "Shut club", RouteKind.WELLBEING, _LONELY, places=0)
    ranking = rank(full, never, LEAFLET)
    assert ranking.best is not None
    assert ranking.best.code == "leaflet"
    assert found(ranking, "full").when == "full until Thursday 26 November 2026"
    assert "not said yet" in found(ranking, "never").when


@pytest.mark.parametrize("places", [None, 0, 3])
def test_a_duty_is_never_refused_for_capacity(places: int | None) -> None:
    """P20."""
    route = RouteFacts(
        "duty", "Duty", RouteKind.STATUTORY, frozenset({Need.CARE}),
        duty=Duty.CARE_ACT_ASSESSMENT, places=places, localities=frozenset({"north"}),
    )  # fmt: skip
    answer = found(rank(route, needs=frozenset({Need.CARE})), "duty")
    assert answer.fits
    assert answer.has_place


def test_the_duty_to_refer_a_homeless_person_needs_their_yes() -> None:
    """P20: consent to refer; an application of their own is never refused."""
    needs = frozenset({Need.HOMELESSNESS})
    assert rank(needs=needs).best is not None
    refused = found(rank(needs=needs, agrees=False), "homeless")
    assert "themselves at any time" in refused.why_not[0]


def test_whoever_has_it_open_comes_first() -> None:
    """P21: to the lead by default."""
    best = rank(is_eligible=True, lead="Housing, who has the case open").best
    assert best is not None
    assert best.code == "lead"


def test_a_school_s_manager_is_named() -> None:
    """S0-68."""
    needs = frozenset({Need.EDUCATION})
    best = rank(needs=needs, school="Alder Bank", school_manager="Grace Adeyemi").best
    assert best is not None
    assert best.name == "Grace Adeyemi, social work manager for Alder Bank"


def test_a_family_goes_where_one_of_them_fits() -> None:
    best = rank(needs=frozenset({Need.FAMILY}), ages=frozenset({34, 6})).best
    assert best is not None
    assert best.code == "children"


def test_nothing_that_fits_is_said_and_not_made_up() -> None:
    assert rank(needs=frozenset({Need.OFFENDING})).best is None


# ---------------------------------------------------------------- who may refer to the programme

_OPEN = Opening(Source.POLICE_HOSPITAL_LIAISON, "phase 1", datetime.date(2026, 9, 1))
_LATER = Opening(Source.SCHOOL, "phase 2", datetime.date(2027, 4, 1))


@pytest.mark.parametrize(
    ("source", "is_open", "words"),
    [
        (Source.POLICE_HOSPITAL_LIAISON, True, "phase 1"),
        (Source.SCHOOL, False, "Thursday 1 April 2027"),
        (Source.PUBLIC, False, "not decided yet"),
    ],
)
def test_a_source_that_is_not_open_is_told_when_and_where_to_go(
    source: Source, is_open: bool, words: str
) -> None:
    """S0-93, S0-94: refused with where to go; P22: the exit is always open."""
    answer = source_answer(source, [_OPEN, _LATER], TODAY)
    assert answer.is_open is is_open
    assert words in answer.words
    assert is_open or "the exit is always open" in answer.words


def test_a_source_closes_on_its_day() -> None:
    shut = Opening(Source.VENUE, "trial", TODAY - datetime.timedelta(days=9), TODAY)
    assert not source_answer(Source.VENUE, [shut], TODAY).is_open
