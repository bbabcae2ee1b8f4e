"""What is asked of a nomination, of a care role, and of how far a practice has got."""

from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import CareRoleKind, RolloutStage
from joinedup.support.panels.forms.panel import post_words

LONGEST_SEARCH = 200
_GONE = "Search again: that patient is not among those found"


class SearchForm(forms.Form):
    """One line that finds patients of the practice."""

    text = forms.CharField(
        label="Patient", max_length=LONGEST_SEARCH, required=False,
        help_text="Name and date of birth, or the NHS number",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class NominateForm(forms.Form):
    """Which of the patients found, why, and whether they know."""

    person = forms.MultipleChoiceField(
        label="Which patients", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one patient", "invalid_choice": _GONE},
    )  # fmt: skip
    why = text_box("Why the team should look at them", "Say why the team should look at them")
    asked = text_box("What you ask of the team", rows=2)
    agreement = radio(
        "Do they know?", [(each.value, each.label) for each in Agreement],
        "Say whether they know of it",
    )  # fmt: skip

    def __init__(self, found: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = found  # type: ignore[attr-defined]


class CareRoleForm(forms.Form):
    """Who coordinates somebody's care, or manages their case."""

    kind = radio("Role", [(each.value, each.label) for each in CareRoleKind], "Choose the role")
    post = forms.ChoiceField(label="Who", error_messages={"required": "Choose who holds it"})

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(post.pk), post_words(post)) for post in posts)]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """Why a care role ends."""

    because = text_box("Why it ends", "Say why it ends", rows=2)


class LocalityForm(forms.Form):
    """One locality, or all of them."""

    locality = forms.ChoiceField(label="Locality", required=False)

    def __init__(self, localities: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locality"].choices = [("", "Every locality"), *localities.items()]  # type: ignore[attr-defined]

    def takes(self, locality: str) -> bool:
        """Whether practices of that locality are asked for; all where none is chosen."""
        chosen = self.cleaned_data.get("locality", "") if self.is_valid() else ""
        return chosen in ("", locality)


class StageForm(forms.Form):
    """How far a practice has got."""

    stage = radio("Stage", [(each.value, each.label) for each in RolloutStage], "Choose the stage")
    on = day_box("Since")
    words = text_box("What is to be known", rows=2)
