"""A decision that agencies must approve under their own delegations: it waits, has effect, or is refused (S0-30)."""

import pytest

from joinedup.foundations.meetings.models import Meeting
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.single_view.queries.my_work_panels import approvals as in_my_work
from joinedup.support.frontdoor.models import Progress
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Step
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.choices import ApprovalState, DecisionKind, Effect
from joinedup.support.panels.models import Allocation, Decision, DecisionApproval, PanelItem
from joinedup.support.panels.operations.approving import CannotApprove, answer_approval
from joinedup.support.panels.operations.deciding import (
    CannotDecide,
    Deciding,
    correct_decision,
    decide,
)
from joinedup.support.panels.operations.ending import end_meeting
from joinedup.support.panels.presenters.minutes import said as minuted
from joinedup.support.panels.queries.minutes import items_minuted
from joinedup.support.panels.rules.approving import effect_of, why_not_answered, why_not_asked
from tests import audit_lines
from tests.sharing import walled
from tests.unit.panels.panelled import Table, table
from tests.unit.panels.queued import THURSDAY, item_as
from tests.unit.panels.test_room import opened, said, state_of

_S, _E, _K = ApprovalState, Effect, DecisionKind


@pytest.mark.parametrize(
    ("answers", "effect"),
    [
        ([], _E.IN_FORCE),
        ([_S.GIVEN, _S.GIVEN], _E.IN_FORCE),
        ([_S.GIVEN, _S.WAITS], _E.WAITS),
        ([_S.GIVEN, _S.WAITS, _S.REFUSED], _E.REFUSED),
        ([_S.GIVEN, _S.LAPSED], _E.LAPSED),
    ],
)
def test_one_refusal_ends_a_decision_and_one_silence_keeps_it_waiting(
    answers: list[ApprovalState], effect: Effect
) -> None:
    assert effect_of(answers) is effect


def test_an_approval_names_its_delegation_and_a_refusal_its_reason() -> None:
    assert "reference" in why_not_answered(_S.WAITS, approves=True, delegation=" ", words="yes")
    assert "why" in why_not_answered(_S.WAITS, approves=False, delegation="D1", words=" ")
    assert "any more" in why_not_answered(_S.LAPSED, approves=True, delegation="D1", words="")
    assert why_not_answered(_S.WAITS, approves=True, delegation="D1", words="") == ""
    assert "nobody’s approval" in why_not_asked(_K.MORE_IS_NEEDED, ["care"], ["care"])
    assert "sits on the panel" in why_not_asked(_K.ADVICE, ["fire"], ["care"])
    assert why_not_asked(_K.MORE_IS_NEEDED, [], []) == ""


@pytest.fixture
def at_it() -> Table:
    return table()


def decided(
    at_it: Table, *agencies: str, kind: DecisionKind = _K.ALLOCATE, lead: str = "housing"
) -> tuple[Decision, PanelItem, Meeting]:
    """What the panel decided, and which agencies must approve it."""
    item, meeting = opened(at_it)
    made = decide(
        by=at_it.chair, item_id=item.pk, at=THURSDAY,
        said=_said(at_it, kind, lead, agencies),
    )  # fmt: skip
    return made, item, meeting


def _said(at_it: Table, kind: DecisionKind, lead: str, agencies: tuple[str, ...] = ()) -> Deciding:
    return said(
        at_it.chair, at_it.police, at_it.housing, at_it.care, kind=kind,
        lead_agency=lead if kind.has_a_lead else "", approvals=agencies,
    )  # fmt: skip


def waits_for(made: Decision, viewer: Viewer) -> DecisionApproval:
    with acting(walled.SYSTEM):
        return DecisionApproval.objects.get(decision=made, agency=viewer.agency)


def is_in_force(made: Decision) -> bool:
    with acting(walled.SYSTEM):
        return Decision.objects.in_force().filter(pk=made.pk).exists()


def allocations(item: PanelItem) -> int:
    with acting(walled.SYSTEM):
        return Allocation.objects.filter(item=item).count()


pytest_db = pytest.mark.django_db


@pytest_db
def test_a_decision_has_effect_when_the_last_agency_has_approved_and_not_before(
    at_it: Table,
) -> None:
    """Shown as waiting, in the minutes too; each manager reads the item until they have answered, and no longer."""
    assert item_as(at_it.care_manager, opened(at_it)[0]) is None
    made, item, meeting = _again(at_it)
    assert not is_in_force(made)
    assert allocations(item) == 0
    with acting(walled.SYSTEM):
        step = Step.objects.get(matter=item.referral_id, kind=StepKind.PANEL)
    assert step.done_at is None
    for manager in (at_it.care_manager, at_it.housing_manager):
        assert item_as(manager, item) is not None
        with acting(manager):
            assert [each.count for each in in_my_work(manager)] == [1]
    shown = next(each for each in items_minuted(at_it.police, meeting.pk) if each.item == item)
    assert minuted(shown)["decisions"][0]["effect"] == "No effect yet"
    end_meeting(by=at_it.chair, meeting_id=meeting.pk, at=THURSDAY)
    assert "must approve it" in _last_word(item)

    _approves(at_it.care_manager, made)
    assert not is_in_force(made)
    assert item_as(at_it.care_manager, item) is None
    _approves(at_it.housing_manager, made, "HD 4.2")
    assert is_in_force(made)
    assert allocations(item) == 1
    assert "agreed which agency is to lead" in _last_word(item)
    with acting(walled.SYSTEM):
        step.refresh_from_db()
    assert step.done_at == THURSDAY
    assert Notice.objects.filter(
        post=at_it.chair.post_id, kind=NoticeKind.DECISION_APPROVED
    ).exists()
    shown = next(each for each in items_minuted(at_it.police, meeting.pk) if each.item == item)
    told = minuted(shown)["decisions"][0]
    assert told["effect"] == ""
    assert any("under its delegation HD 4.2" in each for each in told["approvals"])
    assert audit_lines.lines(act="approved a decision")


@pytest_db
def test_a_refusal_ends_a_decision_and_the_chair_decides_anew(at_it: Table) -> None:
    """Nobody else is asked any more; a corrected entry without approvals has effect at once."""
    made, item, _ = decided(at_it, "care", "housing")
    answer_approval(
        by=at_it.care_manager, approval_id=waits_for(made, at_it.care_manager).pk, approves=False,
        words="Outside of our scheme.", at=THURSDAY,
    )  # fmt: skip
    assert waits_for(made, at_it.housing_manager).state == _S.LAPSED
    assert item_as(at_it.housing_manager, item) is None
    assert allocations(item) == 0
    with pytest.raises(DecisionApproval.DoesNotExist):
        _approves(at_it.housing_manager, made)
    correct_decision(
        by=at_it.chair, decision_id=made.pk, said=_said(at_it, _K.ALLOCATE, "housing"),
        because="Adult social care does not take part", at=THURSDAY,
    )  # fmt: skip
    assert allocations(item) == 1
    assert state_of(item) == "decided"


@pytest_db
def test_only_a_manager_of_the_agency_answers_and_never_whoever_held_the_chair(
    at_it: Table,
) -> None:
    walled.viewer("council", "team_manager", team="Communities")
    made, _, _ = decided(at_it, "council", "care", kind=_K.ADVICE)
    for by, agency in ((at_it.chair, at_it.chair), (at_it.care, at_it.care_manager)):
        with pytest.raises(NoPart):
            _approves(by, made, of=agency)
    with pytest.raises(DecisionApproval.DoesNotExist):
        _approves(at_it.housing_manager, made, of=at_it.care_manager)
    with pytest.raises(CannotApprove, match="reference"):
        _approves(at_it.care_manager, made, " ")


@pytest_db
def test_an_agency_without_a_manager_today_or_without_a_seat_cannot_be_asked(
    at_it: Table,
) -> None:
    item, _ = opened(at_it)
    for agency, why in (("police", "No manager of"), ("hub", "sits on the panel")):
        with pytest.raises(CannotDecide, match=why):
            decide(
                by=at_it.chair, item_id=item.pk, at=THURSDAY,
                said=_said(at_it, _K.ADVICE, "", (agency,)),
            )  # fmt: skip
    with acting(walled.SYSTEM):
        assert not Decision.objects.exists()


def _again(at_it: Table) -> tuple[Decision, PanelItem, Meeting]:
    with acting(walled.SYSTEM):
        item = PanelItem.objects.select_related("agenda__meeting").get()
    assert item.agenda is not None
    made = decide(
        by=at_it.chair, item_id=item.pk, at=THURSDAY,
        said=_said(at_it, _K.ALLOCATE, "housing", ("care", "housing")),
    )  # fmt: skip
    return made, item, item.agenda.meeting


def _approves(
    by: Viewer, made: Decision, delegation: str = "SD 7", *, of: Viewer | None = None
) -> None:
    answer_approval(
        by=by, approval_id=waits_for(made, of or by).pk, approves=True, delegation=delegation,
        at=THURSDAY,
    )  # fmt: skip


def _last_word(item: PanelItem) -> str:
    with acting(walled.SYSTEM):
        note = Progress.objects.filter(matter=item.referral_id).order_by("-pk").first()
    assert note is not None
    return str(note.words)
