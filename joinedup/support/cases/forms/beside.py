"""What asking for advice, a stay, a function of the law and a coordinating lead ask for."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.level import StepDirection
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.forms.stepping import FIND_FIRST
from joinedup.support.cases.operations.placements import Stay

_DAYS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text="Such as 23/11/2026",
        input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": f"Enter the day: {label.casefold()}",
            "invalid": "Enter a day like 23/11/2026",
        },
        **more,
    )


def _words(label: str, required: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": required},
        **more,
    )


class AdviceForm(forms.Form):
    """Whom to ask, what, what the specialist has to know, and whether the person knows."""

    to_team = forms.ChoiceField(
        label="Which team?", widget=forms.RadioSelect,
        error_messages={"required": "Choose the team", "invalid_choice": "Choose the team"},
    )  # fmt: skip
    question = _words("What do you ask?", "Write what you ask")
    sent = _words(
        "What they have to know",
        "Write what they have to know for it",
        help_text="They read this and nothing else of the case. Leave the name out where it is not needed.",
    )
    footing = forms.ChoiceField(
        label="Does the person know?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Footing],
        error_messages={"required": "Choose whether the person knows and agrees"},
    )
    because = forms.CharField(
        label="If they have not agreed, why you ask all the same",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, teams: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_team"].choices = [(str(key), text) for key, text in teams]  # type: ignore[attr-defined]
        if not teams:
            del self.fields["to_team"]

    def clean(self) -> dict[str, Any]:
        """Nobody is asked before a team is found; without agreement there is a reason."""
        cleaned = super().clean() or {}
        if "to_team" not in self.fields:
            self.add_error(None, FIND_FIRST)
        footing = cleaned.get("footing")
        if footing and Footing(footing).needs_reason and not cleaned.get("because"):
            self.add_error("because", "Say why without their agreement: it is a disclosure")
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        said = dict(self.cleaned_data)
        team = int(said.pop("to_team"))
        return said | {"to_team_id": team, "footing": Footing(said["footing"])}


class StayForm(forms.Form):
    """Who stays where, why, from when and until when it is planned."""

    person = forms.ChoiceField(
        label="Who?", widget=forms.RadioSelect, error_messages={"required": "Choose who stays"}
    )
    site = forms.ChoiceField(
        label="Where?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where", "invalid_choice": "No place is free there now"},
    )
    direction = forms.ChoiceField(
        label="Which way?",
        widget=forms.RadioSelect,
        choices=[
            (StepDirection.UP.value, "Up, from home"),
            (StepDirection.DOWN.value, "Down, from hospital"),
        ],
        error_messages={"required": "Choose which way"},
    )
    because = _words("What the stay is for", "Say what the stay is for")
    starts_on = _day("First day")
    planned_end_on = _day("Planned to end on")

    def __init__(
        self,
        persons: Sequence[tuple[uuid.UUID, str]],
        sites: Sequence[tuple[int, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), text) for key, text in persons]  # type: ignore[attr-defined]
        self.fields["site"].choices = [(str(key), text) for key, text in sites]  # type: ignore[attr-defined]
        if not sites:
            del self.fields["site"]

    def clean(self) -> dict[str, Any]:
        """A stay needs a place."""
        cleaned = super().clean() or {}
        if "site" not in self.fields:
            self.add_error(None, "No place is free now")
        return cleaned

    def said(self) -> Stay:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return Stay(
            person_id=uuid.UUID(said["person"]),
            site_id=int(said["site"]),
            direction=StepDirection(said["direction"]),
            because=said["because"],
            starts_on=said["starts_on"],
            planned_end_on=said["planned_end_on"],
        )


class EndStayForm(forms.Form):
    """When a stay ended and where the person went."""

    ends_on = _day("Last day")
    outcome = forms.ChoiceField(
        label="Where did they go?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in StayOutcome],
        error_messages={"required": "Choose where they went"},
    )
    words = forms.CharField(
        label="Anything the next team should know (optional)", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class PlacesForm(forms.Form):
    """How many places a site has, from a day on."""

    name = forms.CharField(
        label="Name of the site", max_length=120, error_messages={"required": "Name the site"}
    )
    kind = forms.ChoiceField(
        label="Kind of place", choices=[(each.value, each.label) for each in BedKind]
    )
    places = forms.IntegerField(
        label="How many places",
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter how many places", "invalid": "Enter a number"},
    )
    starts_on = _day("From")


class FunctionUsedForm(forms.Form):
    """Which function of the law, who carries it out, and why."""

    function = forms.ChoiceField(
        label="Function of the law",
        choices=[(each.value, f"{each.label} ({each.about.law})") for each in FunctionCode],
    )
    post = forms.ChoiceField(
        label="Who carries it out?", widget=forms.RadioSelect,
        error_messages={"required": "Choose who carries it out"},
    )  # fmt: skip
    because = _words("Why it is used here", "Say why it is used here")

    def __init__(self, posts: Sequence[tuple[uuid.UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(str(key), text) for key, text in posts]  # type: ignore[attr-defined]


class CoordinateForm(forms.Form):
    """Which case's lead is to coordinate, and why."""

    person = forms.ChoiceField(
        label="For whom?", widget=forms.RadioSelect, error_messages={"required": "Choose for whom"}
    )
    other = forms.ChoiceField(
        label="Whose lead is to coordinate?", widget=forms.RadioSelect,
        error_messages={"required": "Choose whose lead", "invalid_choice": "Choose whose lead"},
    )  # fmt: skip
    because = _words("Why this lead", "Say why this lead")

    def __init__(
        self,
        persons: Sequence[tuple[uuid.UUID, str]],
        cases: Sequence[tuple[uuid.UUID, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), text) for key, text in persons]  # type: ignore[attr-defined]
        self.fields["other"].choices = [(str(key), text) for key, text in cases]  # type: ignore[attr-defined]


def from_today(day: datetime.date) -> dict[str, str]:
    """What a form that asks for days begins with, written as people write it."""
    written = f"{day:%d/%m/%Y}"
    return {"starts_on": written, "ends_on": written}
