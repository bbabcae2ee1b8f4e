"""Whether each page that a page test was given left its line for everybody of whom it tells (issue 3, point 9)."""

import datetime
import html
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from django.test import Client

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import Viewer, acting

CHECKING = Viewer.system("checking that each look left its lines")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TAG = re.compile(r"<[^>]+>")

TELLS_NOTHING = {"danger", "notices"}
"""Where an address or a link bears whom one came from or is to go to, and nothing of them is told."""

# Whom the page or its address bears the identifier of: people, and whom a matter is about. And those of whom
# it shows the name and of whose namesakes none has a line.
_TOLD = """
SELECT id FROM people_person WHERE id = ANY (%(ids)s)
UNION SELECT person_id FROM sharing_matterperson WHERE matter_id = ANY (%(ids)s)
"""
_LINED = "SELECT DISTINCT person_id FROM audit_entry WHERE post_id = %s AND at >= %s"
_NAMED = """
SELECT given_name || ' ' || family_name, array_agg(DISTINCT person_id) FROM people_record
WHERE person_id IN (SELECT person_id FROM sharing_matterperson) GROUP BY 1
"""
_MERGED = """
SELECT id, merged_into_id FROM people_person
WHERE merged_into_id IS NOT NULL AND (id = ANY (%(these)s) OR merged_into_id = ANY (%(these)s))
"""


@contextmanager
def following() -> Iterator[list[str]]:
    """Look after each page that the test client is given; what is found is added to what this gives."""
    found: list[str] = []
    asks = Client.request

    def request(client: Client, **how: Any) -> Any:
        since = clock.now()
        response = asks(client, **how)
        if _is_a_page(response):
            with _beside():
                found.extend(_untold(since, response, how["PATH_INFO"]))
        return response

    with mock.patch.object(Client, "request", request):
        yield found


@contextmanager
def _beside() -> Iterator[None]:
    """Act as the system, without a statement that a test would count."""
    counted, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        with acting(CHECKING):
            yield
    finally:
        connection.force_debug_cursor = counted


def _is_a_page(response: Any) -> bool:
    viewer = getattr(response.wsgi_request, "viewer", None)
    if viewer is None or viewer.post_id is None or response.status_code != 200:
        return False
    return response.resolver_match.url_name not in TELLS_NOTHING and "html" in response.get(
        "Content-Type", ""
    )


def _untold(since: datetime.datetime, response: Any, path: str) -> list[str]:
    """Of whom a page told its post without a line since it was asked for, in words for whoever mends it."""
    post, page = response.wsgi_request.viewer.post_id, response.resolver_match.url_name
    text = response.content.decode()
    ids = [uuid.UUID(each) for each in {*_ID.findall(text), *_ID.findall(path)}]
    with connection.cursor() as cursor:
        cursor.execute(_NAMED)
        words = html.unescape(_TAG.sub(" ", text)) if (names := cursor.fetchall()) else ""
        named = {name: set(those) for name, those in names if name in words}
        cursor.execute(_TOLD, {"ids": ids})
        told = {person for (person,) in cursor.fetchall()}
        if not told and not named:
            return []
        cursor.execute(_LINED, [post, since])
        lined = {person for (person,) in cursor.fetchall()}
        if told - lined:
            cursor.execute(_MERGED, {"these": [*told, *lined]})
            for pair in cursor.fetchall():
                if lined.intersection(pair):
                    lined.update(pair)
    return [
        *(f"{page} bears the identifier of {person}" for person in sorted(told - lined)),
        *(f"{page} shows the name {name}" for name in sorted(named) if not lined & named[name]),
    ]
