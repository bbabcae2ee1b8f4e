"""The combined-factor check: whose holdings bear together on a child, worked out without moving any (S0-18, P36).

Two of the three are enough. Were three needed, each lead who is told would learn what the others hold.
"""

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.gateways import rows_for
from joinedup.support.cases.choices.combined import TRIO, CombinedFactor
from joinedup.support.cases.rules.carers import ADULT, age_on

ENOUGH = 2
GATEWAY = Purpose.SAFEGUARD_CHILD


@dataclass(frozen=True)
class HeldFactor:
    """That an agency holds such a factor of an adult today."""

    holder: str
    holder_kind: AgencyKind
    adult: uuid.UUID
    factor: CombinedFactor


@dataclass(frozen=True)
class Home:
    """Who lives together: the children, and what is held of the adults; an institution is no home."""

    children: frozenset[uuid.UUID]
    factors: tuple[HeldFactor, ...]


@dataclass(frozen=True)
class ToTell:
    """One holder is to be told of one adult, by what it holds itself."""

    holder: str
    adult: uuid.UUID
    factors: tuple[CombinedFactor, ...]
    fingerprint: str


def may_be_joined(held: HeldFactor) -> bool:
    """Whether the table of lawful sharing lets such a holder share this to safeguard a child at all."""
    category = Category(held.factor.category)
    return bool(rows_for(GATEWAY, AgencyKind.SOCIAL_CARE, held.holder_kind, category))


def was_known_as_child(born_on: datetime.date, held_since: datetime.date) -> bool:
    """Whether something was held of somebody before they were 18 (S0-19)."""
    years = age_on(born_on, held_since)
    return years is not None and years < ADULT


def to_tell(homes: Iterable[Home]) -> list[ToTell]:
    """Every holder of a factor in a home with a child where two or more of the three come together."""
    found: dict[tuple[str, uuid.UUID], ToTell] = {}
    for home in homes:
        lawful = [each for each in home.factors if may_be_joined(each)]
        if not home.children or len({each.factor for each in lawful} & set(TRIO)) < ENOUGH:
            continue
        mark = _fingerprint(home.children, lawful)
        for holder, adult in sorted({(each.holder, each.adult) for each in lawful}):
            own = {e.factor for e in lawful if (e.holder, e.adult) == (holder, adult)}
            told = ToTell(holder, adult, tuple(f for f in CombinedFactor if f in own), mark)
            found.setdefault((holder, adult), told)
    return list(found.values())


def _fingerprint(children: frozenset[uuid.UUID], held: Sequence[HeldFactor]) -> str:
    parts = sorted(str(child) for child in children)
    parts += sorted({f"{each.adult} {each.factor}" for each in held})
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def why_not_decided(*, share: bool, because: str, words: str, recipient: str) -> str:
    """Why the decision is not written down so, fit for the page; nothing where it is."""
    if not because.strip():
        return (
            "Say why it is proportionate: what the child gains, and why not less."
            if share
            else "Say why it is not shared: a decision not to share is recorded like any other."
        )
    if share and not words.strip():
        return "Write what you share, in your own words: only that goes, and nothing else does."
    if share and not recipient:
        return "Say to whom it goes."
    return ""
