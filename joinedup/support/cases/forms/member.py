"""Who is to help with a case, what they do, and on what footing."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.operations import Joining


class MemberForm(forms.Form):
    """Somebody of an agency, chosen among those found, or somebody of the person's own life by name."""

    post = forms.ChoiceField(label="Which practitioner?", widget=forms.RadioSelect, required=False)
    kind = forms.ChoiceField(
        label="Who are they?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in MemberKind],
        error_messages={"required": "Choose who they are"},
    )
    name = forms.CharField(
        label="Name, where they do not sign in",
        help_text="“Her sister Ama”, or “the driver of the lunch club”.",
        max_length=120,
        required=False,
    )
    relation = forms.CharField(
        label="What they are to the person (optional)", max_length=120, required=False
    )
    does = forms.CharField(
        label="What they do, in a line",
        help_text="Their own part, so that nothing is done twice.",
        max_length=300,
        error_messages={"required": "Say what they do"},
    )
    footing = forms.ChoiceField(
        label="Does the person know?",
        help_text="A practitioner sees this whole case from now on.",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Footing],
        error_messages={"required": "Choose whether the person knows and agrees"},
    )
    because = forms.CharField(
        label="If they have not agreed, why this is done all the same",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, found: Sequence[tuple[uuid.UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found:
            self.fields["post"].choices = [(str(key), text) for key, text in found]  # type: ignore[attr-defined]
            self.fields["kind"].initial = MemberKind.PRACTITIONER.value
        else:
            del self.fields["post"]
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (each.value, each.label)
                for each in MemberKind
                if each is not MemberKind.PRACTITIONER
            ]

    def clean(self) -> dict[str, Any]:
        """One of the two, whole: a chosen practitioner, or a name."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == MemberKind.PRACTITIONER and not cleaned.get("post"):
            self.add_error("post", "Choose which practitioner")
        if cleaned.get("kind") in {MemberKind.FAMILY, MemberKind.VOLUNTEER} and not cleaned.get(
            "name"
        ):
            self.add_error("name", "Say who helps")
        footing = cleaned.get("footing") or Footing.AGREED
        if Footing(footing).needs_reason and not cleaned.get("because"):
            self.add_error("because", "Say why without their agreement: it is a disclosure")
        return cleaned

    def said(self) -> Joining:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return Joining(
            kind=MemberKind(said["kind"]),
            does=said["does"],
            footing=Footing(said["footing"]),
            because=said["because"],
            post_id=uuid.UUID(said["post"]) if said.get("post") else None,
            name=said["name"],
            relation=said["relation"],
        )
