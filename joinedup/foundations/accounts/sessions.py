"""Where sessions are kept: Django's own way, in a table that knows whose each one is."""

import datetime
import hashlib
from typing import Any, cast

from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.encoding import force_bytes

from joinedup.foundations.accounts.models import Session
from joinedup.foundations.accounts.sealing import seal, unseal
from joinedup.foundations.core.database.prepared import ask

POST, SIGNED_IN, SEEN, PROVED, BROWSER, ADDRESS = (
    "post", "signed_in_at", "seen_at", "proved_at", "browser", "address",
)  # fmt: skip
"""What a session holds of its own, by name; times as ISO text."""


_SAID = [field.attname for field in Session._meta.concrete_fields]
_TABLE = Session._meta.db_table
_HELD = (
    f"SELECT session_data FROM {_TABLE} WHERE session_key = $1 AND expire_date > $2::timestamptz"
)
_SAVE = f"""
    UPDATE {_TABLE} SET {", ".join(f"{name} = ${at}" for at, name in enumerate(_SAID, 1))}
    WHERE session_key = ${_SAID.index("session_key") + 1} RETURNING true
"""


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

    def load(self) -> dict[str, Any]:
        """What the session holds, read by a kept plan: each page asks for it. By the machine's clock, as Django's."""
        key = self.session_key
        held = ask(_HELD, key, timezone.now().isoformat()) if key else []
        if not held:
            self._session_key = None
            return {}
        return self.decode(held[0][0])

    def save_in_place(self) -> None:
        """Save a session that is there already, by one statement: with no way back of its own to keep."""
        row = self.create_model_instance(dict(self.items()))
        ask(
            _SAVE,
            *(
                None if value is None else str(value)
                for value in map(row.serializable_value, _SAID)
            ),
        )

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
