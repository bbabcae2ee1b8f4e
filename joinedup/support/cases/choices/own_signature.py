"""What somebody says to their own part of an assessment, and how that was confirmed."""

from enum import StrEnum


class TheirAnswer(StrEnum):
    """Whether what is written are their words."""

    MY_WORDS = "my_words"
    IN_PART = "in_part"
    NOT_MY_WORDS = "not_my_words"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "my_words": "These are my words",
            "in_part": "Some of it is right, and some is not",
            "not_my_words": "These are not my words",
        }[self.value]

    @property
    def needs_words(self) -> bool:
        """Whether it says what is wrong."""
        return self is not TheirAnswer.MY_WORDS


class HowConfirmed(StrEnum):
    """How it is known that they said so themselves."""

    OWN_PAGE = "own_page"
    TYPED = "typed"
    READ_OUT = "read_out"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "own_page": "On their own page, with their code and their second key",
            "typed": "They read it on this screen and typed their name themselves",
            "read_out": "It was read out to them, and somebody else heard what they said",
            "paper": "They signed a printed copy, which is kept",
        }[self.value]

    @property
    def in_the_room(self) -> bool:
        """Whether it was confirmed with a practitioner there."""
        return self is not HowConfirmed.OWN_PAGE
