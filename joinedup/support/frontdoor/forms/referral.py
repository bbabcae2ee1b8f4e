"""What is asked of whoever works at a referral; each form names its act in a hidden field."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.support.frontdoor.choices import (
    Characteristic,
    FoundKind,
    HighRiskRoute,
    Need,
    OutcomeKind,
)
from joinedup.support.handovers.choices import ReturnReason

_LONGEST = 4000
Choices = Sequence[tuple[str, str]]


def _words(label: str, missing: str, hint: str = "", *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class _Act(forms.Form):
    """A form that says which act it is; the page has several."""

    act = ""
    button = ""
    do = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", self.act)
        kwargs.setdefault("initial", {"do": self.act})
        super().__init__(*args, **kwargs)


class SendForm(_Act):
    """By which route it goes on, and why another than the rule’s."""

    act, button = "send", "Send it on"
    route = forms.ChoiceField(
        label="Route",
        error_messages={"required": "Choose a route"},
    )
    reason = forms.CharField(
        label="Why this one, if it is not the rule’s",
        help_text="It stands in the report of overrides.",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label="What the team is told",
        help_text="What is needed, in words they can act on. Left empty, they read what was going on.",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, routes: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = routes  # type: ignore[attr-defined]


class WithdrawOfferForm(_Act):
    """Why an offer is taken back."""

    act, button = "withdraw_offer", "Withdraw the offer"
    reason = _words(
        "Why is it taken back?", "Say why: the other side reads this", "The other side reads this.",
        rows=2,
    )  # fmt: skip


class AcceptForm(_Act):
    """Who takes it on."""

    act, button = "accept", "Accept it"
    lead = forms.ChoiceField(
        label="Who takes it on?", error_messages={"required": "Choose who takes it on"}
    )
    words = forms.CharField(
        label="A word to the front door",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, posts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = posts  # type: ignore[attr-defined]


class ReturnForm(_Act):
    """Why it goes back."""

    act, button = "return", "Send it back"
    reason = forms.ChoiceField(
        label="Why?",
        choices=[("", "Choose"), *((each.value, each.label) for each in ReturnReason)],
        error_messages={"required": "Choose why it goes back"},
    )
    words = _words(
        "In your words", "Say why, so that the front door can find a better way",
        "The front door reads this; whoever sent the referral does not.", rows=3,
    )  # fmt: skip


class QuestionForm(_Act):
    """What its sender is asked."""

    act, button = "ask", "Ask the sender"
    words = _words("What do you want to know?", "Write your question", rows=2)


class FindOutForm(_Act):
    """What the front door learned and the sender had not said."""

    act, button = "find_out", "Note it and triage anew"
    what = forms.ChoiceField(
        label="What did you find out?",
        choices=[
            ("", "Choose"),
            *((f"agency:{kind.value}", f"Needed: {kind.label}") for kind in AgencyKind),
            *((f"characteristic:{c.value}", f"Characteristic: {c.label}") for c in Characteristic),
            *((f"need:{need.value}", f"Need: {need.label}") for need in Need),
            *((f"high_risk:{risk.value}", f"High risk: {risk.label}") for risk in HighRiskRoute),
        ],
        error_messages={"required": "Choose what you found out"},
    )
    words = _words(
        "How do you know?", "Say how you know: who told you, and when",
        "Who told you, and when. For high risk: who deemed it high, and on what tool.", rows=2,
    )  # fmt: skip

    @property
    def found(self) -> tuple[FoundKind, str]:
        """What was chosen."""
        kind, _, code = self.cleaned_data["what"].partition(":")
        return FoundKind(kind), code


class CloseForm(_Act):
    """What became of it."""

    act, button = "close", "Close it"
    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=[
            ("", "Choose"),
            *(
                (each.value, each.label)
                for each in OutcomeKind
                if each is not OutcomeKind.WITHDRAWN
            ),
        ],
        error_messages={"required": "Choose what became of it"},
    )
    words = _words(
        "In words for whoever sent it", "Say what became of it, in words the sender may read",
        "The sender reads this: say no more of the person than they need to hear.", rows=3,
    )  # fmt: skip
