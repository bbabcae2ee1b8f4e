"""What is asked of whoever takes high risk, and of whoever says which team takes it."""

from typing import Any

from django import forms

from joinedup.support.frontdoor.forms.keeping import Choices, day_box
from joinedup.support.frontdoor.models.high_risk import TO_A_TEAM


class BecameForm(forms.Form):
    """What became of it."""

    words = forms.CharField(
        label="What became of it?",
        help_text="The front door reads this. Whoever sent the referral does not.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what became of it"},
    )


class InboxForm(forms.Form):
    """Which team takes what goes to MARAC, MAPPA or IOM, and from when."""

    route = forms.ChoiceField(
        label="What goes to",
        choices=[("", "Choose"), *((each.value, each.label) for each in TO_A_TEAM)],
        error_messages={"required": "Choose where it goes"},
    )
    team = forms.ChoiceField(
        label="Team that takes it", error_messages={"required": "Choose the team"}
    )
    starts_on = day_box("From", "Write the day it starts")

    def __init__(self, teams: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Choose"), *teams]  # type: ignore[attr-defined]
