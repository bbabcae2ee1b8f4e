"""The factors that harm children most together, and what a safeguarding lead decides about them."""

from enum import StrEnum


class CombinedFactor(StrEnum):
    """What of an adult bears on the children of their household; coded as the category of data it is."""

    DOMESTIC_ABUSE = "domestic_abuse"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "domestic_abuse": "Domestic abuse",
            "mental_health": "Mental health",
            "substance_misuse": "Alcohol or drugs",
        }[self.value]


class CombinedDecision(StrEnum):
    """What the lead of a holder decides; not sharing is a decision too, and needs its reason."""

    SHARE = "share"
    DO_NOT_SHARE = "do_not_share"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"share": "Share it", "do_not_share": "Do not share it"}[self.value]
