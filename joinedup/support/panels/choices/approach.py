"""How a first approach stands, how it ended, and what was thought of capacity."""

from joinedup.support.panels.choices.labelled import Labelled


class ApproachState(Labelled):
    """Where a first approach stands (S0-88)."""

    TO_DO = "to_do"
    TRYING = "trying"
    ENDED = "ended"


class ApproachOutcome(Labelled):
    """How a first approach ended."""

    AGREED = "agreed"
    WANTS_ELSE = "wants_else"
    DECLINED = "declined"
    NOT_FOUND = "not_found"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "agreed": "Agrees",
            "wants_else": "Wants something else",
            "declined": "Declines",
            "not_found": "Not found after several tries",
        }[self.value]


class CapacityView(Labelled):
    """What whoever approached thinks of the person's capacity to decide about this (P30, P12)."""

    NO_DOUBT = "no_doubt"
    IN_DOUBT = "in_doubt"
    LACKS = "lacks"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "no_doubt": "No reason to doubt that they can decide this",
            "in_doubt": "In doubt: an assessment is needed",
            "lacks": "Lacks capacity for this decision, as assessed",
        }[self.value]
