"""In random worlds decide, row security and the pages give one answer, for every practitioner × person × category."""

import datetime
import math
import os
import random
import sys
from collections import Counter

import pytest
from django.db import connection

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, Level, Purpose, Telling
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.policy import Decision, decide
from joinedup.identity.sharing.queries.facts import decisions
from tests.databases import PrivateDatabase
from tests.sharing import paged, worlds
from tests.sharing.worlds import World

WANTED = int(os.environ.get("JOINEDUP_TRIPLES", "10000"))
SEED = int(os.environ.get("JOINEDUP_WORLD", "1"))
IN_A_WORLD = 12 * 10 * len(Category)
AT = datetime.datetime(2026, 10, 20, 9, 30, tzinfo=datetime.UTC)
"""Five days before summer time ends."""
SYSTEM = Viewer.system("a test")

Question = tuple[object, str, Category]
"""Person, holder, category."""
Told = dict[object, set[tuple[str, str, str]]]
"""Of each person what is told though withheld: holder, category, how."""


def decided(world: World, place: int, at: datetime.datetime) -> dict[Question, Decision]:
    """What decide says to one practitioner, on facts sought out one by one."""
    post, purpose = world.posts[place]
    return {
        (person.pk, holder.code, category): decide(known)
        for person in world.people
        for holder, category, known in worlds.facts(world, post, purpose, person, at)
    }


def seen(world: World, place: int) -> tuple[dict[Question, Level], set[tuple[object, str]], Told]:
    """What the database shows the practitioner: levels of holdings, records, and what it tells of."""
    post, purpose = world.posts[place]
    levels: dict[Question, Level] = {}
    told: Told = {}
    try:
        with acting(Viewer.of_post(post, purpose=purpose)):
            for model, level in (
                (Holding, Level.HEADLINE), (HoldingSummary, Level.SUMMARY), (HoldingDetail, Level.DETAIL),
            ):  # fmt: skip
                for person, holder, category in model.objects.values_list(
                    "person_id", "holder_id", "category"
                ):
                    levels[person, holder, Category(category)] = level
            records = set(Record.objects.values_list("person_id", "agency_id"))
            for person in world.people:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT * FROM wall_withheld(%s)", [person.pk])
                    told[person.pk] = set(cursor.fetchall())
    except NotPermitted:
        return {}, set(), {person.pk: set() for person in world.people}
    return levels, records, told


def to_be_told(world: World, answers: dict[Question, Decision]) -> Told:
    """What is told of each person whom the viewer knows, by the decisions: existence once and bare."""
    told: Told = {person.pk: set() for person in world.people}
    for person in world.people:
        same = world.same(person)
        if not any(
            answer.level >= Level.SUMMARY
            for (other, _, category), answer in answers.items()
            if other in same and category is Category.IDENTITY
        ):
            continue
        for (other, holder, category), answer in answers.items():
            if other not in same or answer.allowed:
                continue
            if answer.told is Telling.IN_FULL:
                told[person.pk].add((holder, category.value, Telling.IN_FULL.value))
            elif answer.told is Telling.EXISTENCE_ONLY:
                told[person.pk].add((None, None, Telling.EXISTENCE_ONLY.value))
    return told


@pytest.mark.parametrize("number", range(SEED, SEED + math.ceil(WANTED / IN_A_WORLD)))
def test_decide_row_security_and_pages_agree_in_a_random_world(
    private_database: PrivateDatabase, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """P7 to P13 together; JOINEDUP_TRIPLES asks for more worlds, JOINEDUP_WORLD begins at another."""
    later = random.Random(-number).choice([0, 0, 1, 24, 72, 6 * 24, 12 * 24])
    at = AT + datetime.timedelta(hours=later)
    with acting(SYSTEM):
        world = worlds.drawn(number, AT)
        derive.agencies(None, at=AT)
    clock.set_for_tests(at)
    counts: Counter[str] = Counter()
    for place in range(len(world.posts)):
        answers = decided(world, place, at)
        levels, records, tells = seen(world, place)
        _hold_against(answers, levels, records)
        due = to_be_told(world, answers)
        wrong = {p: (tells[p] - due[p], due[p] - tells[p]) for p in due if tells[p] != due[p]}
        assert wrong == {}, f"told by the database alone, by decide alone: {world.posts[place]}"
        counts["pages"] += _hold_page_against(world, place, answers, at)
        counts["triples"] += len(world.people) * len(Category)
        counts["told"] += sum(map(len, tells.values()))
        counts["open"] += sum(answer.allowed for answer in answers.values())
    _same_reasons(world, at)
    assert derive.everything(at=at) == ()
    with capsys.disabled():
        sys.stdout.write(
            f"\nworld {number}, {later} hours on: {counts['triples']:,} triples (practitioner × person × "
            f"category), {counts['triples'] * len(world.agencies):,} answers, {counts['open']:,} open, "
            f"{counts['told']:,} told though withheld: decide = row security; "
            f"on {counts['pages']:,} of the triples = the page, the rest open no page\n"
        )


def _hold_against(
    answers: dict[Question, Decision],
    levels: dict[Question, Level],
    records: set[tuple[object, str]],
) -> None:
    shown = {question: answer.level for question, answer in answers.items() if answer.allowed}
    differing = {q for q in shown.keys() | levels.keys() if shown.get(q) != levels.get(q)}
    assert {(q, answers[q], levels.get(q)) for q in differing} == set()
    identity = {
        (person, holder)
        for (person, holder, category), answer in answers.items()
        if category is Category.IDENTITY and answer.level >= Level.SUMMARY
    }
    assert records == identity


def _hold_page_against(
    world: World, place: int, answers: dict[Question, Decision], at: datetime.datetime
) -> int:
    """Read every person's page as this practitioner; returns the triples that were read."""
    post, purpose = world.posts[place]
    if not decided_anything(world, place, at):
        return 0
    client, read = paged.client_of(post, purpose), 0
    may_open = Permission.SEE_RECORD in role(post.role).permissions
    for person in world.people:
        if person.merged_into_id is not None:
            continue  # its address leads to the person it stands for
        same = world.same(person)
        page = paged.Page(client, person.pk)
        mine = {(h, c): answer for (p, h, c), answer in answers.items() if p == person.pk}
        if Permission.EMERGENCY_ACCESS in role(post.role).permissions and any(
            known.emergency for _, _, known in worlds.facts(world, post, purpose, person, at)
        ):
            # Emergency access is to one person: only their page is read for vital interests.
            vital = worlds.facts(world, post, Purpose.VITAL_INTEREST, person, at)
            mine = {(holder.code, category): decide(known) for holder, category, known in vital}
        known = {
            h for (h, c), a in mine.items() if c is Category.IDENTITY and a.level >= Level.SUMMARY
        }
        due = {question: answer.level for question, answer in mine.items() if answer.allowed}
        if not may_open or not known:
            assert page.status == (404 if may_open else 403)
            due = {}
        assert page.levels == due, f"world {world.number}, {post}, {purpose}"
        assert page.known == (known if due else set())
        read += len(same) * len(Category)
    return read


def decided_anything(world: World, place: int, at: datetime.datetime) -> bool:
    """Whether the post is held at that moment for that purpose: a page takes another purpose for a wrong one."""
    post, purpose = world.posts[place]
    known = worlds.facts(world, post, purpose, world.people[0], at)
    return next(facts.held for _, _, facts in known)


def _same_reasons(world: World, at: datetime.datetime) -> None:
    """The reasons that a page gives are the decisions themselves."""
    for place, person in zip(range(3), world.people, strict=False):
        post, purpose = world.posts[place]
        if post.ends_on is not None:
            continue
        told = decisions(Viewer.of_post(post, purpose=purpose), person.pk, at=at)
        for holder, category, known in worlds.facts(world, post, purpose, person, at):
            assert told[holder.code, category] == decide(known)
