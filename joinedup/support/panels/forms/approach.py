"""What is asked of a try at a first approach, and of how it ended."""

from typing import Any

from django import forms

from joinedup.identity.sharing.choices import Method
from joinedup.support.cases.forms.boxes import radio, text_box
from joinedup.support.contacts.forms import ContactForm
from joinedup.support.panels.choices import ApproachOutcome, CapacityView
from joinedup.support.panels.operations.approach import TrySaid
from joinedup.support.panels.rules.approach import Ending

METHODS = (
    (Method.IN_PERSON, "Face to face"),
    (Method.BY_PHONE, "On the phone"),
    (Method.IN_WRITING, "In writing"),
    (Method.INTERPRETER, "Through an interpreter"),
)


class TryForm(ContactForm):
    """A contact as all are recorded, and whether it reached them."""

    reached = radio(
        "Did you reach them?",
        [("yes", "Yes, we spoke or wrote to each other"), ("no", "No")],
        "Say whether you reached them",
    )

    def try_said(self) -> TrySaid:
        """The try as it was described."""
        return TrySaid(self.said(None), self.cleaned_data["reached"] == "yes")


class EndForm(forms.Form):
    """How a first approach ended."""

    outcome = radio(
        "What did they say?", [(each.value, each.label) for each in ApproachOutcome],
        "Choose what they said",
    )  # fmt: skip
    words = text_box("In their own words", rows=3)
    method = forms.ChoiceField(
        label="How did they say it?", choices=[(each.value, words) for each, words in METHODS],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    wants = text_box("What they want instead", rows=2)
    capacity = forms.ChoiceField(
        label="If they declined: their capacity to decide this",
        choices=[(each.value, each.label) for each in CapacityView], widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    capacity_because = text_box("What makes you doubt it, if you do", rows=2)
    concern = text_box(
        "What worries you", rows=2,
        help_text="Abuse, neglect, or neglecting themselves. A no with a worry goes to safeguarding.",
    )  # fmt: skip
    duty_decision = text_box(
        "What was decided about a duty to assess", rows=2,
        help_text="A no does not end it where they lack capacity or may be at risk (Care Act section 11(2)).",
    )  # fmt: skip

    def ending(self) -> Ending:
        """How it ended, for the operation."""
        said = self.cleaned_data
        return Ending(
            ApproachOutcome(said["outcome"]), said["words"], said["wants"],
            CapacityView(said["capacity"]) if said["capacity"] else None,
            said["capacity_because"], said["concern"], said["duty_decision"],
        )  # fmt: skip

    def how(self) -> Method:
        """How it was said; face to face where nothing else is."""
        return Method(self.cleaned_data["method"] or Method.IN_PERSON)


def begins_with(asked: str) -> dict[str, Any]:
    """What the ending begins with where a link named an outcome."""
    return {"outcome": asked} if asked in {each.value for each in ApproachOutcome} else {}
