"""What is asked to publish a points table and to set a limit."""

import decimal
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.roles import ROLES
from joinedup.partnership.funds.operations import LimitSaid, Worth

DAYS = ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class PoundsField(forms.DecimalField):
    """An amount as people write it, £1,234.50 or 1234.5; in pence."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-10"}))
        super().__init__(min_value=decimal.Decimal(0), decimal_places=2, max_digits=11, **kwargs)
        self.error_messages["invalid"] = "Write an amount in pounds, as in 1,250.50"
        self.error_messages["max_decimal_places"] = "Write pounds and pence, as in 1,250.50"

    def to_python(self, value: Any) -> Any:
        """The amount without the marks that people write into it."""
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").replace(" ", "")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        """The amount in whole pence; None where none was written."""
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)


class PointsTableForm(forms.Form):
    """A whole table, a line an answer."""

    lines = forms.CharField(
        label="Questions, answers and points",
        help_text="One line for each answer: question | answer | points",
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Write the lines of the table"},
    )
    pence_a_point = PoundsField(
        label="What a point is worth a year",
        error_messages={"required": "Say what a point is worth a year"},
    )
    source = forms.CharField(
        label="By which decision it is published, and where it can be read",
        max_length=300,
        error_messages={"required": "Say by which decision it is published"},
    )
    starts_on = forms.DateField(
        label="From which day",
        input_formats=DAYS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Say from which day it holds",
            "invalid": "Write the day as 03/04/2026",
        },
    )

    def clean_lines(self) -> list[Worth]:
        """Each line in its three parts."""
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 3 or not parts[0] or not parts[1] or not parts[2].isdigit():
                raise forms.ValidationError(
                    f"Line {number}: write question | answer | points, with points in figures"
                )
            if int(parts[2]) > 10_000:
                raise forms.ValidationError(
                    f"Line {number}: no answer gives more than 10,000 points"
                )
            found.append(Worth(parts[0][:200], parts[1][:200], int(parts[2])))
        return found


class LimitForm(forms.Form):
    """A limit of the posts of a role in an agency."""

    agency = forms.ChoiceField(label="Whose employees")
    role = forms.ChoiceField(
        label="In which role", choices=[(each.code, each.name) for each in ROLES]
    )
    up_to = PoundsField(
        label="Up to how much a year",
        error_messages={"required": "Say up to how much a year"},
    )
    alone = PoundsField(
        label="Up to how much of what they made themselves (optional)",
        help_text="Above this, whoever made a budget does not authorise it.",
        required=False,
    )
    scheme = forms.CharField(
        label="Scheme of delegation and its clause",
        max_length=200,
        error_messages={"required": "Name the scheme and its clause"},
    )
    starts_on = forms.DateField(
        label="From which day",
        input_formats=DAYS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Say from which day it holds",
            "invalid": "Write the day as 03/04/2026",
        },
    )

    def __init__(self, agencies: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    def said(self) -> LimitSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return LimitSaid(
            agency=said["agency"],
            role=said["role"],
            up_to_pence=said["up_to"],
            alone_up_to_pence=said["alone"] or 0,
            scheme=said["scheme"],
        )
