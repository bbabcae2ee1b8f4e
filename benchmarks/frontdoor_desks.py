"""Practitioners for a benchmark: posts of their own in the demo's teams, each with a session that is open."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from joinedup.demo.personas import IN_POST_SINCE, persona
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.sessions import POST, SEEN, SIGNED_IN, SessionStore
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting

SENDERS = ("gp", "coordinator", "housing", "police", "social-worker", "team-manager")
"""The demo's personas beside whom they work: their agency, team and role."""

_WHO = """
    SELECT r.given_name, r.family_name, to_char(r.born_on, 'DD/MM/YYYY'), r.address, r.postcode
    FROM people_record r WHERE r.gone_on IS NULL AND r.born_on IS NOT NULL AND r.postcode <> ''
      AND r.given_name <> '' AND r.agency_id = 'gp' ORDER BY md5(r.record_id) LIMIT 2000
"""


@dataclass(frozen=True)
class Somebody:
    """Whom a referral is about, as it is typed."""

    given_name: str
    family_name: str
    born_on: str
    address: str
    postcode: str


def open_desks(count: int) -> list[str]:
    """So many practitioners at work; return the session of each, as its cookie holds it."""
    return [session_of(_post(number)) for number in range(count)]


def people() -> list[Somebody]:
    """Whom they refer."""
    with acting(Viewer.system("a benchmark")), connection.cursor() as cursor:
        cursor.execute(_WHO)
        return [Somebody(*map(str, row)) for row in cursor.fetchall()]


def _post(number: int) -> Post:
    beside = persona(SENDERS[number % len(SENDERS)])
    if beside is None:
        raise LookupError("The demo has no such persona.")
    like = Post.objects.get(pk=beside.post_id)
    user, _ = User.objects.get_or_create(
        email=f"desk{number}@joinedup.invalid", defaults={"name": f"Desk {number}"}
    )
    found, _ = Post.objects.get_or_create(
        user=user, team_id=like.team_id, role=like.role, defaults={"starts_on": IN_POST_SINCE}
    )
    return found


def session_of(post: Post) -> str:
    """A session that is open, as its cookie holds it."""
    now = timezone.now()
    store = SessionStore()
    store[SESSION_KEY] = str(post.user_id)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = post.user.get_session_auth_hash()
    store[POST] = str(post.pk)
    store[SIGNED_IN] = store[SEEN] = (now - datetime.timedelta(seconds=1)).isoformat()
    store.save()
    return str(store.session_key)
