"""Somebody who has not agreed, allocated to housing, for tests of the first approach."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Method
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.operations.recording import ContactSaid
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.models import Referral
from joinedup.support.panels.models import (
    AgencyCheck,
    Approach,
    ApproachPerson,
    Decision,
    Decline,
    ItemPerson,
    PanelItem,
)
from joinedup.support.panels.operations.allocating import allocate
from joinedup.support.panels.operations.allocating_answers import accept_allocation
from joinedup.support.panels.operations.approach import (
    TrySaid,
    begin_approach,
    end_approach,
    record_try,
)
from joinedup.support.panels.rules.approach import Ending
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.allocations import can, decided
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import convened, queued

MODELS = {
    "item": PanelItem,
    "people": ItemPerson,
    "decision": Decision,
    "check": AgencyCheck,
    "referral": Referral,
    "approach": Approach,
    "whom": ApproachPerson,
    "trace": Decline,
}


@dataclass(frozen=True)
class World:
    """A panel, an item of somebody who was not asked, and what each viewer sees of it."""

    table: Table
    item: PanelItem
    colleague: Viewer

    def allocation(self) -> uuid.UUID:
        """Housing is asked, and its manager names who leads."""
        decision = decided(self.table, self.item, "housing")
        made = allocate(by=self.table.chair, decision_id=decision.pk, at=AT)
        accept_allocation(
            by=self.table.housing_manager, allocation_id=made.pk, at=AT,
            lead_post_id=post_of(self.table.housing),
        )  # fmt: skip
        return made.pk

    def begin(self) -> Approach:
        """The first approach, given to whom the manager named."""
        return begin_approach(by=self.table.housing_manager, allocation_id=self.allocation(), at=AT)

    def reach(self, approach: Approach, *, reached: bool = True, days: int = 1) -> None:
        """One try, so many days later."""
        at = AT + datetime.timedelta(days=days)
        seen = Seen.SEEN if reached else Seen.NOT_SEEN
        said = ContactSaid(How.VISIT, at, words="Knocked twice.", seen=seen)
        record_try(
            by=self.table.housing, approach_id=approach.pk, said=TrySaid(said, reached), at=at
        )

    def end(self, approach: Approach, ending: Ending, *, days: int = 3) -> Approach:
        """It ends, as the lead says."""
        return end_approach(
            by=self.table.housing, approach_id=approach.pk, ending=ending,
            method=Method.IN_PERSON, at=AT + datetime.timedelta(days=days),
        )  # fmt: skip

    def sees(self, viewer: Viewer) -> set[str]:
        """What of it the wall shows to somebody."""
        with acting(viewer):
            return {name for name, model in MODELS.items() if model.objects.exists()}


def world(agreement: Agreement = Agreement.NOT_INFORMED) -> World:
    """An item on Thursday's agenda, of somebody who was not asked yet."""
    at_table = table()
    can(at_table.housing, CompetenceCode.LEADS_ADULTS)
    item = queued(at_table, agreement=agreement, agreement_because="It was not safe to ask.")
    convened(at_table, at_table.police, at_table.housing, at_table.care)
    return World(at_table, item, walled.viewer("housing", "housing_officer", team="Estates"))
