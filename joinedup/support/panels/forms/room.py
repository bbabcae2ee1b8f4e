"""What is asked in the meeting: how each agency stands, who does what by when, whose interest it is."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.foundations.meetings.choices import InterestKind
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.panels.choices import DecisionKind, Stance
from joinedup.support.panels.operations.deciding import Deciding, StanceSaid


class DecideForm(forms.Form):
    """A decision of the panel's own list, its lead agency, and how each agency that is there stands to it."""

    kind = radio("What does the panel decide?", [], "Choose what is decided")
    lead_agency = forms.ChoiceField(label="Lead agency", required=False)
    without_words_because = text_box(
        "If nothing stands here in the person’s own words, why not", rows=2
    )
    approvals = forms.MultipleChoiceField(
        label="Which agencies must approve it before it has effect?", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A manager of each is asked, and answers under the agency’s own delegation.",
    )  # fmt: skip

    def __init__(
        self,
        kinds: Sequence[DecisionKind],
        leads: Sequence[tuple[str, str]],
        there: Mapping[str, tuple[str, uuid.UUID]],
        approvers: Sequence[tuple[str, str]],
        *args: Any,
        asks_for_words: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["kind"].choices = [(each.value, each.label) for each in kinds]  # type: ignore[attr-defined]
        self.fields["lead_agency"].choices = [("", "None"), *leads]  # type: ignore[attr-defined]
        self.fields["approvals"].choices = list(approvers)  # type: ignore[attr-defined]
        if not asks_for_words:
            del self.fields["without_words_because"]
        for code, (name, _) in there.items():
            self.fields[f"stance_{code}"] = radio(
                name, [(each.value, each.label) for each in Stance], f"Say how {name} stands to it",
                initial=Stance.AGREES.value,
            )  # fmt: skip
            self.fields[f"words_{code}"] = forms.CharField(
                label=f"Words of {name}, where it dissents", required=False, max_length=2000
            )

    @property
    def stances(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each agency how it stands, and its words."""
        return [(self[f"stance_{code}"], self[f"words_{code}"]) for code in self.there]

    def clean(self) -> dict[str, Any]:
        """Dissent has words."""
        cleaned = super().clean() or {}
        for code in self.there:
            dissents = cleaned.get(f"stance_{code}") == Stance.DISSENTS
            if dissents and not (cleaned.get(f"words_{code}") or "").strip():
                self.add_error(f"words_{code}", "Write why it dissents, in its words")
        return cleaned

    def said(self, reasons: str) -> Deciding:
        """What the form says, with the reasons from their box."""
        said = self.cleaned_data
        return Deciding(
            kind=DecisionKind(said["kind"]), reasons=reasons, lead_agency=said["lead_agency"],
            stances=[
                StanceSaid(code, post, Stance(said[f"stance_{code}"]), said[f"words_{code}"])
                for code, (_, post) in self.there.items()
            ],
            without_words_because=said.get("without_words_because", ""),
            approvals=said["approvals"],
        )  # fmt: skip


class OutsideForm(DecideForm):
    """A decision outside of a meeting, with its reasons: a correction, or the chair's urgent action."""

    reasons = text_box("Reasons", "Write the reasons")
    because = text_box("Why is the decision corrected?", "Say why it is corrected", rows=2)

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["because"]
            for code in self.there:
                stance = self.fields[f"stance_{code}"]
                stance.required = False
                stance.choices = [("", "Not asked"), *stance.choices]  # type: ignore[attr-defined]
                stance.initial = ""

    def said(self, reasons: str = "") -> Deciding:
        """What the form says; an agency that was not asked has no stance."""
        said = self.cleaned_data
        return Deciding(
            kind=DecisionKind(said["kind"]), reasons=said["reasons"],
            lead_agency=said["lead_agency"],
            stances=[
                StanceSaid(code, post, Stance(said[f"stance_{code}"]), said[f"words_{code}"])
                for code, (_, post) in self.there.items()
                if said[f"stance_{code}"]
            ],
            without_words_because=said.get("without_words_because", ""),
            approvals=said["approvals"],
        )  # fmt: skip


class ActionForm(forms.Form):
    """Who does what by when."""

    words = forms.CharField(
        label="What is to be done", max_length=1000,
        error_messages={"required": "Say what is to be done"},
    )  # fmt: skip
    owner = forms.ChoiceField(
        label="Who does it", error_messages={"required": "Choose who does it"}
    )
    due_on = day_box("By when")

    def __init__(self, owners: Sequence[tuple[uuid.UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *((str(key), text) for key, text in owners)]  # type: ignore[attr-defined]

    def said(self) -> tuple[uuid.UUID, str, datetime.date]:
        """Owner, words and day."""
        said = self.cleaned_data
        return uuid.UUID(said["owner"]), said["words"], said["due_on"]


class InterestForm(forms.Form):
    """Whose interest in an item it is, and of what kind; no words, for they would tell who it is about."""

    post = forms.ChoiceField(label="Whose interest is it?")
    interest = radio(
        "What is the interest?", [(each.value, each.label) for each in InterestKind],
        "Choose what the interest is",
    )  # fmt: skip

    def __init__(self, posts: Sequence[tuple[uuid.UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(str(key), text) for key, text in posts]  # type: ignore[attr-defined]
        if len(posts) == 1:
            self.fields["post"].widget = forms.HiddenInput()
            self.fields["post"].initial = str(posts[0][0])


class BecauseForm(forms.Form):
    """One reason."""

    because = text_box("Why?", "Say why", rows=2)

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].label = label
