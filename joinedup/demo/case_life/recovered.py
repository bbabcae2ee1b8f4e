"""How near to their goals people say they are, whom a service is meant for, and who is whose parent."""

import datetime
import random
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.demo.case_life.course import Way
from joinedup.demo.case_life.levels import review_days
from joinedup.demo.case_life.life import Life, Rows
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.dates import start_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.models import ClientGroupTag, FamilyLink, Goal, GoalRating
from joinedup.support.cases.rules.client_group import fit_of, rule_on

_BORN = """
    SELECT p.id, (SELECT r.born_on FROM people_record r WHERE r.person_id = p.id AND r.gone_on IS NULL
        AND r.born_on IS NOT NULL ORDER BY r.id LIMIT 1)
    FROM people_person p WHERE p.id = ANY(%s)
"""
_MOTHER = """
    SELECT other.person_id FROM people_householdmember me
    JOIN people_householdmember other ON other.household_id = me.household_id AND other.ends_on IS NULL
    JOIN people_record r ON r.person_id = other.person_id AND r.gone_on IS NULL
    JOIN people_record c ON c.person_id = me.person_id AND c.gone_on IS NULL
    WHERE me.person_id = %s AND me.ends_on IS NULL AND upper(left(r.sex, 1)) = 'F'
      AND r.born_on BETWEEN c.born_on - 45 * 365 AND c.born_on - 17 * 365
    ORDER BY r.agency_id = %s DESC, other.person_id LIMIT 1
"""
_ILL = (ClientGroup.SEVERE_MENTAL_ILLNESS, ClientGroup.LATER_SEVERE_MENTAL_ILLNESS)
_AFFECTS = (
    "Sleeps by day, eats once, and has not opened the post since spring.",
    "Hears voices when it is quiet, and stopped answering the door over it.",
    "Some weeks goes out of the house for nothing but bread.",
)
_WORD = (
    "the community psychiatric nurse",
    "the GP’s letter",
    "what they said themselves, and their sister",
)
_POLICE = "police"
_GRANDMOTHERS = ("Rose", "Maureen", "Pauline", "Grace", "Joan")


def write_recovered(lives: Sequence[Life], rows: Rows) -> None:
    """Write ratings, groups and family links of all these lives, table by table."""
    ratings: list[GoalRating] = []
    for life in lives:
        if not life.arc.family and life.going.number % 2 == 0:
            for place, goal in enumerate(rows.of(Goal, life.case)):
                ratings += _rated(life, goal, place)
    GoalRating.objects.bulk_create(ratings)
    ClientGroupTag.objects.bulk_create(_tags(lives))
    links = [link for life in lives for link in _links(life)]
    FamilyLink.objects.bulk_create(links)
    Holding.objects.bulk_create(_held_of_mothers(links))


def _rated(life: Life, goal: Goal, place: int) -> list[GoalRating]:
    chance = random.Random(f"rating {life.going.number} {place}")
    usual = {Way.WELL: 5, Way.SET_BACK: 2, Way.IN_PART: 2, Way.STOPPED: 0}[life.course.way]
    days = [(MeasurePoint.START, life.at_work(12))]
    days += [(MeasurePoint.REVIEW, day) for day in list(review_days(life))[:2]]
    if life.is_closed and life.course.way is not Way.STOPPED:
        days.append((MeasurePoint.END, life.until))
    number = chance.randint(0, 4)
    found: list[GoalRating] = []
    for point, day in sorted(days, key=lambda each: each[1]):
        if day > life.until:
            continue
        if found:
            number = max(0, min(10, number + round(chance.gauss(usual / 2, 1.2))))
        found.append(
            GoalRating(
                case=life.case, goal=goal, person_id=life.persons[0], point=point, rating=number,
                how=chance.choice((RatedHow.IN_THE_ROOM, RatedHow.IN_THE_ROOM, RatedHow.BY_TELEPHONE)),
                rated_on=day, by_post=life.going.lead, recorded_at=life.moment(day),
            )
        )  # fmt: skip
    return found


def _tags(lives: Sequence[Life]) -> list[ClientGroupTag]:
    """Some of those whose lead holds such data, each in the group whose rule of the day they fit."""
    some = [
        life
        for life in lives
        if not life.arc.family
        and Category.MENTAL_HEALTH in role(life.going.lead.role).categories
        and random.Random(f"group {life.going.number}").random() < _share(life)
    ]
    born = _born({life.persons[0] for life in some})
    found = []
    for life in some:
        chance = random.Random(f"ill {life.going.number}")
        since = life.begins - datetime.timedelta(days=chance.randint(800, 5000))
        day = life.at_work(9)
        born_on = born.get(life.persons[0])
        fitting = (
            each
            for each in _ILL
            if fit_of(rule_on(each, day), day, born_on=born_on, ill_since=since) is Fit.FITS
        )
        group = next(fitting, None)
        if group is not None and day < life.until:
            found.append(
                ClientGroupTag(
                    case=life.case, person_id=life.persons[0], group=group, category=group.category,
                    holder_id=life.case.agency_id, ill_since=since, affects=chance.choice(_AFFECTS),
                    whose_word=chance.choice(_WORD), worked_out=Fit.FITS, starts_on=day,
                    by_post=life.going.lead, recorded_at=life.moment(day),
                )
            )  # fmt: skip
    return found


def _share(life: Life) -> float:
    """Of whom it is told: many of those in trouble with everybody, few of the others, none of the very young."""
    if life.case.programme == Programme.TRANSFORMING_LIVES:
        return 0.8
    return 0.2 if life.arc.ages[1] > 40 else 0.0


def _links(life: Life) -> list[FamilyLink]:
    """The mother at home, and hers by name, of a child whose case children's services lead."""
    if not life.arc.family or life.case.programme not in {
        Programme.FAMILY_HELP, Programme.CHILDRENS_SOCIAL_CARE, Programme.EARLY_HELP,
    }:  # fmt: skip
        return []
    day = life.at_work(10)
    if day >= life.until:
        return []
    mother = _mother(life.persons[0], life.case.agency_id)
    told = {
        "case": life.case, "holder_id": life.case.agency_id, "kind": ParentKind.BIRTH,
        "told_by": "The mother", "told_on": day, "by_post": life.going.lead,
        "recorded_at": life.moment(day),
    }  # fmt: skip
    if mother is None:
        return []
    name = random.Random(f"grandmother {life.going.number}").choice(_GRANDMOTHERS)
    return [
        *(
            FamilyLink(parent_id=mother, child_id=each, **told)
            for each in life.persons
            if each != mother
        ),
        FamilyLink(parent_name=f"{name}, the mother’s mother", child_id=mother, **told),
    ]


def _held_of_mothers(links: Sequence[FamilyLink]) -> list[Holding]:
    """What the police hold of half of the mothers, so that a picture has something to show."""
    if not Agency.objects.filter(code=_POLICE).exists():
        return []
    found = {}
    for link in links:
        if link.parent_id is not None and link.parent_id.int % 2:
            since = link.told_on - datetime.timedelta(days=500)
            found[link.parent_id] = Holding(
                person_id=link.parent_id, holder_id=_POLICE, category=Category.DOMESTIC_ABUSE,
                headline="Harmed at home by a former partner", recorded_at=start_of(since), starts_on=since,
            )  # fmt: skip
    return list(found.values())


def _mother(child: uuid.UUID, agency: str) -> uuid.UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(_MOTHER, [child, agency])
        found = cursor.fetchone()
    return found[0] if found else None


def _born(people: set[uuid.UUID]) -> dict[uuid.UUID, datetime.date | None]:
    with connection.cursor() as cursor:
        cursor.execute(_BORN, [list(people)])
        return dict(cursor.fetchall())
