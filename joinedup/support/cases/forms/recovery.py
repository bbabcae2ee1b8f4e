"""What is asked beside the numbers that people give their goals."""

from django import forms

from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.forms.boxes import day_box, radio
from joinedup.support.cases.forms.plan import line, pairs

_WRITTEN = [each for each in pairs(RatedHow) if each[0] != RatedHow.OWN_PAGE]


class RatingForm(forms.Form):
    """When in the work, how they said it, and what they said beside the numbers."""

    point = radio("When in the work is it?", pairs(MeasurePoint), "Choose when in the work it is")
    how = radio("How did they give the numbers?", _WRITTEN, "Choose how they gave the numbers")
    words = line("What they said beside the numbers (optional)", longest=300)
    rated_on = day_box("On which day?")


class CorrectRatingForm(forms.Form):
    """The number as it was said, and what was wrong."""

    number = forms.TypedChoiceField(
        label="The number as they said it", coerce=int, choices=[(n, str(n)) for n in range(11)],
        error_messages={"required": "Choose the number"},
    )  # fmt: skip
    words = line("What was wrong", "Say what was wrong", longest=300)
