"""Two people editing one agreement: what each wrote, field by field, so that nothing is lost."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote differently."""

    field: str
    theirs: object
    mine: object
    both_changed: bool
    """Both changed it; else only the other did, and theirs is taken."""


def seal(value: object) -> str:
    """A short fingerprint of a value, which the form carries to know what it was opened with."""
    plain = "" if value is None else str(value).replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def merged(
    fields: Iterable[str],
    was: Mapping[str, str],
    saved: Mapping[str, object],
    mine: Mapping[str, object],
) -> tuple[dict[str, object], tuple[Difference, ...]]:
    """What to offer when somebody else saved first, and each field in which the two differ.

    `was` holds the seals of what the form was opened with. What I left alone becomes what is saved;
    what they left alone stays mine; where both changed it, mine stays in the form beside theirs.
    """
    offered: dict[str, object] = {}
    differences = []
    for name in fields:
        i_changed = seal(mine.get(name)) != was.get(name)
        they_changed = seal(saved.get(name)) != was.get(name)
        offered[name] = mine.get(name) if i_changed else saved.get(name)
        if they_changed and seal(saved.get(name)) != seal(mine.get(name)):
            differences.append(Difference(name, saved.get(name), mine.get(name), i_changed))
    return offered, tuple(differences)
