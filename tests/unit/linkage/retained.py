"""Two who left their practices, and rules that run on a day."""

import datetime

from django.utils import timezone

from joinedup.foundations.core.dates import months_on, start_of
from joinedup.identity.people.models import Record
from joinedup.intelligence.linkage.models import RetentionRule
from joinedup.intelligence.linkage.operations.retention import (
    set_retention,
)
from joinedup.intelligence.linkage.operations.run_retention import (
    Where,
    run_retention,
)
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT

OTHER = "Z99002"
CLAUSE = "Retention schedule 2026, line 14"


def two_left_their_practices(place: Place) -> None:
    """Of three people of two practices two are no longer sent; gone on the second day."""
    place.deliver("gp", ANN, {**BEN, "gp_practice": OTHER}, CAT)
    place.night()
    place.deliver("gp", CAT)
    place.night()


def set_now(
    months: int, controller: str = "", agency: str = "gp", **given: object
) -> RetentionRule:
    said = {
        "by": SYSTEM,
        "reference": CLAUSE,
        "starts_on": tomorrow(),
        "at": timezone.now(),
        **given,
    }
    return set_retention(agency=agency, controller=controller, months=months, **said)  # type: ignore[arg-type]


def today() -> datetime.date:
    return timezone.localdate()


def tomorrow() -> datetime.date:
    """The first day that a rule can hold from."""
    return today() + datetime.timedelta(days=1)


def later(place: Place) -> datetime.date:
    """A day on which any rule set today holds, and all that went is more than a month gone."""
    return max(months_on(place.day, 2), tomorrow())


def run(place: Place, day: datetime.date | None = None, hour: int = 1) -> int:
    at = start_of(day or later(place)) + datetime.timedelta(hours=hour)
    return run_retention(where=Where(place.data, place.inbox), at=at)


def records() -> list[str]:
    held = Record.objects.using("owner").order_by("record_id")
    return list(held.values_list("record_id", flat=True))
