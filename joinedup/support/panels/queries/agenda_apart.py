"""Who belongs together on an agenda, who must be kept apart, who has an interest; asked as the system."""

import datetime
import itertools
import uuid
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q

from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.meetings.choices import InterestKind
from joinedup.foundations.meetings.models import Interest, Seat
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.people.models import HouseholdMember, Record, Relationship
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.known import same_person
from joinedup.support.cases.models import Lead
from joinedup.support.panels.models import KeptApart, PanelItem
from joinedup.support.panels.queries.left_over import were_left
from joinedup.support.panels.rules.ordering import Pair, Waiting

_APART = (RelationshipKind.VICTIM_OF, RelationshipKind.NON_CONTACT_ORDER)


def waiting_as(items: Sequence[PanelItem]) -> list[Waiting]:
    """The items as the rule of their order takes them: a family shares a person or a household."""
    people = _people_of([each.pk for each in items])
    homes = dict(
        HouseholdMember.objects.filter(
            person__in={each for found in people.values() for each in found},
            ends_on__isnull=True, household__is_institution=False,
        ).values_list("person_id", "household_id")
    )  # fmt: skip
    left = were_left([each.pk for each in items])
    return [
        Waiting(
            each.pk, each.queued_at,
            each.pk in left or each.deferred_at is not None or each.decided_at is not None,
            each.is_urgent,
            frozenset(
                itertools.chain(
                    (f"person {person}" for person in people.get(each.pk, ())),
                    (f"home {homes[person]}" for person in people.get(each.pk, ()) if person in homes),
                )
            ),
        )
        for each in items
    ]  # fmt: skip


def found_apart(items: Sequence[PanelItem]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Pairs of items of which somebody of one was harmed by, or must not meet, somebody of the other."""
    people = _people_of([each.pk for each in items])
    everybody = {each for found in people.values() for each in found}
    ties = Relationship.objects.filter(
        person__in=everybody, other__in=everybody, kind__in=_APART, ends_on__isnull=True
    )
    pairs = {frozenset(pair) for pair in ties.values_list("person_id", "other_id")}
    return [
        (one, other)
        for one, other in itertools.combinations(sorted(people), 2)
        if any(frozenset({a, b}) in pairs for a in people[one] for b in people[other])
    ]


def pairs_apart(items: Iterable[uuid.UUID]) -> set[Pair]:
    """The pairs among these items that are to be kept apart, found or said by whoever coordinates."""
    keys = list(items)
    said = KeptApart.objects.filter(item__in=keys, other__in=keys)
    return {frozenset(pair) for pair in said.values_list("item_id", "other_id")}


def who_has_an_interest(
    item: PanelItem, seats: Collection[Seat], at: datetime.datetime
) -> dict[uuid.UUID, InterestKind]:
    """Posts that the product finds an interest of: their own home, or one declared before about the same."""
    people = _people_of([item.pk]).get(item.pk, set())
    records = Record.objects.filter(person__in=people, gone_on=None).exclude(address_key="")
    homes = {digest_of_home(key) for key in records.values_list("address_key", flat=True)}
    found = {
        seat.post_id: InterestKind.NEIGHBOUR
        for seat in seats
        if seat.post.user.home and seat.post.user.home in homes
    }
    about = MatterPerson.objects.filter(person__in=people).values("matter")
    before = Interest.objects.filter(
        item__panel_item__in=about, post__in=[seat.post_id for seat in seats],
        lifted_at__isnull=True,
    )  # fmt: skip
    for post_id, kind in before.values_list("post_id", "kind"):
        found.setdefault(post_id, InterestKind(kind))
    return found


def who_leads_it(item: PanelItem, posts: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these posts those that lead an open case of somebody the item is about: shown, and no bar."""
    people = _people_of([item.pk]).get(item.pk, set())
    cases = MatterPerson.objects.filter(person__in=people).values("matter")
    now = Lead.objects.filter(
        Q(case__in=cases) | Q(case=item.case_id), ends_at__isnull=True, post__in=posts
    )
    return set(now.values_list("post_id", flat=True))


def _people_of(items: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Whom each item is about, by every identifier that stands for them today."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {each: set() for each in items}
    for matter, person in MatterPerson.objects.filter(matter__in=items).values_list(
        "matter_id", "person_id"
    ):
        found[matter].update(same_person(person))
    return found
