"""Addresses of routes, openings and thresholds, with one of each that is really there."""

import datetime
from typing import Any

from joinedup.support.frontdoor.choices import ContactReason, EmergencyService, RouteKind, Source
from joinedup.support.frontdoor.models import Route, SourceOpening, Threshold

OF_ITS_OWN = {"referral", "step-down", "step-down-returned", "who", "who-find", "one-high-risk"}
"""What opens to whoever has a part in it alone has tests of its own."""
_SINCE = datetime.date(2026, 1, 1)


def triage_address(name: str) -> dict[str, Any] | None:
    """What an address of the front door's own rows wants; None where it is no such page."""
    made = _MADE.get(name)
    return made() if made else None


def _route() -> dict[str, Any]:
    row, _ = Route.objects.get_or_create(
        code="pages",
        defaults={
            "name": "Pages", "sentence": "A route.", "kind": RouteKind.COMMUNITY_OFFER,
            "is_warm": False, "reach": "the library", "starts_on": _SINCE,
        },
    )  # fmt: skip
    return {"route_id": row.pk}


def _opening() -> dict[str, Any]:
    row, _ = SourceOpening.objects.get_or_create(
        source=Source.SCHOOL, phase="pages", test_result="all right", opens_on=_SINCE
    )
    return {"opening_id": row.pk}


def _threshold() -> dict[str, Any]:
    row, _ = Threshold.objects.get_or_create(
        service=EmergencyService.FIRE, reason=ContactReason.GENUINE, contacts=3, days=365,
        source="pages", starts_on=_SINCE,
    )  # fmt: skip
    return {"threshold_id": row.pk}


_MADE = {"route": _route, "opening": _opening, "threshold": _threshold}
