"""The forms that write a draft: a set, a version, a section, the day it begins."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.forms.agreements import DayField, words_field
from joinedup.identity.sharing.rules.editing import seal

SEALS = "was"


class Sealed(forms.Form):
    """A form that knows what it was opened with, so that two who write at once lose nothing."""

    edited = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    names: Sequence[str] = ()

    @property
    def opened_with(self) -> dict[str, str]:
        """The fingerprint of each field as it was when the form was first shown."""
        return dict(zip(self.names, str(self.cleaned_data.get(SEALS, "")).split(), strict=False))

    @property
    def written(self) -> dict[str, Any]:
        """What was written, by the names of the columns."""
        return {name: self.cleaned_data[name] for name in self.names}

    @classmethod
    def shown(cls, values: Mapping[str, Any], saved: Any) -> dict[str, Any]:
        """What the form is opened with: the values offered, and the seals of what is saved."""
        was = " ".join(seal(getattr(saved, name)) for name in cls.names)
        return {**values, "edited": saved.edited, SEALS: was}


class SetForm(forms.Form):
    """What a set begins with."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        error_messages={
            "required": "Give it a title",
            "max_length": "Give it a title of 120 characters or fewer",
        },
    )
    about = words_field("What is it for?", "Who asks it, of whom, and why.", rows=3)


class VersionForm(Sealed):
    """What a version says of itself."""

    names = ("variant", "locality_id", "introduction", "source", "licence", "tested")
    introduction = words_field("Introduction", "Read before the first question.", rows=3)
    source = words_field("Source", "Where the questions come from.", rows=2)
    licence = words_field(
        "Licence",
        "Under which words may be used. Leave out a text you have no licence for.",
        rows=2,
    )
    tested = words_field(
        "How it was tested", "With whom, and with what result; how often it was right.", rows=3
    )
    locality_id = forms.ChoiceField(
        label="Where is it asked?",
        required=False,
        help_text="In a locality of its own it is asked instead of the version for the whole place.",
    )
    variant = forms.CharField(
        label="Name of the variant",
        required=False,
        max_length=40,
        help_text="Where two wordings are tried beside each other, for example B.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"max_length": "Give it a name of 40 characters or fewer"},
    )

    def __init__(self, localities: Sequence[Locality], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locality_id"].choices = [  # type: ignore[attr-defined]
            ("", "Wherever no version of its own is"), *((p.code, p.name) for p in localities)
        ]  # fmt: skip

    def clean_locality_id(self) -> str | None:
        """Nowhere in particular is no locality."""
        return self.cleaned_data["locality_id"] or None


class SectionForm(Sealed):
    """A section's heading and words."""

    names = ("title", "words")
    title = forms.CharField(
        label="Heading",
        max_length=120,
        required=False,
        help_text="Leave it empty where one section is all there is.",
        error_messages={"max_length": "Give it a heading of 120 characters or fewer"},
    )
    words = words_field("Words under it", "", rows=2)
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PublishForm(forms.Form):
    """From which day a draft is asked."""

    read = forms.CharField(widget=forms.HiddenInput)
    starts_on = DayField(
        label="From which day is it asked?",
        help_text="Today or later. What it replaces ends as it begins. For example, 27 3 2027",
    )


class RetireForm(forms.Form):
    """The last day of a version."""

    ends_on = DayField(
        label="From which day is it asked no more?",
        help_text="Today or later. For example, 27 3 2027",
    )


class TestedForm(forms.Form):
    """How a version was tested."""

    tested = words_field(
        "How was it tested?",
        "With whom, when, and with what result. For a screening: how often it was right.",
        "Say how it was tested",
        rows=6,
    )
