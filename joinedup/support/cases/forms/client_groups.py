"""What is asked to put somebody into a group, and to end it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices.client_group import ClientGroup
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.forms.plan import line
from joinedup.support.cases.operations.client_groups import Tagging


class GroupForm(forms.Form):
    """Who, which group, what makes it so, on whose word, and why where the rule says no."""

    person = radio("Who?", [], "Choose who it is")
    group = radio("Which group?", [], "Choose the group")
    affects = text_box(
        "How does it bear on their daily life?", "Say how it bears on their daily life",
        help_text="What makes it severe: living alone, work, eating, sleep, danger. No diagnosis is needed.",
    )  # fmt: skip
    ill_since = day_box("Since about when? (where the group asks how long)", required=False)
    whose_word = line("On whose word?", "Say on whose word")
    starts_on = day_box("In the group from")
    because = text_box("If the rule says no, why all the same?", rows=2)

    def __init__(
        self,
        persons: Sequence[tuple[uuid.UUID, str]],
        groups: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), text) for key, text in persons]  # type: ignore[attr-defined]
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]

    def said(self) -> Tagging:
        """What the form says, for the operation."""
        said = dict(self.cleaned_data)
        person, group = uuid.UUID(said.pop("person")), ClientGroup(said.pop("group"))
        return Tagging(person, group, **said)


class EndGroupForm(forms.Form):
    """Why somebody is no longer of a group."""

    because = text_box("Why are they no longer in it?", "Say why they are no longer in it", rows=2)
