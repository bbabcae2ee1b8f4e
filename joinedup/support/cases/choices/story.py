"""The words of a story: what a line is about, how much it matters, whose part it tells, where it comes from."""

from enum import StrEnum


class Topic(StrEnum):
    """The category of a line in the story, the same for every agency."""

    SAFETY = "safety"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCES = "substances"
    CARE = "care"
    FAMILY = "family"
    SCHOOL = "school"
    HOME = "home"
    MONEY = "money"
    POLICE = "police"
    FIRE = "fire"
    CONTACT = "contact"
    THE_WORK = "the_work"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return _TOPICS.get(self.value) or self.value.replace("_", " ").capitalize()

    @property
    def can_be_written(self) -> bool:
        """Whether an entry can be of it: contacts and the course of the work tell themselves."""
        return self not in {Topic.CONTACT, Topic.THE_WORK}


_TOPICS = {
    "safety": "Safety and harm",
    "health": "Physical health",
    "substances": "Alcohol and drugs",
    "care": "Care and support",
    "family": "Family and relationships",
    "school": "School and learning",
    "home": "Home and tenancy",
    "money": "Money and work",
    "police": "Crime and police",
    "fire": "Fire safety",
    "contact": "Contact with the person",
    "the_work": "Hand-overs, leads and steps",
    "other": "Something else",
}


class Significance(StrEnum):
    """How much a line matters to the story; serious events are counted and drawn apart."""

    ORDINARY = "ordinary"
    NOTABLE = "notable"
    SERIOUS = "serious"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"ordinary": "Ordinary", "notable": "Worth knowing", "serious": "Serious"}[
            self.value
        ]

    @property
    def hint(self) -> str:
        """When it is the one to choose."""
        return {
            "ordinary": "Part of the course of things.",
            "notable": "It changed something, or may.",
            "serious": "Harm, or the risk of it; a crisis; a turning point.",
        }[self.value]


class IncidentRole(StrEnum):
    """What the person was in what happened; the same person may be victim here and suspected there (S0-84)."""

    NONE = "none"
    VICTIM = "victim"
    WITNESS = "witness"
    SUSPECTED = "suspected"
    RESPONSIBLE = "responsible"
    MISSING = "missing"
    PRESENT = "present"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "none": "It was no incident",
            "victim": "They were harmed",
            "witness": "They saw or heard it",
            "suspected": "They were suspected, and it is not proved",
            "responsible": "They did it: they said so, or it was proved",
            "missing": "They were missing",
            "present": "They were there, or lived there",
        }[self.value]

    @property
    def tag(self) -> str:
        """The word on a line."""
        return {
            "none": "", "victim": "Harmed", "witness": "Witness", "suspected": "Suspected",
            "responsible": "Responsible", "missing": "Missing", "present": "Present",
        }[self.value]  # fmt: skip


class LineKind(StrEnum):
    """Where a line of the story comes from."""

    ENTRY = "entry"
    HELD = "held"
    CONTACT = "contact"
    HANDOVER = "handover"
    LEAD = "lead"
    STEP = "step"
    EXIT = "exit"
    WARNING = "warning"
    LEVEL = "level"

    @property
    def can_be_pinned(self) -> bool:
        """Whether it can stand among what matters."""
        return self in {LineKind.ENTRY, LineKind.HELD, LineKind.CONTACT}
