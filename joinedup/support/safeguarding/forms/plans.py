"""What is asked of a plan for living with a risk."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.identity.sharing.forms.agreements import DayField, words_field
from joinedup.support.safeguarding.choices import Knows, ToldHow
from joinedup.support.safeguarding.operations import PlanSaid


class PlanForm(forms.Form):
    """The warning in a line, the risk, the plan, who knows, who was asked, when it is reviewed."""

    person = forms.ChoiceField(label="About whom?", required=False)
    warning = forms.CharField(
        label="The warning, in one line",
        help_text="What to know before making contact. It stands above every contact.",
        max_length=200,
        error_messages={
            "required": "Write the warning in one line",
            "max_length": "Write the warning in 200 characters or fewer",
        },
    )
    risk = words_field(
        "What is the risk?", "To whom, how likely, and what makes it worse.", "Say what the risk is"
    )
    plan = words_field(
        "What is done about it?",
        "What everybody does, and what to do when it goes wrong.",
        "Say what is done about it",
    )
    knows = forms.ChoiceField(
        label="Does the person know of this plan?",
        choices=[(knows.value, knows.label) for knows in Knows if knows is not Knows.NOT_SAID],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the person knows"},
    )
    told_how = forms.ChoiceField(
        label="If they know, how were they told?",
        choices=[(how.value, how.label) for how in ToldHow],
        widget=forms.RadioSelect,
        required=False,
    )
    why_not_told = words_field("If they do not know, why not?", "", rows=3)
    manager = forms.ChoiceField(label="Which manager have you spoken to?", required=False)
    manager_consulted = forms.CharField(
        label="If it is none of these, their name and where they work",
        max_length=200,
        required=False,
        error_messages={"max_length": "Say it in 200 characters or fewer"},
    )
    review_on = DayField(label="Review on", help_text="Within half a year. For example 27 3 2027.")

    def __init__(
        self,
        persons: Sequence[tuple[Any, str]],
        managers: Sequence[tuple[Any, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(post), name) for post, name in managers]
        self.fields["manager"].choices = [("", "None of these"), *named]  # type: ignore[attr-defined]
        if len(persons) < 2:
            del self.fields["person"]
        else:
            named = [(str(person), name) for person, name in persons]
            self.fields["person"].choices = [("", "All of them"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """How they were told where they know, and a manager of some kind."""
        cleaned = super().clean() or {}
        if cleaned.get("knows") in {Knows.AGREED, Knows.INFORMED} and not cleaned.get("told_how"):
            self.add_error("told_how", "Choose how they were told")
        if not cleaned.get("manager") and not cleaned.get("manager_consulted"):
            self.add_error("manager", "Choose the manager you have spoken to, or name them below")
        return cleaned

    def said(self) -> PlanSaid:
        """The plan as it was written."""
        said = self.cleaned_data
        return PlanSaid(
            said["warning"], said["risk"], said["plan"], Knows(said["knows"]),
            said["manager_consulted"], said["review_on"], said["why_not_told"],
            ToldHow(said["told_how"]) if said["told_how"] else None,
            uuid.UUID(said["manager"]) if said["manager"] else None,
        )  # fmt: skip


class EndPlanForm(forms.Form):
    """Why the warning is not needed any more."""

    words = words_field(
        "Why is the warning not needed any more?", "", "Say why the warning is not needed any more"
    )
