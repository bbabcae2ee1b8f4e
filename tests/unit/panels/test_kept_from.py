"""Who may not work with whom an item is about, asked of a whole agenda as of each item alone (P28)."""

import datetime
import random
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.models import AgendaItem, Interest, Meeting
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import MatterPerson, Restriction
from joinedup.identity.sharing.queries.known import same_person
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case, Lead
from joinedup.support.cases.operations import open_case
from joinedup.support.panels.models import KeptApart, PanelItem
from joinedup.support.panels.queries.kept_from import kept_from_each
from joinedup.support.panels.queries.proposing import facts_of
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.allocations import item, person_of
from tests.unit.panels.panelled import AT, Table, table


def asked_alone(found: PanelItem, posts: list[uuid.UUID]) -> set[uuid.UUID]:
    """The same question put the plain way, post by post and person by person."""
    about = MatterPerson.objects.filter(matter__in=[found.pk, found.referral_id])
    people = {
        one for person in about.values_list("person_id", flat=True) for one in same_person(person)
    }
    kept = set(
        Restriction.objects.filter(
            person__in=people, kind=RestrictionKind.BARRED_POST, starts_at__lte=AT, ends_at=None
        ).values_list("barred_id", flat=True)
    )
    interests = Interest.objects.filter(item=found.agenda_id, lifted_at=None)
    kept |= set(interests.values_list("post_id", flat=True)) if found.agenda_id else set()
    for record in Record.objects.filter(person__in=people, gone_on=None).exclude(address_key=""):
        home = digest_of_home(record.address_key)
        kept |= set(Post.objects.filter(user__home=home).values_list("pk", flat=True))
    for pair in KeptApart.objects.all():
        if found.pk in (pair.item_id, pair.other_id):
            other = pair.other_id if pair.item_id == found.pk else pair.item_id
            for person in MatterPerson.objects.filter(matter=other).values_list(
                "person_id", flat=True
            ):
                cases = Case.objects.open().filter(matter__persons__person__in=same_person(person))
                leads = Lead.objects.filter(case__in=cases, ends_at=None)
                kept |= set(leads.values_list("post_id", flat=True))
    return kept & set(posts)


def a_world(at_it: Table, chance: random.Random, many: int) -> list[PanelItem]:
    """Items of which some are barred to somebody, next door to them, merged, led, or kept apart."""
    ends = AT + datetime.timedelta(hours=2)
    meeting = Meeting.objects.create(body="Panel", starts_at=AT, ends_at=ends, quorum=1)
    lines = [AgendaItem.objects.create(meeting=meeting, place=n, minutes=5) for n in range(1, many)]
    items = [item(at_it, agenda=line) for line in lines] + [item(at_it)]
    for number, worker in enumerate((at_it.police, at_it.housing, at_it.care)):
        home = digest_of_home(f"{number} elm row")
        User.objects.filter(posts=worker.post_id).update(home=home)
    with acting(walled.SYSTEM):
        for found in items:
            for befalls in (merged, barred, next_door, interested, led):
                if chance.random() < 0.3:
                    befalls(at_it, chance, found)
            for other in chance.sample(items, k=2):
                if chance.random() < 0.3 and other != found:
                    KeptApart.objects.get_or_create(item=found, other=other, defaults={"at": AT})
    return items


def merged(at_it: Table, chance: random.Random, found: PanelItem) -> None:
    Person.objects.filter(pk=person_of(found)).update(merged_into_id=walled.person("care"))


def barred(at_it: Table, chance: random.Random, found: PanelItem) -> None:
    Restriction.objects.create(
        person_id=chance.choice(same_person(person_of(found))), kind=RestrictionKind.BARRED_POST,
        holder_id="care", barred_id=chance.choice((at_it.police, at_it.care)).post_id,
        because="a cousin", starts_at=AT,
    )  # fmt: skip


def next_door(at_it: Table, chance: random.Random, found: PanelItem) -> None:
    who = chance.choice(same_person(person_of(found)))
    walled.record(who, "care", address_key=f"{chance.randrange(4)} elm row")


def interested(at_it: Table, chance: random.Random, found: PanelItem) -> None:
    if found.agenda_id is not None:
        Interest.objects.create(
            item_id=found.agenda_id, post_id=at_it.police.post_id, kind="neighbour", declared_at=AT
        )


def led(at_it: Table, chance: random.Random, found: PanelItem) -> None:
    open_case(
        by=at_it.housing, person_ids=[chance.choice(same_person(person_of(found)))],
        programme=Programme.HOUSING_SUPPORT, lead_post_id=post_of(at_it.housing), at=AT,
    )  # fmt: skip


def statements(asks: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as said:
        asks()
    return len(said)


@pytest.mark.django_db
def test_an_agenda_is_answered_as_each_item_alone_and_in_no_more_statements() -> None:
    at_it = table()
    items = a_world(at_it, random.Random(6), 10)
    posts = [post_of(each) for each in (at_it.police, at_it.housing, at_it.care)]
    found = kept_from_each(items, posts, AT)
    with acting(walled.SYSTEM):
        plain = {each.pk: asked_alone(each, posts) for each in items}
    assert found == plain
    assert len({frozenset(each) for each in plain.values()}) > 3, "a world in which all differ"
    few, all_of_them = (
        statements(lambda n=n: kept_from_each(items[:n], posts, AT)) for n in (5, 10)
    )
    assert all_of_them <= few + 1
    few, all_of_them = (statements(lambda n=n: facts_of(items[:n], AT)) for n in (5, 10))
    assert all_of_them <= few + 20, "but for those of whom a case is open, asked each by itself"
