"""What is asked of a named person who has an exit: a decision, a record, more words."""

from typing import Any

from django import forms

from joinedup.identity.sharing.forms.agreements import words_field
from joinedup.support.safeguarding.choices import Audience, Basis, Decision, Door, Knows
from joinedup.support.safeguarding.rules import decisions_for

ELSEWHERE = [
    (f"{door.value} {audience.value}", f"{door.label}: {audience.label.lower()}")
    for audience in Audience
    for door in Door
]


class MoreForm(forms.Form):
    """What is known since."""

    words = words_field(
        "Say more", "What has happened since, or what you know now.", "Say what you know now"
    )


class DecisionForm(forms.Form):
    """What was decided, why, and what whoever raised it is told."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    words = words_field(
        "Why?",
        "For the record: which test is met or not, and by what evidence.",
        "Say why you decide so",
    )
    told = words_field(
        "What do you tell whoever raised it?",
        "What they are to do next. Nothing of the person’s case.",
        rows=3,
    )

    def __init__(self, audience: Audience | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (decision.value, decision.label)
            for decision in decisions_for(audience)
            if decision is not Decision.PASSED_ON
        ]


class PassOnForm(forms.Form):
    """Which door it belongs to, and why."""

    belongs = forms.ChoiceField(
        label="Where does it belong?",
        choices=ELSEWHERE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it belongs"},
    )
    words = words_field("Why?", "For the record.", "Say why it belongs there")

    def door(self) -> tuple[Door, Audience]:
        """The door that was chosen, and whose."""
        door, audience = self.cleaned_data["belongs"].split()
        return Door(door), Audience(audience)


class RecordForm(forms.Form):
    """The written record: what was known and done, on what basis, who knows."""

    words = words_field(
        "What was known, what was done, and by whom?",
        "Facts apart from opinion, with times. The person’s own words where there are any.",
        "Write what was known, what was done and by whom",
        rows=8,
    )
    basis = forms.ChoiceField(
        label="On what does it rest instead of consent?",
        choices=[(basis.value, basis.label) for basis in Basis],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it rests on"},
    )
    knows = forms.ChoiceField(
        label="Does the person know?",
        choices=[(knows.value, knows.label) for knows in Knows],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the person knows"},
    )
    why_not_told = words_field(
        "If they do not know, why not?", "How telling them would have been unsafe.", rows=3
    )
