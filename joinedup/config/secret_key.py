"""The key that signs sessions: from the environment, or for the demo made once and kept."""

import os
import secrets
from pathlib import Path

from joinedup.foundations.core.trouble import Trouble


def secret_key(data: Path, *, required: bool) -> str:
    """Return JOINEDUP_SECRET_KEY, or where it is not required a key kept in the data folder."""
    key = os.environ.get("JOINEDUP_SECRET_KEY")
    if key:
        return key
    if required and os.environ.get("DATABASE_URL"):
        raise Trouble(
            "Set JOINEDUP_SECRET_KEY: a site on a database of its own needs a key of its own."
        )
    return _kept_key(data / "secret_key")


def _kept_key(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    # Written aside and linked into place, so that two starts at once agree on one key.
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with open(aside, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(made)
    try:
        os.link(aside, path)
    except FileExistsError:
        return path.read_text().strip()
    finally:
        aside.unlink()
    return made
