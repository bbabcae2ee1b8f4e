"""What the queue is narrowed to."""

from typing import Any

from django import forms

from joinedup.foundations.places.queries import Choices
from joinedup.support.frontdoor.choices import EntryRoute
from joinedup.support.frontdoor.queries.queue import WAITING_STATES, Narrowed


class NarrowForm(forms.Form):
    """Whose, in which state, by which way in, towards which route, called what."""

    q = forms.CharField(
        label="Name or reference",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )
    whose = forms.ChoiceField(
        label="Worked at by",
        required=False,
        choices=[("", "Everybody"), ("mine", "Me"), ("nobody", "Nobody yet")],
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All that wait"), *((s.value, s.label) for s in WAITING_STATES)],
    )
    entry = forms.ChoiceField(
        label="Way in",
        required=False,
        choices=[("", "All"), *((e.value, e.label) for e in EntryRoute)],
    )
    route = forms.ChoiceField(label="Route", required=False)
    where = forms.ChoiceField(label="Lives in", required=False)
    urgent = forms.BooleanField(label="Only urgent ones", required=False)

    def __init__(
        self, routes: list[tuple[str, str]], parts: Choices, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = parts  # type: ignore[attr-defined]
        self.fields["route"].choices = [("", "All"), *routes]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """What was asked; what is not understood narrows nothing."""
        if not self.is_valid():
            return Narrowed()
        return Narrowed(**self.cleaned_data)

    def as_query(self) -> dict[str, str]:
        """What was asked, for the links from page to page."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {
            name: "on" if value is True else str(value) for name, value in asked.items() if value
        }
