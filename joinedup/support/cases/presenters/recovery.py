"""How goals rated by the person read: each number, the change, and that nobody knows its error."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import Point, lines
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.models import GoalRating
from joinedup.support.cases.presenters.measures import LINES
from joinedup.support.cases.queries.goal_ratings import GoalRated, ToRate
from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.rules.asked import Asked, AskedSection, AskedVersion

SOURCE = (
    "How near to a goal somebody says they are, from 0 to 10, in their own words and by themselves. Nobody "
    "has published an error of measurement for goals that adults rate, so that none is told here: read the "
    "change beside what they say, and never against somebody else’s goal."
)


@dataclass(frozen=True)
class Rated:
    """The rated goals of one person on the page."""

    whose: str
    goals: Table
    charts: tuple[SafeString, ...]


def rated(found: Sequence[GoalRated], matter_id: uuid.UUID, *, is_open: bool) -> list[Rated]:
    """Person by person, each goal with its numbers."""
    people = dict.fromkeys(each.person_id for each in found)
    return [
        _of_person([each for each in found if each.person_id == person], matter_id, is_open)
        for person in people
    ]


def _of_person(found: Sequence[GoalRated], matter_id: uuid.UUID, is_open: bool) -> Rated:
    rows = []
    for goal in found:
        for number, one in enumerate(goal.ratings):
            href = reverse("case-goal-rating", args=[matter_id, one.pk]) if is_open else ""
            rows.append(
                [
                    Cell(goal.goal.words, note="" if number == 0 else "the same goal"),
                    Cell(f"{MeasurePoint(one.point).label}, {day(one.rated_on)}", note=_how(one), href=href),
                    Cell(f"{one.rating} of 10", note=one.words),
                    change_words(goal.by) if number == len(goal.ratings) - 1 else "",
                ]
            )  # fmt: skip
    return Rated(
        found[0].whose,
        table("Their goals, in their own numbers", ["Goal", "When", "Number", "Change"], rows,
              caption_size="s"),
        tuple(_charts([each for each in found if len(each.ratings) > 1])),
    )  # fmt: skip


def _how(one: GoalRating) -> str:
    said = RatedHow(one.how).label
    if one.instead_of is not None:
        said += f"; corrected, {one.instead_of.rating} was written before"
    return said


def change_words(by: int | None) -> str:
    """What may be said of a change, and no more."""
    if by is None:
        return "Rated once"
    if by == 0:
        return "The same number"
    return f"{abs(by)} {'nearer' if by > 0 else 'further away'}"


def _charts(found: Sequence[GoalRated]) -> list[SafeString]:
    drawn = []
    for first in range(0, len(found), LINES):
        points = tuple(
            Point(f"{one.rated_on.day} {one.rated_on:%b %y}", one.rating, _short(goal.goal.words))
            for goal in found[first : first + LINES]
            for one in goal.ratings
        )
        drawn.append(lines(points, title="How near to their goals", unit="", ends=(0, 10)))
    return drawn


def _short(words: str) -> str:
    return words if len(words) <= 28 else f"{words[:27].rstrip()}…"


def asked_of(whom: ToRate) -> tuple[AskedVersion, dict[str, uuid.UUID]]:
    """A scale for each goal, drawn as the questions of a measure are; and which goal each is."""
    goals = {f"goal-{place}": goal for place, goal in enumerate(whom.goals, 1)}
    questions = tuple(
        Asked(
            code, QuestionKind.SCALE, f"“{goal.words}”: how near are you to it today?", lowest=0,
            highest=10, lowest_means="not at all near", highest_means="there", known_from=KnownFrom.NEVER,
            help="Rated before." if goal.pk in whom.started else "",
        )
        for code, goal in goals.items()
    )  # fmt: skip
    version = AskedVersion(
        id=uuid.UUID(int=0), set_code="goals", title="How near to their goals", number=1, variant="",
        introduction="", source=SOURCE, licence="", sections=(AskedSection("", "", questions),),
    )  # fmt: skip
    return version, {code: goal.pk for code, goal in goals.items()}
