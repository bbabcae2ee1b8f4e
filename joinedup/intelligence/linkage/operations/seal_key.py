"""The key of the sealed fingerprints: kept beside the database, never in it (P2)."""

import os
import secrets
from pathlib import Path

from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import SealedFingerprint
from joinedup.intelligence.linkage.operations.commit_seals import key_check

VARIABLE = "JOINEDUP_SEAL_KEY"


def seal_key(data: Path) -> str:
    """Return the key, made on first use; raises Trouble where it is not the one of what is sealed.

    With another key a sealed identity would not be known again, so no night may run.
    """
    path = data / "seal_key"
    key = os.environ.get(VARIABLE) or _read(path)
    if SealedFingerprint.objects.exists():
        if not key or not SealedFingerprint.objects.filter(pk=key_check(key)).exists():
            raise Trouble(
                f"The key of the sealed identities is missing or is another. Put {path.name} back "
                f"into the data folder, or set {VARIABLE}; until then no night can run."
            )
        return key
    return key or _make(path)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""


def _make(path: Path) -> str:
    key = secrets.token_hex(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(key)
    return key
