"""How an allocation stands, and why this agency leads."""

from joinedup.support.panels.choices.labelled import Labelled


class AllocationState(Labelled):
    """Where an allocation stands: the agency answers within one working day (P27)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class WhyLead(Labelled):
    """Why an agency is to lead."""

    BY_RULE = "by_rule"
    PROPOSED = "proposed"
    CHOSEN = "chosen"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "by_rule": "It leads by rule: somebody of it leads already by law",
            "proposed": "As the product proposed",
            "chosen": "As the panel chose",
        }[self.value]
