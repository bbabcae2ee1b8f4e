"""What a breach was, how grave, who was told; how a complaint came and how it ended."""

from enum import StrEnum


class BreachKind(StrEnum):
    """What became of the data: UK GDPR 4(12), by the three kinds that the Commissioner names."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "confidentiality": "Somebody saw or got what they should not have",
            "integrity": "Something was changed that should not have been",
            "availability": "Something was lost, or could not be reached",
        }[self.value]


class Risk(StrEnum):
    """How likely a breach is to harm those whom it is about; what must follow hangs on it."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "unlikely": "Unlikely to put anybody at risk: it stays on record here",
            "risk": "A risk to them: the Commissioner must be told",
            "high": "A high risk: the Commissioner and those whom it is about must be told",
        }[self.value]

    @property
    def short(self) -> str:
        """The word shown in a list."""
        return {"unlikely": "Risk unlikely", "risk": "Risk", "high": "High risk"}[self.value]


class PeopleTold(StrEnum):
    """How those whom a breach is about were told, or why they need not be (UK GDPR 34)."""

    TOLD = "told"
    IN_PUBLIC = "in_public"
    UNREADABLE = "unreadable"
    NO_LONGER = "no_longer"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "told": "Each of them was told",
            "in_public": "It was made public, as telling each would take more than can be done",
            "unreadable": "They need not be told: nobody could read what got out",
            "no_longer": "They need not be told: what was done since takes the high risk away",
        }[self.value]


class BreachDeed(StrEnum):
    """What was done about a breach."""

    TOLD = "told"
    ASSESSED = "assessed"
    COMMISSIONER_TOLD = "commissioner_told"
    PEOPLE_TOLD = "people_told"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "told": "Told of",
            "assessed": "Assessed",
            "commissioner_told": "The Commissioner was told",
            "people_told": "Those whom it is about",
            "closed": "Closed",
        }[self.value]


class ComplaintWay(StrEnum):
    """How a complaint came in."""

    OWN_PAGE = "own_page"
    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "own_page": "On their own page",
            "in_person": "In person",
            "phone": "By phone",
            "letter": "By letter",
            "email": "By e-mail",
        }[self.value]


class ComplaintOutcome(StrEnum):
    """What a controller found about a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "upheld": "They were right",
            "partly": "They were right in part",
            "not_upheld": "We see it otherwise",
        }[self.value]

    @property
    def to_them(self) -> str:
        """The words that the person reads."""
        return {
            "upheld": "You were right",
            "partly": "You were right in part",
            "not_upheld": "They see it otherwise",
        }[self.value]
