"""What is asked of whoever looks into unusual looks."""

from django import forms

from joinedup.foundations.audit.choices import Conclusion

_HINTS = {
    Conclusion.JUSTIFIED: "There was a reason for each look.",
    Conclusion.TAKEN_FURTHER: "To the agency that employs the practitioner, under its own procedure.",
}


class ConclusionForm(forms.Form):
    """What became of a day's unusual looks."""

    conclusion = forms.ChoiceField(
        label="What became of it",
        choices=[(one.value, one.label) for one in Conclusion],
        widget=forms.RadioSelect,
        help_text=" ".join(f"{one.label}: {hint}" for one, hint in _HINTS.items()),
        error_messages={"required": "Choose what became of it"},
    )
