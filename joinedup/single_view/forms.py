"""What the pages of the front ask."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.identity.sharing.choices import Purpose
from joinedup.pipeline.standardise.dates import read_date

LONGEST_SEARCH = 200


class PostChoice(forms.Form):
    """One of the posts somebody holds."""

    post = forms.ChoiceField(
        label="Which post are you working in?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the post you are working in"},
    )

    def __init__(self, posts: Sequence[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"{role(p.role).name}, {p.team.name}, {p.team.agency.name}") for p in posts
        ]


class PurposeChoice(forms.Form):
    """One of the purposes of a role."""

    purpose = forms.ChoiceField(
        label="Why are you looking?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why you are looking",
            "invalid_choice": "Choose one of these",
        },
    )

    def __init__(self, offered: Sequence[Purpose], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(p.value, p.label) for p in offered]  # type: ignore[attr-defined]


class OpenOwnPageForm(forms.Form):
    """The code somebody was handed, and their date of birth."""

    code = forms.CharField(
        label="Your code",
        help_text="16 letters and numbers, as it was handed to you.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter your code"},
    )
    born_on = forms.CharField(
        label="Your date of birth",
        help_text="For example, 31 3 1980",
        max_length=40,
        error_messages={"required": "Enter your date of birth"},
    )

    def clean_born_on(self) -> datetime.date:
        """The date, in any usual form."""
        try:
            return read_date(self.cleaned_data["born_on"])
        except ValueError as why:
            raise forms.ValidationError("Enter the date like 31 3 1980") from why


class HandOverForm(forms.Form):
    """The question that is asked, alone with the person, before a code is handed over (P39)."""

    asked = forms.BooleanField(
        label="I asked, alone with the person, whether anybody could make them show the page",
        error_messages={
            "required": "First ask, alone with the person, whether anybody could make them show the page"
        },
    )


CORRECTED = (
    ("given_name", "First name"),
    ("family_name", "Family name"),
    ("born_on", "Date of birth"),
    ("sex", "Sex"),
    ("nhs_number", "NHS number"),
    ("address", "Address"),
    ("postcode", "Postcode"),
    ("phone", "Telephone"),
    ("died_on", "Date of death"),
)


class CorrectionForm(forms.Form):
    """What an agency's record has wrong."""

    record = forms.ChoiceField(
        label="Whose record is wrong?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the record that is wrong"},
    )
    field = forms.ChoiceField(
        label="What is wrong in it?",
        choices=[("", "Choose"), *CORRECTED],
        error_messages={"required": "Choose what is wrong"},
    )
    because = forms.CharField(
        label="How do you know?",
        help_text="For example: seen on the passport, told by the person today.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say how you know",
            "max_length": "Say it in 500 characters or fewer",
        },
    )

    def __init__(self, records: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = records  # type: ignore[attr-defined]
