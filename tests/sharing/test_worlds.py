"""In random worlds decide, row security and the pages give one answer, for every practitioner × person × category."""

import datetime
import os
import random
import sys
from collections import defaultdict

import pytest
from django.db import connection, transaction

from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, Level, Telling
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.policy import Decision, decide
from joinedup.identity.sharing.queries.facts import decisions
from tests.databases import PrivateDatabase
from tests.sharing import worlds
from tests.sharing.worlds import World

WANTED = int(os.environ.get("JOINEDUP_TRIPLES", "10000"))
SEED = int(os.environ.get("JOINEDUP_WORLD", "1"))
AT = datetime.datetime(2026, 10, 20, 9, 30, tzinfo=datetime.UTC)
"""Five days before summer time ends."""
SYSTEM = Viewer.system("a test")

Question = tuple[object, str, Category]
"""Person, holder, category."""
Told = dict[object, set[tuple[str, str, str]]]
"""Of each person what is told though withheld: holder, category, how."""


class Undo(Exception):
    """The world is over."""


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


def test_decide_and_row_security_agree_in_random_worlds(
    private_database: PrivateDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    """P7 to P13 together; JOINEDUP_TRIPLES asks for more, JOINEDUP_WORLD begins at another world."""
    triples, opened, told, number = 0, defaultdict(int), 0, SEED
    while triples < WANTED:
        with transaction.atomic():
            later = random.Random(-number).choice([0, 0, 1, 24, 72, 6 * 24, 12 * 24])
            at = AT + datetime.timedelta(hours=later)
            try:
                with transaction.atomic():
                    with acting(SYSTEM):
                        world = worlds.drawn(number, AT)
                        derive.agencies(None, at=AT)
                    clock.set_for_tests(at)
                    for place in range(len(world.posts)):
                        answers = decided(world, place, at)
                        levels, records, tells = seen(world, place)
                        _hold_against(answers, levels, records)
                        due = to_be_told(world, answers)
                        wrong = {
                            p: ("sql", tells[p] - due[p], "decide", due[p] - tells[p])
                            for p in due
                            if tells[p] != due[p]
                        }
                        assert wrong == {}, f"world {number}, {world.posts[place]}"
                        triples += len(world.people) * len(Category)
                        told += sum(map(len, tells.values()))
                        for answer in answers.values():
                            opened[answer.line] += answer.allowed
                    _same_on_the_page(world, at)
                    assert derive.everything(at=at) == (), f"world {number}"
                    raise Undo
            except Undo:
                number += 1
    clock.set_for_tests(None)
    lines = sorted((line for line in opened if opened[line]), key=opened.get, reverse=True)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{number - SEED} worlds, {triples:,} triples (practitioner × person × category), "
            f"{triples * len(world.agencies):,} answers: {sum(opened.values()):,} open by {len(lines)} "
            f"lines, {told:,} told though withheld; all the same\n"
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


def _same_on_the_page(world: World, at: datetime.datetime) -> None:
    """The reasons that a page gives are the decisions themselves."""
    for place, person in zip(range(len(world.posts)), world.people, strict=False):
        post, purpose = world.posts[place]
        if post.ends_on is not None:
            continue
        told = decisions(Viewer.of_post(post, purpose=purpose), person.pk, at=at)
        for holder, category, known in worlds.facts(world, post, purpose, person, at):
            assert told[holder.code, category] == decide(known)
