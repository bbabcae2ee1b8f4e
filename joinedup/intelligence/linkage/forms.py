"""What a reviewer is asked, and what is asked about retention."""

from collections.abc import Mapping
from typing import Any

from django import forms

from joinedup.identity.sharing.forms.agreements import DayField
from joinedup.intelligence.linkage.choices import Answer

ANSWERS = (
    (Answer.SAME, "Same person"),
    (Answer.NOT_SAME, "Not the same"),
    (Answer.CANNOT_TELL, "Cannot tell"),
)


class AnswerForm(forms.Form):
    """The answer is the button that was pressed; the reason may be left out."""

    answer = forms.ChoiceField(
        choices=[(answer.value, text) for answer, text in ANSWERS],
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose an answer"},
    )
    reason = forms.CharField(
        label="Reason (optional)",
        required=False,
        max_length=500,
        help_text="What decided it. Helps a second reviewer.",
        error_messages={"max_length": "Give the reason in 500 characters or fewer"},
    )


def _because(label: str, hint: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required, "max_length": "Say it in 500 characters or fewer"},
    )


class _OfAController(forms.Form):
    """Whose retention, and what whoever sets it had before them."""

    controller = forms.ChoiceField(
        label="Whose records?",
        required=False,
        error_messages={"invalid_choice": "Choose whose records of the list"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, controllers: Mapping[str, str], seen: int, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"seen": seen}, **kwargs})
        self._latest = seen
        if set(controllers) - {""}:
            self.fields["controller"].choices = list(controllers.items())  # type: ignore[attr-defined]
        else:
            del self.fields["controller"]

    @property
    def of(self) -> str:
        """The controller's code; empty for the whole agency."""
        return str(self.cleaned_data.get("controller", ""))

    def refuse(self, why: str, field: str | None) -> None:
        """Say why nothing was set; the page shows what is there by now, so that has been seen."""
        self.add_error(field if field in self.fields else None, why)
        self.data = {**self.data.dict(), self.add_prefix("seen"): self._latest}  # type: ignore[attr-defined]


class RetentionForm(_OfAController):
    """For how long what was deleted is kept."""

    months = forms.IntegerField(
        label="For how many months is it kept?",
        help_text="Whole months after the day it went, from 0 to 1200. Seven years are 84.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Write a number of months, as in 84"),
    )
    starts_on = DayField(
        label="From which day does the rule hold?",
        help_text="Tomorrow or later. Until then this page shows how many records would go.",
    )
    reference = _because(
        "Where does your own retention schedule say so?",
        "Name no person. For example, Retention schedule 2026, line 14.",
        "Say where your own retention schedule says so",
    )
    field_order = ("controller", "months", "starts_on", "reference", "seen")


class EndRetentionForm(_OfAController):
    """From when nothing goes by itself any more."""

    starts_on = DayField(label="From which day is there no rule?", help_text="Today or later.")
    reference = _because("Why does it end?", "Name no person.", "Say why it ends")
    field_order = ("controller", "starts_on", "reference", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "controller" in self.fields:
            self.fields["controller"].help_text = (
                "A controller without a rule of its own has that of the whole agency, where there is one. "
                "To keep everything of a controller meanwhile, set it 1200 months."
            )
