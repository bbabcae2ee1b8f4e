"""Boxes that several forms of a case have: one of a few, words, a day."""

from collections.abc import Iterable
from typing import Any

from django import forms

DAYS = ["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"]
"""How a day may be typed."""


def day_box(label: str, **more: Any) -> forms.DateField:
    """A day in one box."""
    return forms.DateField(
        label=label, help_text="For example, 27 3 2026", input_formats=DAYS,
        error_messages={"required": "Give the day", "invalid": "Write the day like 27 3 2026"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), **more,
    )  # fmt: skip


def radio(label: str, choices: Iterable[tuple[str, str]], missing: str, **more: Any) -> Any:
    """One of a few, as buttons."""
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing}, **more,
    )  # fmt: skip


def text_box(label: str, missing: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    """A box for words."""
    return forms.CharField(
        label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}),
        required=bool(missing), error_messages={"required": missing}, **more,
    )  # fmt: skip
