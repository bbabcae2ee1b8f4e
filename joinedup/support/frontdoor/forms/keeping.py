"""What is asked of a route, an opening, a threshold, a school’s manager and a batch."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.frontdoor.choices import (
    ContactReason,
    Duty,
    EmergencyService,
    Need,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.operations.batches import STEPS_DOWN
from joinedup.support.frontdoor.operations.routes import RouteWords

Choices = Sequence[tuple[str, str]]


def _text(label: str, missing: str = "", hint: str = "", *, most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=bool(missing), max_length=most,
        error_messages={"required": missing, "max_length": f"Use up to {most} letters"},
    )  # fmt: skip


def _words(label: str, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )  # fmt: skip


def day_box(label: str, missing: str = "", hint: str = "Like 27 3 2027") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=bool(missing),
        input_formats=["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
        widget=forms.DateInput(format="%d %m %Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": missing, "invalid": "Write a day that exists, like 27 3 2027"},
    )  # fmt: skip


def _number(label: str, hint: str = "", *, most: int, least: int = 0, missing: str = "") -> Any:
    said = f"Write a number from {least} to {most}"
    return forms.IntegerField(
        label=label, help_text=hint, required=bool(missing), min_value=least, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "required": missing, "invalid": said, "min_value": said, "max_value": said,
        },
    )  # fmt: skip


def _one(label: str, words: Any, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *((each.value, each.label) for each in words)],
        error_messages={"required": missing},
    )  # fmt: skip


class RouteForm(forms.Form):
    """A route: what it does, who takes it, for whom."""

    code = forms.SlugField(
        label="Code", max_length=40, help_text="Small letters and hyphens; it stays as it is.",
        error_messages={
            "required": "Give it a code", "invalid": "Use small letters, figures and hyphens",
        },
    )  # fmt: skip
    name = _text("Name", "Give it a name")
    sentence = _text("What it does, in one sentence", "Say what it does", most=300)
    kind = _one(
        "Sort of route", [k for k in RouteKind if k is not RouteKind.LEAD], "Choose the sort"
    )
    is_warm = forms.BooleanField(
        label="A warm hand-over: a team is asked to take the person on", required=False
    )
    team = forms.ChoiceField(label="Team that takes it", required=False)
    reach = _text("If it is a signpost: how somebody gets there", most=300)
    needs = forms.MultipleChoiceField(
        label="Needs it helps with", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(need.value, need.label) for need in Need],
        help_text="None chosen means all.",
    )  # fmt: skip
    localities = forms.MultipleChoiceField(
        label="Localities it serves", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None chosen means the whole place.",
    )  # fmt: skip
    from_age = _number("From age", most=120)
    to_age = _number("To age", most=120)
    duty = forms.ChoiceField(
        label="Duty in law it answers", required=False,
        choices=[(duty.value, duty.label) for duty in Duty],
        help_text="Never refused for capacity, and never a signpost.",
    )  # fmt: skip

    def __init__(self, teams: Choices, localities: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "None"), *teams]  # type: ignore[attr-defined]
        self.fields["localities"].choices = localities  # type: ignore[attr-defined]

    def written(self) -> RouteWords:
        """The route as it is to be kept."""
        said = self.cleaned_data
        return RouteWords(
            name=said["name"], sentence=said["sentence"], kind=RouteKind(said["kind"]),
            team_id=int(said["team"]) if said["team"] else None,
            needs=tuple(Need(each) for each in said["needs"]),
            localities=tuple(said["localities"]), from_age=said["from_age"],
            to_age=said["to_age"], duty=Duty(said["duty"]), is_warm=said["is_warm"],
            reach=said["reach"],
        )  # fmt: skip


class CapacityForm(forms.Form):
    """When a route next meets or has a place, and how many."""

    next_on = day_box("Next meeting or first free day")
    places = _number("Places until then", "Leave it empty where they are not counted.", most=1000)


class EndForm(forms.Form):
    """The day something ends."""

    ends_on = day_box("Ends before this day", "Write the day")


class OpeningForm(forms.Form):
    """Which source opens, in which phase, on what test result, from when."""

    source = _one("Source", Source, "Choose the source")
    phase = _text("Phase of the programme", "Name the phase", most=60)
    test_result = _words(
        "What the test showed",
        "Write what the test showed",
        "How many were tried, and how many went where they should.",
    )
    opens_on = day_box("Opens on", "Write the day it opens")


class ThresholdForm(forms.Form):
    """From how many contacts in how many days use counts, by whose rule, from when."""

    service = _one("Contacts with", EmergencyService, "Choose the service")
    reason = _one("Sort of contact", ContactReason, "Choose the sort")
    contacts = _number("How many", most=1000, least=1, missing="Write how many")
    days = _number("In how many days", most=3660, least=1, missing="Write in how many days")
    source = _text("Whose rule that is", "Name the source", "Who says so, and where.", most=300)
    starts_on = day_box("From", "Write the day it starts")


class SchoolForm(forms.Form):
    """Who answers for a school, and who covers."""

    school = _text("School", "Name the school")
    manager = forms.ChoiceField(
        label="Social work manager", error_messages={"required": "Choose who answers for it"}
    )
    covered_by = forms.ChoiceField(label="Covered by", required=False)
    because = _text(
        "Why it changes",
        hint="Where the school has one already: it stands in the history.",
        most=300,
    )
    starts_on = day_box("From", "Write the day it starts")

    def __init__(self, posts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].choices = [("", "Choose"), *posts]  # type: ignore[attr-defined]
        self.fields["covered_by"].choices = [("", "Nobody named"), *posts]  # type: ignore[attr-defined]


class BatchForm(forms.Form):
    """A file of approved step-downs."""

    source = forms.ChoiceField(
        label="Stepped down by",
        choices=[("", "Choose"), *sorted((s.value, s.label) for s in STEPS_DOWN)],
        error_messages={"required": "Choose who steps them down"},
    )
    approval = _text("Who approved them, and when?", "Say who approved them, and when", most=300)
    file = forms.FileField(
        label="The file",
        help_text="CSV, up to 500 rows and 2 MB.",
        error_messages={"required": "Choose the file", "empty": "This file is empty"},
    )
