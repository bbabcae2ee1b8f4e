"""What the pages of the front ask."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role
from joinedup.identity.sharing.choices import LeftOutBecause, PageFor, Purpose
from joinedup.identity.sharing.operations.own_access import HeldBy
from joinedup.pipeline.standardise.dates import read_date
from joinedup.support.cases.choices.own import OwnKind

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
    """Who is to hold the code, and the question asked alone with the person before (P12, P39)."""

    right = forms.ChoiceField(
        label="Who is to hold the code?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in PageFor],
        initial=PageFor.PERSON.value,
        error_messages={"required": "Choose who is to hold the code"},
    )
    name = forms.CharField(
        label="Their name, where it is not the person", max_length=120, required=False
    )
    paper = forms.CharField(
        label="Which document you saw, and when",
        help_text="For a parent, an attorney or a deputy.",
        max_length=200,
        required=False,
    )
    asked = forms.BooleanField(
        label="I asked, alone with the person, whether anybody could make them show the page",
        error_messages={
            "required": "First ask, alone with the person, whether anybody could make them show the page"
        },
    )

    def held_by(self) -> HeldBy:
        """Who is to hold the code, for the operation."""
        said = self.cleaned_data
        return HeldBy(PageFor(said["right"]), said["name"], said["paper"])


class ChooseNumberForm(forms.Form):
    """A number that the person remembers."""

    number = forms.CharField(
        label="A number that you will remember, six digits or more",
        help_text="Not your birthday, and nothing that anybody could guess.",
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Choose a number"},
    )


class ChooseAppForm(forms.Form):
    """The first code of an app."""

    code = forms.CharField(
        label="The code that the app shows now",
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Write the code that the app shows"},
    )


class SecondForm(forms.Form):
    """The second thing beside the code."""

    typed = forms.CharField(
        label="Your number, or the code of your app",
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Write your number"},
    )


class OwnWordsForm(forms.Form):
    """A word to those who help, or that something is wrong."""

    words = forms.CharField(
        label="What do you want to say?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write a few words first",
            "max_length": "That is too long. Write up to 4,000 letters",
        },
    )
    kind = forms.ChoiceField(
        label="Is something wrong in what is written about you?",
        widget=forms.RadioSelect,
        choices=[
            (OwnKind.WORDS.value, "No, I just want to tell you this"),
            (OwnKind.CORRECTION.value, "Yes, please put it right"),
        ],
        initial=OwnKind.WORDS.value,
    )


class AskForAllForm(forms.Form):
    """That somebody wants everything that is held on them."""

    words = forms.CharField(
        label="What do you want to know above all? (optional)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReleaseForm(forms.Form):
    """That the answer was read whole before it goes to the person."""

    read = forms.BooleanField(
        label="I have read the whole answer, and decided on every mark in it",
        error_messages={"required": "Read the whole answer first"},
    )


class LeaveOutForm(forms.Form):
    """On which ground something is left out of an answer, or given in other words."""

    ground = forms.ChoiceField(
        label="On which ground?",
        choices=[(each.value, each.label) for each in LeftOutBecause],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground"},
    )
    because = forms.CharField(
        label="Why it applies here",
        help_text="The person does not read this. Whoever reviews the decision does.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it applies here"},
    )
    instead = forms.CharField(
        label="Words to give instead (leave empty to leave all of it out)",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtendForm(forms.Form):
    """Why an answer takes longer."""

    because = forms.CharField(
        label="Why is more time needed? The person reads this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why more time is needed"},
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
