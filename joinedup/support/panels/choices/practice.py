"""The two roles a practice's meeting agrees, and how far its meetings have got."""

from joinedup.support.panels.choices.labelled import Labelled


class CareRoleKind(Labelled):
    """Two named roles, which one person may hold and which stay two (P31)."""

    CARE_COORDINATION = "care_coordination"
    CASE_MANAGEMENT = "case_management"


class RolloutStage(Labelled):
    """How far a practice has got with its care team meetings."""

    NOT_BEGUN = "not_begun"
    AGREED = "agreed"
    TRAINED = "trained"
    MEETING = "meeting"
    EMBEDDED = "embedded"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "not_begun": "Not begun",
            "agreed": "Practice has agreed",
            "trained": "Team is trained",
            "meeting": "Meets",
            "embedded": "Meets as a matter of course",
            "stopped": "Stopped",
        }[self.value]
