"""Coded words of panels with the words that pages show for them."""

from enum import StrEnum


class Labelled(StrEnum):
    """A coded word; its own name in plain words is its label, unless the class says another."""

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()
