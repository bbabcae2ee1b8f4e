"""How a carer came to be known, and what they said to an assessment of their own."""

from enum import StrEnum


class CarerFoundBy(StrEnum):
    """How somebody was found to be a carer."""

    SELF = "self"
    ASSESSMENT = "assessment"
    RELATIONSHIP = "relationship"
    PROFESSIONAL = "professional"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "self": "They said so themselves",
            "assessment": "It came up in an assessment",
            "relationship": "An agency’s record says so",
            "professional": "A practitioner noticed",
        }[self.value]


class CarerAnswer(StrEnum):
    """What a carer said when an assessment of their own was offered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    THINKING = "thinking"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "accepted": "Would like one",
            "declined": "Does not want one",
            "thinking": "Is thinking about it",
        }[self.value]
