"""The lines of a story: which are asked for, which of them stand on one page, how they lie over the years."""

import datetime
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import LineKind, Significance, Topic

Day = datetime.date
Key = tuple[LineKind, str]

ON_A_PAGE = 40
LATE = datetime.timedelta(days=1)
"""What is written more than a day after it was is shown as such (P32)."""
QUARTER = 3


class Line(NamedTuple):
    """One line of a story, light: enough to find, sort and draw it; its words are read when it is shown."""

    kind: LineKind
    key: str
    first: Day
    after: Day | None
    topic: Topic
    agency: str = ""
    significance: Significance = Significance.ORDINARY
    person: uuid.UUID | None = None
    written_at: datetime.datetime | None = None
    is_about: bool = False
    corrected: bool = False
    """Another stands instead of it."""
    text: str = ""
    more: str = ""

    @property
    def name(self) -> Key:
        """What it is known by."""
        return self.kind, self.key


@dataclass(frozen=True)
class Asked:
    """What of a story is asked for; all of it where nothing is said."""

    agency: str = ""
    topic: str = ""
    significance: str = ""
    person: str = ""
    since: Day | None = None
    words: str = ""
    pinned: bool = False
    new: bool = False
    year: int | None = None
    oldest_first: bool = False
    page: int = 1
    everything: bool = False
    """All on one page, to print."""

    @property
    def narrows(self) -> bool:
        """Whether less than all of it is asked for."""
        return bool(
            self.agency
            or self.topic
            or self.significance
            or self.person
            or self.since
            or self.words
            or self.pinned
            or self.new
        )


@dataclass(frozen=True)
class Limits:
    """What the story itself says of what is asked for."""

    pinned: Collection[Key] = ()
    whose: Mapping[uuid.UUID, str] = field(default_factory=dict)
    """From every identifier to the person of the case as the filter names them."""
    new_since: datetime.datetime | None = None


def asked_lines(lines: Iterable[Line], asked: Asked, limits: Limits) -> list[Line]:
    """The lines that are asked for."""

    def wanted(line: Line) -> bool:
        return (
            (not asked.agency or line.agency == asked.agency)
            and (not asked.topic or line.topic == asked.topic)
            and (not asked.significance or line.significance == asked.significance)
            and (
                not asked.person
                or (line.person is not None and limits.whose.get(line.person) == asked.person)
            )
            and (asked.since is None or line.after is None or line.after > asked.since)
            and (not asked.words.strip() or holds(line, asked.words))
            and (not asked.pinned or line.name in limits.pinned)
            and (not asked.new or is_new(line, limits.new_since))
        )

    return [line for line in lines if wanted(line)]


def holds(line: Line, words: str) -> bool:
    """Whether a line that carries its words with it holds every one of these."""
    text = f"{line.text} {line.more}".lower()
    return bool(line.text) and all(word in text for word in words.lower().split())


def is_new(line: Line, since: datetime.datetime | None) -> bool:
    """Whether it came after that moment; nothing is new to whoever opens a story for the first time."""
    return since is not None and line.written_at is not None and line.written_at > since


def in_order(lines: Iterable[Line], *, oldest_first: bool = False) -> list[Line]:
    """By the day it began; of one day by when it was written."""
    never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(
        lines,
        key=lambda line: (line.first, line.written_at or never, line.key),
        reverse=not oldest_first,
    )


Tally = Mapping[tuple[str, int], tuple[int, int]]
"""By agency and quarter: how many lines, and how many of them serious."""


@dataclass(frozen=True)
class Window:
    """The lines on one page, which page it is of how many, and how many lines there are in all."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int
    years: tuple[tuple[int, int], ...]
    """Each year that has lines, and the page on which it begins."""


@dataclass(frozen=True)
class Span:
    """Where a page lies: within which days, and how many lines of those days stand before it."""

    first: Day
    after: Day
    skip: int
    size: int
    page: int
    pages: int
    total: int
    years: tuple[tuple[int, int], ...]


def tally(lines: Iterable[Line]) -> Tally:
    """How these lines lie over agencies and quarters."""
    counted: dict[tuple[str, int], tuple[int, int]] = {}
    for line in lines:
        place = line.agency, quarter_of(line.first)
        many, serious = counted.get(place, (0, 0))
        counted[place] = many + 1, serious + (line.significance == Significance.SERIOUS)
    return counted


def together(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    counted: dict[tuple[str, int], tuple[int, int]] = {}
    for each in tallies:
        for place, (many, serious) in each.items():
            before, serious_before = counted.get(place, (0, 0))
            counted[place] = before + many, serious_before + serious
    return counted


def span_of(counted: Tally, asked: Asked) -> Span:
    """Within which days the page lies that is asked for, so that only their lines are read.

    A year leads to the page where it begins.
    """
    by_quarter: Counter[int] = Counter()
    for (_, quarter), (many, _) in counted.items():
        by_quarter[quarter] += many
    order = sorted(by_quarter, reverse=not asked.oldest_first)
    total = sum(by_quarter.values())
    size = max(total, 1) if asked.everything else ON_A_PAGE
    before = 0
    years: dict[int, int] = {}
    for quarter in order:
        years.setdefault(quarter // 4, before // size + 1)
        before += by_quarter[quarter]
    pages = max(1, -(-total // size))
    wanted = years.get(asked.year, asked.page) if asked.year else asked.page
    page = min(max(wanted, 1), pages)
    inside, skip = _quarters(order, by_quarter, (page - 1) * size, size)
    return Span(
        start_of_quarter(min(inside)), start_of_quarter(max(inside) + 1), skip, size, page, pages,
        total, tuple(years.items()),
    )  # fmt: skip


def _quarters(
    order: Sequence[int], by_quarter: Mapping[int, int], start: int, size: int
) -> tuple[list[int], int]:
    """The quarters in which the lines from `start` on lie, and how many of their lines stand before it."""
    inside: list[int] = []
    skip = before = 0
    for quarter in order:
        end = before + by_quarter[quarter]
        if end > start and before < start + size:
            if not inside:
                skip = start - before
            inside.append(quarter)
        before = end
    return inside or [0], skip


def window(lines: Iterable[Line], span: Span, *, oldest_first: bool = False) -> Window:
    """The page, of all the lines that lie within its days."""
    ordered = in_order(lines, oldest_first=oldest_first)
    shown = ordered[span.skip : span.skip + span.size]
    return Window(tuple(shown), span.page, span.pages, span.total, span.years)


def lateness(line_last: Day | None, written_on: Day) -> str:
    """How long after it was it was written, in words; nothing within a day or for what goes on."""
    if line_last is None:
        return ""
    days = (written_on - line_last).days
    if days <= LATE.days:
        return ""
    if days < 61:
        return f"Written {days} days later"
    if days < 731:
        return f"Written {days // 30} months later"
    return f"Written {days // 365} years later"


@dataclass(frozen=True)
class Drawn:
    """How the lines of one agency lie: for each quarter how many, and how many of them serious."""

    agency: str
    quarters: tuple[tuple[int, int, int], ...]
    """The quarter counted from the year nought, how many lines, how many serious."""


def drawn(counted: Tally) -> list[Drawn]:
    """The picture beside the list: a lane for each agency, that with most first."""
    totals: Counter[str] = Counter()
    for (agency, _), (many, _) in counted.items():
        totals[agency] += many
    return [
        Drawn(
            agency,
            tuple(
                (quarter, many, serious)
                for (of, quarter), (many, serious) in sorted(counted.items())
                if of == agency and many
            ),
        )
        for agency, _ in sorted(totals.items(), key=lambda each: (-each[1], each[0]))
    ]


def by_year(counted: Tally) -> dict[str, Counter[int]]:
    """How many lines of each agency began in each year: the table beside the picture."""
    years: dict[str, Counter[int]] = {}
    for (agency, quarter), (many, _) in counted.items():
        years.setdefault(agency, Counter())[quarter // 4] += many
    return years


def quarter_of(day: Day) -> int:
    """The quarter a day lies in, counted from the year nought."""
    return day.year * 4 + (day.month - 1) // QUARTER


def start_of_quarter(quarter: int) -> Day:
    """The first day of a quarter; of none at all, the first there is."""
    return Day(max(quarter // 4, 1), quarter % 4 * QUARTER + 1, 1)


def topic_of(category: Category) -> Topic:
    """Under which topic what an agency holds stands in a story."""
    return _TOPIC_OF.get(category, Topic.OTHER)


def significance_of(category: Category) -> Significance:
    """How much what an agency holds matters by its category alone: warnings and harm are never ordinary."""
    return _SIGNIFICANCE_OF.get(category, Significance.ORDINARY)


_C, _T = Category, Topic
_TOPIC_OF = {
    _C.HEALTH: _T.HEALTH, _C.SEXUAL_HEALTH: _T.HEALTH, _C.MENTAL_HEALTH: _T.MENTAL_HEALTH,
    _C.SUBSTANCE_MISUSE: _T.SUBSTANCES, _C.ADULT_SOCIAL_CARE: _T.CARE,
    _C.CHILDRENS_SOCIAL_CARE: _T.CARE, _C.CARE_PLAN: _T.CARE, _C.INVOLVEMENT: _T.CARE,
    _C.EDUCATION: _T.SCHOOL, _C.HOUSING: _T.HOME, _C.ADDRESS: _T.HOME, _C.FIRE_SAFETY: _T.FIRE,
    _C.ANTISOCIAL: _T.POLICE, _C.CRIME_OFFENDER: _T.POLICE, _C.CRIME_VICTIM: _T.SAFETY,
    _C.DOMESTIC_ABUSE: _T.SAFETY, _C.MAPPA: _T.SAFETY, _C.INTELLIGENCE: _T.POLICE,
    _C.LIVE_WARNING: _T.SAFETY, _C.SAFEGUARDING: _T.SAFETY,
}  # fmt: skip
_SIGNIFICANCE_OF = {
    _C.LIVE_WARNING: Significance.SERIOUS, _C.SAFEGUARDING: Significance.SERIOUS,
    _C.DOMESTIC_ABUSE: Significance.SERIOUS, _C.MAPPA: Significance.SERIOUS,
    _C.CRIME_VICTIM: Significance.NOTABLE, _C.CRIME_OFFENDER: Significance.NOTABLE,
    _C.INTELLIGENCE: Significance.NOTABLE,
}  # fmt: skip
