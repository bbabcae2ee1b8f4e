"""What is asked to propose a pathway, to begin one in a case, and to say what became of a step."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.pathway import Became, CountedFrom, StepSign
from joinedup.support.cases.forms.boxes import day_box, radio, text_box
from joinedup.support.cases.forms.plan import line, pairs
from joinedup.support.cases.models import Pathway
from joinedup.support.cases.operations.pathways import PathwayWords, StepWords

MOST_STEPS = 10


class PathwayForm(forms.Form):
    """A version to propose, beginning with the words of the one in force; steps left empty are no steps."""

    title = line("Title", "Give it a title", longest=120)
    for_whom = line("Whom it is for, in a sentence", "Say whom it is for", longest=300)
    programme = forms.ChoiceField(
        label="Programme whose cases it is offered to first", required=False,
        choices=[("", "None: offered to all alike"), *pairs(Programme)],
    )  # fmt: skip
    source = line("Who agreed it, and on what it rests", "Say who agreed it", longest=300)
    because = text_box("What is new in it, and why", "Say what is new in it", rows=2)
    starts_on = day_box("Holds from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_STEPS + 1):
            self.fields[f"what_{n}"] = line(f"Step {n}: what is done")
            self.fields[f"who_{n}"] = line(f"Step {n}: whose it is")
            self.fields[f"shared_{n}"] = line(
                f"Step {n}: which shared resource supports it (optional)"
            )
            self.fields[f"days_{n}"] = forms.IntegerField(
                label=f"Step {n}: within how many working days", required=False, min_value=1, max_value=400,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
                error_messages={"invalid": "Write a number of working days, as in 10"},
            )  # fmt: skip
            self.fields[f"counted_{n}"] = forms.ChoiceField(
                label=f"Step {n}: counted from", required=False, choices=pairs(CountedFrom)
            )
            self.fields[f"sign_{n}"] = forms.ChoiceField(
                label=f"Step {n}: what in the case shows that it is done", required=False,
                choices=[("", "Nothing: somebody says so"), *pairs(StepSign)],
            )  # fmt: skip

    @classmethod
    def beginning_with(cls, now: Pathway) -> dict[str, Any]:
        """The words of a version, to begin the next with."""
        said = {k: getattr(now, k) for k in ("title", "for_whom", "programme", "source")}
        for n, step in enumerate(now.steps.all(), 1):
            for part in ("what", "who", "shared", "days", "counted", "sign"):
                said[f"{part}_{n}"] = getattr(step, part)
        return said

    def said(self, code: str = "") -> PathwayWords:
        """What the form says, for the operation."""
        said = self.cleaned_data
        steps = [self._step(n) for n in range(1, MOST_STEPS + 1) if self._is_written(n)]
        return PathwayWords(
            title=said["title"], for_whom=said["for_whom"], source=said["source"],
            because=said["because"], starts_on=said["starts_on"], steps=steps, code=code,
            programme=Programme(said["programme"]) if said["programme"] else None,
        )  # fmt: skip

    def _is_written(self, n: int) -> bool:
        return any(self.cleaned_data[f"{part}_{n}"] for part in ("what", "who", "shared", "days"))

    def _step(self, n: int) -> StepWords:
        said: Mapping[str, Any] = self.cleaned_data
        sign = said[f"sign_{n}"]
        return StepWords(
            what=said[f"what_{n}"], who=said[f"who_{n}"], days=said[f"days_{n}"] or 0,
            counted=CountedFrom(said[f"counted_{n}"] or CountedFrom.START),
            shared=said[f"shared_{n}"], sign=StepSign(sign) if sign else None,
        )  # fmt: skip


class BeginForm(forms.Form):
    """Which pathway a case begins, and from which day."""

    pathway = forms.TypedChoiceField(
        label="Which pathway?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose the pathway"},
    )  # fmt: skip
    starts_on = day_box("From which day?")

    def __init__(self, offered: Sequence[Pathway], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pathway"].choices = [(str(e.pk), f"{e.title}. {e.for_whom}") for e in offered]  # type: ignore[attr-defined]


class MarkForm(forms.Form):
    """What became of a step, on which day, and why where it is not done."""

    became = radio("What became of it?", pairs(Became), "Choose what became of it")
    on = day_box("On which day?")
    words = text_box(
        "Why, where it is left out or not done", rows=2,
        help_text="Whoever takes over reads this. Where it is done you may say what shows it.",
    )  # fmt: skip


class EndForm(forms.Form):
    """Why a pathway ends before its end."""

    because = text_box("Why does it end here?", "Say why it ends here", rows=2)


def from_day(day: datetime.date) -> dict[str, str]:
    """A day as it is offered in a box."""
    return {
        "starts_on": f"{day.day} {day.month} {day.year}",
        "on": f"{day.day} {day.month} {day.year}",
    }
