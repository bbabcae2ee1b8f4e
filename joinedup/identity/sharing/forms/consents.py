"""What is asked when a person says yes, no or nothing about sharing, about a service, and of capacity."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.choices import (
    CapacityOutcome,
    Category,
    ConsentState,
    Method,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.forms.agreements import DayField, words_field
from joinedup.identity.sharing.gateways import GATEWAYS, ConsentNeeded
from joinedup.identity.sharing.queries.consents import Speaker

ASKED_FOR = tuple(
    purpose
    for purpose in Purpose
    if any(
        purpose in row.purposes and row.opens and row.consent is not ConsentNeeded.NOTHING
        for row in GATEWAYS
    )
)
"""The purposes for which a yes or an objection opens or shuts anything; for others it is not asked."""

STATES = (
    (ConsentState.GIVEN, "Yes: it may be shared"),
    (ConsentState.DECLINED, "No: asked, and declined"),
    (ConsentState.OBJECTED, "No: the person objects"),
)
SPOKE = (
    (WhoSpoke.PERSON, "The person"),
    (WhoSpoke.COMPETENT_CHILD, "The person, a child under 16 who is competent to decide this"),
    (WhoSpoke.PARENTAL_RESPONSIBILITY, "Somebody who holds parental responsibility for the child"),
    (WhoSpoke.ATTORNEY, "An attorney or deputy for health and welfare"),
    (WhoSpoke.BEST_INTERESTS, "Nobody: decided in the person’s best interests after assessment"),
)


class _RadioOf(forms.ChoiceField):
    def __init__(
        self, label: str, choices: Sequence[tuple[Any, str]], ask: str, **more: Any
    ) -> None:
        super().__init__(
            label=label,
            choices=[(str(code), text) for code, text in choices],
            widget=forms.RadioSelect,
            error_messages={"required": ask},
            **more,
        )


def _method() -> forms.ChoiceField:
    return _RadioOf(
        "How was it said?",
        [(method.value, method.value.replace("_", " ").capitalize()) for method in Method],
        "Choose how it was said",
    )


class ConsentForm(forms.Form):
    """What was said about sharing; the lawful basis follows from the gateway and is never asked."""

    purpose = _RadioOf(
        "What would it be shared for?",
        [(p.value, p.label) for p in ASKED_FOR],
        "Choose what it would be shared for",
    )
    holder = forms.ChoiceField(label="Who would share?", required=False)
    recipient = forms.ChoiceField(label="With whom?", required=False)
    state = _RadioOf("What was said?", STATES, "Choose what was said")
    categories = forms.MultipleChoiceField(
        label="About which kinds of information?",
        help_text="Leave all empty for every kind.",
        required=False,
        choices=[(c.value, c.label) for c in Category],
        widget=forms.CheckboxSelectMultiple,
    )
    who_spoke = _RadioOf(
        "Whose word is it?",
        SPOKE,
        "Choose whose word it is",
        help_text="One adult never consents for another: not a partner, a grown-up child, or a carer.",
    )
    competence = words_field(
        "Why is the child competent to decide this?",
        "Only for a child under 16 who spoke for themself.",
        rows=3,
    )
    responsible = forms.ChoiceField(
        label="Who spoke for the person?",
        help_text="Only for parental responsibility, an attorney or a deputy.",
        required=False,
    )
    method = _method()
    evidence = forms.CharField(
        label="Evidence (optional)",
        help_text="Where it can be found, for example: form signed today, in our case file.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Say it in 200 characters or fewer"},
    )
    expires_on = DayField(
        label="When does it run out? (optional)",
        help_text="It holds until this day begins. For example, 27 3 2027",
        required=False,
    )

    def __init__(
        self, agencies: Sequence[Agency], speakers: Sequence[Speaker], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        any_of = [("", "Any agency"), *((a.code, a.name) for a in agencies)]
        self.fields["holder"].choices = any_of  # type: ignore[attr-defined]
        self.fields["recipient"].choices = any_of  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [  # type: ignore[attr-defined]
            ("", "Nobody but the person"),
            *((str(s.relationship_id), s.words) for s in speakers),
        ]


class ServiceForm(forms.Form):
    """What was said about a service; it is no consent to share."""

    service = forms.CharField(
        label="Which service was offered?",
        max_length=200,
        error_messages={
            "required": "Say which service was offered",
            "max_length": "Say it in 200 characters or fewer",
        },
    )
    answer = _RadioOf(
        "What was said?",
        [(ServiceAnswer.AGREED, "Agreed"), (ServiceAnswer.DECLINED, "Declined")],
        "Choose what was said",
    )
    method = _method()


class CapacityForm(forms.Form):
    """What an assessment found about one decision."""

    purpose = forms.ChoiceField(
        label="Was it whether to share information? For what?",
        required=False,
        choices=[("", "Another decision"), *((p.value, p.label) for p in ASKED_FOR)],
    )
    decision = forms.CharField(
        label="Which one decision was assessed?",
        max_length=200,
        help_text="Nobody lacks capacity in general.",
        error_messages={
            "required": "Say which one decision was assessed",
            "max_length": "Say it in 200 characters or fewer",
        },
    )
    outcome = _RadioOf(
        "What did it find?",
        [(o.value, o.value.replace("_", " ").capitalize()) for o in CapacityOutcome],
        "Choose what it found",
    )
    best_interests = words_field(
        "What is in the person’s best interests?",
        "Needed where the person could not decide: what, who was asked, and why.",
    )
    assessed_on = DayField(label="When was it assessed?", help_text="For example, 27 3 2026")
