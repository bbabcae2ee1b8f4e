"""What is asked of somebody who waits for a panel: whether they agree, why they are taken out."""

import uuid
from typing import Any

from django import forms

from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.queries.parted import ToSay


class AgreementForm(forms.Form):
    """Whether they agree to be considered, or on which other basis they are (P24, P25)."""

    agreement = radio(
        "Do they agree?", [(each.value, each.label) for each in Agreement],
        "Choose whether they agree",
    )  # fmt: skip
    basis = text_box("If they have not agreed, on which other basis are they considered?", rows=2)

    def clean(self) -> dict[str, Any]:
        """Without agreement there is a basis."""
        cleaned = super().clean() or {}
        agreed = cleaned.get("agreement") == Agreement.AGREED
        if cleaned.get("agreement") and not agreed and not (cleaned.get("basis") or "").strip():
            self.add_error("basis", "Say on which basis they are considered")
        return cleaned


class WithdrawForm(forms.Form):
    """Why somebody is taken out of the queue."""

    because = text_box("Why is it taken out of the queue?", "Say why it is taken out", rows=2)


class WhomForm(forms.Form):
    """Which of two people an item is about, and how whoever says so knows."""

    belongs_to = forms.TypedChoiceField(
        label="Whom is this item about?", coerce=uuid.UUID, widget=forms.RadioSelect,
        error_messages={"required": "Choose which of the two it is about"},
    )  # fmt: skip
    because = text_box(
        "How do you know?", "Say how you know", rows=2,
        help_text="Read by whoever keeps this panel. Ask whoever referred them where you are not sure.",
    )  # fmt: skip

    def __init__(self, split: ToSay, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person), name) for person, name in split.choices]
        self.fields["belongs_to"].choices = choices  # type: ignore[attr-defined]
