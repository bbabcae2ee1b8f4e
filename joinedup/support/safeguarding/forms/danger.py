"""What is asked of whoever says that somebody is in danger; every answer is taken, and none is needed."""

import uuid
from typing import Any

from django import forms

from joinedup.support.safeguarding.choices import Audience, Door

_ABOUT = ("who", "born", "where", "teller", "reach")


def _line(label: str, hint: str = "", **attributes: str) -> forms.CharField:
    box = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, help_text=hint, required=False, widget=box)


class DangerForm(forms.Form):
    """What is happening, to whom, where; it is sent however little of it is filled in."""

    door = forms.ChoiceField(
        label="What is the danger?",
        choices=[(door.value, f"{door.label}. {door.hint}") for door in Door],
        widget=forms.RadioSelect,
        required=False,
    )
    audience = forms.ChoiceField(
        label="Who is in danger?",
        choices=[(whose.value, whose.label) for whose in Audience],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label="What is happening?",
        help_text="What you saw or were told, and what you have done so far.",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    who = _line("Their name", "Or whatever you know them by.")
    born = _line("Their date of birth or age", **{"class": "govuk-input--width-10"})
    where = _line("Where are they now?")
    teller = _line("Your name", "You need not give it.", autocomplete="name")
    reach = _line("How can we reach you?", "A number on which it is safe to ring you.")
    submission_key = forms.CharField(widget=forms.HiddenInput, required=False)
    matter = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["teller"], self.fields["reach"]

    def sending(self) -> dict[str, Any]:
        """What was said, as the exit takes it; where nothing was chosen, the most urgent door."""
        said = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        door, audience = said["door"], said["audience"]
        return {
            "door": Door(door) if door in Door else Door.IMMEDIATE,
            "audience": Audience(audience) if audience in Audience else None,
            "words": said["words"],
            "about": {name: said[name] for name in _ABOUT if said.get(name)},
            "submission_key": said["submission_key"] or None,
            "from_matter": key_of(said["matter"]),
        }

    def whom(self) -> uuid.UUID | None:
        """The person from whose page this came."""
        return key_of(str(self.data.get("person", "")))


def key_of(text: str) -> uuid.UUID | None:
    """The key that stands there; none where it is not one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
