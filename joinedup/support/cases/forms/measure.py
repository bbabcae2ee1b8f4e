"""What is asked beside a measure: at which point of the work it is taken, and on which day."""

from django import forms

from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.forms.boxes import day_box, radio


class TakingForm(forms.Form):
    """When a measure was taken."""

    point = radio("When in the work is it taken?", [(e.value, e.label) for e in MeasurePoint],
                  "Choose when in the work it is taken")  # fmt: skip
    taken_on = day_box("On which day?")
