"""How long each step may take: on a day, and as it was and will be."""

import datetime
from collections.abc import Mapping

from joinedup.foundations.core.dates import day_of
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import ClockLimit
from joinedup.support.handovers.rules.limits import Limit, in_force


def every_limit() -> list[Limit]:
    """Every limit there is, was or will be, as facts for the rule."""
    rows = ClockLimit.objects.order_by("kind", "starts_on")
    return [
        Limit(StepKind(row.kind), row.days, row.urgent, row.source, row.starts_on) for row in rows
    ]


def limits_at(at: datetime.datetime) -> Mapping[StepKind, Limit]:
    """The limit of each step that begins then."""
    return in_force(every_limit(), day_of(at))
