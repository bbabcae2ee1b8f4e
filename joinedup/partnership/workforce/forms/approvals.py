"""What entering a function and approving somebody ask for."""

import datetime
from typing import Any, cast

from django import forms

from joinedup.foundations.agencies.models import Agency
from joinedup.partnership.workforce.choices import FunctionCode, Route

_DAYS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day as people write it."""
    return forms.DateField(
        label=label,
        input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": f"Enter the day: {label.casefold()}",
            "invalid": "Enter a day like 23/11/2026",
        },
        **{"help_text": "Such as 23/11/2026", **more},
    )


class FunctionForm(forms.Form):
    """Which function, who answers for it, who carries it out, by what right and since when."""

    function = forms.ChoiceField(
        label="Function", choices=[(each.value, each.label) for each in FunctionCode]
    )
    accountable = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Who answers for it in law",
        error_messages={"required": "Choose who answers for it"},
    )
    operating = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Who carries it out",
        error_messages={"required": "Choose who carries it out"},
    )
    route = forms.ChoiceField(
        label="By what right",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Route],
        error_messages={"required": "Choose by what right it is carried out"},
    )
    reference = forms.CharField(
        label="Reference of the agreement, where it is delegated", max_length=100, required=False
    )
    evidence = forms.CharField(
        label="Where that is written",
        help_text="A minute, a clause, a scheme of delegation.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": "Say where the decision is written"},
    )
    starts_on = day_field("From")

    def __init__(self, bodies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("accountable", "operating"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = bodies

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        said = dict(self.cleaned_data)
        return said | {
            "function": FunctionCode(said["function"]), "route": Route(said["route"])
        }  # fmt: skip


class ApprovalForm(forms.Form):
    """Who is approved for what, by whom, on what evidence, from when until when."""

    email = forms.EmailField(
        label="Their work e-mail address",
        error_messages={
            "required": "Enter their work e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    function = forms.ChoiceField(
        label="Approved as",
        choices=[
            (
                each.value,
                f"{each.about.approved_role[:1].upper()}{each.about.approved_role[1:]}: {each.label}",
            )
            for each in FunctionCode
            if each.needs_approval
        ],
    )
    given_by = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Approved by",
        error_messages={"required": "Choose who approved them"},
    )
    evidence = forms.CharField(
        label="Number of the warrant or decision, and where it is kept",
        max_length=300,
        error_messages={"required": "Give the number, and where it is kept"},
    )
    starts_on = day_field("First day")
    ends_on = day_field("First day no longer approved")

    def __init__(self, bodies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["given_by"]).queryset = bodies


class EndFunctionForm(forms.Form):
    """From which day a body no longer carries a function out."""

    ends_on = day_field("First day it no longer holds")


class WithdrawForm(forms.Form):
    """From which day an approval no longer holds, and why."""

    ends_on = day_field("First day no longer approved")
    because = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why it ends"}
    )


def from_today(day: datetime.date) -> dict[str, datetime.date]:
    """What a form that asks for days begins with."""
    return {"starts_on": day, "ends_on": day}
