"""What is asked of a service's sessions at a host: where, when, in which phase, and what changes."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Team
from joinedup.foundations.core.wording import day
from joinedup.foundations.places.models import Practice
from joinedup.support.cases.forms.boxes import day_box
from joinedup.support.panels.choices import Rhythm
from joinedup.support.panels.forms.panel import WEEKDAYS
from joinedup.support.panels.operations.in_reach import Planned


def _number(label: str, most: int, missing: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, error_messages={"required": missing},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        **more,
    )  # fmt: skip


class SessionsForm(forms.Form):
    """A service's sessions at a practice or another site."""

    team = forms.ChoiceField(
        label="Which service comes in", error_messages={"required": "Choose the service"}
    )
    practice = forms.ChoiceField(label="To which practice", required=False)
    site = forms.CharField(
        label="Or to which other site", max_length=200, required=False,
        help_text="For example, a children’s centre",
    )  # fmt: skip
    phase = _number("Phase of the service’s plan", 20, "Give the phase", initial=1)
    is_pilot = forms.BooleanField(label="It is a pilot", required=False)
    words = forms.CharField(
        label="What it is for; of a pilot, what it is to show", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label="How often", choices=[(each.value, each.label) for each in Rhythm]
    )
    weekday = forms.ChoiceField(label="Day", choices=WEEKDAYS)
    at_time = forms.TimeField(
        label="Time", help_text="For example, 14:00", input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Give the time", "invalid": "Write the time like 14:00"},
    )  # fmt: skip
    minutes = _number("Minutes a session", 600, "Give the minutes", initial=180)
    places = _number("People a session has time for", 100, "Say how many people", initial=6)
    starts_on = day_box("From")
    ends_on = day_box("Until, where that is known", required=False)

    def __init__(
        self, teams: Sequence[Team], hosts: Sequence[Practice], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in teams}
        self.hosts = {each.pk: each for each in hosts}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((key, f"{each.name}, {each.agency.name}") for key, each in self.teams.items()),
        ]  # fmt: skip
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            ("", "None"), *((each.pk, each.name) for each in hosts),
        ]  # fmt: skip

    def said(self) -> Planned:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return Planned(
            team=self.teams[said["team"]], practice=self.hosts.get(said["practice"]),
            site=said["site"], phase=said["phase"], is_pilot=said["is_pilot"],
            words=said["words"], rhythm=Rhythm(said["rhythm"]), weekday=int(said["weekday"]),
            at_time=said["at_time"], minutes=said["minutes"], places=said["places"],
            starts_on=said["starts_on"], ends_on=said["ends_on"],
        )  # fmt: skip


class SessionForm(forms.Form):
    """One session that is moved, or not held."""

    on = forms.ChoiceField(label="Which session", error_messages={"required": "Choose the session"})
    moved_to = day_box("To which day it is moved", required=False)
    because = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why"})

    def __init__(self, held: Sequence[datetime.date], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((each.isoformat(), day(each)) for each in held)]
        self.fields["on"].choices = choices  # type: ignore[attr-defined]
        self.fields["moved_to"].help_text = "Leave it empty where the session is not held at all."

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        return self.cleaned_data | {"on": datetime.date.fromisoformat(self.cleaned_data["on"])}


class EndForm(forms.Form):
    """From which day on a service comes in no longer."""

    ends_on = day_box("First day without it")
