"""What a safeguarding lead is asked about an alert of the combined-factor check."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices.combined import CombinedDecision
from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.cases.operations.combined import Deciding


class CombinedForm(forms.Form):
    """Share or do not share, why that is proportionate, and exactly what goes."""

    decision = radio("What do you decide?", [(e.value, e.label) for e in CombinedDecision],
                     "Choose what you decide")  # fmt: skip
    because = text_box(
        "Why is that proportionate?", "Say why",
        help_text="What the child gains, what the adult loses, and why not less would do.",
    )  # fmt: skip
    recipient = forms.ChoiceField(label="If you share: to whom", required=False)
    shared_words = text_box(
        "If you share: what you share", rows=5,
        help_text="Only these words go, with the adult’s name. They ring until somebody has them.",
    )  # fmt: skip
    more_detrimental = forms.BooleanField(
        label="If you do not share: sharing would harm the child more than not sharing",
        required=False,
    )

    def __init__(self, recipients: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "Choose one"), *recipients]  # type: ignore[attr-defined]

    def said(self) -> Deciding:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return Deciding(
            CombinedDecision(said["decision"]), said["because"], said["shared_words"],
            said["recipient"], said["more_detrimental"],
        )  # fmt: skip
