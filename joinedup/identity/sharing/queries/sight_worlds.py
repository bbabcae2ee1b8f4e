"""What is seen between agencies at a moment, and how many people it is about; for previews alone."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import Involvement
from joinedup.identity.sharing.queries.known import purposes_between
from joinedup.identity.sharing.rules.preview import Viewers, World

Pairs = Iterable[tuple[str, str]]
Key = tuple[str, str, str]
"""Recipient, holder, purpose."""

_NAMED = """
SELECT 'agency:' || code, code FROM agencies_agency WHERE code = ANY (%(agencies)s)
UNION ALL SELECT 'team:' || id, agency_id FROM agencies_team WHERE agency_id = ANY (%(agencies)s)
UNION ALL SELECT 'post:' || p.id, t.agency_id FROM agencies_post p
    JOIN agencies_team t ON t.id = p.team_id WHERE t.agency_id = ANY (%(agencies)s)
"""
# Of one table, and its recipients by name: joined with who they are, PostgreSQL looked up each name's rows by
# themselves wherever it had no statistics yet, and a lapse in a new place took five times as long.
_ROWS = """
SELECT v.holder_id, v.purpose, v.person_id, v.recipient, v.headline
FROM sharing_visibility v
WHERE v.recipient = ANY (%s) AND v.holder_id = ANY (%s)
  AND v.purpose = ANY (%s) AND v.starts_at <= %s AND %s < v.ends_at
"""
_GENERAL = """
SELECT s.recipient_id, s.holder_id, s.purpose, s.headline
FROM sharing_agencysight s
JOIN unnest(%s::text[], %s::text[]) AS pair (recipient, holder)
    ON pair.recipient = s.recipient_id AND pair.holder = s.holder_id
WHERE s.purpose = ANY (%s) AND s.starts_at <= %s AND %s < s.ends_at
"""
_HELD = """
SELECT person_id FROM people_holding
WHERE holder_id = %(holder)s AND category = %(category)s
    AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)
"""
_ON_RECORD = """
SELECT person_id FROM people_record WHERE agency_id = %(holder)s AND gone_on IS NULL
    AND {there}
"""
_COLUMNS = {
    Category.IDENTITY: "TRUE",
    Category.NHS_NUMBER: "nhs_number <> ''",
    Category.ADDRESS: "address <> ''",
    Category.CONTACT: "(phone <> '' OR email <> '')",
}
_INVOLVED = """
SELECT person_id FROM sharing_involvement WHERE agency_id = %(holder)s
    AND starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)
"""


def worlds(pairs: Pairs, at: datetime.datetime) -> dict[Key, World]:
    """What is seen at that moment between these recipients and holders, by purpose.

    Of the purposes that any of their agreements is for: for no other does an agreement turn anything.
    """
    asked = frozenset(pairs)
    recipients, holders = ([pair[side] for pair in asked] for side in (0, 1))
    then: list[Any] = [[purpose.value for purpose in purposes_between(asked)], at, at]
    general: dict[Key, int] = defaultdict(int)
    rows: dict[Key, dict[uuid.UUID, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(_GENERAL, [recipients, holders, *then])
        for recipient, holder, purpose, mask in cursor.fetchall():
            general[(recipient, holder, purpose)] = mask
        cursor.execute(_NAMED, {"agencies": recipients})
        agencies: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(_ROWS, [list(agencies), holders, *then])
        for holder, purpose, person, name, mask in cursor.fetchall():
            if (agencies[name], holder) in asked:
                rows[(agencies[name], holder, purpose)][person][name] = mask
    return {key: World(general[key], rows.get(key, {})) for key in general.keys() | rows.keys()}


def viewers_of(agency: str, purpose: Purpose, at: datetime.datetime) -> Viewers:
    """The posts of an agency, held on that day, that may look for this purpose."""
    posts = Post.objects.held_on(day_of(at)).filter(team__agency=agency, user__is_active=True)
    return Viewers(
        agency,
        tuple(
            (f"post:{pk}", f"team:{team}")
            for pk, team, code in posts.values_list("pk", "team_id", "role").order_by("pk")
            if purpose in role(code).purposes
        ),
    )


def holding(holder: str, category: Category, at: datetime.datetime) -> set[uuid.UUID]:
    """The people of whom a holder holds something of a category on that day."""
    query = _HELD
    if category in _COLUMNS:
        query = f"{_HELD} UNION {_ON_RECORD.format(there=_COLUMNS[category])}"
    elif category is Category.INVOLVEMENT:
        query = f"{_HELD} UNION {_INVOLVED}"
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {"holder": holder, "category": category.value, "day": day_of(at), "at": at},
        )
        return {person for (person,) in cursor.fetchall()}


def roots() -> Mapping[uuid.UUID, uuid.UUID]:
    """For each identifier that was merged, the person it stands for today."""
    into = dict(
        Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    )
    found = {}
    for pk in into:
        end, steps = pk, 0
        while end in into and steps <= len(into):
            end, steps = into[end], steps + 1
        found[pk] = end
    return found


def open_work(agency: str, people: Iterable[uuid.UUID], at: datetime.datetime) -> list[Involvement]:
    """The involvements of an agency with these people that are open at that moment."""
    open_then = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return list(
        Involvement.objects.filter(
            open_then, agency=agency, person__in=list(people), starts_at__lte=at
        ).select_related("team")
    )
