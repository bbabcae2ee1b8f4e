"""What is asked to begin an assessment, to correct a section, to decline one, to sign a decision."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices.assessment import (
    AssessmentKind,
    CapacityView,
    Profession,
    RefusalDecision,
    RiskGround,
)
from joinedup.support.cases.choices.eligibility import OF_TEST, Outcome, Test
from joinedup.support.cases.choices.finding import FindingKind, NeedCode
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.operations.assessing import RefusalSaid
from joinedup.support.cases.operations.findings import FindingSaid

FAMILY, CARER = "family", "carer:"
Named = Sequence[tuple[uuid.UUID, str]]


class BeginForm(forms.Form):
    """Whom an assessment is of, what for, and which sections it has."""

    about = radio("Whom is it about?", [], "Choose whom it is about")
    because = text_box("What is it for?", "Say what it is for",
                    help_text="Whoever is asked to write in it reads this.")  # fmt: skip
    professions = forms.MultipleChoiceField(
        label="Which sections are asked for?",
        help_text="Strengths and the person’s own view are always there. More can be asked later.",
        choices=[
            (each.value, each.label)
            for each in Profession
            if each not in {Profession.STRENGTHS, Profession.SELF, Profession.CARER}
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, people: Named, carers: Named, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in people]
        if len(people) > 1:
            choices.append((FAMILY, "The family together"))
        choices += [(f"{CARER}{pk}", f"{name}, as a carer") for pk, name in carers]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["about"].initial = choices[0][0]

    def said(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        about = self.cleaned_data["about"]
        kind, person, carer = AssessmentKind.PERSON, None, None
        if about == FAMILY:
            kind = AssessmentKind.FAMILY
        elif about.startswith(CARER):
            kind, carer = AssessmentKind.CARER, uuid.UUID(about.removeprefix(CARER))
        else:
            person = uuid.UUID(about)
        return {
            "kind": kind, "person_id": person, "carer_id": carer,
            "because": self.cleaned_data["because"],
            "professions": [Profession(each) for each in self.cleaned_data["professions"]],
        }  # fmt: skip


class BecauseForm(forms.Form):
    """Why what was signed is corrected."""

    because = text_box("What is wrong with what was signed?", "Say what is wrong with it")


class RefusalForm(forms.Form):
    """That somebody declined, what is made of it, and what is decided."""

    said_on = day_box("On which day?")
    words = text_box("What did they say?", help_text="In their own words, as far as you can.")
    capacity = radio(
        "Could they make this decision?", [(e.value, e.label) for e in CapacityView],
        "Say what you make of it",
        help_text="This one decision, at this time. Nobody lacks capacity in general.",
    )  # fmt: skip
    best_interests = text_box(
        "If they could not: what is in their best interests, who was asked, and why?"
    )
    in_best_interests = forms.BooleanField(
        label="It is in their best interests to be assessed", required=False
    )
    grounds = forms.MultipleChoiceField(
        label="Is there any of this?", choices=[(e.value, e.label) for e in RiskGround],
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Then an adult is assessed all the same (Care Act 2014 s11(2)).",
    )  # fmt: skip
    decision = radio("What is decided?", [(e.value, e.label) for e in RefusalDecision],
                     "Choose what is decided")  # fmt: skip
    because = text_box("Why?", "Say why")

    def said(self) -> RefusalSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return RefusalSaid(
            said_on=said["said_on"],
            words=said["words"],
            capacity=CapacityView(said["capacity"]),
            decision=RefusalDecision(said["decision"]),
            because=said["because"],
            in_best_interests=said["in_best_interests"],
            best_interests=said["best_interests"],
            grounds=tuple(RiskGround(each) for each in said["grounds"]),
        )


class FindingForm(forms.Form):
    """A strength or a need, whose it is, and what it affects."""

    kind = radio("What is it?", [(e.value, e.label) for e in FindingKind], "Choose which it is",
                 initial=FindingKind.STRENGTH.value)  # fmt: skip
    words = text_box("In their words", "Write it in their words, or yours",
                  help_text="“I can cook for ten”, “I have not slept through since March”. Say what is, "
                  "and not what somebody is.")  # fmt: skip
    person = forms.ChoiceField(label="Whose is it?", required=False)
    code = forms.ChoiceField(
        label="From the shared list (optional)", required=False,
        choices=[("", "None of these"), *((e.value, e.label) for e in NeedCode)],
    )  # fmt: skip
    affects = forms.MultipleChoiceField(
        label="What does it affect? (optional)", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="A need that makes another worse, or a strength that helps with one.",
    )  # fmt: skip

    def __init__(self, people: Named, others: Named, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(pk), name) for pk, name in people]
        if len(names) > 1:
            names.append(("", "Everybody’s together"))
        self.fields["person"].choices = names  # type: ignore[attr-defined]
        self.fields["affects"].choices = [(str(pk), text) for pk, text in others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["affects"]

    def said(self) -> FindingSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return FindingSaid(
            kind=FindingKind(said["kind"]),
            words=said["words"],
            code=NeedCode(said["code"]) if said["code"] else None,
            person_id=uuid.UUID(said["person"]) if said["person"] else None,
            affects=tuple(uuid.UUID(each) for each in said.get("affects", ())),
        )


class DecisionForm(forms.Form):
    """What a professional signs for one test."""

    outcome = radio("What do you decide?", [], "Choose what you decide")
    because = text_box("Why, where it is not what the answers come to",
                    help_text="Overrides stand in a list that is read.")  # fmt: skip

    def __init__(self, test: Test, worked_out: Outcome | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test, self.worked_out = test, worked_out
        self.fields["outcome"].choices = [(e.value, e.label) for e in OF_TEST[test]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something else than was worked out needs its reason."""
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome and outcome != self.worked_out and not cleaned.get("because"):
            self.add_error("because", "Say why you decide otherwise than the answers come to")
        return cleaned
