"""Whom an item is about, where the spine has joined or parted their records since; and what is to be decided."""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.foundations.core.wording import day, name_case
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.choices import WhyPlaced
from joinedup.support.panels.models import ItemPerson, ItemSplit
from joinedup.support.panels.rules.parted import JOINED, since_parted

TELLING = Viewer.system("telling of an item's people whose records were joined or parted since")


@dataclass(frozen=True)
class ToSay:
    """A split that is to be decided, between whom, in such names as whoever decides may see."""

    pk: int
    who: str
    found_at: datetime.datetime
    choices: tuple[tuple[uuid.UUID, str], ...]


def since_of(items: Collection[uuid.UUID]) -> dict[int, str]:
    """What is to be said of each person of these items, by the key of their line; of most nothing."""
    with reading(TELLING):
        people = list(
            ItemPerson.objects.filter(item__in=items, person__isnull=False).values_list(
                "pk", "person_id"
            )
        )
        ids = [person for _, person in people]
        joined = Person.objects.filter(pk__in=ids, merged_into__isnull=False)
        merged = set(joined.values_list("pk", flat=True))
        splits = ItemSplit.objects.filter(item__in=items).select_related("decided_by__user")
        # What is undecided is said before what was decided earlier.
        parted = {
            each.who_id: _said(each)
            for each in sorted(splits, key=lambda one: (one.decided_at is None, one.pk))
        }
    return {line: JOINED for line, person in people if person in merged} | parted


def since_of_items(items: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The same by item, in the order of its people."""
    said = since_of(items)
    with reading(TELLING):
        lines = ItemPerson.objects.filter(pk__in=said).order_by("place").values_list("item", "pk")
        found: dict[uuid.UUID, list[str]] = {}
        for item, line in lines:
            found.setdefault(item, []).append(said[line])
    return found


def is_to_be_placed(item_id: uuid.UUID) -> bool:
    """Whether nobody has said yet which of two people an item is about."""
    with reading(TELLING):
        return ItemSplit.objects.filter(item=item_id, decided_at__isnull=True).exists()


def to_be_said(viewer: Viewer, item_id: uuid.UUID) -> list[ToSay]:
    """What is to be decided of an item, for whoever works at it."""
    with acting(viewer):
        splits = list(
            ItemSplit.objects.filter(item=item_id, decided_at__isnull=True)
            .select_related("who")
            .order_by("pk")
        )
        halves = {one for each in splits for one in (each.stays_id, each.goes_id)}
        told_of(people=halves)
        names = names_of(halves)
    return [
        ToSay(
            each.pk, each.who.name, each.found_at,
            (
                (each.stays_id, names.get(each.stays_id, f"{each.who.name}, as the item named them")),
                (each.goes_id, names.get(each.goes_id, "The other of the two, whose records you do not see")),
            ),
        )
        for each in splits
    ]  # fmt: skip


def names_of(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names and birth dates as far as whoever acts may see them."""
    named: dict[uuid.UUID, str] = {}
    for record in Record.objects.filter(person__in=set(persons), gone_on=None).order_by("pk"):
        born = f", born {day(record.born_on)}" if record.born_on else ""
        whole = f"{record.given_name} {record.family_name}".strip()
        if whole and record.person_id is not None:
            named.setdefault(record.person_id, f"{name_case(whole)}{born}")
    return named


def _said(split: ItemSplit) -> str:
    by = split.decided_by.user.name if split.decided_by else ""
    return since_parted(
        day(split.found_at), WhyPlaced(split.why) if split.why else None,
        is_other=split.belongs_to_id == split.goes_id, by=by,
        decided_on=day(split.decided_at) if split.decided_at else "",
    )  # fmt: skip
