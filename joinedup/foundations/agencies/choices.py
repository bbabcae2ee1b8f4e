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
    TELL_LOOKS = "tell_looks"
    SIT_ON_PANELS = "sit_on_panels"
    COORDINATE_PANELS = "coordinate_panels"


class Discipline(StrEnum):
    """A profession or service that a meeting may need at its table (S0-46)."""

    GP = "gp"
    PRACTICE_NURSE = "practice_nurse"
    COMMUNITY_NURSE = "community_nurse"
    THERAPIST = "therapist"
    SOCIAL_WORK_ADULTS = "social_work_adults"
    SOCIAL_WORK_CHILDREN = "social_work_children"
    EARLY_HELP = "early_help"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    HOME_SUPPORT = "home_support"
    CARE_HOME_LIAISON = "care_home_liaison"
    POLICE = "police"
    PROBATION = "probation"
    FIRE = "fire"
    HOUSING = "housing"
    EDUCATION = "education"
    VOLUNTARY = "voluntary"
    COORDINATION = "coordination"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _DISCIPLINES.get(self.value, self.value.replace("_", " ").capitalize())


_DISCIPLINES = {
    "gp": "General practice",
    "practice_nurse": "Practice nursing",
    "community_nurse": "Community nursing",
    "therapist": "Therapy",
    "social_work_adults": "Social work with adults",
    "social_work_children": "Social work with children",
    "fire": "Fire and rescue",
    "voluntary": "Voluntary sector",
}
