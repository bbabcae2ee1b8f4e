"""Whom the chair chooses instead, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms


class ChooseForm(forms.Form):
    """Another lead than the product proposed."""

    post = forms.ChoiceField(
        label="Who should lead?", error_messages={"required": "Choose who should lead"}
    )
    why = forms.CharField(
        label="Why?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you choose somebody else"},
    )

    def __init__(self, posts: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose"), *posts]  # type: ignore[attr-defined]
