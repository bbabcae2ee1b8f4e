"""The demo's cases: brought over from the systems before, and then given the life of an arc."""

import datetime
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from joinedup.demo.case_arcs import ARCS, Arc
from joinedup.demo.case_life import Going, write_lives
from joinedup.demo.case_life.calendar import worked
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.models import Case
from joinedup.support.cases.operations.bring_over import BRINGING, bring_over
from joinedup.support.cases.rules.brought_over import CaseRow
from joinedup.support.handovers.rules.roles import TAKES

LIVE_PER_PERSON = 1_200 / 150_000
CLOSED_PER_PERSON = 3_000 / 150_000
"""A borough of 150,000 has about so many cases open, and so many that closed within two years."""
BEFORE_SERVING = 48
"""So many are there before the demo is served; the others come beside it, newest first."""
AT_ONCE = 60
LONGEST_AGO = 3
"""So many years ago the oldest of them begins."""
SYSTEMS = {
    "housing": "Tenancy book", "adult_care": "Care file", "gp": "Surgery list",
    "children": "Family file", "police": "Liaison log", "fire": "Visits book",
}  # fmt: skip
LOOKING = Viewer.system("choosing people for the demo")
Progress = Callable[[str, float], None]

_WHO = """
    SELECT r.person_id, r.record_id, r.born_on, h.household_id
    FROM people_record r JOIN people_person p ON p.id = r.person_id
    LEFT JOIN LATERAL (SELECT m.household_id FROM people_householdmember m
        WHERE m.person_id = r.person_id AND m.ends_on IS NULL LIMIT 1) h ON true
    WHERE r.agency_id = %s AND r.gone_on IS NULL AND p.died_on IS NULL AND p.merged_into_id IS NULL
      AND r.given_name <> '' AND r.born_on BETWEEN %s AND %s
      AND upper(left(r.sex, 1)) = %s
    ORDER BY md5(r.person_id::text || 'cases') LIMIT %s
"""
_SIBLINGS = """
    SELECT r.person_id, r.record_id FROM people_householdmember m
    JOIN people_record r ON r.person_id = m.person_id AND r.agency_id = %s AND r.gone_on IS NULL
    JOIN people_person p ON p.id = r.person_id AND p.died_on IS NULL AND p.merged_into_id IS NULL
    WHERE m.household_id = %s AND m.ends_on IS NULL AND r.person_id <> %s AND r.born_on > %s
    ORDER BY r.person_id LIMIT 2
"""


@dataclass(frozen=True)
class _Planned:
    """A case that is to be: its arc, its people, who leads it, from when until when."""

    number: int
    agency: str
    arc: Arc
    people: tuple[str, ...]
    lead: Post
    opened_on: datetime.date
    closed_on: datetime.date | None


def are_brought() -> bool:
    """Whether the first cases are there."""
    with acting(LOOKING):
        return Case.objects.exclude(recorded_in="").exists()


def make_first(*, people: int, at: datetime.datetime, seed: int, progress: Progress) -> int:
    """Bring the first cases over, before the demo is served; return how many."""
    planned = list(_planned(people, at, seed))[:BEFORE_SERVING]
    made = _make(planned, at)
    progress("Bringing cases over", 1.0)
    return made


def make_the_rest(
    *, people: int, at: datetime.datetime, seed: int, go_on: Callable[[], bool]
) -> int:
    """Bring the others over while `go_on` says so; begun again it goes on from there."""
    made = 0
    planned = list(_planned(people, at, seed))
    for start in range(0, len(planned), AT_ONCE):
        if not go_on():
            break
        made += _make(planned[start : start + AT_ONCE], at)
    return made


def _make(planned: Sequence[_Planned], at: datetime.datetime) -> int:
    """Bring these over, agency by agency, each batch whole or not at all."""
    made = 0
    for agency in sorted({each.agency for each in planned}):
        some = [each for each in planned if each.agency == agency]
        with transaction.atomic():
            made += _make_of(agency, some, at)
    return made


def _make_of(agency: str, some: Sequence[_Planned], at: datetime.datetime) -> int:
    system = SYSTEMS[agency]
    rows = [
        CaseRow(
            line=each.number,
            number=str(each.number),
            people=each.people,
            programme=each.arc.programme,
            for_whom=ForWhom.FAMILY if each.arc.family else ForWhom.PERSON,
            lead=each.lead.user.email.casefold(),
            opened_on=each.opened_on,
            closed_on=each.closed_on,
        )
        for each in some
    ]
    done = bring_over(by=BRINGING, agency=agency, system=system, rows=rows, at=at)
    by_number = {f"{system} {each.number}": each for each in some}
    going = [
        Going(
            case, by_number[case.recorded_in].arc, by_number[case.recorded_in].lead, _numbered(case)
        )
        for case in done.cases
    ]
    write_lives(going, at=at)
    return len(going)


def _numbered(case: Case) -> int:
    return int(case.recorded_in.rsplit(" ", 1)[1])


def _planned(people: int, at: datetime.datetime, seed: int) -> Iterator[_Planned]:
    """Every case that is to be, those that are open mixed with those that have closed; always the same."""
    live, closed = round(people * LIVE_PER_PERSON), round(people * CLOSED_PER_PERSON)
    chance = random.Random(f"cases {seed}")
    today = day_of(at)
    turns = [True] * live + [False] * closed
    chance.shuffle(turns)
    # Some of both are there from the first: six open ones in ten of what is made before serving.
    turns.sort(key=lambda is_open: chance.random() * (0.35 if is_open else 1.0))
    posts, used = _posts(), set[uuid.UUID]()
    pools = {
        (agency, arc): _people(agency, arc, today, people)
        for arc in ARCS
        for agency in arc.agencies
    }
    for number, is_open in enumerate(turns, 1):
        arc = ARCS[number % len(ARCS)]
        agency = arc.agencies[number // len(ARCS) % len(arc.agencies)]
        pool, leads = pools[(agency, arc)], posts.get(agency, [])
        opened, ended = _days(is_open, today, chance)
        free = (each for each in pool if each[0] not in used and _fits(arc, each[2], opened))
        found = next(free, None)
        if found is None or not leads:
            continue
        about = [found[1]]
        used.add(found[0])
        if arc.family and found[3] is not None:
            siblings = _siblings(agency, found, today)
            used.update(person for person, _ in siblings)
            about += [record for _, record in siblings]
        lead = leads[number % len(leads)]
        yield _Planned(number, agency, arc, tuple(about), lead, opened, ended)


def _fits(arc: Arc, born_on: datetime.date, opened: datetime.date) -> bool:
    """Whether somebody is of the arc's age on the day it begins, be that years ago."""
    years = (opened - born_on).days / 365.25
    return arc.ages[0] <= years < arc.ages[1] + 1


def _days(
    is_open: bool, today: datetime.date, chance: random.Random
) -> tuple[datetime.date, datetime.date | None]:
    """From when until when: most that are open are young, and a case lasts some months."""
    if is_open:
        return worked(today - datetime.timedelta(days=int(6 + 300 * chance.random() ** 1.7))), None
    ended = worked(today - datetime.timedelta(days=chance.randint(9, 700)))
    return worked(ended - datetime.timedelta(days=chance.randint(80, 290))), ended


def _posts() -> dict[str, list[Post]]:
    """The posts that may lead, by agency: practitioners, and no managers."""
    roles = TAKES - {"team_manager", "duty_manager", "front_door_manager", "front_door_worker"}
    found: dict[str, list[Post]] = {}
    held = Post.objects.filter(ends_on__isnull=True, role__in=roles, user__is_active=True)
    for post in held.select_related("team__agency", "user").order_by("user__name", "pk"):
        found.setdefault(post.team.agency_id, []).append(post)
    return found


_Found = tuple[uuid.UUID, str, datetime.date, uuid.UUID | None]


def _people(agency: str, arc: Arc, today: datetime.date, people: int) -> list[_Found]:
    # Of those who are older by now some were of the age on the day a case began.
    ages = (arc.ages[0], arc.ages[1] + LONGEST_AGO)
    youngest, oldest = (today.replace(year=today.year - age, day=1) for age in ages)
    with acting(LOOKING), connection.cursor() as cursor:
        cursor.execute(_WHO, [agency, oldest, youngest, arc.sex, max(30, people // 100)])
        return cursor.fetchall()


def _siblings(agency: str, child: _Found, today: datetime.date) -> list[tuple[uuid.UUID, str]]:
    grown = today.replace(year=today.year - 18, day=1)
    with acting(LOOKING), connection.cursor() as cursor:
        cursor.execute(_SIBLINGS, [agency, child[3], child[0], grown])
        return cursor.fetchall()
