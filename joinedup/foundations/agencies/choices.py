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
    COUNCIL = "council"
    COMMISSIONER = "commissioner"
    PUBLIC_HEALTH = "public_health"
    LICENSED_PREMISES = "licensed_premises"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        if self is AgencyKind.HEALTH:
            return "NHS"
        return self.value.replace("_", " ").capitalize()

    @property
    def may_hold_nhs_numbers(self) -> bool:
        """Whether posts of such an agency may be shown NHS numbers (P3)."""
        return self in {AgencyKind.HEALTH, AgencyKind.SOCIAL_CARE}

    @property
    def only_refers(self) -> bool:
        """Whether such an agency may refer and see nothing: a pub, a bookmaker (S2-30, P18)."""
        return self is AgencyKind.LICENSED_PREMISES


class Regulator(StrEnum):
    """Who inspects an agency or licenses it."""

    CQC = "cqc"
    OFSTED = "ofsted"
    HMICFRS = "hmicfrs"
    HOUSING = "housing_regulator"
    CHARITIES = "charity_commission"
    GAMBLING = "gambling_commission"
    LICENSING = "licensing_authority"
    NHS_ENGLAND = "nhs_england"

    @property
    def label(self) -> str:
        """The name shown on a page."""
        return {
            "cqc": "Care Quality Commission",
            "ofsted": "Ofsted",
            "hmicfrs": "HMICFRS",
            "housing_regulator": "Regulator of Social Housing",
            "charity_commission": "Charity Commission",
            "gambling_commission": "Gambling Commission",
            "licensing_authority": "Licensing authority",
            "nhs_england": "NHS England",
        }[self.value]


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
    MANAGE_AGREEMENTS = "manage_agreements"
    SIGN_AGREEMENTS = "sign_agreements"
    RECORD_CONSENT = "record_consent"
    SEE_SHARING = "see_sharing"
    EMERGENCY_ACCESS = "emergency_access"
    REVIEW_EMERGENCY = "review_emergency"
    RELEASE_RESTRICTED = "release_restricted"
    READ_AUDIT = "read_audit"
    BAR_POSTS = "bar_posts"
    REFER = "refer"
    MANAGE_POSTS = "manage_posts"
    SEE_NOTICES_UNDELIVERED = "see_notices_undelivered"
    WORK_FRONT_DOOR = "work_front_door"
    MANAGE_FRONT_DOOR = "manage_front_door"
    WRITE_QUESTIONS = "write_questions"
    ANSWER_EXITS = "answer_exits"
    TAKE_HANDOVERS = "take_handovers"
    SEE_ACCESS_FIGURES = "see_access_figures"
    KEEP_FUNDS = "keep_funds"
