"""Which cases move, where to, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Team
from joinedup.foundations.places.models import Locality
from joinedup.support.cases.choices import Programme


class WhereForm(forms.Form):
    """The locality, the team and the programme of a move; asked before anything is moved."""

    locality = forms.ModelChoiceField(
        Locality.objects.none(), label="Teams that serve", required=False, empty_label="Anywhere"
    )
    team = forms.ChoiceField(
        label="To which team?", error_messages={"required": "Choose the team they go to"}
    )
    programme = forms.ChoiceField(
        label="Which cases?",
        required=False,
        choices=[("", "All that my team leads"), *((each.value, each.label) for each in Programme)],
    )

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locality"].queryset = Locality.objects.filter(ends_on=None).order_by("name")  # type: ignore[attr-defined]
        choices = [(str(team.pk), f"{team.name}, {team.agency.name}") for team in teams]
        self.fields["team"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Why they move, and which other teams' cases are to go with them; said with the preview in view."""

    reason = forms.CharField(
        label="Why do they move?",
        help_text="Whoever leads them, and whoever is to, reads this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why they move"},
    )
    others = forms.TypedMultipleChoiceField(
        label="Do other teams’ cases go there too?",
        help_text="Each team’s manager sees their own cases and agrees, or says why they stay.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(team.pk), f"{team.name}, {team.agency.name}") for team in teams]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["others"]


class StayForm(forms.Form):
    """Why a team's cases do not go with the others."""

    because = forms.CharField(
        label="Why do your team’s cases stay?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why your team’s cases stay"},
    )
