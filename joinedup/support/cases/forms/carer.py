"""What is asked about a carer, and about the assessment of their own that they are offered."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices.carer import CarerAnswer, CarerFoundBy
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.operations.carers import CarerSaid


class CarerForm(forms.Form):
    """Who cares for whom, and how that came to be known."""

    tie = forms.ChoiceField(
        label="Is it one of these?", widget=forms.RadioSelect, required=False,
        help_text="Carers by an agency’s record that you may see.",
    )  # fmt: skip
    name = forms.CharField(
        label="Name", help_text="Or “her sister”, where they do not want to be named.",
        max_length=120, required=False,
    )  # fmt: skip
    relation = forms.CharField(label="What they are to the person (optional)", max_length=120,
                               required=False)  # fmt: skip
    born_on = day_box("Date of birth, as far as known (optional)", required=False)
    cares_for = radio("For whom do they care?", [], "Say for whom they care")
    found_by = radio("How do we know?", [(e.value, e.label) for e in CarerFoundBy],
                     "Say how we know")  # fmt: skip
    identified_on = day_box("Since which day do we know?")

    def __init__(
        self,
        people: Sequence[tuple[uuid.UUID, str]],
        ties: Sequence[tuple[int, uuid.UUID, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ties = {str(pk): (person, name) for pk, person, name in ties}
        self.fields["cares_for"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["cares_for"].initial = str(people[0][0])
        if ties:
            named = [(str(pk), name) for pk, _, name in ties]
            self.fields["tie"].choices = [*named, ("", "Somebody else")]  # type: ignore[attr-defined]
        else:
            del self.fields["tie"]

    def clean(self) -> dict[str, Any]:
        """A tie, or a name."""
        cleaned = super().clean() or {}
        if not cleaned.get("tie") and not cleaned.get("name"):
            self.add_error("name", "Say who cares")
        return cleaned

    def said(self) -> CarerSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        tie = said.get("tie") or ""
        return CarerSaid(
            name=said["name"] or self.ties[tie][1],
            cares_for=uuid.UUID(said["cares_for"]),
            found_by=CarerFoundBy(said["found_by"]),
            identified_on=said["identified_on"],
            relation=said["relation"],
            born_on=said["born_on"],
            relationship_id=int(tie) if tie else None,
        )


class OfferForm(forms.Form):
    """That an assessment of their own was offered, and what they said."""

    offered_on = day_box("On which day was it offered?")
    answer = radio("What did they say?", [(e.value, e.label) for e in CarerAnswer],
                   "Say what they said")  # fmt: skip
    because = text_box("In their words", help_text="Needed where they declined.")

    def clean(self) -> dict[str, Any]:
        """A no has its reason."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == CarerAnswer.DECLINED and not cleaned.get("because"):
            self.add_error("because", "Say why they declined, or that they gave no reason")
        return cleaned
