"""A case that asked to step up: the panel sends it to the lead agency, and it has its lead throughout (P33, P34)."""

import uuid

import pytest

from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_post, open_matter
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.models import CaseStep
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.panels.choices import DecisionKind, ItemSource
from joinedup.support.panels.models import ItemPerson, PanelItem
from joinedup.support.panels.operations.allocating import allocate
from joinedup.support.panels.operations.allocating_answers import accept_allocation
from tests.sharing import walled
from tests.unit.cases.steps_world import World, made
from tests.unit.handovers.sides import later, post_of
from tests.unit.panels.allocations import decided
from tests.unit.panels.panelled import AT, Table, table

pytestmark = pytest.mark.django_db


def asks_to_step_up(world: World, panel: Table) -> PanelItem:
    """The case is sent to the panel's team, and waits there as an item."""
    sent = world.step(
        to_team_id=panel.panel.team_id, to_programme=Programme.INTEGRATED_CARE,
        to_level=NeedLevel(3), school="",
    )  # fmt: skip
    with acting(walled.SYSTEM):
        matter = open_matter(
            by=walled.SYSTEM, kind=MatterKind.PANEL_ITEM, at=AT, about=[world.person]
        )
        give_part(
            by=walled.SYSTEM, matter_id=matter.pk, recipient=of_post(post_of(panel.chair)),
            level=PartLevel.WORK, because="brings it before the panel", at=AT,
        )  # fmt: skip
        item = PanelItem.objects.create(
            matter=matter, panel=panel.panel, reference="P-STEP", source=ItemSource.STEP_UP,
            case_id=world.case_id, step=sent, agreement=Agreement.AGREED, queued_at=AT,
        )  # fmt: skip
        ItemPerson.objects.create(item=item, person_id=world.person, name="Ada Ashe", age=40)
    return item


def test_the_case_goes_to_the_lead_agency_and_is_led_throughout() -> None:
    """S0-87, P33: whoever led leads until the agency accepts; then the named worker does, at the new level."""
    world, panel = made(), table()
    item = asks_to_step_up(world, panel)
    before: list[uuid.UUID] = world.led_by()
    decision = decided(panel, item, "housing", DecisionKind.STEP_UP)
    allocated = allocate(by=panel.chair, decision_id=decision.pk, at=later(0.1))
    assert world.led_by() == before
    assert world.on_duty() == before[0]
    with acting(walled.SYSTEM):
        steps = list(CaseStep.objects.filter(case=world.case_id).order_by("sent_at", "pk"))
        states = sorted(step.handover.state for step in steps)
        item.refresh_from_db()
        assert item.step is not None
        assert item.step.handover.link == f"/panels/allocations/{allocated.pk}/"
        assert item.step.handover.to_team.agency_id == "housing"  # type: ignore[union-attr]
    assert states == sorted([HandoverState.WITHDRAWN, HandoverState.OPEN])
    done = accept_allocation(
        by=panel.housing_manager, allocation_id=allocated.pk, lead_post_id=post_of(panel.housing),
        at=later(0.2),
    )  # fmt: skip
    assert world.led_by() == [panel.housing.post_id]
    assert done.case_id == world.case_id
    assert (world.case().programme, world.levels()[-1]) == (Programme.INTEGRATED_CARE, 3)
