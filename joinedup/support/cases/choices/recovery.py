"""The coded words of recovery: how a person rated their own goal."""

from enum import StrEnum


class RatedHow(StrEnum):
    """How the person said their number; nobody says it for them."""

    IN_THE_ROOM = "in_the_room"
    BY_TELEPHONE = "by_telephone"
    ON_PAPER = "on_paper"
    OWN_PAGE = "own_page"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "in_the_room": "They said it to me",
            "by_telephone": "They said it on the telephone",
            "on_paper": "They wrote it on paper",
            "own_page": "On their own page",
        }[self.value]
