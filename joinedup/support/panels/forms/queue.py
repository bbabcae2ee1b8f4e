"""What is asked of somebody who waits for a panel: whether they agree, why they are taken out."""

from typing import Any

from django import forms

from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.frontdoor.choices import Agreement


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
