"""What a case is held under, and for whom."""

from enum import StrEnum


class Programme(StrEnum):
    """What a case is held under; the programme's own word, as others may hear it."""

    TRANSFORMING_LIVES = "transforming_lives"
    INTEGRATED_CARE = "integrated_care"
    SOCIAL_CARE = "social_care"
    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    FAMILY_HELP = "family_help"
    EARLY_HELP = "early_help"
    HOUSING_SUPPORT = "housing_support"
    WELLBEING = "wellbeing"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get(self.value) or self.value.replace("_", " ").capitalize()

    @property
    def is_statutory(self) -> bool:
        """Whether whoever leads it leads by rule, and others coordinate with them (P27)."""
        return self in {Programme.SOCIAL_CARE, Programme.CHILDRENS_SOCIAL_CARE}


class ForWhom(StrEnum):
    """Whether a case is of one person, a family or a household."""

    PERSON = "person"
    FAMILY = "family"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.value.capitalize()


_LABELS = {
    "transforming_lives": "Transforming Lives",
    "social_care": "Adult social care",
    "childrens_social_care": "Children’s social care",
}
