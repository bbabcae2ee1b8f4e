"""What answering an alert of fatigue asks."""

from django import forms


class AlertForm(forms.Form):
    """What is done so that the person is not passed on again."""

    done_about = forms.CharField(
        label="What is done so that the person is not passed on again?",
        help_text="Such as who has agreed to stay with them until help has begun.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is done so that the person is not passed on again"},
    )
