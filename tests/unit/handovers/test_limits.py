"""The limits of the clock are dated rows, set by the front door's manager (P33)."""

import datetime

import pytest

from joinedup.identity.sharing.access import NotPermitted
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.operations.limits import CannotSetLimit, set_limit
from joinedup.support.handovers.queries.limits import every_limit, limits_at
from joinedup.support.handovers.rules.limits import LIMITS, Limit, in_force
from tests import audit_lines
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
TOMORROW = datetime.date(2026, 11, 21)


def test_the_latest_that_has_begun_holds() -> None:
    days = [datetime.date(2026, month, 1) for month in (1, 3, 6)]
    every = [Limit(StepKind.TRIAGE, n, n, "us", day) for n, day in enumerate(days, 1)]
    for month, held in ((2, 1), (3, 2), (5, 2), (6, 3)):
        assert in_force(every, datetime.date(2026, month, 1))[StepKind.TRIAGE].days == held
    assert in_force(every, datetime.date(2025, 1, 1)) == {}


@pytest.mark.django_db
def test_the_tables_begin_with_the_rule_and_the_manager_sets_the_next() -> None:
    """P33: dated, with its source; what began before keeps its time."""
    assert limits_at(AT) == LIMITS
    walled.agency("care", "social_care")
    manager = walled.viewer("care", "front_door_manager")
    how = {
        "kind": StepKind.APPROACH,
        "days": 4,
        "urgent": 1,
        "source": "Our board, item 3",
        "at": AT,
    }
    set_limit(by=manager, starts_on=TOMORROW, **how)  # type: ignore[arg-type]
    set_limit(by=manager, starts_on=TOMORROW, **{**how, "days": 3})  # type: ignore[arg-type]
    assert limits_at(AT)[StepKind.APPROACH].days == 5
    later = limits_at(AT + datetime.timedelta(days=1))[StepKind.APPROACH]
    assert (later.days, later.urgent, later.source) == (3, 1, "Our board, item 3")
    assert len(every_limit()) == len(LIMITS) + 1
    assert audit_lines.lines(act="set a limit of the clock")[0].post_id == manager.post_id
    for wrong in ({"days": 0}, {"urgent": 5}, {"source": " "}, {"starts_on": AT.date()}):
        with pytest.raises(CannotSetLimit):
            set_limit(by=manager, **{"starts_on": TOMORROW, **how, **wrong})  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        set_limit(by=walled.viewer("care", "front_door_worker"), starts_on=TOMORROW, **how)  # type: ignore[arg-type]
