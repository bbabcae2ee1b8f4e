"""Functions that the law gives to a named body, what is kept for an approved role, and what somebody can lead."""

from dataclasses import dataclass
from enum import StrEnum


class FunctionCode(StrEnum):
    """A function of the law that the partnership may carry out for the body that answers for it."""

    AMHP = "amhp"
    BEST_INTERESTS = "best_interests"
    CARE_ACT_ASSESSMENT = "care_act_assessment"
    CARERS_ASSESSMENT = "carers_assessment"
    ADULT_SAFEGUARDING = "adult_safeguarding"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION = "child_protection"
    PREVENTION = "prevention"
    HOMELESSNESS = "homelessness"
    AFTERCARE = "aftercare"

    @property
    def about(self) -> "AboutFunction":
        """Its name, its law and what is kept for an approved role."""
        return _ABOUT[self]

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.about.name

    @property
    def needs_approval(self) -> bool:
        """Whether whoever does it must be approved for it by name."""
        return self.about.approved_role != ""


class CompetenceCode(StrEnum):
    """What somebody can lead, or do at a case that needs it (S0-95, S4-11)."""

    LEADS_ADULTS = "leads_adults"
    LEADS_FAMILIES = "leads_families"
    LEADS_YOUNG_PEOPLE = "leads_young_people"
    LEADS_MENTAL_HEALTH = "leads_mental_health"
    SELF_DIRECTED_SUPPORT = "self_directed_support"
    MIXED_NEED = "mixed_need"
    CARE_COORDINATION = "care_coordination"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "leads_adults": "Can lead with an adult",
            "leads_families": "Can lead with a family",
            "leads_young_people": "Can lead with a young person",
            "leads_mental_health": "Can lead where mental health is the need",
            "self_directed_support": "Trained in self-directed support",
            "mixed_need": "Can assess health and social need together",
            "care_coordination": "Coordinates care for a practice",
        }[self.value]


class WorkerSex(StrEnum):
    """Whether somebody asked for a woman or a man to work with them (P28)."""

    WOMAN = "woman"
    MAN = "man"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return f"A {self.value}"


class Route(StrEnum):
    """By what right a body carries out a function."""

    ITS_OWN = "its_own"
    SECTION_75 = "section_75"
    CONTRACT = "contract"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "its_own": "It is its own duty",
            "section_75": "Section 75 agreement",
            "contract": "Delegated by contract (Care Act section 79)",
        }[self.value]


@dataclass(frozen=True)
class AboutFunction:
    """A function's name, the law it rests on, and the role that must be approved, if there is one."""

    name: str
    law: str
    approved_role: str = ""
    longest_years: int = 0
    """For how long the law lets one approval run; nothing where it leaves that to the body."""


_F = FunctionCode
_ABOUT = {
    _F.AMHP: AboutFunction(
        "Mental health applications", "Mental Health Act 1983, sections 13 and 114",
        "approved mental health professional (AMHP)", 5,
    ),
    _F.BEST_INTERESTS: AboutFunction(
        "Deprivation of liberty assessments", "Mental Capacity Act 2005, schedule A1",
        "best interests assessor",
    ),
    _F.CARE_ACT_ASSESSMENT: AboutFunction(
        "Assessment and eligibility of adults", "Care Act 2014, sections 9 and 13",
        "Care Act assessor",
    ),
    _F.CARERS_ASSESSMENT: AboutFunction(
        "Assessment of carers", "Care Act 2014, section 10", "Care Act assessor"
    ),
    _F.ADULT_SAFEGUARDING: AboutFunction(
        "Enquiries about adults at risk", "Care Act 2014, section 42", "enquiry manager"
    ),
    _F.CHILD_IN_NEED: AboutFunction(
        "Assessment of children in need", "Children Act 1989, section 17", "children’s social worker"
    ),
    _F.CHILD_PROTECTION: AboutFunction(
        "Enquiries about significant harm", "Children Act 1989, section 47",
        "children’s social worker",
    ),
    _F.PREVENTION: AboutFunction("Preventing and delaying needs", "Care Act 2014, section 2"),
    _F.HOMELESSNESS: AboutFunction(
        "Homelessness applications and the duty to refer", "Housing Act 1996, part 7"
    ),
    _F.AFTERCARE: AboutFunction("Aftercare", "Mental Health Act 1983, section 117"),
}  # fmt: skip
