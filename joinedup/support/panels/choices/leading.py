"""What a kind of need is called where nobody can lead it, and how a move of cases stands."""

from joinedup.support.panels.choices.labelled import Labelled


class NeedKind(Labelled):
    """What a case needs of whoever leads it, in one word for the report of gaps (S0-95)."""

    ADULT = "adult"
    ADULT_MIXED = "adult_mixed"
    ADULT_MENTAL_HEALTH = "adult_mental_health"
    FAMILY = "family"
    YOUNG_PERSON = "young_person"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "adult": "An adult",
            "adult_mixed": "An adult with health and social need together",
            "adult_mental_health": "An adult whose mental health is the need",
            "family": "A family",
            "young_person": "A young person",
        }[self.value]

    @property
    def is_adult(self) -> bool:
        """Whether an adult is to be led."""
        return self.value.startswith("adult")


class MovedState(Labelled):
    """Where one case of a move stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    MOVED = "moved"
    NOT_MOVED = "not_moved"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "waiting": "Not done yet",
            "offered": "Waits for the other agency",
            "moved": "Moved",
            "not_moved": "Stays where it is",
        }[self.value]
