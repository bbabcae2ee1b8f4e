"""The coded words of sharing: categories of data, purposes, levels, and how withholding is told."""

from enum import IntEnum, StrEnum


class Category(StrEnum):
    """What a datum is about; each has one bit in a mask, in this order, which never changes."""

    IDENTITY = "identity"
    NHS_NUMBER = "nhs_number"
    ADDRESS = "address"
    CONTACT = "contact"
    INVOLVEMENT = "involvement"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    SEXUAL_HEALTH = "sexual_health"
    ADULT_SOCIAL_CARE = "adult_social_care"
    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    EDUCATION = "education"
    HOUSING = "housing"
    FIRE_SAFETY = "fire_safety"
    ANTISOCIAL = "antisocial"
    CRIME_VICTIM = "crime_victim"
    CRIME_OFFENDER = "crime_offender"
    DOMESTIC_ABUSE = "domestic_abuse"
    MAPPA = "mappa"
    INTELLIGENCE = "intelligence"
    LIVE_WARNING = "live_warning"
    SAFEGUARDING = "safeguarding"
    CARE_PLAN = "care_plan"

    @property
    def bit(self) -> int:
        """The category's bit in a mask."""
        return _BITS[self]

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _CATEGORY_LABELS.get(self, self.value.replace("_", " ").capitalize())


_BITS = {category: 1 << place for place, category in enumerate(Category)}
_CATEGORY_LABELS = {
    Category.IDENTITY: "Name, date of birth and address",
    Category.NHS_NUMBER: "NHS number",
    Category.CONTACT: "Phone and e-mail",
    Category.INVOLVEMENT: "Who is involved",
    Category.CHILDRENS_SOCIAL_CARE: "Children’s social care",
    Category.ANTISOCIAL: "Anti-social behaviour",
    Category.CRIME_VICTIM: "Victim of crime",
    Category.CRIME_OFFENDER: "Offending",
    Category.MAPPA: "Multi-agency public protection",
}


def mask_of(categories: "frozenset[Category] | set[Category] | tuple[Category, ...]") -> int:
    """The mask in which exactly these categories have their bit set."""
    mask = 0
    for category in categories:
        mask |= category.bit
    return mask


def categories_in(mask: int) -> frozenset[Category]:
    """The categories whose bit is set in a mask."""
    return frozenset(category for category in Category if mask & category.bit)


class Level(IntEnum):
    """How much of a category is shown; each level is a table of its own, a higher one holds the lower."""

    NOTHING = 0
    HEADLINE = 1
    SUMMARY = 2
    DETAIL = 3

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.name.capitalize()


class Purpose(StrEnum):
    """Why somebody looks (standards 1.1, practice P9); every look has exactly one."""

    OWN_WORK = "own_work"
    DIRECT_CARE = "direct_care"
    EARLY_HELP = "early_help"
    SAFEGUARD_CHILD = "safeguard_child"
    SAFEGUARD_ADULT = "safeguard_adult"
    HOMELESSNESS = "homelessness"
    ADULT_PANEL = "adult_panel"
    CRIME_DISORDER = "crime_disorder"
    ANTISOCIAL_BEHAVIOUR = "antisocial_behaviour"
    MARAC = "marac"
    MAPPA = "mappa"
    IOM = "iom"
    LAW_ENFORCEMENT = "law_enforcement"
    VITAL_INTEREST = "vital_interest"
    CASEFINDING = "casefinding"
    COMMISSIONING = "commissioning"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _PURPOSE_LABELS.get(self, self.value.replace("_", " ").capitalize())

    @property
    def leaves_no_trace_for_the_person(self) -> bool:
        """Whether a look for it is left out of what the person is shown, without a gap (P14).

        Safeguarding too: somebody who harms the person may stand beside them, or be the person.
        """
        return self in _TRACELESS


_TRACELESS = frozenset(
    {
        Purpose.LAW_ENFORCEMENT,
        Purpose.MAPPA,
        Purpose.MARAC,
        Purpose.IOM,
        Purpose.SAFEGUARD_CHILD,
        Purpose.SAFEGUARD_ADULT,
    }
)
_PURPOSE_LABELS = {
    Purpose.OWN_WORK: "My own agency’s work",
    Purpose.SAFEGUARD_CHILD: "Safeguarding a child",
    Purpose.SAFEGUARD_ADULT: "Safeguarding an adult",
    Purpose.HOMELESSNESS: "Homelessness duty to refer",
    Purpose.ADULT_PANEL: "Adult panel below section 42",
    Purpose.CRIME_DISORDER: "Preventing crime and disorder",
    Purpose.ANTISOCIAL_BEHAVIOUR: "Anti-social behaviour",
    Purpose.MARAC: "MARAC",
    Purpose.MAPPA: "MAPPA",
    Purpose.IOM: "Integrated offender management",
    Purpose.VITAL_INTEREST: "Vital interests (emergency access)",
    Purpose.CASEFINDING: "Risk stratification for case finding",
    Purpose.COMMISSIONING: "Risk stratification for commissioning",
}


class Telling(StrEnum):
    """How it is told that something is withheld (P8)."""

    IN_FULL = "in_full"
    EXISTENCE_ONLY = "existence_only"
    NEITHER = "neither"


class AgreementState(StrEnum):
    """Where an information sharing agreement stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    LIVE = "live"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    ENDED = "ended"
    REPLACED = "replaced"


class AgreementKind(StrEnum):
    """What sort of agreement it is in law, or outside of it (S1-15)."""

    SECTION_75 = "s75"
    SECTION_256 = "s256"
    SECTION_76 = "s76"
    SLA = "sla"
    MEMORANDUM = "mou"
    SHARING = "isa"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "s75": "Section 75 agreement (NHS Act 2006)",
            "s256": "Section 256 agreement (NHS Act 2006)",
            "s76": "Section 76 agreement (NHS Act 2006)",
            "sla": "Service level agreement",
            "mou": "Memorandum of understanding",
            "isa": "Information sharing agreement",
        }[self.value]


class CommitmentKind(StrEnum):
    """What an executive may commit their agency to (S2-38)."""

    TRIAL = "trial"
    SIGN_UP = "sign_up"
    RESOURCES = "resources"
    BARRIERS = "barriers"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "trial": "To try something out",
            "sign_up": "To sign up to something",
            "resources": "To move people or money",
            "barriers": "To break a barrier to sharing",
        }[self.value]


class CommitmentState(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not_kept"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"open": "Stands", "kept": "Kept", "not_kept": "Not kept"}[self.value]


class AgreementDeed(StrEnum):
    """What somebody can do with an agreement."""

    DRAFTED = "drafted"
    EDITED = "edited"
    SIGNED = "signed"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVIEW_ACCEPTED = "review_accepted"
    ENDED = "ended"


class AgreementChange(StrEnum):
    """What could be done with an agreement, or become of it."""

    SIGN = "sign"
    SUSPEND = "suspend"
    RESUME = "resume"
    ACCEPT_REVIEW = "accept-review"
    END = "end"
    LAPSE = "lapse"


class ConsentState(StrEnum):
    """What a person has said; not asked and declined are states of their own."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    DECLINED = "declined"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ServiceAnswer(StrEnum):
    """What a person has said of a service offered; this is no consent to sharing."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class WhoSpoke(StrEnum):
    """Whose word a consent is; one adult never consents for another (P12)."""

    PERSON = "person"
    COMPETENT_CHILD = "competent_child"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    ATTORNEY = "attorney"
    BEST_INTERESTS = "best_interests"


class Method(StrEnum):
    """How something was said."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"
    ONLINE = "online"
    INTERPRETER = "through_interpreter"


class CapacityOutcome(StrEnum):
    """What an assessment found about one decision (P12)."""

    HAS_CAPACITY = "has_capacity"
    LACKS_CAPACITY = "lacks_capacity"
    FLUCTUATES = "fluctuates"


class RestrictionKind(StrEnum):
    """Why something is kept from eyes that would see it."""

    SAFETY_ADDRESS = "safety_address"
    BARRED_POST = "barred_post"
    HOLDER_WITHHOLDS = "holder_withholds"


class DisclosureDecision(StrEnum):
    """A holder's own recorded decision, item by item (P9); not sharing is recorded too."""

    DISCLOSE = "disclose"
    DO_NOT_DISCLOSE = "do_not_disclose"


class EmergencyReason(StrEnum):
    """The list an emergency access gives its reason from."""

    LIFE_AT_RISK = "life_at_risk"
    CHILD_AT_RISK = "child_at_risk"
    SERIOUS_HARM = "serious_harm"
    MISSING_PERSON = "missing_person"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "life_at_risk": "Somebody’s life is at risk",
            "child_at_risk": "A child is at risk of serious harm",
            "serious_harm": "An adult is at risk of serious harm",
            "missing_person": "The person is missing and may come to harm",
        }[self.value]


class EmergencyOutcome(StrEnum):
    """What the review of an emergency access found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    TAKEN_FURTHER = "taken_further"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.value.replace("_", " ").capitalize()


class HeldKind(StrEnum):
    """What an agency wrote of a person, and what may turn out to be of another."""

    HOLDING = "holding"
    INVOLVEMENT = "involvement"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"holding": "What we hold", "involvement": "Our involvement"}[self.value]


class MatterKind(StrEnum):
    """What a matter is: a piece of work about one person or several."""

    REFERRAL = "referral"
    EXIT = "exit"
    CASE = "case"
    PANEL_ITEM = "panel_item"
    AGENCY_CHECK = "agency_check"
    APPROACH = "approach"


class PartLevel(IntEnum):
    """How much of a matter a part in it opens; each holds the lower."""

    NOTHING = 0
    RECEIVED = 1
    PROGRESS = 2
    WORK = 3

    @property
    def sentence(self) -> str:
        """What is seen at this level, in words."""
        return {
            0: "Nothing.",
            1: "That it was received.",
            2: "What one sent oneself, where it is, and in the end what became of it.",
            3: "All of the matter’s own content; of other agencies’ data only what the wall opens.",
        }[self]


class PageFor(StrEnum):
    """For whom a code to somebody's own page is, and by what right (P12, P39)."""

    PERSON = "person"
    AGREED = "agreed"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "person": "The person themselves",
            "agreed": "A carer or relative: the person agrees, and has said so alone",
            "parental_responsibility": "Somebody with parental responsibility for a child",
            "attorney": "An attorney for health and welfare",
            "deputy": "A deputy made by the Court of Protection",
        }[self.value]

    @property
    def needs_paper(self) -> bool:
        """Whether a document has to be seen."""
        return self not in {PageFor.PERSON, PageFor.AGREED}


class LeftOutBecause(StrEnum):
    """On which ground something is left out of an answer to a subject request (DPA 2018, schedules 2 and 3)."""

    THIRD_PARTY = "third_party"
    SERIOUS_HARM = "serious_harm"
    CRIME = "crime"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "third_party": "It tells of somebody else, who has not agreed",
            "serious_harm": "It could do serious harm to somebody’s health",
            "crime": "It could get in the way of stopping a crime or of an enquiry",
        }[self.value]


class OwnFactor(StrEnum):
    """The second thing beside the code, as the person chose it."""

    NUMBER = "number"
    APP = "app"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "number": "A number that I remember",
            "app": "An app on my phone that shows codes",
        }[self.value]
