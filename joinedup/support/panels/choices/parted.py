"""What says which of two people an item is about."""

from joinedup.support.panels.choices.labelled import Labelled


class WhyPlaced(Labelled):
    """How it was found whom an item is about, after one person turned out to be two."""

    PRACTICE = "practice"
    """The record of the practice that brought it is of one of them alone."""
    CASE = "case"
    """It is about whom the case that it came from is about."""
    DECIDED = "decided"
