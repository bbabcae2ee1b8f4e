"""Somebody of an item turned out to be two people: find it, and let the item follow the one it is about."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.core.wording import age, name_case
from joinedup.foundations.meetings.choices import InterestKind
from joinedup.foundations.meetings.models import Interest
from joinedup.foundations.meetings.operations.interests import declare
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.intelligence.linkage.choices import SpineEventKind
from joinedup.intelligence.linkage.models import SpineEvent
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import ItemSource, PanelItemState, WhyPlaced
from joinedup.support.panels.models import (
    AgencyCheck,
    Approach,
    ApproachPerson,
    ItemPerson,
    ItemSplit,
    PanelItem,
)
from joinedup.support.panels.operations.agenda import find_apart, on_agenda_of
from joinedup.support.panels.operations.checks import ask_of_another
from joinedup.support.panels.operations.interests import keep_from_the_barred
from joinedup.support.panels.operations.queue import must_keep
from joinedup.support.panels.queries.agenda_apart import who_has_an_interest
from joinedup.support.panels.queries.panel import chair_on
from joinedup.support.panels.rules.parted import Halves, told_by_records

PLACING = Viewer.system("letting a panel's item follow the one of two people whom it is about")

Ids = frozenset[uuid.UUID]


class CannotPlaceItem(Exception):
    """Why it cannot be said so whom an item is about; fit for the page."""


def find_item_splits(*, at: datetime.datetime) -> int:
    """Mark the items whose person the spine has parted; return how many.

    Where the item's own records leave no doubt it follows them at once; else whoever keeps the panel is
    told, and nothing is decided of it until they have said whom it is about.
    """
    found = 0
    with transaction.atomic(), acting(PLACING):
        _forget_what_was_sealed()
        for event in _events():
            one, other = _group(event.person_id), _group(event.other_id)
            if not one & other:
                found += sum(
                    _mark(line, event, one, other, at) for line in _lines(event, one | other)
                )
    return found


def place_item(
    *,
    by: Viewer,
    split_id: int,
    belongs_to: uuid.UUID,
    because: str,
    at: datetime.datetime,
) -> ItemSplit:
    """Say which of the two an item is about: it follows them whole, and nothing of it stays with the other.

    Each agency whose answer may be of the other is asked again. Raises CannotPlaceItem, NotPermitted,
    ItemSplit.DoesNotExist.
    """
    with acting(by):
        seen = ItemSplit.objects.select_related("item__panel__team").get(pk=split_id)
    must_keep(by, seen.item.panel, at)
    if not because.strip():
        raise CannotPlaceItem("Say how you know: who asks later reads it.")
    if belongs_to not in {seen.stays_id, seen.goes_id}:
        raise CannotPlaceItem(
            "It is about one of the two. If about neither, take it out of the queue."
        )
    with transaction.atomic():
        with acting(by):
            named = _named(belongs_to, at)
        with acting(PLACING):
            split = ItemSplit.objects.select_for_update(of=("self",)).get(pk=split_id)
            if split.decided_at is not None:
                raise CannotPlaceItem(
                    "Somebody has decided this meanwhile. Look at what they said."
                )
            split.because, split.decided_by_id = because.strip(), by.post_id
            _place(by, split, WhyPlaced.DECIDED, belongs_to, at)
            if seen.item.source != ItemSource.REFERRAL and named:
                # What a referrer typed stays as it was typed.
                ItemPerson.objects.filter(pk=split.who_id).update(**named)
    return split


def _forget_what_was_sealed() -> None:
    """Where an identity is sealed the spine's event goes, and what ties the two here goes with it (P2)."""
    ItemSplit.objects.exclude(event__in=SpineEvent.objects.values("pk")).delete()


def _events() -> Iterable[SpineEvent]:
    """Every parting that touches somebody of an item, by name or by merge, and is not marked yet."""
    splits = SpineEvent.objects.filter(kind=SpineEventKind.SPLIT, other__isnull=False)
    named = ItemPerson.objects.filter(person__isnull=False).values("person")
    about = Q(person__in=named) | Q(other__in=named)
    about |= Q(person__merged_from__in=named) | Q(other__merged_from__in=named)
    known = ItemSplit.objects.values("event")
    return splits.filter(about).exclude(pk__in=known).order_by("at", "pk").distinct()


def _group(person_id: uuid.UUID | None) -> Ids:
    return frozenset(identifiers_of(person_id)) if person_id else frozenset()


def _lines(event: SpineEvent, halves: Ids) -> list[ItemPerson]:
    found = ItemPerson.objects.filter(person__in=halves, item__queued_at__lte=event.at)
    found = found.exclude(item__state=PanelItemState.WITHDRAWN)
    return list(found.select_related("item__panel").order_by("item", "place"))


def _mark(line: ItemPerson, event: SpineEvent, one: Ids, other: Ids, at: datetime.datetime) -> bool:
    first, second = (one, other) if line.person_id in one else (other, one)
    goes = event.person_id if event.person_id in second else event.other_id
    if line.person_id is None or goes is None:
        return False
    split, new = ItemSplit.objects.get_or_create(
        who=line, event=event.pk,
        defaults={"item": line.item, "stays_id": line.person_id, "goes_id": goes, "found_at": at},
    )  # fmt: skip
    if not new:
        return False
    told = told_by_records(ItemSource(line.item.source), _halves(line.item, first, second))
    if told is None:
        _tell(line.item, at)
    else:
        why, is_other = told
        _place(PLACING, split, why, split.goes_id if is_other else split.stays_id, at)
    return True


def _halves(item: PanelItem, first: Ids, second: Ids) -> Halves:
    case = MatterPerson.objects.filter(matter=item.case_id) if item.case_id else None
    practice = item.panel.practice_id
    of = Record.objects.filter(gp_practice=practice, gone_on=None) if practice else None
    return Halves(
        practice_of_first=of is not None and of.filter(person__in=first).exists(),
        practice_of_other=of is not None and of.filter(person__in=second).exists(),
        case_of_first=case is not None and case.filter(person__in=first).exists(),
        case_of_other=case is not None and case.filter(person__in=second).exists(),
    )


def _tell(item: PanelItem, at: datetime.datetime) -> None:
    posts = {item.panel.coordinator_id, chair_on(item.panel, at.date())}
    tell(
        by=None, posts=sorted(post for post in posts if post), kind=NoticeKind.ITEM_TO_PLACE, at=at,
        link=f"/panels/items/{item.pk}/whom/",
    )  # fmt: skip


def _place(
    by: Viewer,
    split: ItemSplit,
    why: WhyPlaced,
    belongs_to: uuid.UUID,
    at: datetime.datetime,
) -> None:
    split.why, split.belongs_to_id, split.decided_at = why, belongs_to, at
    split.save()
    is_other = belongs_to == split.goes_id
    item = PanelItem.objects.select_related("panel").get(pk=split.item_id)
    if is_other:
        _follow(item, split)
        _keep_apart_anew(by, item, at)
    left = split.stays_id if is_other else split.goes_id
    ask_of_another(by=by, item=item, person_id=belongs_to, left_id=left, at=at)
    leave_a_line(by, item.pk, "said whom an item is about", at, {"why": why, "is_other": is_other})


def _follow(item: PanelItem, split: ItemSplit) -> None:
    """The item, what agencies answered of it and its approaches go to the other; nothing stays, nothing is copied."""
    was = identifiers_of(split.stays_id)
    approaches = list(Approach.objects.filter(item=item).values_list("pk", flat=True))
    checks = AgencyCheck.objects.filter(item=item).values_list("pk", flat=True)
    matters = [item.pk, *approaches, *checks]
    there = MatterPerson.objects.filter(matter__in=matters, person=split.goes_id)
    named_already = list(there.values_list("matter_id", flat=True))
    about = MatterPerson.objects.filter(matter__in=matters, person__in=was)
    about.filter(matter__in=named_already).delete()
    about.update(person=split.goes_id)
    ItemPerson.objects.filter(pk=split.who_id).update(person=split.goes_id)
    ApproachPerson.objects.filter(approach__in=approaches, person__in=was).update(
        person=split.goes_id
    )
    Contact.objects.filter(matter__in=approaches, person__in=was).update(person=split.goes_id)


def _keep_apart_anew(by: Viewer, item: PanelItem, at: datetime.datetime) -> None:
    """Whoever must not sit at an item about the other, or beside it, is found again (P28, S4-53)."""
    if item.agenda is None or item.state != PanelItemState.ON_AGENDA:
        return
    find_apart([item, *on_agenda_of(item.agenda.meeting)], by, at)
    seats = list(item.agenda.meeting.seats.select_related("post__user", "post__team__agency"))
    known = set(
        Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True).values_list(
            "post_id", flat=True
        )
    )
    for post_id, kind in who_has_an_interest(item, seats, at).items():
        if post_id not in known:
            declare(
                by=by, agenda_id=item.agenda.pk, post_id=post_id, kind=InterestKind(kind), at=at,
                is_found=True,
            )  # fmt: skip
    keep_from_the_barred(by=by, item=item, at=at)


def _named(person_id: uuid.UUID, at: datetime.datetime) -> dict[str, object]:
    """How the one it is about is named, as far as whoever decides sees their records."""
    record = (
        Record.objects.filter(person__in=identifiers_of(person_id), gone_on=None)
        .order_by("pk")
        .first()
    )
    if record is None:
        return {}
    whole = name_case(f"{record.given_name} {record.family_name}".strip())
    years = age(record.born_on, at.date()) if record.born_on else None
    return {"name": whole, "born_on": record.born_on, "age": years} if whole else {}
