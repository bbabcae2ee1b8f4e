"""What is asked about a barrier to sharing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.forms.agreements import words_field


class BarrierForm(forms.Form):
    """What stood in the way."""

    what = words_field(
        "What could not be shared, and why?",
        "Name no person. Say which agency, what kind of information, and what stood in the way.",
        "Say what could not be shared, and why",
    )


class EscalateForm(forms.Form):
    """Who it goes up to."""

    to = forms.ChoiceField(
        label="Which executive does it go up to?",
        error_messages={"required": "Choose the executive it goes up to"},
    )

    def __init__(self, posts: Sequence[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((pk, f"{p.user.name}, {p.team.agency.name}") for pk, p in self.posts.items()),
        ]

    @property
    def chosen(self) -> Post:
        """The post that was chosen."""
        return self.posts[self.cleaned_data["to"]]


class AnswerForm(forms.Form):
    """What was done about it."""

    answer = words_field("What was done about it?", "", "Say what was done about it")
