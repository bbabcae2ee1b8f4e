"""A programme or help of one kind with another agency as well, in words: two would be one too many."""

from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.models import ReferredOut
from joinedup.support.cases.queries.alongside import AlongsideCase


def open_twice(other: AlongsideCase) -> str:
    """That the same programme is open with another agency, and with whom to agree."""
    return (
        f"{other.programme.label} is open with {other.agency_name} as well. Agree with "
        f"{other.lead_name or 'their lead'} who does what before anything is done twice."
    )


def asked_twice(other: AlongsideCase, asked: ReferredOut) -> str:
    """That the same service was asked already, or helps already, here or in another case."""
    if other.key == asked.case_id:
        return f"{asked.service} was asked in this case before, or helps already. Ask them once."
    return (
        f"{asked.service} was asked by {other.agency_name} as well, or helps already. Agree with "
        f"{other.lead_name or 'their lead'} who asks."
    )


def given_twice(other: AlongsideCase, kind: InterventionKind) -> str:
    """That help of the same sort is given already, and with whom to agree."""
    return (
        f"{other.agency_name} has help of this sort in its own case: {kind.label.lower()}. Agree with "
        f"{other.lead_name or 'its lead'} which of the two goes on."
    )
