"""The numbers to ring now, for adults and for children, and the lines as their keeper reads them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.support.safeguarding.choices import Audience, Door
from joinedup.support.safeguarding.queries.lines import LineShown
from joinedup.support.safeguarding.rules import hours_at


@dataclass(frozen=True)
class Number:
    """A number as a page shows it: what for, who answers, what to dial."""

    what_for: str
    name: str
    number: str
    dialled: str
    procedures: str = ""


NATIONAL = {
    Door.IMMEDIATE: (Number("Immediate danger", "Emergency services", "999", "999"),),
    Door.SUICIDE: (
        Number("Risk of suicide", "NHS 111, option 2: mental health crisis", "111", "111"),
        Number("Risk of suicide", "Samaritans, at any hour", "116 123", "116123"),
    ),
    Door.SAFEGUARDING: (
        Number("Abuse, neglect or exploitation", "The police, where it cannot wait", "101", "101"),
    ),
}
"""The national numbers, as the services publish them; they stand where no line of the place does."""


@dataclass(frozen=True)
class Numbers:
    """Those for adults, or for children."""

    heading: str
    groups: tuple[tuple[str, tuple[Number, ...]], ...]


def numbers_now(
    lines: Mapping[tuple[Door, Audience], LineShown], only: Audience | None = None
) -> list[Numbers]:
    """What to ring now: the line of the place first, then the national numbers."""
    return [
        Numbers(
            "An adult" if whose is Audience.ADULT else "A child",
            tuple(
                (found[0].what_for, tuple(found))
                for door in Door
                if (found := _of_door(door, lines.get((door, whose))))
            ),
        )
        for whose in Audience
        if only is None or whose is only
    ]


def _of_door(door: Door, line: LineShown | None) -> list[Number]:
    if door is Door.IMMEDIATE:
        # 999 stands above everything; the duty line comes after it.
        return [_number(door, line)] if line else []
    if line is None:
        return list(NATIONAL[door])
    return [_number(door, line), *(NATIONAL[door] if door is Door.SUICIDE else ())]


def _number(door: Door, line: LineShown) -> Number:
    after = "After 999: tell the duty team" if door is Door.IMMEDIATE else door.label
    return Number(after, line.name, line.number, line.dialled, line.procedures)


def procedures(lines: Mapping[tuple[Door, Audience], LineShown]) -> list[tuple[str, str]]:
    """The local procedures, for adults and for children, where their address is known (S0-31)."""
    found: dict[str, str] = {}
    for (_, whose), line in lines.items():
        if line.procedures:
            named = "adults" if whose is Audience.ADULT else "children"
            found.setdefault(line.procedures, f"Local safeguarding procedures for {named}")
    return [(words, address) for address, words in found.items()]


def hours_now(at: datetime.datetime) -> str:
    """Whether these are the numbers of the day or of the night."""
    return hours_at(at).label


def kept(lines: Sequence[LineShown], today: datetime.date) -> Table | None:
    """Every line of today and of days to come, for whoever keeps them."""
    if not lines:
        return None
    return table(
        "Lines",
        ["Door", "Answers", "Number", "Rings", "From"],
        [
            [
                Cell(
                    line.door.label,
                    note=line.audience.label,
                    href=f"{reverse('door-line-set')}?line={line.key}",
                ),
                Cell(line.hours.label, note=line.name),
                Cell(line.number, note=line.source),
                Cell(
                    line.row.team.name if line.row.team else "Everybody who answers",
                    note=f"then {line.row.deputy_team.name}" if line.row.deputy_team else "",
                ),
                _since(line, today),
            ]
            for line in lines
        ],
    )


def _since(line: LineShown, today: datetime.date) -> Cell:
    until = f"until {wording.day(line.ends_on)}" if line.ends_on else ""
    return Cell(
        wording.day(line.starts_on),
        note=until,
        tag="govuk-tag--blue" if line.starts_on > today else "",
    )


def missing(lines: Sequence[LineShown]) -> list[str]:
    """The doors that have no number of the place at all."""
    there = {(line.door, line.audience) for line in lines}
    return [
        f"{door.label}: {whose.label.lower()}"
        for whose in Audience
        for door in Door
        if (door, whose) not in there
    ]
