"""What is known for proposing who leads an agenda, as the system; what its keeper reads of the proposal."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.models import Post, TeamArea
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.choices import PanelItemState
from joinedup.support.panels.models import ItemPerson, KeptApart, Panel, PanelItem, ProposedLead
from joinedup.support.panels.queries.by_rule import leads_by_rule_of_each
from joinedup.support.panels.queries.kept_from import (
    LOOKING,
    kept_from,
    kept_from_each,
    known_by_each,
)
from joinedup.support.panels.queries.leading import (
    asked_of,
    asked_of_each,
    place_of_each,
    workers,
)
from joinedup.support.panels.rules.allocating import (
    UNSAID_WEIGHT,
    Worker,
    what_is_not_entered,
    why_cannot,
)
from joinedup.support.panels.rules.proposal import Near, ToLead

FAR, WHOLE_PLACE = 3, 2


@dataclass(frozen=True)
class ProposedShown:
    """One item of the agenda, whom it is about, and who is proposed to lead it."""

    item: PanelItem
    names: tuple[str, ...]
    proposed: ProposedLead | None


def items_to_lead(panel: Panel) -> list[PanelItem]:
    """The items that stand on an agenda of the panel to come, in their order; else those in its queue."""
    found = PanelItem.objects.filter(panel=panel).select_related("panel")
    on = found.filter(state=PanelItemState.ON_AGENDA)
    order = ("agenda__meeting__starts_at", "agenda__place", "queued_at", "pk")
    return list(on.order_by(*order)) or list(
        found.filter(state=PanelItemState.QUEUED).order_by("queued_at", "pk")
    )


def proposal_of(viewer: Viewer, panel: Panel) -> list[ProposedShown]:
    """The items to be led and who is proposed for each; for whoever works at them. Inside `acting(viewer)`."""
    items = items_to_lead(panel)
    told_of(matters=[item.pk for item in items])
    rows = ProposedLead.objects.filter(item__in=items).select_related("agency", "post__user")
    proposed = {each.item_id: each for each in rows}
    names: dict[uuid.UUID, list[str]] = defaultdict(list)
    for each in ItemPerson.objects.filter(item__in=items).order_by("place"):
        names[each.item_id].append(each.name)
    return [
        ProposedShown(item, tuple(names[item.pk]) or (item.reference,), proposed.get(item.pk))
        for item in items
    ]


def facts_of(
    items: Sequence[PanelItem], at: datetime.datetime
) -> tuple[list[ToLead], list[Worker]]:
    """Each item with what it asks and how every worker stands to it, and every worker; as the system."""
    keys = [item.pk for item in items]
    with reading(LOOKING):
        asked = asked_of_each(items)
        functions = {each.function for each in asked.values() if each.function is not None}
        every = workers(at, functions=functions)
        kept = kept_from_each(items, [worker.post for worker in every], at)
        known, places = known_by_each(keys), place_of_each(items)
        areas, apart, rules = _areas(at), _apart(keys), leads_by_rule_of_each(items, at)
        named = Counter(ItemPerson.objects.filter(item__in=keys).values_list("item_id", flat=True))
    found = [
        ToLead(
            key=key,
            asked=asked[key],
            weight=UNSAID_WEIGHT + max(0, named[key] - 2),
            near=_near(every, kept[key], known.get(key, set()), areas, places[key]),
            apart=frozenset(apart[key]),
            only_of=rules[key].agency if key in rules else "",
        )
        for key in keys
    ]
    return found, every


def posts_to_choose(item: PanelItem, at: datetime.datetime) -> list[tuple[str, str]]:
    """Who could be chosen for an item, by agency and name: those the register shows, else all who may."""
    with reading(LOOKING):
        return _choices(item, at)


def _choices(item: PanelItem, at: datetime.datetime) -> list[tuple[str, str]]:
    asked = asked_of(item)
    every = workers(at, functions=[asked.function] if asked.function else ())
    kept = kept_from(item, [worker.post for worker in every], at)
    able = [w for w in every if why_cannot(asked, w, kept_from=w.post in kept) is None]
    able = [w for w in able if what_is_not_entered(asked, w) is None] or able
    names = dict(
        Post.objects.filter(pk__in=[w.post for w in able]).values_list("pk", "team__agency__name")
    )
    rows = [
        (str(w.post), f"{names[w.post]}: {w.name}, carries {w.weight} of {w.full}") for w in able
    ]
    return sorted(rows, key=lambda row: row[1])


Areas = dict[int, list[TeamArea]]


def _areas(at: datetime.datetime) -> Areas:
    found: Areas = defaultdict(list)
    for each in TeamArea.objects.on(day_of(at)).prefetch_related("area__lsoas"):
        found[each.team_id].append(each)
    return found


def _apart(items: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    pairs = KeptApart.objects.filter(Q(item__in=items), Q(other__in=items))
    for one, other in pairs.values_list("item_id", "other_id"):
        found[one].add(other)
        found[other].add(one)
    return found


def _near(
    every: Sequence[Worker],
    kept: set[uuid.UUID],
    known: set[uuid.UUID],
    areas: Areas,
    place: tuple[str, str],
) -> dict[uuid.UUID, Near]:
    travels = {team: _travel(areas.get(team, []), *place) for team in {w.team for w in every}}
    return {
        worker.post: Near(
            serves=travels[worker.team] < FAR,
            travel=travels[worker.team],
            knows=worker.post in known,
            kept_from=worker.post in kept,
        )
        for worker in every
    }


def _travel(areas: Sequence[TeamArea], lsoa: str, locality: str) -> int:
    """Steps from where a team serves to where somebody lives; whose home is not known is near to nobody."""
    if not lsoa:
        return WHOLE_PLACE
    steps = [FAR]
    for each in areas:
        if each.lsoa_id == lsoa:
            steps.append(0)
        elif each.locality_id == locality or (
            each.area is not None and lsoa in {one.lsoa_id for one in each.area.lsoas.all()}
        ):
            steps.append(1)
        elif each.whole_place:
            steps.append(WHOLE_PLACE)
    return min(steps)
