"""The audit's coded words: what became of a look, and of an unusual one looked into."""

from enum import StrEnum


class Outcome(StrEnum):
    """Whether whoever asked was shown, was refused, or changed something."""

    SEEN = "seen"
    REFUSED = "refused"
    DONE = "done"


class Sign(StrEnum):
    """Why looks are in the report of unusual ones."""

    NO_INVOLVEMENT = "no_involvement"
    SAME_NAME = "same_name"
    SAME_ADDRESS = "same_address"
    VOLUME = "volume"
    OUT_OF_HOURS = "out_of_hours"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "no_involvement": "No involvement",
            "same_name": "Same surname",
            "same_address": "Same address",
            "volume": "Many more than usual",
            "out_of_hours": "Out of hours",
        }[self.value]


class Conclusion(StrEnum):
    """What became of unusual looks that somebody looked into."""

    JUSTIFIED = "justified"
    TAKEN_FURTHER = "taken_further"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()
