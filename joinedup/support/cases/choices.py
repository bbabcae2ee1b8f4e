"""The words of a case."""

from enum import StrEnum


class Programme(StrEnum):
    """What a case is held under; the programme's own word, as others may hear it."""

    TRANSFORMING_LIVES = "transforming_lives"
    INTEGRATED_CARE = "integrated_care"
    SOCIAL_CARE = "social_care"
    FAMILY_HELP = "family_help"
    HOUSING_SUPPORT = "housing_support"
    WELLBEING = "wellbeing"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()


class ForWhom(StrEnum):
    """Whether a case is of one person, a family or a household."""

    PERSON = "person"
    FAMILY = "family"
    HOUSEHOLD = "household"
