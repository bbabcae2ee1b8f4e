"""Which gateways a line of the schedule can go through, and why a line is refused."""

from collections.abc import Iterable

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.gateways import GATEWAYS, Gateway


def gateways_that_fit(
    purpose: Purpose, holder: AgencyKind, recipient: AgencyKind
) -> tuple[Gateway, ...]:
    """The gateways through which such a holder may send to such a recipient for this purpose."""
    return tuple(
        row
        for row in GATEWAYS
        if row.opens
        and purpose in row.purposes
        and holder in row.holders
        and recipient in row.recipients
    )


def why_line_refused(
    *,
    purpose: Purpose,
    holder: AgencyKind,
    recipient: AgencyKind,
    gateway: str,
    categories: Iterable[Category],
) -> str | None:
    """Why this line cannot stand in a schedule, fit for the page; None where it can."""
    between = f"from {holder.label} to {recipient.label} for {_lowered(purpose.label)}"
    fitting = {row.code: row for row in gateways_that_fit(purpose, holder, recipient)}
    if not fitting:
        return f"No gateway in law leads {between}. An agreement cannot make one."
    row = fitting.get(gateway)
    if row is None:
        return f"That gateway does not lead {between}. Choose one of those listed."
    asked = frozenset(categories)
    if not asked:
        return "Choose at least one category."
    outside = asked - row.categories
    if outside:
        words = ", ".join(sorted(category.label.lower() for category in outside))
        return f"That gateway does not carry {words}. Take them out or choose another gateway."
    return None


def _lowered(words: str) -> str:
    return words if words.isupper() else words[:1].lower() + words[1:]
