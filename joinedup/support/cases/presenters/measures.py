"""How measures read: the numbers in a table, the chart beside it, and what may be said of a change."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from joinedup.foundations.core.charts import Point, lines
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices.measure import MeasureCode
from joinedup.support.cases.queries.carers import CarerShown
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.measures import MeasureShown, ScaleShown

LINES = 3
"""So many lines one picture tells apart."""


@dataclass(frozen=True)
class MeasureOnPage:
    """A measure of one person: its heading, table, charts, and where its exactness is from."""

    heading: str
    takings: Table
    charts: tuple[SafeString, ...]
    sources: tuple[str, ...]


def measures(found: Sequence[MeasureShown]) -> list[MeasureOnPage]:
    """Every measure of a case."""
    return [
        MeasureOnPage(
            heading=f"{each.whose}: {each.measure.label}",
            takings=_takings(each),
            charts=tuple(_charts(each)),
            sources=tuple(dict.fromkeys(s.scale.source for s in each.scales)),
        )
        for each in found
    ]


@dataclass(frozen=True)
class ToTake:
    """A measure that can be taken: of whom, and which."""

    whose: uuid.UUID
    name: str
    measure: MeasureCode
    words: str


def to_take(
    frame: Frame, carers: Sequence[CarerShown], found: Sequence[MeasureShown]
) -> list[ToTake]:
    """What can be taken of whom: a start where there is none, else the next."""
    people = [(each.person_id, each.name) for each in frame.persons]
    people += [(c.carer.pk, f"{c.carer.name} (carer)") for c in carers if c.carer.ends_on is None]
    begun = {(each.person_id or each.carer_id, each.measure) for each in found}
    return [
        ToTake(pk, name, code, "Take again" if (pk, code) in begun else "Take at the start")
        for pk, name in people
        for code in MeasureCode
    ]


def _takings(found: MeasureShown) -> Table:
    days = [Column(f"{t.point.label}, {day(t.on)}", numeric=True) for t in found.takings]
    columns = [Column("What"), *days, Column("Change")]
    rows = [
        [
            Cell(shown.scale.name, note=_ends(shown)),
            *(str(taking.values.get(shown.scale.code, "–")) for taking in found.takings),
            shown.change.words if shown.change else "Taken once",
        ]
        for shown in found.scales
    ]
    return table("The numbers", columns, rows, caption_size="s")


def _ends(shown: ScaleShown) -> str:
    scale = shown.scale
    better = "higher is better" if scale.higher_is_better else "lower is better"
    return f"{scale.lowest} to {scale.highest}, {better}"


def _charts(found: MeasureShown) -> list[SafeString]:
    """Scales whose good end is up together, the others by themselves; nothing to draw of one taking."""
    if len(found.takings) < 2:
        return []
    drawn = []
    for up in (True, False):
        of_way = [shown for shown in found.scales if shown.scale.higher_is_better is up]
        for first in range(0, len(of_way), LINES):
            some = of_way[first : first + LINES]
            points = tuple(
                Point(_short(taking.on), taking.values[shown.scale.code], shown.scale.name)
                for shown in some
                for taking in found.takings
                if shown.scale.code in taking.values
            )
            if points:
                way = "higher is better" if up else "lower is better"
                ends = (some[0].scale.lowest, some[0].scale.highest)
                title = f"{found.measure.label}: {way}"
                drawn.append(lines(points, title=title, unit="", ends=ends))
    return drawn


def _short(on: datetime.date) -> str:
    """22 Nov 26: a day under an axis."""
    return f"{on.day} {on:%b %y}"
