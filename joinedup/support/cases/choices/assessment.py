"""The coded words of an assessment: whom it is of, its sections, why somebody may say no to it."""

from enum import StrEnum


class AssessmentKind(StrEnum):
    """Whose assessment it is, by the duty it answers."""

    PERSON = "person"
    FAMILY = "family"
    CARER = "carer"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "person": "Assessment of one person",
            "family": "Assessment of the family",
            "carer": "Carer’s assessment",
        }[self.value]


class Profession(StrEnum):
    """The sections of an assessment, strengths first; each is written by those whose work it is."""

    STRENGTHS = "strengths"
    SELF = "self"
    SOCIAL_CARE = "social_care"
    HEALTH = "health"
    HOUSING = "housing"
    SAFETY = "safety"
    EDUCATION = "education"
    FAMILY = "family"
    CARER = "carer"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "strengths": "Strengths",
            "self": "In the person’s own view",
            "social_care": "Social care",
            "health": "Health",
            "housing": "Home",
            "safety": "Safety",
            "education": "Learning and work",
            "family": "Family help",
            "carer": "The carer’s own life",
        }[self.value]

    @property
    def set_code(self) -> str:
        """The question set that the section asks."""
        return f"assessment-{self.value.replace('_', '-')}"


class SectionState(StrEnum):
    """Where a section stands."""

    NOT_BEGUN = "not_begun"
    BEING_WRITTEN = "being_written"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()


class CapacityView(StrEnum):
    """What whoever offered the assessment makes of the person's capacity to decline it (P12, P30)."""

    HAS_CAPACITY = "has_capacity"
    LACKS_CAPACITY = "lacks_capacity"
    IN_DOUBT = "in_doubt"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "has_capacity": "They can make this decision",
            "lacks_capacity": "They cannot make this decision now",
            "in_doubt": "It is in doubt, and will be assessed",
        }[self.value]


class RiskGround(StrEnum):
    """What makes an authority assess though the adult declines (Care Act 2014 s11(2)(b))."""

    ABUSE = "abuse"
    NEGLECT = "neglect"
    SELF_NEGLECT = "self_neglect"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "abuse": "Abuse, or a risk of it",
            "neglect": "Neglect, or a risk of it",
            "self_neglect": "Self-neglect, or a risk of it",
        }[self.value]


class RefusalDecision(StrEnum):
    """What is done about a refused assessment."""

    RESPECTED = "respected"
    ASSESS_ALL_THE_SAME = "assess_all_the_same"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "respected": "Their no is respected, and the offer stands open",
            "assess_all_the_same": "It is assessed all the same (Care Act 2014 s11(2))",
        }[self.value]
