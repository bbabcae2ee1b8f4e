"""Who leads, why it comes back, to which team it goes, and what an item asks of whoever leads it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Team
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.panels.queries.allocating import Candidate

LONGEST = 1000


class LeadForm(forms.Form):
    """Whom the manager names, and a word on it."""

    post = forms.ChoiceField(
        label="Who leads?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who leads", "invalid_choice": "Choose who leads"},
    )
    words = forms.CharField(
        label="A word on it (optional)",
        help_text="Where you name somebody who is not entered for it, say why they lead.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, found: Sequence[Candidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(each.worker.post), candidate_words(each)) for each in found if not each.why_not
        ]


class ReturnForm(forms.Form):
    """Why it comes back."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=[("", "Choose"), *((each.value, each.label) for each in ReturnReason)],
        error_messages={"required": "Choose why it comes back"},
    )
    words = forms.CharField(
        label="What should the chair know?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the chair should know"},
    )


class PassForm(forms.Form):
    """To which team of the agency it goes."""

    team = forms.ChoiceField(label="Which team?", error_messages={"required": "Choose a team"})

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(team.pk), team.name) for team in teams)]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]


class NeedForm(forms.Form):
    """What an item asks of whoever leads it."""

    competences = forms.MultipleChoiceField(
        label="What must they be able to do?",
        choices=[(each.value, each.label) for each in CompetenceCode],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    function = forms.ChoiceField(
        label="Do they carry out a function of the law?",
        choices=[("", "No"), *((each.value, each.label) for each in FunctionCode)],
        required=False,
    )
    language = forms.CharField(
        label="Language (optional)",
        help_text="The language that the person speaks best",
        max_length=60,
        required=False,
    )
    worker_sex = forms.ChoiceField(
        label="Did they ask for a woman or a man?",
        choices=[("", "No"), *((each.value, each.label) for each in WorkerSex)],
        widget=forms.RadioSelect,
        required=False,
    )


def candidate_words(each: Candidate) -> str:
    """A candidate as a choice: name, load, and what is not entered or soon."""
    said = [f"{each.worker.name}: carries {each.worker.weight} of {each.worker.full}"]
    if not each.able:
        said.append("not entered for this")
    if each.away_soon:
        said.append("away within four weeks")
    return ", ".join(said)
