"""Writes the lives of many invented cases, table by table."""

import datetime
import random
import uuid
from collections.abc import Sequence

from django.db.models import Model

from joinedup.demo.case_arcs import NAMES
from joinedup.demo.case_life.assessed import write_assessed
from joinedup.demo.case_life.course import course_of
from joinedup.demo.case_life.followed import write_pathways
from joinedup.demo.case_life.levels import write_levels
from joinedup.demo.case_life.life import Going, Life, Rows
from joinedup.demo.case_life.money import write_money
from joinedup.demo.case_life.plan import put_to_them, write_plan
from joinedup.demo.case_life.recovered import write_recovered
from joinedup.demo.case_life.reviews import write_reviews
from joinedup.demo.case_life.told import write_contacts, write_story
from joinedup.demo.case_more import MORE
from joinedup.demo.case_turns import turned
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.models import (
    CaseLevel,
    CaseMember,
    CaseReview,
    Closing,
    Goal,
    Intervention,
    Milestone,
    Plan,
    PlanAction,
    StoryEntry,
    ThresholdDocument,
)
from joinedup.support.contacts.models import Contact

LIVING = Viewer.system("the demo")
_ORDER: tuple[type[Model], ...] = (
    StoryEntry, Contact, CaseLevel, CaseMember, Plan, Goal, Milestone, PlanAction, Intervention,
    CaseReview, Closing,
)  # fmt: skip


def write_lives(going: Sequence[Going], *, at: datetime.datetime) -> None:
    """Write the lives of these cases; inside the transaction that brought them over."""
    with acting(LIVING):
        about: dict[uuid.UUID, list[uuid.UUID]] = {}
        of = MatterPerson.objects.filter(matter__in=[each.case.pk for each in going])
        for matter, person in of.order_by("pk").values_list("matter", "person"):
            about.setdefault(matter, []).append(person)
        document = ThresholdDocument.objects.filter(published_at__isnull=False).first()
        agencies = set(Agency.objects.values_list("code", flat=True))
        rows = Rows()
        lives = [_life(each, tuple(about[each.case.pk]), at) for each in going]
        for life in lives:
            write_story(life, rows)
            write_contacts(life, rows)
            write_levels(life, rows, document)
            write_plan(life, rows, agencies)
            write_reviews(life, rows)
        rows.write(_ORDER)
        write_assessed(lives)
        write_money(lives)
        put_to_them(lives)
        write_pathways(lives)
        write_recovered(lives, rows)


def _life(going: Going, persons: tuple[uuid.UUID, ...], at: datetime.datetime) -> Life:
    chance = random.Random(f"life {going.number}")
    ended, relation = going.case.closed_at, going.arc.member[1]
    until = day_of(ended) if ended else day_of(at)
    length = (until - day_of(going.case.opened_at)).days
    more = MORE[relation]
    return Life(
        going=going,
        more=more,
        course=course_of(going.arc, more, length, is_closed=ended is not None, chance=chance),
        persons=persons,
        until=until,
        chance=chance,
        helper=chance.choice(NAMES[relation]),
        at=at,
        turns=turned(relation, chance),
    )
