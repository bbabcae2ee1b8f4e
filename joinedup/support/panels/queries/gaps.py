"""Which cases had too few agencies able to lead them, by kind of need and month; small numbers withheld (S0-95)."""

import datetime
from collections import Counter
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, reading
from joinedup.pipeline import disclosure
from joinedup.support.panels.choices import NeedKind
from joinedup.support.panels.models import AbleToLead, Panel

COUNTING = Viewer.system("counting how many agencies can lead what panels allocate")
ENOUGH = 2
"""So few agencies able to lead are too few: one, and nobody to fall back on (propose)."""


@dataclass(frozen=True)
class Gaps:
    """Of each kind of need and month, how many had too few who could lead, and how many there were."""

    months: tuple[datetime.date, ...]
    kinds: tuple[NeedKind, ...]
    too_few: tuple[tuple[disclosure.Shown, ...], ...]
    """A row for each kind, a column for each month."""
    all: tuple[tuple[disclosure.Shown, ...], ...]

    @property
    def any(self) -> bool:
        """Whether anything was counted."""
        return bool(self.months)


def gaps(
    viewer: Viewer, panel: Panel, since: datetime.date, until: datetime.date, *, adults: bool = True
) -> Gaps:
    """The gaps of a panel between two days: of adults alone, or of all; counts as they may be shown (P44)."""
    with reading(COUNTING):
        rows = list(
            AbleToLead.objects.filter(item__panel=panel, on__gte=since, on__lt=until).values_list(
                "kind", "on", "agencies"
            )
        )
    kinds = tuple(kind for kind in NeedKind if kind.is_adult or not adults)
    rows = [row for row in rows if NeedKind(row[0]) in kinds]
    months = tuple(sorted({on.replace(day=1) for _, on, _ in rows}))
    every = Counter((NeedKind(kind), on.replace(day=1)) for kind, on, _ in rows)
    few = Counter(
        (NeedKind(kind), on.replace(day=1)) for kind, on, agencies in rows if agencies < ENOUGH
    )
    rest = every - few
    hidden = {each for each in few if 0 < rest[each] <= disclosure.limit_of()}
    # Where few of a month were not too few, both counts together would tell how many.
    shown_few = tuple(
        tuple(
            None if (kind, month) in hidden else cell
            for month, cell in zip(months, row, strict=True)
        )
        for kind, row in zip(kinds, _shown(few, kinds, months), strict=False)
    )
    return Gaps(months, kinds, shown_few, _shown(every, kinds, months))


def _shown(
    counts: Counter[tuple[NeedKind, datetime.date]],
    kinds: tuple[NeedKind, ...],
    months: tuple[datetime.date, ...],
) -> tuple[tuple[disclosure.Shown, ...], ...]:
    if not months:
        return ()
    found = disclosure.table([[counts[kind, month] for month in months] for kind in kinds])
    return tuple(tuple(row) for row in found)
