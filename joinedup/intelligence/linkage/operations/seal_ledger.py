"""Every seal once more in a file beside the database: a backup older than a seal must not undo it (P2)."""

import datetime
import json
import os
from pathlib import Path

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.trouble import Trouble
from joinedup.identity.people.models import Seal, SealedFingerprint
from joinedup.identity.sharing.access import Viewer, acting

KEEPING = Viewer.system("keeping seals")

NAME = "seals"
"""A line for each: [agency, record] of a sealed record, or [fingerprint]. It is only ever added to."""


def write_down(data: Path) -> None:
    """Add to the file what the database knows and the file does not; call it after each night."""
    with acting(KEEPING):
        fresh = sorted(_in_database() - _written(data))
    if not fresh:
        return
    data.mkdir(parents=True, exist_ok=True)
    with open(data / NAME, "a", opener=_private, encoding="utf-8") as file:
        # A line that a crash cut short must not swallow the next one.
        file.write("\n" + "".join(f"{json.dumps(seal)}\n" for seal in fresh))
        file.flush()
        os.fsync(file.fileno())


def put_back(data: Path, *, on: datetime.date) -> int:
    """Give the database what only the file knows; return how many. Raises Trouble.

    The next night's gate then withdraws and purges what these seals are of.
    """
    with acting(KEEPING):
        lost = sorted(_written(data) - _in_database())
        known = set(Agency.objects.values_list("code", flat=True))
        records = [seal for seal in lost if len(seal) == 2 and seal[0] in known]
        prints = [seal for seal in lost if len(seal) == 1]
        Seal.objects.bulk_create(
            Seal(agency_id=agency, record_id=record, sealed_on=on) for agency, record in records
        )
        SealedFingerprint.objects.bulk_create(
            SealedFingerprint(fingerprint=fingerprint, sealed_on=on) for (fingerprint,) in prints
        )
    return len(records) + len(prints)


def told(number: int) -> str:
    """What to say of seals that were put back."""
    return (
        f"{number:,} seals that the database did not know, as after a backup older than they are, "
        "were put back from the data folder. A night withdraws and purges what they are of."
    )


def _in_database() -> set[tuple[str, ...]]:
    records = set(Seal.objects.values_list("agency_id", "record_id"))
    return records | set(SealedFingerprint.objects.values_list("fingerprint"))


def _written(data: Path) -> set[tuple[str, ...]]:
    try:
        lines = (data / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {seal for line in lines if (seal := _read(line))}


def _read(line: str) -> tuple[str, ...]:
    """One line; nothing for one that a crash cut short, whose night was told as failed."""
    try:
        seal = json.loads(line)
    except ValueError:
        return ()
    if not isinstance(seal, list) or len(seal) not in (1, 2):
        raise Trouble(f"The file {NAME} in the data folder is not a list of seals.")
    return tuple(map(str, seal))


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
