"""What of a plan stands in the copy of one person: nothing about another adult without their release (P35)."""

import datetime
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ADULT = 18


@dataclass(frozen=True)
class Line:
    """A goal or an action as far as a copy asks of it: whom it is about, and who may read it."""

    about: uuid.UUID | None
    is_released: bool = False
    is_hidden: bool = False
    owner: uuid.UUID | None = None


@dataclass(frozen=True)
class Reader:
    """Whoever a copy is for, and the children they hold parental responsibility for."""

    person: uuid.UUID
    children: frozenset[uuid.UUID] = frozenset()


def may_read(line: Line, reader: Reader) -> bool:
    """Whether a line stands in this reader's copy.

    What is hidden stands in none. What is about all, or about the reader, does; of a child, for whoever
    holds parental responsibility; of anybody else only by their release. An action that another of the
    family has promised tells of them, and needs their release as well.
    """
    if line.is_hidden:
        return False
    told_of = {each for each in (line.about, line.owner) if each is not None}
    others = told_of - {reader.person} - reader.children
    return not others or line.is_released


def is_adult(born_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether somebody is treated as an adult: where nobody knows, they are."""
    if born_on is None:
        return True
    birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not birthday) >= ADULT


def named_in(texts: Iterable[str], names: Sequence[str]) -> list[str]:
    """Those of the names that stand in any of the texts, by first name or family name: to be read first."""
    words = {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    return [
        name
        for name in names
        if words & {part.casefold() for part in name.split() if len(part) > 1}
    ]
