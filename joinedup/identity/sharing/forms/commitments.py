"""What is asked about a commitment of an agency."""

from django import forms

from joinedup.identity.sharing.choices import CommitmentKind
from joinedup.identity.sharing.forms.agreements import DayField, words_field


class CommitmentForm(forms.Form):
    """To what one's agency commits itself, by when."""

    kind = forms.ChoiceField(
        label="What kind of commitment is it?", widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in CommitmentKind],
        error_messages={"required": "Choose the kind"},
    )  # fmt: skip
    what = words_field(
        "What does your agency commit itself to?", "", "Say what your agency commits itself to"
    )
    due_on = DayField(label="By when?", help_text="For example, 27 3 2027")


class SettleForm(forms.Form):
    """What became of it."""

    kept = forms.ChoiceField(
        label="Was it kept?", widget=forms.RadioSelect,
        choices=[("yes", "It was kept"), ("no", "It was not kept")],
        error_messages={"required": "Say whether it was kept"},
    )  # fmt: skip
    became = words_field("What became of it?", "", "Say what became of it")
