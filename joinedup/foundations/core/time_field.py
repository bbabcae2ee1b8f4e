"""A time of day in one box, as people write it."""

import datetime
from typing import Any

from django import forms

TIME_FORMATS = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H%M", "%H")


class TimeField(forms.TimeField):
    """A time as people write it: 14:30, 2.30pm, 9am."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", TIME_FORMATS)
        wrong = "Write the time like 14:30 or 2.30pm"
        options.setdefault("error_messages", {"invalid": wrong, "required": wrong})
        box = forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input--width-5", "autocomplete": "off"}
        )
        super().__init__(widget=box, **options)

    def to_python(self, value: Any) -> datetime.time | None:
        """Read with or without the blanks that people put in."""
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)
