"""Who helps with a case, and on what footing they joined it."""

from enum import StrEnum


class MemberKind(StrEnum):
    """Whether whoever helps signs in with a post, or is of the person's own life."""

    PRACTITIONER = "practitioner"
    FAMILY = "family"
    VOLUNTEER = "volunteer"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"practitioner": "Practitioner", "family": "Family or friend"}.get(
            self.value, "Volunteer"
        )


class Footing(StrEnum):
    """On what somebody of another agency is let into a case: disclosure is never silent (P9, P24)."""

    AGREED = "agreed"
    INFORMED = "informed"
    NOT_INFORMED = "not_informed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "agreed": "The person agrees",
            "informed": "The person was told, and has not agreed",
            "not_informed": "The person was not told",
        }[self.value]

    @property
    def needs_reason(self) -> bool:
        """Whether a reason must be written down with it."""
        return self is not Footing.AGREED
