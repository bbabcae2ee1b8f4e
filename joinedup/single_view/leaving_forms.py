"""What letting an agency leave asks, and letting it stay."""

from typing import Any

from django import forms

from joinedup.identity.sharing.forms.agreements import DayField, words_field


class ForetellForm(forms.Form):
    """The day alone, to see what would change."""

    leaves_on = DayField(
        label="From which day is it no longer part of the partnership?",
        help_text="What it gives and gets shuts as that day begins. For example, 27 3 2027",
    )


class LeaveForm(ForetellForm):
    """The day, why, what becomes of its data, and that what would change was read."""

    because = words_field("Why does it leave?", "", "Say why it leaves")
    data_becomes = words_field(
        "What becomes of the data it delivered?",
        "As its agreements say: given back, erased here, kept by whom and how long.",
        "Say what becomes of its data",
    )
    read = forms.BooleanField(
        label="I have read what would change: it is shown below once you have said the rest",
        error_messages={"required": "Read below what would change, then tick the box"},
    )

    @property
    def lacks_only_reading(self) -> bool:
        """Whether all is said but that it was read: then what would change is shown first."""
        return self.is_bound and set(self.errors) == {"read"}


class StayForm(forms.Form):
    """Why an exit is taken back."""

    stays_because = words_field("Why does it stay?", "", "Say why it stays")


def form_for(*, decides: bool) -> type[Any]:
    """The form of whoever decides, or of whoever only foretells."""
    return LeaveForm if decides else ForetellForm
