"""What is asked of a professional lead, and their answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post

_LONGEST = 8000


class AskLeadForm(forms.Form):
    """Whom one asks, and what."""

    to_post = forms.ChoiceField(
        label="Whom do you ask?", error_messages={"required": "Choose whom you ask"}
    )
    question = forms.CharField(
        label="What do you ask?", max_length=_LONGEST,
        help_text="About practice. Name nobody whom you help: about somebody ask on their case.",
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": "Write what you ask"},
    )  # fmt: skip

    def __init__(self, leads: Sequence[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_post"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((str(p.pk), f"{p.user.name}, {p.team.name}, {p.team.agency.name}") for p in leads),
        ]


class AdviseForm(forms.Form):
    """The advice."""

    advice = forms.CharField(
        label="Your advice", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write your advice"},
    )  # fmt: skip
