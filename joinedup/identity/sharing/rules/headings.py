"""The headings of the ICO's code for an agreement, the field each stands in, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joinedup.identity.sharing.choices import Category


@dataclass(frozen=True)
class Heading:
    """One heading: its title, whether it must be filled before anybody signs, and what is asked."""

    field: str
    title: str
    hint: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Section:
    """Headings that are edited on one page."""

    code: str
    title: str
    headings: tuple[Heading, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of its headings."""
        return tuple(heading.field for heading in self.headings)


SECTIONS: tuple[Section, ...] = (
    Section("purpose", "Purpose", (
        Heading("title", "Title"),
        Heading("kind", "Kind of agreement", needed=False),
        Heading("is_binding", "It binds the parties in law", needed=False),
        Heading("purpose", "Purpose", "What the sharing is for."),
        Heading("aims", "Aims"),
        Heading("why_necessary", "Why it is necessary", "What could not be done without it."),
        Heading("benefits", "Benefits", "To the people it is about, first."),
    )),
    Section("controllers", "Who answers for the data", (
        Heading("joint_controllers", "The parties are joint controllers", needed=False),
        Heading("joint_controller_arrangement", "Joint controller arrangement",
                "Who does what for whom, if they are.", needed=False),
    )),
    Section("law", "Law", (
        Heading("lawful_basis", "Lawful basis"),
        Heading("special_category_condition", "Condition for special category data",
                "Needed where health, care or the like is shared.", needed=False),
        Heading("criminal_offence_condition", "Condition for criminal offence data",
                "Needed where offending is shared.", needed=False),
        Heading("part_3_processing", "Processing under Part 3 (law enforcement)", needed=False),
        Heading("legal_power", "Legal power", "The Act and section that let each party share."),
        Heading("dpia_reference", "DPIA reference"),
        Heading("dpia_outcome", "DPIA outcome"),
        Heading("dpo_views", "Views of the data protection officers"),
    )),
    Section("data", "Data and how it is kept", (
        Heading("data_items", "Data items", "In words; the schedule says it line by line."),
        Heading("how_often", "When and how often", "On which days data goes across, or on which occasion.",
                needed=False),
        Heading("data_quality", "Quality", "Who checks and corrects what."),
        Heading("retention", "Retention and deletion"),
        Heading("security", "Security"),
    )),
    Section("rights", "People’s rights", (
        Heading("individual_rights", "Access and other rights", "Who answers a request, and how."),
        Heading("complaints", "Complaints"),
    )),
    Section("running", "Running it", (
        Heading("recording_responsibilities", "Who records what",
                "Which activity is recorded by whom, in which system."),
        Heading("breach_arrangements", "Breaches"),
        Heading("termination", "Termination", "What becomes of the data when it ends."),
    )),
    Section("dates", "Dates", (
        Heading("starts_on", "First day", "For example, 27 3 2027"),
        Heading("review_on", "Review date",
                "The agreement closes when this day begins, unless somebody accepts that it goes on."),
        Heading("ends_on", "End date", "The agreement closes when this day begins. Leave empty for none.",
                needed=False),
    )),
)  # fmt: skip

FIELDS: tuple[str, ...] = tuple(field for section in SECTIONS for field in section.fields)

ICO_HEADINGS: Mapping[str, str] = {
    "Purpose: aims": "aims",
    "Purpose: why needed": "why_necessary",
    "Purpose: benefits": "benefits",
    "Other organisations involved": "parties",
    "Joint controllers": "joint_controllers",
    "Data items": "data_items",
    "Lawful basis": "lawful_basis",
    "Special category data and conditions": "special_category_condition",
    "Criminal offence data and conditions": "criminal_offence_condition",
    "Individual rights and access": "individual_rights",
    "Governance: quality": "data_quality",
    "Governance: retention and deletion": "retention",
    "Governance: security": "security",
    "Governance: breach": "breach_arrangements",
    "Governance: complaints": "complaints",
    "Governance: review": "review_on",
    "Governance: termination": "termination",
    "Request form: Part 3 provisions": "part_3_processing",
    "Request form: legal power": "legal_power",
    "Request form: DPIA considered and outcome": "dpia_outcome",
    "Request form: DPO views": "dpo_views",
    "Request form: requester and their post": "made_by",
    "Request form: date of the request": "made_at",
    "Request form: receiving and requesting organisation": "parties",
    "Request form: dates and intervals": "how_often",
    "Request form: decision and decision-maker": "parties",
    "Request form: reasons": "acts",
    "Flow: DPIA reference": "dpia_reference",
    "Flow: start": "starts_on",
    "Flow: from, to, purpose, data-item set, gateway": "flows",
    "Senior sign-off: signatories": "parties",
}
"""Every heading of the data sharing code and its annex B, and the field it stands in (standards 1.3)."""

SPECIAL = frozenset(
    {
        Category.HEALTH,
        Category.MENTAL_HEALTH,
        Category.SUBSTANCE_MISUSE,
        Category.SEXUAL_HEALTH,
        Category.ADULT_SOCIAL_CARE,
        Category.CHILDRENS_SOCIAL_CARE,
        Category.CARE_PLAN,
    }
)
OFFENCES = frozenset({Category.CRIME_OFFENDER, Category.MAPPA, Category.INTELLIGENCE})


def section(code: str) -> Section:
    """The section of that code; raises KeyError."""
    return _BY_CODE[code]


_BY_CODE = {each.code: each for each in SECTIONS}


def missing(
    values: Mapping[str, object], *, parties: int, categories: Iterable[Category]
) -> tuple[str, ...]:
    """The titles of what must still be written before anybody can sign."""
    carried = frozenset(categories)
    found = [
        heading.title
        for each in SECTIONS
        for heading in each.headings
        if heading.needed and not values.get(heading.field)
    ]
    if parties < 2:
        found.append("At least two parties")
    if not carried:
        found.append("At least one line in the schedule")
    if carried & SPECIAL and not values.get("special_category_condition"):
        found.append("Condition for special category data")
    if carried & OFFENCES and not values.get("criminal_offence_condition"):
        found.append("Condition for criminal offence data")
    if values.get("joint_controllers") and not values.get("joint_controller_arrangement"):
        found.append("Joint controller arrangement")
    return tuple(found)


def why_dates_clash(values: Mapping[str, object]) -> str | None:
    """Why the dates cannot stand together; None where they can."""
    starts, review, ends = (values.get(name) for name in ("starts_on", "review_on", "ends_on"))
    if starts and review and review <= starts:  # type: ignore[operator]
        return "The review date must be after the first day."
    if starts and ends and ends <= starts:  # type: ignore[operator]
        return "The end must be after the first day."
    return None
