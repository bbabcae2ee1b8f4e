"""The groups that a service is meant for, and how somebody fits the rule of one."""

from enum import StrEnum

from joinedup.identity.sharing.choices import Category


class ClientGroup(StrEnum):
    """Whom a service is meant for; each is told only where its category of data may be."""

    YOUNG_SEVERE_MENTAL_ILLNESS = "young_severe_mental_illness"
    SEVERE_MENTAL_ILLNESS = "severe_mental_illness"
    LATER_SEVERE_MENTAL_ILLNESS = "later_severe_mental_illness"
    LEARNING_DISABILITY = "learning_disability"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "young_severe_mental_illness": "Young people with severe mental illness",
            "severe_mental_illness": "Working-age adults with severe and lasting mental illness",
            "later_severe_mental_illness": "Older adults with severe and lasting mental illness",
            "learning_disability": "Adults with a learning disability",
        }[self.value]

    @property
    def short(self) -> str:
        """The same in a tag."""
        return {
            "young_severe_mental_illness": "Severe mental illness, young",
            "severe_mental_illness": "Severe mental illness",
            "later_severe_mental_illness": "Severe mental illness, older",
            "learning_disability": "Learning disability",
        }[self.value]

    @property
    def category(self) -> Category:
        """The category of data that it tells of the person."""
        if self is ClientGroup.LEARNING_DISABILITY:
            return Category.ADULT_SOCIAL_CARE
        return Category.MENTAL_HEALTH


class Fit(StrEnum):
    """Whether somebody is whom a group is meant for, by its rule of that day."""

    FITS = "fits"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NOT_LASTING = "not_lasting"
    AGE_NOT_KNOWN = "age_not_known"
