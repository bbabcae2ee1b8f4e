"""Which agencies could lead an item, with how many posts, what those carry and who is away; viewer first."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.partnership.workforce.models import Leave
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.queries.kept_from import LOOKING, kept_from
from joinedup.support.panels.queries.leading import asked_of, workers
from joinedup.support.panels.rules.allocating import Asked, Worker, is_able

AHEAD = datetime.timedelta(days=28)
"""How far ahead leave is in view when somebody is to lead."""


@dataclass(frozen=True)
class AgencyLoad:
    """An agency that could lead: how many of its posts can, and what those carry together."""

    agency: str
    name: str
    posts: int
    cases: int
    weight: int
    full: int
    """What so many posts carry in a full week."""
    away_soon: int
    """How many of them are away within four weeks."""

    @property
    def share(self) -> int:
        """How full they are, in per cent."""
        return round(100 * self.weight / self.full) if self.full else 0


@dataclass(frozen=True)
class WhoCan:
    """What an item asks for, and every post that the register shows can lead it."""

    asked: Asked
    able: tuple[Worker, ...]


def who_can_lead(item: PanelItem, at: datetime.datetime) -> WhoCan:
    """Every post of every agency that could lead an item now; asked as the system."""
    with reading(LOOKING):
        asked = asked_of(item)
        every = workers(at, functions=[asked.function] if asked.function else ())
        kept = kept_from(item, [worker.post for worker in every], at)
    able = tuple(each for each in every if is_able(asked, each, kept_from=each.post in kept))
    return WhoCan(asked, able)


def workload_of_agencies(
    viewer: Viewer, item_id: uuid.UUID, at: datetime.datetime
) -> list[AgencyLoad]:
    """The agencies that could lead an item, least loaded first: how many posts, what they carry, leave in view.

    For whoever sits at the item or works at it; nothing for anybody else.
    """
    with reading(viewer):
        if part_of(viewer, item_id) < PartLevel.PROGRESS:
            return []
    with reading(LOOKING):
        item = PanelItem.objects.select_related("panel").get(pk=item_id)
        able = who_can_lead(item, at).able
    names = dict(Agency.objects.values_list("code", "name"))
    soon = away_within([each.post for each in able], at)
    by: dict[str, list[Worker]] = {}
    for each in able:
        by.setdefault(each.agency, []).append(each)
    found = [
        AgencyLoad(
            agency=code,
            name=names[code],
            posts=len(posts),
            cases=sum(each.cases for each in posts),
            weight=sum(each.weight for each in posts),
            full=sum(each.full for each in posts),
            away_soon=sum(each.post in soon for each in posts),
        )
        for code, posts in by.items()
    ]
    return sorted(found, key=lambda each: (each.weight / max(each.full, 1), each.name))


def away_within(posts: list[uuid.UUID], at: datetime.datetime) -> set[uuid.UUID]:
    """Which of these posts are away on some day of the next four weeks."""
    day = day_of(at)
    away = Leave.objects.filter(post__in=posts)
    return set(away.within(day, day + AHEAD).values_list("post_id", flat=True))
