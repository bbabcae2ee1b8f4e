"""To whom each thing that an agency wrote belongs, where one person turned out to be two."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.core import wording
from joinedup.identity.sharing.queries.held_placing import Waits


class HeldPlacingForm(forms.Form):
    """A choice for each thing that waits; what is not decided yet is left as it is."""

    def __init__(self, waiting: Sequence[Waits], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in waiting:
            self.fields[f"place-{each.pk}"] = forms.ChoiceField(
                label=each.what,
                help_text=f"{each.about}, since {wording.day(each.since)}",
                choices=[
                    (str(each.stays), each.stays_name),
                    (str(each.goes), each.goes_name),
                    ("", "Not decided yet"),
                ],
                required=False,
                widget=forms.RadioSelect,
                initial="",
            )

    def clean(self) -> dict[str, Any]:
        """At least one is decided."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            raise forms.ValidationError("Say of at least one of them to whom it belongs.")
        return cleaned

    def decisions(self) -> dict[int, uuid.UUID]:
        """What was decided, by the key of what waits."""
        return {
            int(name.removeprefix("place-")): uuid.UUID(chosen)
            for name, chosen in self.cleaned_data.items()
            if chosen
        }
