"""What is asked of whoever looks into unusual looks, and of whoever tells a person of one."""

from typing import Any

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


class TellLookForm(forms.Form):
    """Why the person is told of a look, or no longer is."""

    because = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Say it in 1,000 characters or fewer"},
    )

    def __init__(self, *args: Any, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        because = self.fields["because"]
        because.label = "Why are they no longer told?" if is_told else "Why may they be told?"
        because.help_text = (
            "They may have read it already."
            if is_told
            else "Say why nobody comes to harm by it: the person, a child, or somebody else."
        )
        because.error_messages["required"] = (
            "Say why they are no longer told" if is_told else "Say why they may be told"
        )
