"""The factors that harm children most together, and what a safeguarding lead decides about them."""

from enum import StrEnum


class CombinedFactor(StrEnum):
    """What of an adult bears on the children of their household; coded as the category of data it is."""

    DOMESTIC_ABUSE = "domestic_abuse"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    KNOWN_AS_CHILD = "known_as_child"

    @property
    def category(self) -> str:
        """The category of data that it is."""
        return "childrens_social_care" if self is CombinedFactor.KNOWN_AS_CHILD else self.value

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "domestic_abuse": "Domestic abuse",
            "mental_health": "Mental health",
            "substance_misuse": "Alcohol or drugs",
            "known_as_child": "Known to children’s social care when they were a child themselves",
        }[self.value]


TRIO = (
    CombinedFactor.DOMESTIC_ABUSE, CombinedFactor.MENTAL_HEALTH, CombinedFactor.SUBSTANCE_MISUSE,
)  # fmt: skip
"""The three that are joined. What an adult lived through as a child is told beside them, where it is let."""


class CombinedDecision(StrEnum):
    """What the lead of a holder decides; not sharing is a decision too, and needs its reason."""

    SHARE = "share"
    DO_NOT_SHARE = "do_not_share"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"share": "Share it", "do_not_share": "Do not share it"}[self.value]
