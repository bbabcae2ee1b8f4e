"""What is said to somebody who wrote on their own page."""

from django import forms


class AnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(
        label="Your answer",
        help_text="They read this on their own page. Say what you did about it, in plain words.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your answer"},
    )
