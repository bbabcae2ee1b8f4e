"""Fifty practitioners with a case each, of ten years and two thousand lines from six agencies, to be measured."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.utils import timezone

from benchmarks.wall_place import AGENCIES, ROLES, agreement
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.sessions import POST, SEEN, SIGNED_IN, SessionStore
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding, HoldingSummary, Person, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.operations import derive
from joinedup.support.cases.choices import Programme, Significance, Topic
from joinedup.support.cases.models import Case, StoryEntry, StoryPin
from joinedup.support.cases.operations import open_case
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact

MEASURING = Viewer.system("a benchmark")
YEARS, PINS = 10, 6
ENTRIES, CONTACTS, HELD = 1150, 730, 360
"""Lines of each story; of what agencies hold each practitioner sees what the wall lets them: 2,000 or so in all."""
_HELD = {
    "gp": Category.INVOLVEMENT, "adult_care": Category.ADULT_SOCIAL_CARE,
    "children": Category.INVOLVEMENT, "police": Category.ANTISOCIAL, "fire": Category.FIRE_SAFETY,
    "housing": Category.HOUSING,
}  # fmt: skip
_WORDS = (
    "Seen at home. The kitchen is warm, and the post lies unopened on the table. He says the letters make "
    "his heart go, and that he would rather walk in than ring. Agreed to open them together on Thursdays."
)


@dataclass(frozen=True)
class Desk:
    """A practitioner at work: the cookie of their session, and the cases they open."""

    session: str
    cases: tuple[uuid.UUID, ...]


def fill(practitioners: int, at: datetime.datetime) -> list[Desk]:
    """Make them and their cases; each opens those of its own team."""
    chance = random.Random(11)
    posts = _posts(practitioners, at)
    for recipient in AGENCIES:
        agreement(recipient, tuple(each for each in AGENCIES if each != recipient), at=at)
    with acting(MEASURING):
        derive.agencies(None, at=at)
        cases = [_case(post, number, chance, at) for number, post in enumerate(posts)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    of_team: dict[int, list[uuid.UUID]] = {}
    for post, case in zip(posts, cases, strict=True):
        of_team.setdefault(post.team_id, []).append(case)
    return [Desk(session_of(post), tuple(of_team[post.team_id])) for post in posts]


def _posts(practitioners: int, at: datetime.datetime) -> list[Post]:
    since = day_of(at) - datetime.timedelta(days=366 * YEARS)
    made = []
    for number in range(practitioners):
        place = number % len(AGENCIES)
        code, kind = list(AGENCIES.items())[place]
        Agency.objects.get_or_create(code=code, defaults={"name": code.title(), "kind": kind})
        team, _ = Team.objects.get_or_create(agency_id=code, name=f"{code} team")
        user = User.objects.create(
            email=f"desk{number}-{uuid.uuid4().hex[:8]}@joinedup.invalid", name=f"Desk {number}"
        )
        made.append(Post.objects.create(user=user, team=team, role=ROLES[place], starts_on=since))
    return Post.objects.filter(pk__in=[each.pk for each in made]).select_related("user", "team")  # type: ignore[return-value]


def _case(post: Post, number: int, chance: random.Random, at: datetime.datetime) -> uuid.UUID:
    began = at - datetime.timedelta(days=365 * YEARS)
    person = Person.objects.create(first_seen_on=day_of(began))
    for code in AGENCIES:
        Record.objects.create(
            agency_id=code, record_id=uuid.uuid4().hex[:12], controller=code, person=person,
            linked_on=day_of(began), received_on=day_of(began), changed_on=day_of(began),
            given_name=f"Given{number}", family_name=f"Family{number}",
        )  # fmt: skip
    case = open_case(
        by=Viewer.of_post(post), person_ids=[person.pk], programme=Programme.TRANSFORMING_LIVES,
        lead_post_id=post.pk, at=began,
    )  # fmt: skip
    written = _entries(case, person, post, chance, at)
    _contacts(case, person, post, chance, at)
    _held(person, post, chance, at)
    StoryPin.objects.bulk_create(
        StoryPin(case=case, entry=entry, why="Ring before you come.", pinned_by=post, pinned_at=at)
        for entry in written[:PINS]
    )
    return case.pk


def _some_time(chance: random.Random, at: datetime.datetime) -> datetime.datetime:
    return at - datetime.timedelta(minutes=chance.randrange(60, 365 * YEARS * 1440 - 1440))


def _entries(
    case: Case, person: Person, post: Post, chance: random.Random, at: datetime.datetime
) -> list[StoryEntry]:
    topics = [topic for topic in Topic if topic.can_be_written]
    weights = [0.78, 0.17, 0.05]
    made = []
    for _ in range(ENTRIES):
        when = _some_time(chance, at)
        day = day_of(when)
        made.append(
            StoryEntry(
                case=case, person=person, starts_on=day, ends_on=day + datetime.timedelta(days=1),
                topic=chance.choice(topics), source_id=chance.choice(list(AGENCIES)),
                significance=chance.choices(list(Significance), weights)[0],
                what="The neighbours rang about noise; he answered the door and was polite",
                words=_WORDS, written_by=post, written_at=when + datetime.timedelta(hours=3),
            )
        )  # fmt: skip
    return StoryEntry.objects.bulk_create(made, batch_size=500)


def _contacts(
    case: Case, person: Person, post: Post, chance: random.Random, at: datetime.datetime
) -> None:
    ways = [How.VISIT, How.PHONE, How.TEXT, How.LETTER, How.NOTE]
    made = []
    for _ in range(CONTACTS):
        how, when = chance.choice(ways), _some_time(chance, at)
        seen = Seen.SEEN_ALONE if how is How.VISIT else Seen.NOT_APPLICABLE
        made.append(
            Contact(
                matter_id=case.pk, person=person, how=how, at=when, seen=seen, by=post,
                recorded_at=when + datetime.timedelta(hours=chance.choice([1, 2, 60])), words=_WORDS,
            )
        )  # fmt: skip
    Contact.objects.bulk_create(made, batch_size=500)


def _held(person: Person, post: Post, chance: random.Random, at: datetime.datetime) -> None:
    held, summaries = [], []
    for number in range(HELD):
        holder = list(AGENCIES)[number % len(AGENCIES)]
        when = _some_time(chance, at)
        key = {"person": person, "holder_id": holder, "category": _HELD[holder].value}
        one = Holding(
            **key, headline="A call was attended at the address", event_code="call", recorded_at=when,
            starts_on=day_of(when), handling_code="P" if holder == "police" else "",
        )  # fmt: skip
        held.append(one)
        summaries.append(HoldingSummary(holding=one, summary=_WORDS, **key))
    Holding.objects.bulk_create(held, batch_size=500)
    HoldingSummary.objects.bulk_create(summaries, batch_size=500)


def session_of(post: Post) -> str:
    """A session of that post, signed in just now; its cookie."""
    now = timezone.now()
    store = SessionStore()
    store[SESSION_KEY] = str(post.user_id)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = post.user.get_session_auth_hash()
    store[POST] = str(post.pk)
    store[SIGNED_IN] = store[SEEN] = (now - datetime.timedelta(seconds=1)).isoformat()
    store.save()
    return str(store.session_key)


def how_many(desks: Sequence[Desk]) -> int:
    """How many cases they open between them."""
    return len({case for desk in desks for case in desk.cases})
