"""Community beds and other places, and what became of somebody's stay."""

from enum import StrEnum


class BedKind(StrEnum):
    """What sort of place it is."""

    COMMUNITY_BED = "community_bed"
    REABLEMENT = "reablement"
    CRISIS = "crisis"
    RESPITE = "respite"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "community_bed": "Community bed",
            "reablement": "Reablement place",
            "crisis": "Crisis place",
            "respite": "Respite place",
        }[self.value]


class StayOutcome(StrEnum):
    """Where somebody went when a stay ended."""

    HOME = "home"
    HOME_WITH_SUPPORT = "home_with_support"
    HOSPITAL = "hospital"
    CARE_HOME = "care_home"
    ANOTHER_PLACE = "another_place"
    DIED = "died"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "home": "Home",
            "home_with_support": "Home with support",
            "hospital": "To hospital",
            "care_home": "To a care home",
            "another_place": "To another place",
            "died": "Died there",
            "left": "Left early",
        }[self.value]
