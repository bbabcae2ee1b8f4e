"""Who may not work with whom an item is about, and whom they know: for a whole agenda at once; as the system."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.models import Interest
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.models import Involvement, MatterPerson
from joinedup.identity.sharing.queries.known import same_people
from joinedup.support.cases.models import Case, Lead
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.queries.answering import barred_from
from joinedup.support.panels.choices import AllocationState
from joinedup.support.panels.models import Allocation, ItemPerson, KeptApart, PanelItem

LOOKING = Viewer.system("seeing who can lead what a panel allocates")

Posts = dict[uuid.UUID, set[uuid.UUID]]
"""Posts, by item."""


def kept_from(
    item: PanelItem, posts: Collection[uuid.UUID], at: datetime.datetime
) -> set[uuid.UUID]:
    """Which of these posts may not work with whom an item is about (P28)."""
    return kept_from_each([item], posts, at)[item.pk]


def kept_from_each(
    items: Sequence[PanelItem], posts: Collection[uuid.UUID], at: datetime.datetime
) -> Posts:
    """Which of these posts may not work with whom each item is about (P28), by item.

    A bar, an interest in the item, the same home, or that they lead somebody who must be kept apart. As
    many statements for an agenda as for one item.
    """
    kept: Posts = {item.pk: set() for item in items}
    with reading(LOOKING):
        matters = {matter for item in items for matter in (item.pk, item.referral_id) if matter}
        barred = barred_from(matters, at)
        for item in items:
            kept[item.pk] |= barred.get(item.pk, frozenset())
            if item.referral_id is not None:
                kept[item.pk] |= barred.get(item.referral_id, frozenset())
        for found in (
            _with_an_interest(items),
            _of_the_same_home(items, posts),
            _who_lead_apart(list(kept)),
        ):
            for key, these in found.items():
                kept[key] |= these
    wanted = set(posts)
    return {key: these & wanted for key, these in kept.items()}


def people_of(item: PanelItem) -> list[uuid.UUID]:
    """Whom the item is surely about, as they are named now."""
    return people_of_each([item.pk])[item.pk]


def people_of_each(items: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The same for several, by item."""
    with reading(LOOKING):
        named = ItemPerson.objects.filter(item__in=items, person__isnull=False).order_by("place")
        more = MatterPerson.objects.filter(matter__in=items).order_by("pk")
        pairs = [
            *named.values_list("item_id", "person_id"),
            *more.values_list("matter_id", "person_id"),
        ]
    found: dict[uuid.UUID, dict[uuid.UUID, None]] = {item: {} for item in items}
    for item, person in pairs:
        if person is not None:
            found[item][person] = None
    return {item: list(people) for item, people in found.items()}


def known_by_each(items: Collection[uuid.UUID]) -> Posts:
    """The posts whom somebody of each item knows: involved with them, in contact, or led their case before."""
    with reading(LOOKING):
        of = items_by_identifier(people_of_each(items))
        involved = Involvement.objects.filter(person__in=of, post__isnull=False)
        led = Lead.objects.filter(case__matter__persons__person__in=of)
        pairs = {
            *involved.values_list("person_id", "post_id"),
            *Contact.objects.filter(person__in=of).values_list("person_id", "by_id"),
            *led.values_list("case__matter__persons__person_id", "post_id"),
        }
    return _by_item(of, pairs)


def items_by_identifier(
    people: Mapping[uuid.UUID, Iterable[uuid.UUID]],
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Which items are about whoever each identifier stands for, every merge followed."""
    same = same_people(person for found in people.values() for person in found)
    of: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for item, found in people.items():
        for person in found:
            for one in same.get(person, [person]):
                of[one].add(item)
    return of


def _by_item(
    of: Mapping[uuid.UUID, set[uuid.UUID]], pairs: Iterable[tuple[uuid.UUID, uuid.UUID | None]]
) -> Posts:
    found: Posts = defaultdict(set)
    for person, post in pairs:
        for item in of.get(person, ()) if post else ():
            found[item].add(post)  # type: ignore[arg-type]
    return found


def _with_an_interest(items: Sequence[PanelItem]) -> Posts:
    lines = {item.agenda_id: item.pk for item in items if item.agenda_id is not None}
    found: Posts = defaultdict(set)
    stand = Interest.objects.filter(item__in=lines, lifted_at__isnull=True)
    for line, post in stand.values_list("item_id", "post_id"):
        found[lines[line]].add(post)
    return found


def _of_the_same_home(items: Sequence[PanelItem], posts: Collection[uuid.UUID]) -> Posts:
    homes = Post.objects.filter(pk__in=posts).exclude(user__home="")
    lives: dict[str, set[uuid.UUID]] = defaultdict(set)
    for post, home in homes.values_list("pk", "user__home"):
        lives[home].add(post)
    found: Posts = defaultdict(set)
    if not lives:
        return found
    of = items_by_identifier(people_of_each([item.pk for item in items]))
    keys = Record.objects.filter(person__in=of, gone_on=None).exclude(address_key="")
    digests: dict[str, str] = {}
    for person, key in keys.values_list("person_id", "address_key").distinct():
        home = digests.setdefault(key, digest_of_home(key))
        for item in of.get(person, ()) if person else ():
            found[item] |= lives.get(home, set())
    return found


def _who_lead_apart(items: Collection[uuid.UUID]) -> Posts:
    """Who leads, or is to lead, anybody of the items that must be kept apart from each."""
    apart: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    pairs = KeptApart.objects.filter(Q(item__in=items) | Q(other__in=items))
    for one, other in pairs.values_list("item_id", "other_id"):
        apart[one].add(other)
        apart[other].add(one)
    others = {other for item in items for other in apart[item]} if apart else set()
    if not others:
        return {}
    leads: Posts = defaultdict(set)
    allocated = Allocation.objects.filter(
        item__in=others, state=AllocationState.ACCEPTED, lead_post__isnull=False
    )
    for item, post in allocated.values_list("item_id", "lead_post_id"):
        if post is not None:
            leads[item].add(post)
    about: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for matter, person in MatterPerson.objects.filter(matter__in=others).values_list(
        "matter_id", "person_id"
    ):
        about[matter].append(person)
    of = items_by_identifier(about)
    leading = Lead.objects.filter(
        case__in=Case.objects.open(), ends_at__isnull=True, case__matter__persons__person__in=of
    )
    people = leading.values_list("case__matter__persons__person_id", "post_id")
    for item, posts in _by_item(of, people).items():
        leads[item] |= posts
    return {item: set().union(*(leads[other] for other in apart[item])) for item in items}
