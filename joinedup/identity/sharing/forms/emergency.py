"""What is asked for emergency access, its review, and a restricted address."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.identity.sharing.choices import EmergencyOutcome, EmergencyReason

LONGEST = 1000


def _words(label: str, help_text: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": required,
            "max_length": f"Say it in {LONGEST} characters or fewer",
        },
    )


class EmergencyForm(forms.Form):
    """A reason from the list, and words."""

    reason = forms.ChoiceField(
        label="Why can this not wait?",
        choices=[(reason.value, reason.label) for reason in EmergencyReason],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why this cannot wait"},
    )
    words = _words(
        "What is happening?",
        "Who is in danger, and of what. Your reviewer reads this.",
        "Say what is happening",
    )


class OutcomeForm(forms.Form):
    """What the review found."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=[(outcome.value, outcome.label) for outcome in EmergencyOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )
    words = _words(
        "Why, and what follows from it?",
        "Kept beside the access for good.",
        "Say why, and what follows from it",
    )


class AskForAddressForm(forms.Form):
    """Which agency to ask, and why."""

    holder = forms.ChoiceField(
        label="Which agency do you ask?",
        error_messages={"required": "Choose the agency to ask"},
    )
    why = _words(
        "Why do you need to reach the person?",
        "The duty manager can pass on a message for you without telling you an address.",
        "Say why you need to reach the person",
    )

    def __init__(self, agencies: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]
