"""How an agency's own approval of a decision stands, and what that makes of the decision (S0-30)."""

from joinedup.support.panels.choices.labelled import Labelled


class ApprovalState(Labelled):
    """Where one agency's approval stands."""

    WAITS = "waits"
    GIVEN = "given"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Effect(Labelled):
    """Whether a decision holds: only when each agency that must approve it has."""

    IN_FORCE = "in_force"
    WAITS = "waits"
    REFUSED = "refused"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "in_force": "Has effect",
            "waits": "No effect yet",
            "refused": "Refused",
            "lapsed": "Not approved",
        }[self.value]
