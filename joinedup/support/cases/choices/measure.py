"""Which outcome measures are taken, and when."""

from enum import StrEnum


class MeasureCode(StrEnum):
    """A measure by the code of its question set."""

    ONS4 = "ons4"
    UCLA3 = "ucla3"
    OWN_HANDS = "own-hands"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "ons4": "Personal wellbeing (ONS4)",
            "ucla3": "Loneliness (UCLA, three items)",
            "own-hands": "Confidence to manage it oneself",
        }[self.value]


class MeasurePoint(StrEnum):
    """At which point of the work it was taken."""

    START = "start"
    REVIEW = "review"
    END = "end"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.value.capitalize()
