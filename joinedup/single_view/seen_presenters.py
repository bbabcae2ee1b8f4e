"""What agencies hold, in the order and words of the page."""

from itertools import groupby

from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.queries.seen import HeldShown, Seen


def by_holder(seen: Seen) -> list[tuple[str, list[HeldShown]]]:
    """Each agency by name with what of its is shown."""
    return [
        (name, list(things)) for name, things in groupby(seen.held, key=lambda one: one.holder_name)
    ]


def warnings(seen: Seen) -> list[str]:
    """Live warnings, which stand first on the page: whoever is at the door reads no further."""
    return [
        f"{one.headline}. {one.summary} ({one.holder_name})".replace(".. ", ". ")
        for one in seen.held
        if one.category is Category.LIVE_WARNING
    ]


def purpose(code: str) -> str:
    """The purpose in words; a role without purposes about people has its own sentence."""
    return Purpose(code).label if code in set(Purpose) else code
