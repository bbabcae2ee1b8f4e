"""What the caseload is narrowed to, and to whom chosen cases are given."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.places.queries import Choices
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.client_group import ClientGroup
from joinedup.support.cases.rules.caseload import NO_CONTACT_AFTER_DAYS, Mark, Narrowed


class NarrowForm(forms.Form):
    """Whose cases, which of them, called what, and after how many days without contact."""

    whose = forms.ChoiceField(
        label="Whose",
        required=False,
        choices=[("mine", "Those I lead"), ("team", "All we work at")],
    )
    mark = forms.ChoiceField(
        label="What asks for attention",
        required=False,
        choices=[("", "All"), *((each.value, each.label) for each in Mark)],
    )
    programme = forms.ChoiceField(
        label="Programme",
        required=False,
        choices=[("", "All"), *((each.value, each.label) for each in Programme)],
    )
    group = forms.ChoiceField(
        label="Group",
        required=False,
        choices=[("", "All"), *((each.value, each.label) for each in ClientGroup)],
    )
    where = forms.ChoiceField(label="Lives in", required=False)
    days = forms.IntegerField(
        label="No contact means longer than (days)",
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Write a number of days, as in 28"},
    )
    q = forms.CharField(
        label="Name",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )

    def __init__(self, parts: Choices, *args: Any, groups: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = parts  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def narrowed(self) -> Narrowed:
        """What was asked; what is not understood narrows nothing."""
        if not self.is_valid():
            return Narrowed()
        said = self.cleaned_data
        return Narrowed(
            q=said["q"],
            whose=said["whose"] or "mine",
            mark=said["mark"],
            programme=said["programme"],
            group=said.get("group", ""),
            days=said["days"] or NO_CONTACT_AFTER_DAYS,
            where=said["where"],
        )

    def as_query(self) -> dict[str, str]:
        """What was asked, for the links from page to page and for keeping."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {name: str(value) for name, value in asked.items() if value}


class GiveForm(forms.Form):
    """Which cases, and who is to lead them."""

    case = forms.TypedMultipleChoiceField(
        coerce=uuid.UUID, error_messages={"required": "Choose the cases first"}
    )
    to = forms.TypedChoiceField(
        coerce=uuid.UUID, error_messages={"required": "Choose who is to lead them"}
    )

    def __init__(
        self,
        cases: Sequence[uuid.UUID],
        colleagues: Sequence[tuple[uuid.UUID, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(str(each), "") for each in cases]  # type: ignore[attr-defined]
        self.fields["to"].choices = [(str(key), text) for key, text in colleagues]  # type: ignore[attr-defined]
