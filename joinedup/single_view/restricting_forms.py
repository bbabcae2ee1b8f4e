"""What keeping something of a person from sight asks for (P13)."""

import datetime
from typing import Any

from django import forms

from joinedup.foundations.core.dates import start_of
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.pipeline.standardise.dates import read_date

ADDRESS, MYSELF, SOMEBODY, WITHHOLD = "address", "myself", "somebody", "withhold"
KIND_OF = {
    ADDRESS: RestrictionKind.SAFETY_ADDRESS,
    MYSELF: RestrictionKind.BARRED_POST,
    SOMEBODY: RestrictionKind.BARRED_POST,
    WITHHOLD: RestrictionKind.HOLDER_WITHHOLDS,
}
_WHAT = {
    ADDRESS: "Where they live and how they are reached, for safety",
    WITHHOLD: "Something that my agency holds, from every other agency",
    MYSELF: "All of them, from me: a relative, a friend or a neighbour of mine",
    SOMEBODY: "All of them, from somebody who may not look",
}


class RestrictForm(forms.Form):
    """What is kept, why and until when; last what only some of it needs."""

    field_order = ("what", "because", "until", "email", "categories")

    what = forms.ChoiceField(
        label="What is to be kept from sight?",
        help_text="An address is set apart at every agency at once, from emergency access as well.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is to be kept from sight",
            "invalid_choice": "Choose one of these; a manager keeps colleagues away",
        },
    )
    categories = forms.MultipleChoiceField(
        label="If it is something your agency holds: what?",
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, each.label) for each in Category],
        required=False,
    )
    email = forms.EmailField(
        label="If somebody may not look: their work e-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )
    because = forms.CharField(
        label="Why",
        help_text="Only your agency reads this. Do not write where they are.",
        max_length=200,
        error_messages={
            "required": "Say why it is kept from sight",
            "max_length": "Say it in 200 characters or fewer",
        },
    )
    until = forms.CharField(
        label="Until which day, if it ends (optional)",
        help_text="For example, 31 3 2027. Else it stays until somebody ends it.",
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, may_bar: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [each for each in _WHAT if each != SOMEBODY or may_bar]
        self.fields["what"].choices = [(each, _WHAT[each]) for each in offered]  # type: ignore[attr-defined]
        if not may_bar:
            del self.fields["email"]

    def clean_until(self) -> datetime.datetime | None:
        """The midnight that ends the last day."""
        said = self.cleaned_data["until"].strip()
        if not said:
            return None
        try:
            return start_of(read_date(said) + datetime.timedelta(days=1))
        except ValueError as why:
            raise forms.ValidationError("Enter the day like 31 3 2027") from why

    def clean(self) -> dict[str, Any]:
        """What each choice needs beside it."""
        said = super().clean() or {}
        if said.get("what") == WITHHOLD and not said.get("categories"):
            self.add_error("categories", "Choose what your agency withholds")
        if said.get("what") == SOMEBODY and "email" in said and not said["email"]:
            self.add_error("email", "Enter the work e-mail address of who may not look")
        return said
