"""A form of one row that two people may change at once: it carries what it was opened with."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from joinedup.identity.sharing.rules.editing import Difference, merged, seal


class RowForm(forms.Form):
    """Says what each field held when it was opened, so that of two who save nobody loses a word."""

    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edited"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        for name in self.names:
            self.fields[f"was_{name}"] = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def opened(
        cls, offered: Mapping[str, Any], saved: Mapping[str, Any], edited: int
    ) -> dict[str, Any]:
        """What the form shows, with the seals of what is saved."""
        seals = {f"was_{name}": seal(saved[name]) for name in cls.names}
        return {"edited": edited, **seals, **{name: offered[name] for name in cls.names}}

    @property
    def written(self) -> dict[str, Any]:
        """What was typed, field by field."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def edited(self) -> int:
        """The count the form was opened with."""
        return self.cleaned_data["edited"] or 0

    def beside(self, saved: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Difference, ...]]:
        """What to offer next where somebody else saved first, and where the two differ."""
        was = {name: self.cleaned_data[f"was_{name}"] for name in self.names}
        return merged(self.names, was, saved, self.written)

    def told(self, name: str, value: object) -> str:
        """A value of a field as it reads on the page."""
        if value in (None, ""):
            return "Empty"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(str(value), value))
