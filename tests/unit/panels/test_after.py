"""What became of a panel's decisions, and its own figures."""

import datetime

import pytest

from joinedup.foundations.meetings.choices import MeetingState
from joinedup.foundations.meetings.models import Action, Meeting
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.operations import open_case
from joinedup.support.panels.choices import DecisionKind
from joinedup.support.panels.models import ActionWords, Decision, FollowUp, PanelItem
from joinedup.support.panels.operations.after import (
    CannotFollow,
    follow_up_decisions,
    say_what_became,
)
from joinedup.support.panels.presenters.after import lines
from joinedup.support.panels.queries.after import figures_of, follow_ups, one_follow_up
from joinedup.support.panels.rules.after import Decided, Done, due_on, figures
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.called import AT, THURSDAY, Called, called, person_of

WEEK = datetime.timedelta(weeks=1)
ADVICE, STAYS = DecisionKind.ADVICE, DecisionKind.STAYS


def _many(count: int, kind: DecisionKind = ADVICE, **more: object) -> list[Decided]:
    said: dict[str, object] = {"waited": 9, "dissent": False, "reversed": False, **more}
    return [Decided(kind, **said)] * count  # type: ignore[arg-type]


def test_six_and_twenty_six_weeks_are_counted_from_the_decision() -> None:
    assert due_on(datetime.date(2026, 10, 15), 6) == datetime.date(2026, 11, 26)


def test_figures_are_exact_for_who_keeps_the_panel() -> None:
    found = figures(
        [*_many(2), *_many(1, STAYS, waited=30, dissent=True, reversed=True)],
        [Done(False, True, True, False), Done(True, False, False, True), Done(True, False, False, False)],
        exact=True,
    )  # fmt: skip
    assert (found.decisions, found.waited, found.in_time) == (3, 9, 67)
    assert (found.dissent, found.reversed) == (1, 1)
    assert (found.actions, found.done_in_time) == (2, 50)
    assert found.kinds == {ADVICE: 2, STAYS: 1}


def test_small_numbers_do_not_leave_those_who_keep_the_panel() -> None:
    """P44: counts of 7 or fewer are suppressed, with a second where one alone could be reckoned."""
    found = figures(
        [*_many(31), *_many(12, STAYS), *_many(3, DecisionKind.STEP_UP)], [], exact=False
    )
    assert found.decisions == 45
    assert found.kinds == {ADVICE: 30, STAYS: None, DecisionKind.STEP_UP: None}
    assert (found.dissent, found.actions, found.done_in_time) == (None, None, None)
    few = figures(_many(3), [], exact=False)
    assert (few.decisions, few.waited) == (None, None)


def test_figures_of_nothing_are_none() -> None:
    assert figures([], [], exact=True).waited is None


pytestmark = pytest.mark.django_db


@pytest.fixture
def decided() -> Called:
    """Ada's item is decided and led to a case of housing; one action of it is open."""
    of = called()
    case = open_case(
        by=of.table.housing, person_ids=[person_of(of.ada)], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(of.table.housing), at=THURSDAY,
    )  # fmt: skip
    Meeting.objects.filter(pk=of.meeting.pk).update(
        state=MeetingState.ENDED, began_at=THURSDAY, ended_at=THURSDAY
    )
    with acting(walled.SYSTEM):
        Decision.objects.create(
            item=of.ada, meeting=of.meeting, kind=ADVICE, reasons="Early days",
            by_post_id=of.table.chair.post_id, at=THURSDAY,
        )  # fmt: skip
        PanelItem.objects.filter(pk=of.ada.pk).update(state="decided", case=case.pk)
        action = Action.objects.create(
            meeting=of.meeting, item_id=of.ada.agenda_id, number=1, owner_id=of.table.police.post_id,
            due_on=THURSDAY.date(), given_at=THURSDAY, out_at=THURSDAY,
        )  # fmt: skip
        ActionWords.objects.create(action=action, item=of.ada, words="Ring her landlord")
    return of


def test_what_became_is_found_in_the_records_after_six_and_after_twenty_six_weeks(
    decided: Called,
) -> None:
    assert follow_up_decisions(at=THURSDAY + 6 * WEEK - datetime.timedelta(days=1)) == 0
    assert follow_up_decisions(at=THURSDAY + 6 * WEEK) == 1
    assert follow_up_decisions(at=THURSDAY + 7 * WEEK) == 0
    (found,) = follow_ups(decided.table.coordinator, decided.table.panel)
    assert found.names == ("Ada Ashe",)
    assert found.row.found == {
        "on": "2026-11-26", "allocation": "", "actions": 1, "actions_open": 1, "case": "open",
        "closed_on": "", "lead_agency": "housing", "lead_since": "2026-10-15", "plan_on": "",
        "goals": 0, "goals_reached": 0,
    }  # fmt: skip
    assert dict(lines(one_follow_up(decided.table.coordinator, found.row.pk)))["Lead now"] == (
        "Housing, since 15 October 2026"
    )
    assert Notice.objects.filter(
        kind=NoticeKind.DECISION_FOLLOWED, post=decided.table.coordinator.post_id
    ).exists()
    assert follow_up_decisions(at=THURSDAY + 26 * WEEK) == 1


def test_the_coordinator_says_more_of_it_and_nobody_else(decided: Called) -> None:
    follow_up_decisions(at=THURSDAY + 6 * WEEK)
    with acting(walled.SYSTEM):
        key = FollowUp.objects.get().pk
    with pytest.raises(CannotFollow, match="Only whoever"):
        say_what_became(by=decided.table.police, follow_up_id=key, words="Well", at=THURSDAY)
    outside = walled.viewer("police", "police_liaison", team="Elsewhere")
    with pytest.raises(FollowUp.DoesNotExist):
        say_what_became(by=outside, follow_up_id=key, words="Well", at=THURSDAY)
    say_what_became(
        by=decided.table.coordinator, follow_up_id=key, words="She kept her home", at=THURSDAY
    )
    (found,) = follow_ups(decided.table.coordinator, decided.table.panel)
    assert found.row.words == "She kept her home"


def test_a_decision_that_was_corrected_is_reversed_only_where_it_decides_otherwise(
    decided: Called,
) -> None:
    with acting(walled.SYSTEM):
        first = Decision.objects.get()
        Decision.objects.create(
            item=decided.ada, meeting=decided.meeting, kind=STAYS, reasons="Her sister came",
            by_post_id=decided.table.chair.post_id, at=THURSDAY + WEEK, corrects=first,
            corrected_because="News",
        )  # fmt: skip
    found = figures_of(
        decided.table.coordinator, decided.table.panel, exact=True, at=THURSDAY + 2 * WEEK
    )
    assert (found.decisions, found.reversed, found.waited) == (1, 1, (THURSDAY - AT).days)
    assert (found.actions, found.done_in_time) == (1, 0)
