"""What a manager is asked whose agency must approve a decision."""

from typing import Any

from django import forms

from joinedup.support.cases.forms.boxes import radio, text_box

APPROVES, REFUSES = "approves", "refuses"


class ApprovalForm(forms.Form):
    """Approved under which delegation, or refused why."""

    answer = radio(
        "Does your agency approve it?",
        [(APPROVES, "It approves it"), (REFUSES, "It does not approve it")],
        "Say whether your agency approves it",
    )
    delegation = forms.CharField(
        label="Under which delegation", max_length=120, required=False,
        help_text="Your agency’s own reference, as its scheme of delegation has it.",
    )  # fmt: skip
    words = text_box("Why not, or what is to be added", rows=3)

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return {
            "approves": said["answer"] == APPROVES,
            "delegation": said["delegation"],
            "words": said["words"],
        }
