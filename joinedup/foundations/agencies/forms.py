"""What appointing, moving, managing and ending a post ask for."""

import datetime
from collections.abc import Callable
from typing import Any, cast

from django import forms

from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import ROLES

_EMAIL = {"autocomplete": "off", "spellcheck": False}
_DAYS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]


def _day(label: str, **more: Any) -> forms.DateField:
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


class TeamChoice(forms.ModelChoiceField):
    """A team, told with its agency."""

    def label_from_instance(self, team: Any) -> str:
        """The agency first, for teams of the same name are many."""
        return f"{team.agency.name}: {team.name}"


class SearchForm(forms.Form):
    """What the list of posts is narrowed to."""

    q = forms.CharField(
        label="Name, e-mail address, team, agency or role",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )
    ended = forms.BooleanField(label="Show posts that have ended, too", required=False)


class AppointForm(forms.Form):
    """Who, where, as what, from when."""

    name = forms.CharField(
        label="Full name",
        max_length=200,
        widget=forms.TextInput(attrs=_EMAIL),
        error_messages={"required": "Enter their full name"},
    )
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="They sign in with it. Where it has an account already, the post is added to that.",
        widget=forms.EmailInput(attrs=_EMAIL),
        error_messages={
            "required": "Enter their work e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    team = TeamChoice(
        Team.objects.none(), label="Team", error_messages={"required": "Choose a team"}
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.code, role.name) for role in ROLES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    starts_on = _day("First day")
    ends_on = _day(
        "Ends on",
        required=False,
        help_text="The first day no longer held. Leave empty if not known",
    )
    home_agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Employed by",
        required=False,
        empty_label="The team’s own agency",
    )

    def __init__(self, teams: Any, agencies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(TeamChoice, self.fields["team"]).queryset = teams
        cast(forms.ModelChoiceField, self.fields["home_agency"]).queryset = agencies


class EndForm(forms.Form):
    """From which day a post is no longer held."""

    ends_on = _day("First day no longer held", help_text="Today ends it now, and signs them out.")


class MoveForm(forms.Form):
    """To which team, from which day."""

    team = TeamChoice(
        Team.objects.none(), label="New team", error_messages={"required": "Choose a team"}
    )
    on = _day("From")

    def __init__(self, teams: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(TeamChoice, self.fields["team"]).queryset = teams


class ManagersForm(forms.Form):
    """The two who answer for a post, by e-mail address; they may differ."""

    operational_manager = forms.EmailField(
        label="Operational manager", required=False, widget=forms.EmailInput(attrs=_EMAIL),
        help_text="Directs the day’s work. Their e-mail address, or empty",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip
    professional_supervisor = forms.EmailField(
        label="Professional supervisor", required=False, widget=forms.EmailInput(attrs=_EMAIL),
        help_text="Looks after their practice. May be somebody else, in another agency",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip

    def __init__(
        self, posts_of: Callable[[str], list[Post]], near: Post, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._posts_of, self._near = posts_of, near

    def clean_operational_manager(self) -> Post | None:
        return self._post("operational_manager")

    def clean_professional_supervisor(self) -> Post | None:
        return self._post("professional_supervisor")

    def _post(self, field: str) -> Post | None:
        """Whose post is meant: the one in the same team, else agency, else the longest held."""
        email = self.cleaned_data[field]
        if not email:
            return None
        held = self._posts_of(email)
        if not held:
            raise forms.ValidationError("Nobody with that e-mail address holds a post today")
        near = self._near
        return min(
            held,
            key=lambda p: (
                p.team_id != near.team_id,
                p.team.agency_id != near.team.agency_id,
                p.starts_on,
            ),
        )


def today_or_later(day: datetime.date) -> dict[str, datetime.date]:
    """What a form that asks for a day begins with."""
    return {"ends_on": day, "on": day, "starts_on": day}
