"""Kinds of agency, and what a role may permit."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What sort of body an agency is; NHS numbers are for the first two only (P3)."""

    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    POLICE = "police"
    FIRE = "fire"
    HOUSING = "housing"
    EDUCATION = "education"
    VOLUNTARY = "voluntary"
    PARTNERSHIP = "partnership"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return {"health": "NHS", "social_care": "Social care"}.get(self, self.value.capitalize())

    @property
    def may_hold_nhs_numbers(self) -> bool:
        """Whether posts of such an agency may be shown NHS numbers (P3)."""
        return self in {AgencyKind.HEALTH, AgencyKind.SOCIAL_CARE}


class Permission(StrEnum):
    """One thing a role may do."""

    FIND_PEOPLE = "find_people"
    SEE_RECORD = "see_record"
    SEE_NHS_NUMBER = "see_nhs_number"
    REVIEW_LINKS = "review_links"
    SECOND_REVIEW = "second_review"
    SEE_DELIVERIES = "see_deliveries"
    SEND_DELIVERIES = "send_deliveries"
    SEE_QUALITY = "see_quality"
