"""Services that come in to a practice or a site: their plan by phase, the pilot, each session (S0-57, S2-27)."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.access import NotPermitted
from joinedup.support.panels.choices import ClinicStands, Rhythm
from joinedup.support.panels.operations.in_reach import (
    CannotPlanSessions,
    Planned,
    change_session,
    end_sessions,
    plan_sessions,
)
from joinedup.support.panels.presenters.in_reach import plans
from joinedup.support.panels.queries.in_reach import clinics, one_clinic
from joinedup.support.panels.rules.in_reach import sessions, stands, why_not_changed
from tests.sharing import walled
from tests.unit.panels.panelled import AT

_DAY = datetime.date
TODAY = AT.date()


def test_sessions_keep_their_rhythm_without_what_is_called_off_and_with_what_is_moved() -> None:
    """A bank holiday moves on to the next working day, as a panel's meeting does."""
    usual = {
        "starts_on": _DAY(2026, 11, 2), "ends_on": None, "weekday": 0,
        "rhythm": Rhythm.FORTNIGHTLY, "today": _DAY(2026, 11, 18),
    }  # fmt: skip
    assert sessions(**usual, changes={}, many=3) == [  # type: ignore[arg-type]
        _DAY(2026, 11, 30), _DAY(2026, 12, 14), _DAY(2026, 12, 29),
    ]  # fmt: skip
    changes = {_DAY(2026, 11, 30): None, _DAY(2026, 12, 14): _DAY(2026, 12, 16)}
    assert sessions(**usual, changes=changes, many=2) == [  # type: ignore[arg-type]
        _DAY(2026, 12, 16), _DAY(2026, 12, 29),
    ]  # fmt: skip
    ended = usual | {"ends_on": _DAY(2026, 12, 1)}
    assert sessions(**ended, changes={}, many=3) == [_DAY(2026, 11, 30)]  # type: ignore[arg-type]


def test_a_plan_stands_as_planned_on_trial_running_or_ended() -> None:
    for starts, ends, pilot, expected in (
        (_DAY(2026, 12, 1), None, True, ClinicStands.PLANNED),
        (_DAY(2026, 11, 1), None, True, ClinicStands.PILOT),
        (_DAY(2026, 11, 1), None, False, ClinicStands.RUNS),
        (_DAY(2026, 1, 1), TODAY, True, ClinicStands.ENDED),
    ):
        assert stands(starts_on=starts, ends_on=ends, is_pilot=pilot, today=TODAY) is expected


def test_a_session_is_changed_for_a_reason_to_a_day_that_is_free() -> None:
    held = [_DAY(2026, 11, 30), _DAY(2026, 12, 14)]
    first, second = held
    assert "No session" in why_not_changed(TODAY, None, "Ill", held=held, today=TODAY)
    assert "why" in why_not_changed(first, None, " ", held=held, today=TODAY)
    assert "no other" in why_not_changed(first, second, "Ill", held=held, today=TODAY)
    assert why_not_changed(first, _DAY(2026, 12, 2), "Ill", held=held, today=TODAY) == ""


@pytest.mark.django_db
def test_a_manager_plans_a_pilot_at_a_site_moves_a_session_and_ends_it() -> None:
    walled.agency("trust", "health")
    manager = walled.viewer("trust", "team_manager", team="Memory service")
    worker = walled.viewer("trust", "practitioner", team="Memory service")
    other = walled.viewer("trust", "team_manager", team="Podiatry")
    planned = Planned(
        team=Team.objects.select_related("agency").get(pk=manager.team_id), practice=None,
        site="Elm Row surgery", phase=2, is_pilot=True, words="Fewer trips to hospital",
        rhythm=Rhythm.WEEKLY, weekday=1, at_time=datetime.time(14), minutes=180, places=6,
        starts_on=TODAY, ends_on=None,
    )  # fmt: skip
    for by in (worker, other):
        with pytest.raises(NotPermitted):
            plan_sessions(by=by, planned=planned, at=AT)
    for wrong in ({"site": " "}, {"words": ""}, {"ends_on": TODAY}, {"starts_on": _DAY.max}):
        with pytest.raises(CannotPlanSessions):
            plan_sessions(by=manager, planned=Planned(**(planned.__dict__ | wrong)), at=AT)
    made = plan_sessions(by=manager, planned=planned, at=AT)
    (table,) = plans(clinics(worker, TODAY))
    assert "Memory service" in str(table)
    assert "Pilot" in str(table)
    first = one_clinic(worker, made.pk, TODAY).next[0]
    to = first + datetime.timedelta(days=1)
    with pytest.raises(NotPermitted):
        change_session(by=other, clinic_id=made.pk, on=first, moved_to=to, because="x", at=AT)
    change_session(by=manager, clinic_id=made.pk, on=first, moved_to=to, because="Ill", at=AT)
    assert one_clinic(worker, made.pk, TODAY).next[0] == to
    change_session(by=manager, clinic_id=made.pk, on=to, moved_to=None, because="Ill", at=AT)
    assert to not in one_clinic(worker, made.pk, TODAY).next
    end_sessions(by=manager, clinic_id=made.pk, ends_on=TODAY, at=AT)
    assert one_clinic(worker, made.pk, TODAY).next == ()
