"""Why words in a case are kept from the person whom they are about; never told by a count or a gap."""

from enum import StrEnum


class Hidden(StrEnum):
    """The ground on which an entry is left out of the person's own page."""

    THIRD_PARTY = "third_party"
    SERIOUS_HARM = "serious_harm"
    CRIME = "crime"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "third_party": "It tells of somebody else who has not agreed to it",
            "serious_harm": "Reading it could cause somebody serious harm",
            "crime": "Reading it could get in the way of stopping a crime or of an enquiry",
        }[self.value]
