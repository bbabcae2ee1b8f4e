"""Where an item comes from and stands, what is written on it, what may be decided of it."""

from joinedup.support.panels.choices.labelled import Labelled


class ItemSource(Labelled):
    """Where an item of a panel comes from."""

    REFERRAL = "referral"
    STEP_UP = "step_up"
    NOMINATION = "nomination"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "referral": "A referral",
            "step_up": "A case that asks to step up",
            "nomination": "Nominated by the practice",
            "urgent": "The chair’s urgent action",
        }[self.value]


class PanelItemState(Labelled):
    """Where an item of a panel stands."""

    QUEUED = "queued"
    ON_AGENDA = "on_agenda"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Box(Labelled):
    """A box that is written in about an item: some are one for all, some one for each agency."""

    GOING_ON = "going_on"
    OWN_WORDS = "own_words"
    ASKED = "asked"
    NOTES = "notes"
    VIEW = "view"
    REASONS = "reasons"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "going_on": "What is going on",
            "own_words": "In the person’s own words",
            "asked": "What the panel is asked",
            "notes": "Notes of the discussion",
            "view": "What the agency thinks",
            "reasons": "Reasons for the decision",
        }[self.value]

    @property
    def is_for_each_agency(self) -> bool:
        """Whether each agency has one of its own."""
        return self is Box.VIEW


class DecisionKind(Labelled):
    """What a panel may decide; each panel's terms of reference list those that are its own."""

    ALLOCATE = "allocate"
    COORDINATE = "coordinate"
    STEP_UP = "step_up"
    STAYS = "stays"
    ADVICE = "advice"
    ANOTHER_ROUTE = "another_route"
    MORE_IS_NEEDED = "more_is_needed"
    NOTHING_FURTHER = "nothing_further"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "allocate": "Allocate to a lead agency",
            "coordinate": "Agree care coordination and case management",
            "step_up": "Step the case up",
            "stays": "The case stays where it is",
            "advice": "Advice to whoever asked",
            "another_route": "Send another way",
            "more_is_needed": "More must be known: once only",
            "nothing_further": "Nothing further",
        }[self.value]

    @property
    def has_a_lead(self) -> bool:
        """Whether it names a lead agency."""
        return self in {DecisionKind.ALLOCATE, DecisionKind.STEP_UP, DecisionKind.COORDINATE}


class Stance(Labelled):
    """How an agency stands to a decision."""

    AGREES = "agrees"
    DISSENTS = "dissents"
    ABSTAINS = "abstains"
