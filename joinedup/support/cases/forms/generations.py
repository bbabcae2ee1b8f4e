"""Who is whose parent, on whose word; and why a line is put right."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from joinedup.support.cases.choices.generations import ParentKind
from joinedup.support.cases.forms.boxes import day_box, radio
from joinedup.support.cases.forms.plan import line, pairs
from joinedup.support.cases.operations.generations import LinkSaid

_BY_NAME = ("name", "Somebody in no record that I see: by name")


class LinkForm(forms.Form):
    """The parent, the child, what kind of parent, and the source."""

    parent = radio("Who is the parent?", [], "Choose who is the parent")
    parent_name = line("The parent’s name, where they are in no record", longest=120)
    child = radio("Whose parent?", [], "Choose whose parent")
    child_name = line("The child’s name, where they are in no record", longest=120)
    kind = radio("What kind of parent?", pairs(ParentKind), "Choose what kind of parent")
    told_by = line("On whose word?", "Say on whose word")
    told_on = day_box("Told on which day?")

    def __init__(self, known: Mapping[uuid.UUID, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in ("parent", "child"):
            choices = [*((str(key), name) for key, name in known.items()), _BY_NAME]
            self.fields[side].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever is in no record is written by name."""
        cleaned = super().clean() or {}
        for side in ("parent", "child"):
            if cleaned.get(side) == "name" and not cleaned.get(f"{side}_name"):
                self.add_error(f"{side}_name", "Write the name")
        return cleaned

    def said(self) -> LinkSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return LinkSaid(
            self._end("parent"), self._end("child"), ParentKind(said["kind"]), said["told_by"],
            said["told_on"],
        )  # fmt: skip

    def _end(self, side: str) -> uuid.UUID | str:
        chosen = self.cleaned_data[side]
        name: str = self.cleaned_data[f"{side}_name"]
        return name if chosen == "name" else uuid.UUID(chosen)


class CorrectLinkForm(LinkForm):
    """A line as it should be, or none; and what was wrong."""

    because = line("What was wrong?", "Say what was wrong", longest=300)
    is_taken_back = forms.BooleanField(
        label="Take it back: nothing stands instead of it", required=False
    )
