"""How a parent is a parent, as a practitioner was told."""

from enum import StrEnum


class ParentKind(StrEnum):
    """What kind of parent."""

    BIRTH = "birth"
    ADOPTIVE = "adoptive"
    STEP = "step"
    BROUGHT_UP_BY = "brought_up_by"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "birth": "Parent by birth",
            "adoptive": "Parent by adoption",
            "step": "Step-parent",
            "brought_up_by": "Brought them up",
            "not_said": "Parent, it was not said how",
        }[self.value]
