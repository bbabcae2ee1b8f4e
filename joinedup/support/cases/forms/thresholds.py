"""What a new version of the threshold document says: of the whole, and of each level."""

from collections.abc import Mapping
from typing import Any

from django import forms

from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.operations.thresholds import LevelSaid

_DAYS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]


class ThresholdForm(forms.Form):
    """A version to propose, beginning with the words of the one in force."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give it a title"}
    )
    source = forms.CharField(
        label="Whose words it is, and on what it rests", max_length=300,
        error_messages={"required": "Say whose words it is"},
    )  # fmt: skip
    because = forms.CharField(
        label="What is new in it, and why", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is new in it"},
    )  # fmt: skip
    starts_on = forms.DateField(
        label="Holds from", help_text="Such as 23/11/2026", input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Enter the day from which it holds", "invalid": "Enter a day like 23/11/2026"
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in NeedLevel:
            number = int(level)
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"Level {number}: its name", max_length=80,
                error_messages={"required": f"Say what level {number} is called"},
            )  # fmt: skip
            self.fields[f"sentence_{number}"] = forms.CharField(
                label=f"Level {number}: in a sentence", max_length=300, required=False
            )
            self.fields[f"descriptors_{number}"] = forms.CharField(
                label=f"Level {number}: what one sees, a line each",
                widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
                error_messages={"required": f"Say what one sees at level {number}"},
            )  # fmt: skip
            self.fields[f"who_leads_{number}"] = forms.CharField(
                label=f"Level {number}: who leads", max_length=200, required=False
            )

    def levels(self) -> Mapping[NeedLevel, LevelSaid]:
        """What each level says."""
        said = self.cleaned_data
        return {
            level: LevelSaid(
                *(said[f"{part}_{int(level)}"] for part in (
                    "name", "sentence", "descriptors", "who_leads"
                ))
            )
            for level in NeedLevel
        }  # fmt: skip
