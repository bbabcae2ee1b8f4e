"""One invented case while it is written: whose it is, until when it goes, which way, and its chances."""

import datetime
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from joinedup.demo.case_arcs import Arc
from joinedup.demo.case_life.calendar import worked, working
from joinedup.demo.case_life.course import Course
from joinedup.demo.case_more import More
from joinedup.demo.case_turns import said_so
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.support.cases.models import Case
from joinedup.support.contacts.models import Contact


@dataclass(frozen=True)
class Going:
    """A case with its arc, its lead, and the number by which its chances are drawn."""

    case: Case
    arc: Arc
    lead: Post
    number: int


@dataclass
class Rows:
    """What is to be written, by table."""

    by: dict[type[Model], list[Any]] = field(default_factory=dict)

    def add(self, row: Model) -> Any:
        """Keep a row to be written."""
        self.by.setdefault(type(row), []).append(row)
        return row

    def of(self, table: type[Model], case: Case) -> list[Any]:
        """The rows of that table that are of this case."""
        key = "matter_id" if table is Contact else "case_id"
        return [row for row in self.by.get(table, []) if getattr(row, key) == case.pk]

    def write(self, tables: Sequence[type[Model]]) -> None:
        """Write them, table by table."""
        for table in tables:
            table._default_manager.bulk_create(self.by.get(table, []))


@dataclass(frozen=True)
class Life:
    """One case while it is written."""

    going: Going
    more: More
    course: Course
    persons: tuple[uuid.UUID, ...]
    until: datetime.date
    chance: random.Random
    helper: str
    at: datetime.datetime
    turns: Mapping[str, str]

    @property
    def case(self) -> Case:
        """The case."""
        return self.going.case

    @property
    def arc(self) -> Arc:
        """The kind of life it has."""
        return self.going.arc

    @property
    def begins(self) -> datetime.date:
        """Its first day."""
        return day_of(self.case.opened_at)

    @property
    def is_closed(self) -> bool:
        """Whether it has come to its end."""
        return self.case.closed_at is not None

    @property
    def about(self) -> uuid.UUID | None:
        """Whom its plan is about: nobody by name where it is a family's."""
        return None if self.arc.family else self.persons[0]

    def on(self, day: int) -> datetime.date:
        """The day so many days after it began."""
        return self.begins + datetime.timedelta(days=day)

    def at_work(self, day: int) -> datetime.date:
        """The same, or the next day on which anybody is at work."""
        return working(self.on(day))

    def moment(self, day: datetime.date) -> datetime.datetime:
        """Some time of that working day, never after now; of one to come after it, the last before."""
        at = datetime.datetime.combine(
            worked(day),
            datetime.time(self.chance.randint(9, 16), self.chance.randint(0, 59)),
            LONDON,
        )
        return min(max(at, self.case.opened_at), self.at)

    def said(self, words: str) -> str:
        """The words as they are said in this life, with the helper's name in them."""
        return said_so(words, self.turns).replace("{m}", self.helper)

    def one_of(self, words: Sequence[str]) -> str:
        """One of these ways to say it."""
        return self.said(self.chance.choice(words))
