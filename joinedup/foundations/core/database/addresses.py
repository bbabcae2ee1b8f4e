"""Which database Django talks to: DATABASE_URL where it is given, else a server of our own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from joinedup.foundations.core.database.cluster import (
    ADMIN,
    APP,
    DATABASE,
    OWNER,
    PORT,
    own_cluster,
)
from joinedup.foundations.core.trouble import Trouble

# One connection a thread of the server, and a little for the night beside it.
POOL = {"min_size": 1, "max_size": 20, "timeout": 10}


def database_settings(environment: Mapping[str, str], data: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: `default` as the application, `owner` for migrations alone."""
    url = environment.get("DATABASE_URL")
    if url:
        app = parsed(url)
        owner = parsed(environment.get("DATABASE_OWNER_URL") or url)
    else:
        here = {"HOST": str(own_cluster(data).socket_folder), "PORT": PORT, "NAME": DATABASE}
        app, owner = {**here, "USER": APP}, {**here, "USER": ADMIN}
    return {"default": _application(app), "owner": _owner(owner)}


def parsed(url: str) -> dict[str, Any]:
    """Return a postgresql:// address as Django's words; raise Trouble when it is none."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise Trouble(
            "DATABASE_URL should look like postgresql://name:password@host:5432/database."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder is sent as ?host=/folder, as libpq has it.
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": int(options.pop("port", 0)) or parts.port or "",
        "OPTIONS": options,
    }


def _application(address: dict[str, Any]) -> dict[str, Any]:
    options = {"pool": dict(POOL), **address.get("OPTIONS", {})}
    return {**_common(address), "ATOMIC_REQUESTS": True, "OPTIONS": options}


def _owner(address: dict[str, Any]) -> dict[str, Any]:
    options = {"assume_role": OWNER, **address.get("OPTIONS", {})}
    return {**_common(address), "OPTIONS": options}


def _common(address: dict[str, Any]) -> dict[str, Any]:
    # The pool keeps connections; Django itself must not.
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, **address}
