"""The proposal for a panel's agenda: made, changed by the chair, used by the allocation; and the report of gaps."""

import datetime

import pytest

from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.support.panels.choices import NeedKind, WhyLead
from joinedup.support.panels.models import AbleToLead, KeptApart, ProposedLead
from joinedup.support.panels.operations.allocating import allocate
from joinedup.support.panels.operations.proposing import (
    CannotPropose,
    NeedSaid,
    choose_lead,
    propose_leads,
    say_need,
)
from joinedup.support.panels.presenters.proposing import gaps as gaps_table
from joinedup.support.panels.queries.gaps import gaps
from tests.sharing import walled
from tests.unit.handovers.sides import later, post_of
from tests.unit.panels.allocations import can, decided, item, person_of
from tests.unit.panels.panelled import AT, Table, table

pytestmark = pytest.mark.django_db
C = CompetenceCode


@pytest.fixture
def panel() -> Table:
    return table()


def proposed(found: object) -> ProposedLead:
    with acting(walled.SYSTEM):
        return ProposedLead.objects.get(item=found)


def test_an_agenda_is_proposed_and_the_chair_changes_any_of_it(panel: Table) -> None:
    """S4-11, P28: by competence and whom the person knows; two kept apart have two leads; changes stay."""
    first, second = item(panel), item(panel)
    can(panel.housing, C.LEADS_ADULTS)
    can(panel.care, C.LEADS_ADULTS)
    with acting(walled.SYSTEM):
        begin_involvement(
            by=walled.SYSTEM, person_id=person_of(second), because="rents from us", at=AT,
            team_id=panel.housing.team_id or 0, post_id=post_of(panel.housing),
        )  # fmt: skip
        KeptApart.objects.create(item=first, other=second, at=AT)
    made = propose_leads(by=panel.chair, panel_id=panel.panel.pk, at=AT)
    assert (made.items, made.led) == (2, 2)
    assert made.cost <= made.greedy
    assert proposed(second).post_id == panel.housing.post_id
    assert "knows them already" in proposed(second).why
    assert proposed(first).post_id == panel.care.post_id, "never one worker for both"
    with pytest.raises(CannotPropose, match="chairs or coordinates"):
        propose_leads(by=panel.police, panel_id=panel.panel.pk, at=AT)
    other = can(walled.viewer("housing", "housing_officer", team="Tenancies"), C.LEADS_ADULTS)
    choose_lead(
        by=panel.chair, item_id=first.pk, post_id=post_of(other), why="She asked for her.", at=AT
    )
    propose_leads(by=panel.chair, panel_id=panel.panel.pk, at=later(0.1))
    assert proposed(first).post_id == other.post_id, "what the chair chose stays"
    allocation = allocate(by=panel.chair, decision_id=decided(panel, second, "housing").pk, at=AT)
    assert (allocation.why, allocation.proposed_post_id) == (
        WhyLead.PROPOSED,
        panel.housing.post_id,
    )


def test_what_an_item_needs_is_said_and_the_proposal_follows(panel: Table) -> None:
    """S0-95, S4-11: nobody is proposed who is not entered for it, and it is said why nobody."""
    found = item(panel)
    can(panel.housing, C.LEADS_ADULTS)
    said = NeedSaid([C.LEADS_ADULTS, C.SELF_DIRECTED_SUPPORT], language="urdu")
    say_need(by=panel.coordinator, item_id=found.pk, said=said, at=AT)
    propose_leads(by=panel.coordinator, panel_id=panel.panel.pk, at=AT)
    assert proposed(found).post_id is None
    assert "Nobody is entered for all that it needs" in proposed(found).why
    with acting(walled.SYSTEM):
        able = AbleToLead.objects.get(item=found)
    assert (able.agencies, able.kind) == (0, NeedKind.ADULT)


def test_gaps_are_counted_by_kind_and_month_and_small_numbers_are_withheld(panel: Table) -> None:
    """S0-95, P44."""
    for number in range(24):
        found = item(panel)
        with acting(walled.SYSTEM):
            AbleToLead.objects.create(
                item=found, kind=NeedKind.ADULT_MIXED if number < 20 else NeedKind.FAMILY,
                agencies=0 if number < 11 else 3, posts=3, on=AT.date(),
            )  # fmt: skip
    since, until = datetime.date(2026, 1, 1), datetime.date(2026, 12, 1)
    seen = gaps(panel.chair, panel.panel, since, until)
    mixed = seen.kinds.index(NeedKind.ADULT_MIXED)
    assert seen.too_few[mixed] == (10,), "eleven, rounded"
    assert NeedKind.FAMILY not in seen.kinds
    assert seen.too_few[seen.kinds.index(NeedKind.ADULT)] == (None,)
    drawn = gaps_table(seen)
    assert drawn is not None
    assert "10 of 20" in [cell.text for row in drawn.rows for cell in row]


def test_a_stranger_is_not_told_of_a_proposal(panel: Table) -> None:
    """The wall: a member who sits at the item does not read who is proposed and why."""
    found = item(panel)
    can(panel.housing, C.LEADS_ADULTS)
    propose_leads(by=panel.chair, panel_id=panel.panel.pk, at=AT)
    for viewer, sees in ((panel.chair, True), (panel.coordinator, True), (panel.police, False)):
        with acting(viewer):
            assert ProposedLead.objects.filter(item=found).exists() is sees
