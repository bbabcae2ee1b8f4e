"""What an assessment finds, by codes that every agency shares; a code is never required."""

from enum import StrEnum


class FindingKind(StrEnum):
    """A strength, which is told first, or a need."""

    STRENGTH = "strength"
    NEED = "need"

    @property
    def label(self) -> str:
        """The word shown on a page."""
        return self.value.capitalize()


class NeedCode(StrEnum):
    """The list of needs and vulnerabilities that the front door and every agency share (S0-50)."""

    CARE = "care"
    CARER = "carer"
    PHYSICAL_HEALTH = "physical_health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    LEARNING_DISABILITY = "learning_disability"
    AUTISM = "autism"
    SENSORY = "sensory"
    MOBILITY = "mobility"
    FRAILTY = "frailty"
    MEMORY = "memory"
    HOUSING = "housing"
    HOMELESSNESS = "homelessness"
    MONEY = "money"
    FUEL_POVERTY = "fuel_poverty"
    DIGITAL = "digital"
    LONELINESS = "loneliness"
    FAMILY = "family"
    EDUCATION = "education"
    WORK = "work"
    DOMESTIC_ABUSE = "domestic_abuse"
    EXPLOITATION = "exploitation"
    ANTISOCIAL = "antisocial"
    OFFENDING = "offending"
    FIRE_SAFETY = "fire_safety"
    LANGUAGE = "language"
    FREQUENT_EMERGENCY = "frequent_emergency"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _LABELS.get(self.value) or self.value.replace("_", " ").capitalize()


_LABELS = {
    "care": "Care and support with daily life",
    "carer": "Support for a carer",
    "substance_misuse": "Alcohol or drugs",
    "sensory": "Seeing or hearing",
    "mobility": "Moving about",
    "housing": "Home or tenancy",
    "homelessness": "Homeless, or about to be",
    "money": "Money and debt",
    "fuel_poverty": "Warmth at home",
    "digital": "Getting online",
    "family": "Family and parenting",
    "education": "School",
    "work": "Work and learning",
    "antisocial": "Anti-social behaviour",
    "fire_safety": "Safety at home",
    "language": "Language or communication",
    "frequent_emergency": "Another way than the emergency services",
}
