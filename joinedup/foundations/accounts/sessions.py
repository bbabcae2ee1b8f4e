"""Where sessions are kept: Django's own way, in a table that knows whose each one is."""

import datetime
import hashlib
from typing import Any, cast

from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils.encoding import force_bytes

from joinedup.foundations.accounts.models import Session
from joinedup.foundations.accounts.sealing import seal, unseal

POST, SIGNED_IN, SEEN, PROVED, BROWSER, ADDRESS = (
    "post", "signed_in_at", "seen_at", "proved_at", "browser", "address",
)  # fmt: skip
"""What a session holds of its own, by name; times as ISO text."""


class SessionStore(db.SessionStore):
    """Django's database sessions, with what is listed and searched for beside the sealed data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The data closed: the last search for a person is in it, and never stands open in a row."""
        return seal(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The data again; nothing where the site's key is another, which signs out."""
        try:
            return super().decode(unseal(force_bytes(session_data)).decode())
        except InvalidToken:
            return {}

    def save_in_place(self) -> None:
        """Save a session that is there already, by one statement: with no way back of its own to keep."""
        row = self.create_model_instance(dict(self.items()))
        said = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        Session.objects.filter(pk=said.pop("session_key")).update(**said)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY) or None
        row.post_id = data.get(POST) or None
        row.signed_in_at = read_time(data.get(SIGNED_IN))
        row.seen_at = read_time(data.get(SEEN))
        row.browser = data.get(BROWSER, "")
        row.address = data.get(ADDRESS) or None
        return row


def read_time(text: str | None) -> datetime.datetime | None:
    """A time as a session holds it."""
    return datetime.datetime.fromisoformat(text) if text else None


def name_of(session_key: str) -> str:
    """What a session is called on a page: its key opens it, and is never shown."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]
