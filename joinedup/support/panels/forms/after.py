"""What the coordinator says of what became of a decision."""

from django import forms

from joinedup.support.cases.forms.boxes import text_box


class FollowUpForm(forms.Form):
    """What became of it, in words."""

    words = text_box("What became of it?", "Say what became of it")
