"""What an agency is asked of an item before the meeting, and to whom its answer is opened."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from joinedup.foundations.meetings.models import Seat
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.forms.row import RowForm
from joinedup.support.panels.choices import Known
from joinedup.support.panels.rules.checks import Answer


class OpenForm(forms.Form):
    """To which members an answer is opened, each by name."""

    open_to = forms.MultipleChoiceField(
        label="Who may read this answer?",
        help_text="Each member by name. Untick somebody and it is shut to them at once.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, table: Sequence[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["open_to"].choices = [  # type: ignore[attr-defined]
            (str(seat.post_id), f"{seat.post.user.name}, {seat.agency.name}") for seat in table
        ]

    @property
    def posts(self) -> list[uuid.UUID]:
        """Those who were ticked."""
        return [uuid.UUID(each) for each in self.cleaned_data["open_to"]]


class AnswerForm(OpenForm, RowForm):
    """The short form: known or not, since when, who works with them, what helps, what to fear, the view."""

    names: ClassVar[tuple[str, ...]] = ("known", "since_on", "lead", "helps", "risks", "view")

    known = radio(
        "Does your agency know them?",
        [(each.value, each.label) for each in Known],
        "Choose whether your agency knows them",
    )
    since_on = day_box("Since when?", required=False)
    lead = forms.CharField(
        label="Who works with them?",
        help_text="Who of your agency, and how the lead reaches them",
        max_length=200,
        required=False,
    )
    helps = text_box("What helps?", rows=2)
    risks = text_box(
        "What are the risks?", rows=2, help_text="To them, from them, to whoever visits."
    )
    view = text_box("What does your agency think should happen?", rows=2)
    field_order = [*names, "open_to"]  # type: ignore[misc]

    @property
    def answer(self) -> Answer:
        """What is answered, for the operation."""
        said = self.written
        return Answer(**{**said, "known": Known(said["known"])})


class RestForm(forms.Form):
    """Of whom nothing is known, all at once."""

    check = forms.MultipleChoiceField(
        label="Nothing is known of",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(self, lines: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = lines  # type: ignore[attr-defined]

    @property
    def checks(self) -> list[uuid.UUID]:
        """Those that were ticked."""
        return [uuid.UUID(each) for each in self.cleaned_data["check"]]
