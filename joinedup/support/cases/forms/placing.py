"""To whom each thing belongs, where one person turned out to be two."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.queries.placing import SplitShown


class PlacingForm(forms.Form):
    """A choice for each thing that waits; what is not decided yet is left as it is."""

    def __init__(self, splits: Sequence[SplitShown], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for split in splits:
            whose = [
                (str(split.stays), split.stays_name),
                (str(split.goes), split.goes_name),
                ("", "Not decided yet"),
            ]
            for each in split.waiting:
                self.fields[_name(each.pk)] = forms.ChoiceField(
                    label=f"{each.when}: {each.what}", help_text=each.label, choices=whose,
                    required=False, widget=forms.RadioSelect, initial="",
                )  # fmt: skip

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

    def beside(self, splits: Sequence[SplitShown]) -> list[tuple[SplitShown, list[Any]]]:
        """Each split with the boxes of what waits in it."""
        return [(split, [self[_name(each.pk)] for each in split.waiting]) for split in splits]


def _name(pk: int) -> str:
    return f"place-{pk}"
