"""Exactly one lead agency: by rule where the law says so, else as chosen; its manager names who leads (P27)."""

import datetime

import pytest

from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex
from joinedup.partnership.workforce.models import Leave
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Lead
from joinedup.support.cases.operations import open_case
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.choices import AllocationState, WhyLead
from joinedup.support.panels.models import AbleToLead, Allocation, ItemNeed, KeptApart, PanelItem
from joinedup.support.panels.operations.allocating import CannotAllocate, allocate
from joinedup.support.panels.operations.allocating_answers import (
    CannotAnswerAllocation,
    accept_allocation,
    pass_to_team,
    return_allocation,
    settle_allocations,
)
from joinedup.support.panels.queries.register import workload_of_agencies
from tests.sharing import walled
from tests.unit.handovers.sides import later, on_duty, post_of
from tests.unit.panels.allocations import can, decided, item, person_of
from tests.unit.panels.panelled import AT, Table, table

pytestmark = pytest.mark.django_db
C = CompetenceCode


@pytest.fixture
def panel() -> Table:
    return table()


def allocated(panel: Table, found: PanelItem, agency: str = "housing") -> Allocation:
    return allocate(by=panel.chair, decision_id=decided(panel, found, agency).pk, at=AT)


def accepted(
    panel: Table, made: Allocation, by: Viewer, lead: Viewer, **more: object
) -> Allocation:
    return accept_allocation(
        by=by, allocation_id=made.pk, lead_post_id=post_of(lead), at=later(0.1), **more
    )  # type: ignore[arg-type]


def test_the_agencys_manager_names_who_leads_and_the_case_is_opened(panel: Table) -> None:
    """P27, S0-87: one working day, one lead; nobody was without a duty holder (P33)."""
    found = item(panel)
    made = allocated(panel, found)
    assert made.handover is not None
    assert made.handover.due_at <= later(2)
    assert found.referral_id is not None
    assert on_duty(found.referral_id) == panel.coordinator.post_id, "until it accepts"
    assert allocated_once_more(panel, made).pk == made.pk
    kinds = Notice.objects.filter(post=panel.housing_manager.post_id).values_list("kind", flat=True)
    assert "allocation_waits" in kinds
    done = accepted(panel, made, panel.housing_manager, panel.housing)
    assert (done.state, done.lead_post_id) == (AllocationState.ACCEPTED, panel.housing.post_id)
    assert on_duty(found.referral_id) == panel.housing.post_id
    with acting(walled.SYSTEM):
        lead = Lead.objects.get(case=done.case_id, ends_at__isnull=True)
        assert lead.post_id == panel.housing.post_id
        assert done.case is not None
        assert done.case.programme == Programme.TRANSFORMING_LIVES
    told = Notice.objects.filter(kind="allocation_answered").values_list("post_id", flat=True)
    assert set(told) == {panel.chair.post_id, panel.coordinator.post_id}


def allocated_once_more(panel: Table, made: Allocation) -> Allocation:
    return allocate(by=panel.chair, decision_id=made.decision_id, at=AT)


def test_only_the_agencys_own_manager_answers(panel: Table) -> None:
    """P27: not the panel, not a colleague, not another agency's manager."""
    made = allocated(panel, item(panel))
    for other in (panel.chair, panel.coordinator, panel.housing, panel.care_manager):
        with pytest.raises(NoPart):
            accepted(panel, made, other, panel.housing)
    with pytest.raises(CannotAnswerAllocation, match="your agency"):
        accepted(panel, made, panel.housing_manager, panel.care)


def test_whoever_leads_by_law_leads_by_rule(panel: Table) -> None:
    """P27: an open social care case makes its agency the lead, whatever was chosen; no second case."""
    found = item(panel)
    case = open_case(
        by=panel.care, person_ids=[person_of(found)], programme=Programme.SOCIAL_CARE,
        lead_post_id=post_of(panel.care), at=AT,
    )  # fmt: skip
    made = allocated(panel, found, "housing")
    assert (made.agency_id, made.why) == ("care", WhyLead.BY_RULE)
    assert "Housing, which the panel chose, coordinates" in made.why_words
    with pytest.raises(CannotAnswerAllocation, match="by rule"):
        return_allocation(
            by=panel.care_manager, allocation_id=made.pk, reason=ReturnReason.NO_CAPACITY,
            words="Full", at=later(0.1),
        )  # fmt: skip
    done = accepted(panel, made, panel.care_manager, panel.care)
    assert done.case_id == case.pk


def test_a_lapsed_competence_blocks_and_so_do_leave_and_a_wish(panel: Table) -> None:
    """S4-21, P28: each refusal says how to mend it."""
    found = item(panel)
    made = allocated(panel, found)
    can(panel.housing, C.LEADS_ADULTS, ends_on=datetime.date(2026, 11, 1))
    with pytest.raises(CannotAnswerAllocation, match="ended before 1 November 2026"):
        accepted(panel, made, panel.housing_manager, panel.housing)
    other = can(walled.viewer("housing", "housing_officer", team="Tenancies"), C.LEADS_ADULTS)
    Leave.objects.create(
        post_id=other.post_id, starts_on=AT.date(), ends_on=datetime.date(2026, 12, 1)
    )
    with pytest.raises(CannotAnswerAllocation, match="away until 1 December 2026"):
        accepted(panel, made, panel.housing_manager, other)
    Leave.objects.all().delete()
    with acting(walled.SYSTEM):
        ItemNeed.objects.create(
            item=found, competences=[C.LEADS_ADULTS], worker_sex=WorkerSex.WOMAN, set_at=AT
        )
    with pytest.raises(CannotAnswerAllocation, match="A woman was asked for"):
        accepted(panel, made, panel.housing_manager, other)


def test_one_worker_never_leads_two_who_must_be_kept_apart(panel: Table) -> None:
    """P28."""
    first, second = item(panel), item(panel)
    accepted(panel, allocated(panel, first), panel.housing_manager, panel.housing)
    with acting(walled.SYSTEM):
        KeptApart.objects.create(item=first, other=second, at=AT)
    made = allocated(panel, second)
    with pytest.raises(CannotAnswerAllocation, match="may not work with this person"):
        accepted(panel, made, panel.housing_manager, panel.housing)
    accepted(panel, made, panel.housing_manager, panel.housing_manager)


def test_one_who_is_not_entered_leads_for_a_reason_where_a_colleague_is(panel: Table) -> None:
    """S4-11: allocated to who can; the manager decides, and says why where it is another."""
    made = allocated(panel, item(panel))
    able = can(walled.viewer("housing", "housing_officer", team="Tenancies"), C.LEADS_ADULTS)
    with pytest.raises(CannotAnswerAllocation, match=f"{able.name} is entered"):
        accepted(panel, made, panel.housing_manager, panel.housing)
    accepted(panel, made, panel.housing_manager, panel.housing, words="Knows the building.")


def test_sent_back_it_is_with_the_chair_and_another_agency_can_be_asked(panel: Table) -> None:
    """P27: returned with a reason; the coordinator has answered for it all along."""
    found = item(panel)
    made = allocated(panel, found)
    returned = return_allocation(
        by=panel.housing_manager, allocation_id=made.pk, reason=ReturnReason.NO_CAPACITY,
        words="Two are ill", at=later(0.1),
    )  # fmt: skip
    assert returned.state == AllocationState.RETURNED
    assert on_duty(found.referral_id or found.pk) == panel.coordinator.post_id
    assert Notice.objects.filter(kind="allocation_answered", post=panel.chair.post_id).exists()
    again = allocated(panel, found, "care")
    assert again.agency_id == "care"
    with pytest.raises(CannotAnswerAllocation, match="answered already"):
        accepted(panel, made, panel.housing_manager, panel.housing)


def test_what_is_accepted_is_not_undone_by_another_decision(panel: Table) -> None:
    """S0-87: exactly one current lead agency."""
    found = item(panel)
    made = allocated(panel, found)
    again = allocated(panel, found, "care")
    with acting(walled.SYSTEM):
        made.refresh_from_db()
    assert made.state == AllocationState.WITHDRAWN, "what still waited is taken back"
    accepted(panel, again, panel.care_manager, panel.care)
    with pytest.raises(CannotAllocate, match="accepted this already"):
        allocated(panel, found, "housing")


def test_a_manager_passes_it_to_another_team_and_the_clock_runs_on(panel: Table) -> None:
    made = allocated(panel, item(panel))
    other = walled.viewer("housing", "team_manager", team="Support")
    assert made.handover is not None
    due = made.handover.due_at
    passed = pass_to_team(
        by=panel.housing_manager, allocation_id=made.pk, team_id=other.team_id or 0, at=later(0.1)
    )
    with acting(walled.SYSTEM):
        assert passed.handover is not None
        passed.handover.refresh_from_db()
        assert (passed.handover.to_team_id, passed.handover.due_at) == (other.team_id, due)
    worker = walled.viewer("housing", "housing_officer", team="Support")
    assert accepted(panel, passed, other, worker).lead_post_id == worker.post_id


def test_silence_is_told_to_the_chair_once(panel: Table) -> None:
    """P27: no answer in a working day goes to the chair, and up as all hand-overs do."""
    allocated(panel, item(panel))
    settle_allocations(at=later(0.1))
    told = Notice.objects.filter(kind="handover_silent", post=panel.chair.post_id)
    assert not told.exists()
    settle_allocations(at=later(3))
    settle_allocations(at=later(3.1))
    assert told.count() == 1


def test_not_agreed_yet_no_case_is_opened(panel: Table) -> None:
    """P25, S0-88: what follows is a first approach."""
    made = allocated(panel, item(panel, agreement=Agreement.NOT_INFORMED))
    done = accepted(panel, made, panel.housing_manager, panel.housing)
    assert done.state == AllocationState.ACCEPTED
    assert done.case_id is None


def test_the_lead_agency_reads_its_allocation_and_others_do_not(panel: Table) -> None:
    """The wall: whoever is asked, and who brought it; not another agency."""
    made = allocated(panel, item(panel))
    for viewer, sees in (
        (panel.housing_manager, True), (panel.coordinator, True), (panel.chair, True),
        (panel.care_manager, False), (panel.police, False),
    ):  # fmt: skip
        with acting(viewer):
            assert Allocation.objects.filter(pk=made.pk).exists() is sees


def test_who_can_lead_is_shown_with_what_they_carry(panel: Table) -> None:
    """S0-95: for each agency how many can, what they carry, leave in view; and kept for the report."""
    found = item(panel)
    can(panel.housing, C.LEADS_ADULTS)
    can(panel.care, C.LEADS_ADULTS)
    person = walled.person("care")
    open_case(
        by=panel.care, person_ids=[person], programme=Programme.WELLBEING,
        lead_post_id=post_of(panel.care), at=AT,
    )  # fmt: skip
    Leave.objects.create(
        post_id=panel.housing.post_id, starts_on=datetime.date(2026, 11, 30),
        ends_on=datetime.date(2026, 12, 4),
    )  # fmt: skip
    loads = workload_of_agencies(panel.chair, found.pk, AT)
    assert [(each.agency, each.posts, each.away_soon) for each in loads] == [
        ("housing", 1, 1), ("care", 1, 0)
    ]  # fmt: skip
    assert loads[1].weight > 0
    assert workload_of_agencies(panel.housing_manager, found.pk, AT) == []
    allocated(panel, found)
    with acting(walled.SYSTEM):
        assert AbleToLead.objects.get(item=found).agencies == 2
