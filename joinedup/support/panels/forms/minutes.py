"""What is asked of minutes: a correction, the chair's answer to it, what became of an action."""

from typing import Any

from django import forms

from joinedup.foundations.meetings.choices import ActionState
from joinedup.support.cases.forms.boxes import radio, text_box


class CorrectionForm(forms.Form):
    """What is to be put right, and how."""

    words = text_box(
        "What is to be put right, and how?", "Write what is to be put right, and how",
        help_text="What the minutes say stays as it is; a correction that is taken stands beside it.",
    )  # fmt: skip


class CorrectionAnswerForm(forms.Form):
    """Taken or not, and why."""

    is_taken = radio(
        "Is it taken?", [("yes", "Yes: it stands beside what was written"), ("no", "No")],
        "Choose whether it is taken",
    )  # fmt: skip
    answer = text_box("What you answer", help_text="The agency reads this, and so do the minutes.")

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        cleaned = super().clean() or {}
        if cleaned.get("is_taken") == "no" and not (cleaned.get("answer") or "").strip():
            self.add_error("answer", "Say why it is not taken")
        return cleaned


class BecameForm(forms.Form):
    """Done, not done or not needed any more; and what became of it."""

    state = radio(
        "What became of it?",
        [(each.value, each.label) for each in ActionState if each is not ActionState.OPEN],
        "Choose what became of it",
    )
    became = text_box("In a sentence", help_text="Needed where it was not done, or is not needed.")

    def clean(self) -> dict[str, Any]:
        """What is not done says why."""
        cleaned = super().clean() or {}
        unsaid = not (cleaned.get("became") or "").strip()
        if cleaned.get("state") not in (None, ActionState.DONE) and unsaid:
            self.add_error("became", "Say why")
        return cleaned
