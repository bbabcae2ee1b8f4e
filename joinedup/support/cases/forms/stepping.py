"""What a step up or down asks for, what answering it asks for, and a disagreement."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel, Settled, Telling
from joinedup.support.cases.operations.stepping import FamilyTold, Stepping
from joinedup.support.handovers.choices import ReturnReason

_DAYS = ["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]
FIND_FIRST = "Find the team first, by its name or its agency’s"


def _words(label: str, required: str = "", rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        required=bool(required),
        error_messages={"required": required} if required else {},
        **more,
    )


class TellingForm(forms.Form):
    """Whether the family was told: whom, when, in what words; or why not yet."""

    telling = forms.ChoiceField(
        label="Has the family been told?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Telling],
        error_messages={"required": "Choose whether the family has been told"},
    )
    whom = forms.CharField(label="Who was told, where they were", max_length=200, required=False)
    told_on = forms.DateField(
        label="On which day",
        help_text="Such as 23/11/2026",
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={"invalid": "Enter a day like 23/11/2026"},
    )
    told_words = _words(
        "In what words; or, not yet, why",
        "Say in what words, or why not yet",
        help_text="As it was said: “A social worker will come on Thursday, and I stay with you.”",
    )

    def told(self) -> FamilyTold:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return FamilyTold(
            Telling(said["telling"]), said["told_words"], said["whom"], said["told_on"]
        )

    def clean(self) -> dict[str, Any]:
        """Told names whom and when."""
        cleaned = super().clean() or {}
        if cleaned.get("telling") == Telling.TOLD:
            if not cleaned.get("whom"):
                self.add_error("whom", "Say who was told")
            if not cleaned.get("told_on") and "told_on" not in self.errors:
                self.add_error("told_on", "Enter the day on which they were told")
        return cleaned


class StepForm(TellingForm):
    """Where a case steps to, why, what shows it, and what goes with it."""

    to_team = forms.ChoiceField(
        label="To which team?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the team", "invalid_choice": "Choose the team"},
    )
    to_programme = forms.ChoiceField(
        label="What it is held under there",
        choices=[(each.value, each.label) for each in Programme],
    )
    to_level = forms.ChoiceField(
        label="Level of need",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the level of need"},
    )
    is_protection = forms.BooleanField(
        label="This is to protect somebody now",
        help_text="It counts from the moment you send it: the other team leads at once, and you stay "
        "beside it.",
        required=False,
    )
    reason = _words("Why it steps", "Say why it steps")
    evidence = _words(
        "What shows it",
        "Say what shows it",
        help_text="What was seen or said, when, and by whom. The story and the plan go along by "
        "themselves: nothing is written twice.",
    )
    stays_beside = forms.BooleanField(
        label="We go on helping beside the new lead", required=False, initial=True
    )
    beside_does = forms.CharField(label="What we go on doing", max_length=300, required=False)
    school = forms.CharField(
        label="School of a child, where there is one",
        help_text="Its named social work manager is told.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    release = _words(
        "Release summary, for a step down",
        help_text="What was gathered for safeguarding stays where it is. Write what the new team needs of "
        "it for its own purpose.",
    )
    release_for = forms.CharField(
        label="What the release summary is for", max_length=200, required=False
    )

    field_order = (
        "to_team", "to_programme", "to_level", "is_protection", "reason", "evidence",
        "stays_beside", "beside_does", "school", "telling", "whom", "told_on", "told_words",
        "release", "release_for",
    )  # fmt: skip

    def __init__(
        self,
        teams: Sequence[tuple[int, str]],
        levels: Sequence[tuple[int, str]],
        *args: Any,
        may_release: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_team"].choices = [(str(key), text) for key, text in teams]  # type: ignore[attr-defined]
        if not teams:
            del self.fields["to_team"]
        self.fields["to_level"].choices = [(str(key), text) for key, text in levels]  # type: ignore[attr-defined]
        if not may_release:
            del self.fields["release"], self.fields["release_for"]

    def said(self) -> Stepping:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return Stepping(
            to_team_id=int(said["to_team"]),
            to_programme=Programme(said["to_programme"]),
            to_level=NeedLevel(int(said["to_level"])),
            reason=said["reason"],
            evidence=said["evidence"],
            told=self.told(),
            is_protection=said["is_protection"],
            stays_beside=said["stays_beside"],
            beside_does=said["beside_does"],
            school=said["school"],
            release=said.get("release", ""),
            release_for=said.get("release_for", ""),
        )

    def clean(self) -> dict[str, Any]:
        """A team was found; whoever stays says what they do."""
        cleaned = super().clean()
        if "to_team" not in self.fields:
            self.add_error(None, FIND_FIRST)
        beside = cleaned.get("stays_beside") or cleaned.get("is_protection")
        if beside and not cleaned.get("beside_does"):
            self.add_error("beside_does", "Say what you go on doing beside the new lead")
        return cleaned


class TakeOnForm(forms.Form):
    """Who of the team takes it on."""

    post = forms.ChoiceField(
        label="Who takes it on?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who takes it on"},
    )

    def __init__(self, posts: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]

    def post_id(self) -> uuid.UUID:
        """The post that was chosen."""
        return uuid.UUID(self.cleaned_data["post"])


class GiveBackForm(forms.Form):
    """Why it comes back."""

    reason = forms.ChoiceField(
        label="Why does it come back?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it comes back"},
    )
    words = _words("In words the sender can act on", "Say why it comes back")

    def __init__(self, reasons: Sequence[ReturnReason], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(each.value, each.label) for each in reasons]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words alone, under a label of the page's."""

    words = _words("Why", "Write it in words")

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class SettleForm(forms.Form):
    """What a disagreement came to."""

    settled = forms.ChoiceField(
        label="What was agreed?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Settled],
        error_messages={"required": "Choose what was agreed"},
    )
    words = _words("Why, and what each does next", "Say what was agreed and why")


class GatheredForm(forms.Form):
    """What was gathered for safeguarding, and where it comes from."""

    source = forms.CharField(
        label="Where it comes from",
        max_length=200,
        error_messages={"required": "Say where it comes from"},
    )
    words = _words("What it is", "Write what was gathered")


def today(day: datetime.date) -> dict[str, Any]:
    """What a form about telling begins with."""
    return {"told_on": day}
