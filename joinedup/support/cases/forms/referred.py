"""What is asked where a team sends back what it was asked from a plan."""

from django import forms

from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.cases.forms.plan import pairs
from joinedup.support.handovers.choices import ReturnReason


class BackForm(forms.Form):
    """Why it is sent back."""

    prefix = "back"
    reason_code = radio(
        "Why do you send it back?", pairs(ReturnReason), "Choose why you send it back"
    )
    words = text_box("In words, for whoever asked", "Say why, so that they can act on it", rows=2)

    @property
    def reason(self) -> ReturnReason:
        """The reason as its word."""
        return ReturnReason(self.cleaned_data["reason_code"])
