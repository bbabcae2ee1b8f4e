"""The demo's routes: where a referral can go in its borough, who takes it, which sources are open."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Post, SchoolLink, Team
from joinedup.foundations.agencies.operations.schools import name_for_school
from joinedup.foundations.agencies.roles import (
    GENERAL_PRACTITIONER,
    HOUSING_OFFICER,
    PRACTITIONER,
    SOCIAL_WORKER,
    TEAM_MANAGER,
)
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.choices import Duty, Need, RouteKind, Source
from joinedup.support.frontdoor.models import Route, SourceOpening
from joinedup.support.frontdoor.models.high_risk import TO_A_TEAM
from joinedup.support.frontdoor.operations.high_risk import set_inbox
from joinedup.support.frontdoor.operations.openings import ensure_standard_thresholds, open_source
from joinedup.support.frontdoor.operations.routes import RouteWords, open_route, set_next_date

_K, _N = RouteKind, Need
_AGENCIES = {
    "voluntary_centre": ("Voluntary Action", AgencyKind.VOLUNTARY),
    "debt_advice": ("Citizens’ Advice Debt Service", AgencyKind.VOLUNTARY),
    "new_leaf": ("New Leaf Recovery", AgencyKind.VOLUNTARY),
}
_REVEALING = frozenset({"new_leaf"})


@dataclass(frozen=True)
class _Taker:
    """A team that takes hand-overs, and who works there: name and role."""

    agency: str
    team: str
    workers: tuple[tuple[str, str], ...]


_TAKERS = {
    "panel": _Taker("partnership_hub", "Transforming Lives panel", ()),
    "adults": _Taker("adult_care", "Adults first response", (
        ("Oliver Penrose", SOCIAL_WORKER.code), ("Blessing Nwosu", TEAM_MANAGER.code),
    )),
    "children": _Taker("children", "Children’s assessment", (
        ("Leah Goldsmith", SOCIAL_WORKER.code), ("Imran Siddique", TEAM_MANAGER.code),
    )),
    "family_help": _Taker("children", "Family help", (
        ("Carys Bevan", PRACTITIONER.code), ("Tom Ashdown", TEAM_MANAGER.code),
    )),
    "schools": _Taker("children", "Schools social work", (
        ("Miriam Falk", SOCIAL_WORKER.code), ("Jerome Baptiste", SOCIAL_WORKER.code),
        ("Ewa Kaminska", TEAM_MANAGER.code),
    )),
    "homelessness": _Taker("housing", "Homelessness", (
        ("Ravi Menon", HOUSING_OFFICER.code), ("Sheila Grant", TEAM_MANAGER.code),
    )),
    "tenancies": _Taker("housing", "Tenancy support", (("Joanne Firth", HOUSING_OFFICER.code),)),
    "fire": _Taker("fire", "Home safety", (("Gary Stubbs", PRACTITIONER.code),)),
    "debt": _Taker("debt_advice", "Advisers", (("Patricia Oyelaran", PRACTITIONER.code),)),
    "recovery": _Taker("new_leaf", "Outreach", (("Sinead Doyle", PRACTITIONER.code),)),
    "marac": _Taker("police", "MARAC", (("Denise Alcott", TEAM_MANAGER.code),)),
    "mappa": _Taker("police", "MAPPA coordination", (("Graham Osei", TEAM_MANAGER.code),)),
    "iom": _Taker("police", "Integrated offender management", (("Lorna Teague", TEAM_MANAGER.code),)),
    "lunch": _Taker("voluntary_centre", "Lunch clubs", (("Harold Whittle", PRACTITIONER.code),)),
    "befriending": _Taker("voluntary_centre", "Befriending", (("Amina Hussein", PRACTITIONER.code),)),
}  # fmt: skip
_COORDINATORS = ("Beth Carrick", "Joseph Adu", "Lucy Marchetti", "Stephen Rourke")
_WELLBEING = ("Chloe Barnard", "Kofi Mensah", "Rosalind Tate", "Dylan Pugh")


@dataclass(frozen=True)
class _Made:
    """A route, by the team that takes it, and from when it has how many places."""

    code: str
    words: RouteWords
    taker: str = ""
    in_days: int | None = None
    places: int | None = None


def _words(name: str, sentence: str, kind: RouteKind, *needs: Need, **more: object) -> RouteWords:
    return RouteWords(name, sentence, kind, needs=needs, starts_on=IN_POST_SINCE, **more)  # type: ignore[arg-type]


_ROUTES: tuple[_Made, ...] = (
    _Made("panel", _words(
        "Transforming Lives panel", "Several agencies agree one plan and one lead.", _K.PANEL, from_age=18,
    ), "panel"),
    _Made("adults-care-act", _words(
        "Adults first response", "Assesses what care and support an adult needs.", _K.STATUTORY,
        _N.CARE, _N.CARER, duty=Duty.CARE_ACT_ASSESSMENT, from_age=18,
    ), "adults"),
    _Made("children-in-need", _words(
        "Children’s assessment", "Assesses whether a child is in need of help.", _K.STATUTORY,
        _N.FAMILY, _N.DOMESTIC_ABUSE, duty=Duty.CHILD_IN_NEED, from_age=0, to_age=17,
    ), "children"),
    _Made("family-help", _words(
        "Family help", "A worker helps the family with a plan they agree to.", _K.STATUTORY,
        _N.FAMILY, _N.EDUCATION, from_age=0, to_age=24,
    ), "family_help", 6, 3),
    _Made("school-social-work", _words(
        "Social work manager of the school", "Answers for the children of a school, by name.",
        _K.SCHOOL_SOCIAL_WORK, _N.EDUCATION, _N.FAMILY, from_age=0, to_age=18,
    ), "schools"),
    _Made("homelessness", _words(
        "Homelessness team", "Takes an application and works to prevent a home being lost.",
        _K.STATUTORY, _N.HOMELESSNESS, duty=Duty.HOMELESSNESS, from_age=16,
    ), "homelessness"),
    _Made("tenancy-support", _words(
        "Tenancy support", "Helps to keep a home: rent, repairs, neighbours.", _K.STATUTORY,
        _N.HOUSING, _N.ANTISOCIAL, from_age=16,
    ), "tenancies", 3, 6),
    _Made("home-safety", _words(
        "Home safety visit", "A fire crew fits alarms and looks for what is not met.", _K.STATUTORY,
        _N.FIRE_SAFETY,
    ), "fire", 2, 20),
    _Made("debt-advice", _words(
        "Debt advice", "An adviser deals with creditors and benefits.", _K.COMMUNITY_OFFER,
        _N.MONEY, from_age=18,
    ), "debt", 9, 0),
    _Made("recovery-outreach", _words(
        "Recovery outreach", "Meets people where they are about drink and drugs.", _K.COMMUNITY_OFFER,
        _N.SUBSTANCE_MISUSE, from_age=18,
    ), "recovery", 4, 5),
    _Made("lunch-club", _words(
        "Lunch club", "A hot lunch and company, three days a week, with a lift.", _K.COMMUNITY_OFFER,
        _N.LONELINESS, from_age=60,
    ), "lunch", 1, 12),
    _Made("befriending", _words(
        "Befriending", "Somebody rings or visits every week.", _K.COMMUNITY_OFFER, _N.LONELINESS,
        _N.CARER, from_age=18,
    ), "befriending", 12, 0),
    _Made("talking-therapy", _words(
        "Talking therapy, by self-referral", "For low mood and worry; people ask for it themselves.",
        _K.COMMUNITY_OFFER, _N.MENTAL_HEALTH, from_age=16, is_warm=False,
        reach="Online, or by telephone on 01632 960 415, weekdays 9am to 5pm",
    )),
    _Made("warm-hub", _words(
        "Warm hub at the library", "A warm room, tea and somebody to talk to.", _K.COMMUNITY_OFFER,
        _N.LONELINESS, _N.MONEY, is_warm=False, reach="The library, any morning but Wednesday",
    )),
    _Made("work-club", _words(
        "Work club", "Help with forms, letters and looking for work.", _K.COMMUNITY_OFFER, _N.WORK,
        from_age=16, is_warm=False, reach="The library, Tuesdays from 10am",
    )),
)  # fmt: skip
_OPEN: tuple[tuple[Source, str], ...] = (
    (Source.MASH_STEP_DOWN, "40 step-downs tried on paper: 38 went where the panel would have sent them."),
    (Source.FAMILIES_PROGRAMME, "25 families tried: 24 right, one sent to a team that has since moved."),
    (Source.POLICE_HOSPITAL_LIAISON, "30 people tried with the liaison officers: all right."),
    (Source.MULTIPLE_NEEDS, "12 people tried: all right."),
    (Source.EARLY_HELP_PANEL, "20 families tried: 19 right."),
)  # fmt: skip
PHASE = "Phase 1"
SCHOOLS = (
    ("Alder Bank School", 0, 1),
    ("Harrowmoss Primary School", 1, 0),
    ("Quayside Academy", 0, 1),
)


@transaction.atomic
def make_routes(*, at: datetime.datetime) -> None:
    """Make the routes of the borough, with teams and posts that take what is handed over, once."""
    manager = _manager()
    if manager is None or Route.objects.exists():
        return
    _make_agencies()
    teams = {code: _team(taker) for code, taker in _TAKERS.items()}
    for made in _ROUTES:
        _open(manager, made, teams.get(made.taker), at)
    for number, locality in enumerate(Locality.objects.order_by("code")):
        _of_locality(manager, locality, number, at)
    for risk in TO_A_TEAM:
        set_inbox(by=manager, route=risk, team_id=teams[risk.value].pk, starts_on=day_of(at), at=at)
    set_next_date(
        by=manager, route_code="panel", next_on=next_thursday(day_of(at)), places=8, at=at
    )
    ensure_standard_thresholds(by=manager, starts_on=IN_POST_SINCE, at=at)
    if not SourceOpening.objects.exists():
        for source, result in _OPEN:
            open_source(
                by=manager,
                source=source,
                phase=PHASE,
                test_result=result,
                opens_on=IN_POST_SINCE,
                at=at,
            )
    _name_school_managers(manager, at)


def next_thursday(today: datetime.date) -> datetime.date:
    """The day the panel next meets: a Thursday, today’s own if it is one."""
    return today + datetime.timedelta(days=(3 - today.weekday()) % 7)


def _open(manager: Viewer, made: _Made, team: Team | None, at: datetime.datetime) -> None:
    words = made.words
    if team is not None:
        words = RouteWords(**{**words.__dict__, "team_id": team.pk})
    open_route(by=manager, code=made.code, words=words, at=at)
    if made.in_days is not None:
        next_on = day_of(at) + datetime.timedelta(days=made.in_days)
        set_next_date(by=manager, route_code=made.code, next_on=next_on, places=made.places, at=at)


def _of_locality(manager: Viewer, locality: Locality, number: int, at: datetime.datetime) -> None:
    """Each locality has its integrated care team and its wellbeing worker."""
    care = _Taker(
        "gp", f"Integrated care team, {locality.name}",
        ((_COORDINATORS[number % 4], PRACTITIONER.code), ("Dr " + _COORDINATORS[number % 4].split()[1],
                                                          GENERAL_PRACTITIONER.code)),
    )  # fmt: skip
    wellbeing = _Taker(
        "good_neighbours", "Wellbeing workers" if number == 0 else f"Wellbeing workers, {locality.name}",
        () if number == 0 else ((_WELLBEING[number % 4], PRACTITIONER.code),),
    )  # fmt: skip
    for code, taker, words in (
        ("care-team", care, _words(
            f"Integrated care team, {locality.name}", "Nurses, GPs and social care around one plan.",
            _K.INTEGRATED_TEAM, _N.PHYSICAL_HEALTH, _N.CARE, _N.MENTAL_HEALTH, _N.FREQUENT_EMERGENCY,
            from_age=18, localities=(locality.code,),
        )),
        ("wellbeing", wellbeing, _words(
            f"Wellbeing worker, {locality.name}", "Somebody who goes along: company, money, getting out.",
            _K.WELLBEING, _N.LONELINESS, _N.MONEY, _N.CARER, _N.WORK, _N.MENTAL_HEALTH, from_age=18,
            localities=(locality.code,),
        )),
    ):  # fmt: skip
        made = _Made(
            f"{code}-{locality.code.lower()}", words, in_days=2 + number, places=4 + number
        )
        _open(manager, made, _team(taker), at)


def _name_school_managers(manager: Viewer, at: datetime.datetime) -> None:
    if SchoolLink.objects.exists():
        return
    workers = list(
        Post.objects.filter(team__name="Schools social work", role=SOCIAL_WORKER.code).order_by(
            "user__name"
        )
    )
    for school, who, covers in SCHOOLS:
        name_for_school(
            by=manager.post_id, purpose=manager.purpose, school=school, manager_id=workers[who].pk,
            covered_by_id=workers[covers].pk, starts_on=IN_POST_SINCE, at=at,
        )  # fmt: skip


def _manager() -> Viewer | None:
    found = persona("front-door-manager")
    posts = Post.objects.select_related("team__agency", "user")
    post = posts.filter(pk=found.post_id).first() if found else None
    return Viewer.of_post(post) if post else None


def _make_agencies() -> None:
    Agency.objects.get_or_create(
        code="partnership_hub",
        defaults={"name": "Transforming Lives", "kind": AgencyKind.PARTNERSHIP},
    )
    for code, (name, kind) in _AGENCIES.items():
        Agency.objects.get_or_create(
            code=code,
            defaults={"name": name, "kind": kind, "name_reveals": code in _REVEALING},
        )


def _team(taker: _Taker) -> Team:
    team, _ = Team.objects.get_or_create(agency_id=taker.agency, name=taker.team)
    for number, (name, role) in enumerate(taker.workers):
        slug = "".join(
            c if c.isalnum() else "-" for c in f"{taker.team} {number}".casefold().replace("’", "")
        )
        user, new = User.objects.get_or_create(
            email=f"{slug}@joinedup.invalid", defaults={"name": name}
        )
        if new:
            user.set_unusable_password()
            user.save()
        Post.objects.get_or_create(
            user=user, team=team, role=role, defaults={"starts_on": IN_POST_SINCE}
        )
    return team
