"""What is asked of whoever says whom a referral is about."""

from django import forms


class SettleForm(forms.Form):
    """Which person it is, or nobody; and what the page had shown by then."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TakeBackForm(forms.Form):
    """Why it was not them."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="How did it come out that it is not them?",
        help_text="Whoever works at this next reads it. The sender does not.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how it came out"},
    )
