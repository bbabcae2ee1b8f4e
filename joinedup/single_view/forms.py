"""What the pages of the front ask."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import role

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
