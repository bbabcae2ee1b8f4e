"""What is asked of a door's line."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Team
from joinedup.identity.sharing.forms.agreements import DayField
from joinedup.support.safeguarding.choices import Audience, Door, Hours
from joinedup.support.safeguarding.operations import LineSaid


def _words(label: str, hint: str, required: str, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        error_messages={
            "required": required,
            "max_length": f"Say it in {longest} characters or fewer",
        },
    )


def _one_of(label: str, words: Any, required: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(word.value, word.label) for word in words],
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


class LineForm(forms.Form):
    """Which door, at what hours, who answers at which number, whom it rings, since when."""

    door = _one_of("Which door?", Door, "Choose the door")
    audience = _one_of("For whom?", Audience, "Choose for whom it is")
    hours = _one_of("When does it answer?", Hours, "Choose when it answers")
    name = _words("Who answers?", "As it reads beside the number.", "Say who answers", 100)
    number = _words("Which number?", "", "Give the number", 60)
    source = _words(
        "Where is the number from?",
        "Whose word it is, and of when.",
        "Say where the number is from",
        200,
    )
    team = forms.ChoiceField(label="Which team does it ring?", required=False)
    deputy = forms.ChoiceField(label="Which team is the deputy?", required=False)
    procedures = forms.URLField(
        label="Where are the local procedures?",
        help_text="The web address of the safeguarding partners’ own, if you have it.",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Give the whole web address, as https://example.org"},
    )
    starts_on = DayField(label="From which day?")

    def __init__(
        self, teams: Sequence[Team], today: datetime.date, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [
            ("", "No team"),
            *((str(team.pk), f"{team.name}, {team.agency.name}") for team in teams),
        ]
        for field in ("team", "deputy"):
            self.fields[field].choices = named  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = f"{today.day} {today.month} {today.year}"

    def said(self) -> LineSaid:
        """The line as it was described."""
        said = self.cleaned_data
        return LineSaid(
            Door(said["door"]), Audience(said["audience"]), Hours(said["hours"]), said["name"],
            said["number"], said["source"], int(said["team"]) if said["team"] else None,
            int(said["deputy"]) if said["deputy"] else None, said["procedures"],
        )  # fmt: skip
