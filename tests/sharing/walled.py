"""Made-up agencies, posts and people, for tests of what the database lets through."""

import datetime
import itertools
import uuid

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose, mask_of
from joinedup.identity.sharing.models import AgencySight, Visibility

ALWAYS = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
FOR_EVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
SYSTEM = Viewer.system("a test")
_numbers = itertools.count(1)


def agency(code: str, kind: str = "health", **more: object) -> Agency:
    """An agency, made once."""
    return Agency.objects.get_or_create(
        code=code, defaults={"name": code.title(), "kind": kind, **more}
    )[0]


def post(of: str, role: str = "practitioner", *, team: str = "A team", **more: object) -> Post:
    """A new practitioner's post in a team of that agency."""
    number = next(_numbers)
    user = User.objects.create(email=f"walled{number}@example.org", name=f"Walled {number}")
    where, _ = Team.objects.get_or_create(agency_id=of, name=team)
    since = {"starts_on": datetime.date(2026, 1, 1), **more}
    return Post.objects.create(user=user, team=where, role=role, **since)


def viewer(
    of: str, role: str = "practitioner", purpose: str = "", *, team: str = "A team"
) -> Viewer:
    """Somebody new at work in that agency."""
    return Viewer.of_post(post(of, role, team=team), purpose=purpose)


def person(*holders: str, **said: object) -> uuid.UUID:
    """A new person, of whom each of these agencies holds a record."""
    with acting(SYSTEM):
        made = Person.objects.create(first_seen_on=datetime.date(2026, 1, 1))
        for holder in holders:
            record(made.pk, holder, **said)
    return made.pk


def record(of: uuid.UUID, holder: str, **said: object) -> Record:
    """An agency's record of a person."""
    day = datetime.date(2026, 1, 1)
    with acting(SYSTEM):
        return Record.objects.create(
            agency_id=holder, record_id=f"R{next(_numbers)}", controller=holder, person_id=of,
            linked_on=day, received_on=day, changed_on=day,
            **{"given_name": "Ada", "family_name": "Ashe", **said},
        )  # fmt: skip


def let_see(
    recipient: str,
    holder: str,
    *categories: Category,
    purpose: str = Purpose.OWN_WORK,
    level: str = "summary",
) -> None:
    """Let an agency see these categories of everybody that another holds, for a purpose."""
    AgencySight.objects.create(
        recipient_id=recipient, holder_id=holder, purpose=purpose, starts_at=ALWAYS,
        ends_at=FOR_EVER, **_masks(categories, level),
    )  # fmt: skip


def let_see_person(
    recipient: str,
    of: uuid.UUID,
    holder: str,
    *categories: Category,
    purpose: str = Purpose.OWN_WORK,
    level: str = "summary",
    **more: object,
) -> None:
    """Let a recipient (`post:…`, `team:…`, `agency:…`) see these of one person; none shuts all."""
    rank = {"post": 3, "team": 2, "agency": 1}[recipient.split(":", 1)[0]]
    with acting(SYSTEM):
        Visibility.objects.create(
            person_id=of, recipient=recipient, rank=rank, holder_id=holder, purpose=purpose,
            **{"starts_at": ALWAYS, "ends_at": FOR_EVER, **_masks(categories, level), **more},
        )  # fmt: skip


def _masks(categories: tuple[Category, ...], level: str) -> dict[str, int]:
    lower = ("headline", "summary", "detail")
    return dict.fromkeys(lower[: lower.index(level) + 1], mask_of(categories))
