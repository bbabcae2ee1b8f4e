"""What is asked when somebody signs their own part of an assessment."""

from typing import Any

from django import forms

from joinedup.support.cases.choices.own_signature import HowConfirmed, TheirAnswer
from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.cases.operations.own_signing import SignedBy


class OwnSignForm(forms.Form):
    """Whether these are their words, and what is wrong."""

    said = radio(
        "Are these your words?",
        [(each.value, each.label) for each in TheirAnswer],
        "Choose whether these are your words",
    )
    words = text_box("What is wrong in it?")

    def clean(self) -> dict[str, Any]:
        """A no says what is wrong."""
        cleaned = super().clean() or {}
        said = cleaned.get("said")
        if said and TheirAnswer(said).needs_words and not cleaned.get("words"):
            self.add_error("words", "Say what is wrong in it")
        return cleaned

    def signing(self) -> SignedBy:
        """What the operation takes."""
        return SignedBy(TheirAnswer(self.cleaned_data["said"]), self.cleaned_data["words"])


class RoomSignForm(OwnSignForm):
    """The same on the practitioner's screen, and how it is known that they said so."""

    how = radio(
        "How did they sign it?",
        [(each.value, each.label) for each in HowConfirmed if each.in_the_room],
        "Choose how they signed it",
    )
    shown_by = forms.CharField(
        label="The name they typed, who else heard it, or where the paper is kept",
        max_length=200,
        error_messages={
            "required": "Write the name they typed, who heard it, or where the paper is"
        },
    )

    def signing(self) -> SignedBy:
        """What the operation takes."""
        said = self.cleaned_data
        return SignedBy(
            TheirAnswer(said["said"]), said["words"], HowConfirmed(said["how"]), said["shown_by"]
        )
