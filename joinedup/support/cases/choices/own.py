"""What a person writes on their own page."""

from enum import StrEnum


class OwnKind(StrEnum):
    """Whether it is a word of theirs to those who help, or that something is wrong."""

    WORDS = "words"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"words": "In their own words", "correction": "Asks for a correction"}[self.value]
