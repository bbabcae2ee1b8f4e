"""What is asked about a hand-over and about who stands in for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.handovers.choices import ReturnReason, StepKind

LONGEST = 2000
_DAYS = ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]


def _words(label: str, help_text: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": required,
            "max_length": f"Say it in {LONGEST} characters or fewer",
        },
    )


class AskForm(forms.Form):
    """A question to the sender."""

    words = _words(
        "What do you need to know?",
        "The sender is told at once and answers here. The clock runs on meanwhile.",
        "Write your question",
    )


class AnswerForm(forms.Form):
    """The sender's answer."""

    words = _words("Your answer", "The other side is told at once.", "Write your answer")


class WithdrawForm(forms.Form):
    """Why an offer is taken back."""

    words = _words(
        "Why do you take it back?",
        "The other side reads this. You go on answering for it.",
        "Say why you take it back",
    )


class ReturnForm(forms.Form):
    """Why a hand-over comes back, from the list and in words."""

    reason = forms.ChoiceField(
        label="Why does it come back?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it comes back"},
    )
    words = _words(
        "What should the sender know?",
        "They read this, and answer for it. Say what would help them to find the right place.",
        "Say what the sender should know",
    )

    def __init__(self, reasons: Sequence[ReturnReason], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(reason.value, reason.label) for reason in reasons]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """Who takes it on, and a word to the sender."""

    post = forms.ChoiceField(label="Who takes it on?")
    words = forms.CharField(
        label="A word to the sender (optional)",
        help_text="When you will be in touch with the person, for instance.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, posts: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


def _day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": f"Enter the {label.casefold()}",
            "invalid": "Enter a day like 23/11/2026",
        },
    )


def _number(label: str, missing: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=260,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "required": missing,
            "invalid": "Write a whole number",
            "min_value": "Write 1 or more",
            "max_value": "Write 260 or fewer",
        },
    )


class CoverForm(forms.Form):
    """Who is away, from when until when, and who stands in."""

    post = forms.ChoiceField(
        label="Who is away?", error_messages={"required": "Choose who is away"}
    )
    covered_by = forms.ChoiceField(
        label="Who stands in?", error_messages={"required": "Choose who stands in"}
    )
    starts_on = _day("First day away", "Such as 23/11/2026")
    ends_on = _day("First day back", "From this day the post answers for itself again")

    def __init__(
        self,
        away: Sequence[tuple[str, str]],
        stand_ins: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, posts in (("post", away), ("covered_by", stand_ins)):
            self.fields[name].choices = [("", "Choose"), *posts]  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """How long a step may take, by whose word, from when."""

    kind = forms.ChoiceField(
        label="Step",
        choices=[("", "Choose"), *((each.value, each.label) for each in StepKind)],
        error_messages={"required": "Choose the step"},
    )
    days = _number("Working days", "Write how many working days")
    urgent = _number("Working days where it is urgent", "Write how many where it is urgent")
    source = forms.CharField(
        label="Whose word that is",
        help_text="Who says so, and where.",
        max_length=300,
        error_messages={"required": "Name the source"},
    )
    starts_on = _day("From", "Tomorrow or later, such as 1/12/2026")
