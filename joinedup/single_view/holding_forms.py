"""What writing down something that one's agency holds asks for: each level a text of its own (P8)."""

import datetime
from typing import Any

from django import forms

from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.operations.holdings import LONGEST_CODE, LONGEST_HEADLINE
from joinedup.pipeline.standardise.dates import read_date


class HoldingForm(forms.Form):
    """Of what kind it is, and its headline, summary and detail: whoever may see less sees the first alone."""

    category = forms.ChoiceField(
        label="What is it about?", error_messages={"required": "Choose what it is about"}
    )
    headline = forms.CharField(
        label="Headline",
        help_text="What whoever may only know that there is something reads. No details.",
        max_length=LONGEST_HEADLINE,
        error_messages={
            "required": "Write a headline",
            "max_length": f"Write a headline of at most {LONGEST_HEADLINE} letters",
        },
    )
    summary = forms.CharField(
        label="Summary (optional)", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    detail = forms.CharField(
        label="Detail (optional)", help_text="For those alone who need all of it.",
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    handling_code = forms.CharField(
        label="Handling code, if the police hold it", max_length=LONGEST_CODE, required=False
    )
    starts_on = forms.CharField(
        label="Since which day", help_text="For example, 31 3 2026", max_length=40,
        error_messages={"required": "Enter the day since when"},
    )  # fmt: skip
    ends_on = forms.CharField(label="Until which day (optional)", max_length=40, required=False)

    def __init__(self, categories: list[Category], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((each.value, each.label) for each in categories)
        ]  # fmt: skip

    def clean_starts_on(self) -> datetime.date | None:
        """In any usual form."""
        return self._day("starts_on")

    def clean_ends_on(self) -> datetime.date | None:
        """In any usual form, or none."""
        return self._day("ends_on")

    def _day(self, name: str) -> datetime.date | None:
        said = self.cleaned_data[name].strip()
        if not said:
            return None
        try:
            return read_date(said)
        except ValueError as why:
            raise forms.ValidationError("Enter the day like 31 3 2026") from why
