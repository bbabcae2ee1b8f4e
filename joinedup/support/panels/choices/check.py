"""How an agency's check stands, and whether it knows somebody."""

from joinedup.support.panels.choices.labelled import Labelled


class CheckState(Labelled):
    """Where an agency's check of an item stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "asked": "Asked",
            "answered": "Answered",
            "not_answered": "Not answered before the meeting",
        }[self.value]


class Known(Labelled):
    """What an agency says of whether it knows somebody; withholding never reads as no risk (P8)."""

    KNOWN = "known"
    KNOWN_BEFORE = "known_before"
    NOTHING_KNOWN = "nothing_known"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "known": "Known now",
            "known_before": "Known before, not now",
            "nothing_known": "Nothing known",
            "not_said": "The agency does not say",
        }[self.value]
