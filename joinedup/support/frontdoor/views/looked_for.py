"""Which referral somebody is looked for, kept for the visit while the worker is at the product's find."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest

_KEY = "looking_for"


@dataclass(frozen=True)
class LookedFor:
    """Whom the worker looks for: of which referral, in which place there, and what they had read of it."""

    matter: str
    place: int
    reference: str
    seen: int


def remember(
    request: HttpRequest, matter_id: uuid.UUID, place: int, reference: str, seen: int
) -> None:
    """Keep whom the worker looks for; it never stands in an address."""
    request.session[_KEY] = [str(matter_id), place, reference, seen]


def forget(request: HttpRequest) -> None:
    """The worker has found whom they looked for, or looks no more."""
    request.session.pop(_KEY, None)


def looked_for(request: HttpRequest) -> LookedFor | None:
    """Whom the worker looks for, if they do."""
    kept = request.session.get(_KEY)
    return LookedFor(*kept) if kept else None
