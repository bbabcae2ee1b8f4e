"""What a screen in the room says of itself when it asks what is new."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

_TOO_LONG = 18
"""Figures of a number that no key has."""
_BOX = re.compile(r"[a-z_]{1,20}(-[a-z0-9_-]{1,39})?")


@dataclass(frozen=True)
class Screen:
    """What it shows, by versions and keys; a number that is none counts as none."""

    version: int | None
    table: int | None
    moves: int | None
    looks_at: int | None
    item_version: int
    facts: int
    """The version of the item at which it was last drawn whole."""
    types_in: str
    head: str
    agenda: str
    forms: str
    wants_all: bool

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """As its address says it."""
        return cls(
            version=_number(said.get("v", "")), table=_number(said.get("t", "")),
            moves=_number(said.get("p", "")), looks_at=_number(said.get("item", "")),
            item_version=_number(said.get("iv", "")) or 0, facts=_number(said.get("fv", "")) or 0,
            types_in=_box(said.get("types", "")),
            head=said.get("head", ""), agenda=said.get("agenda", ""), forms=said.get("key", ""),
            wants_all="all" in said,
        )  # fmt: skip


def _box(text: str) -> str:
    return text if _BOX.fullmatch(text) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < _TOO_LONG else None
