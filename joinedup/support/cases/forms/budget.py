"""What is asked about self-directed support and a personal budget."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.partnership.funds.forms import DAYS, PoundsField
from joinedup.partnership.funds.queries import TableOnADay
from joinedup.support.cases.choices.budget import BudgetRoute, Learning, OfferAnswer, Working
from joinedup.support.cases.operations.budget import BudgetSaid
from joinedup.support.cases.operations.budget_life import YearOn
from joinedup.support.cases.rules.budget import PlanLine

LONGEST = 2000
MOST_LINES = 30
Person = tuple[uuid.UUID, str]


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAYS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Write the day as 03/04/2026",
            "invalid": "Write the day as 03/04/2026",
        },
    )


def _words(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write a few words",
            "max_length": f"Say it in {LONGEST} characters or fewer",
        },
    )


class ForOneOf(forms.Form):
    """A form about one of the people of a case; of one alone it does not ask whom."""

    def __init__(self, persons: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = list(persons)
        if len(self.persons) > 1:
            whom = forms.ChoiceField(
                label="About whom",
                widget=forms.RadioSelect,
                choices=[(str(key), name) for key, name in self.persons],
                error_messages={"required": "Choose about whom"},
            )
            self.fields = {"person": whom, **self.fields}

    @property
    def person_id(self) -> uuid.UUID:
        """Whom it is about."""
        said = self.cleaned_data.get("person")
        return uuid.UUID(said) if said else self.persons[0][0]


class OfferForm(ForOneOf):
    """Whether somebody wants to direct their own support."""

    answer = forms.ChoiceField(
        label="Do they want to direct their own support?",
        help_text="A sum of money to meet their needs as they choose, held by them or by somebody for them.",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in OfferAnswer],
        error_messages={"required": "Choose what became of asking"},
    )
    because = _words(
        "Their reason, or why they were not asked (optional where they want it)", required=False
    )

    def clean(self) -> dict[str, Any]:
        """A reason stands beside not having asked."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == OfferAnswer.NOT_OFFERED and not cleaned.get("because"):
            self.add_error("because", "Say why they were not asked")
        return cleaned


class BudgetForm(ForOneOf):
    """The answers of the points table, what is agreed, and who bears what of it."""

    agreed = PoundsField(
        label="Agreed amount a year (optional)",
        help_text="Leave it empty to agree what the table gives.",
        required=False,
    )
    why_other = _words("If it is another amount, why", required=False)
    is_aftercare = forms.BooleanField(
        label="It is aftercare under section 117: they contribute nothing", required=False
    )
    contribution = PoundsField(
        label="What they contribute a year, as assessed (optional)", required=False
    )
    health = PoundsField(
        label="Of it, from a personal health budget a year (optional)", required=False
    )
    starts_on = _day("From which day")
    review_on = _day("First review", "Six to eight weeks after it starts, as a rule.")

    def __init__(
        self, table: TableOnADay, persons: Sequence[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(persons, *args, **kwargs)
        asked: dict[str, forms.Field] = {}
        for number, (question, lines) in enumerate(table.questions, 1):
            asked[f"points_{number}"] = forms.ChoiceField(
                label=question,
                widget=forms.RadioSelect,
                choices=[(str(line.pk), f"{line.answer} ({line.points})") for line in lines],
                error_messages={"required": "Choose one answer"},
            )
        whom = {"person": self.fields.pop("person")} if "person" in self.fields else {}
        self.fields = {**whom, **asked, **self.fields}

    def said(self) -> BudgetSaid:
        """What the form says, for the operation."""
        said = self.cleaned_data
        return BudgetSaid(
            person_id=self.person_id,
            point_lines=tuple(int(said[name]) for name in said if name.startswith("points_")),
            agreed_pence=said["agreed"],
            starts_on=said["starts_on"],
            review_on=said["review_on"],
            why_other=said["why_other"],
            contribution_pence=said["contribution"] or 0,
            health_pence=said["health"] or 0,
            is_aftercare=said["is_aftercare"],
        )


class LineForm(forms.Form):
    """One line of a support plan."""

    what = forms.CharField(label="What", max_length=200)
    provider = forms.CharField(label="From whom (optional)", max_length=120, required=False)
    route = forms.ChoiceField(
        label="How the money goes", choices=[(each.value, each.label) for each in BudgetRoute]
    )
    pence = PoundsField(label="Pounds a year", error_messages={"required": "Write an amount"})


SupportPlan = forms.formset_factory(LineForm, extra=3, max_num=MOST_LINES)
"""The lines of a support plan; an empty line is passed over."""


def lines_said(plan: Any) -> list[PlanLine]:
    """The lines of a support plan that say something."""
    said = [form.cleaned_data for form in plan.forms if form.cleaned_data.get("what")]
    return [
        PlanLine(line["what"], line["pence"], BudgetRoute(line["route"]), line["provider"])
        for line in said
    ]


class WordsForm(forms.Form):
    """What has to change, or why something ends."""

    words = _words("What has to change?")


class SpendForm(forms.Form):
    """What was spent, on which day, on which line."""

    on = _day("On which day")
    pence = forms.CharField(
        label="How much, in pounds",
        help_text="With a minus where money came back.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Write an amount in pounds, as in 12.50"},
    )
    words = forms.CharField(
        label="On what", max_length=200, error_messages={"required": "Say on what it was spent"}
    )
    line = forms.ChoiceField(label="Of which line (optional)", required=False)

    def __init__(self, lines: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "None of them"), *((str(key), text) for key, text in lines)]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]

    def clean_pence(self) -> int:
        """The amount in pence; less than nothing where money came back."""
        typed = self.cleaned_data["pence"].strip().replace("−", "-")
        back = typed.startswith("-")
        amount: int = PoundsField().clean(typed.lstrip("-"))
        if not amount:
            raise forms.ValidationError("Write an amount other than nothing")
        return -amount if back else amount


class TaperForm(forms.Form):
    """From when less is needed, how much, and why."""

    from_on = _day("From which day")
    pence = PoundsField(
        label="How much a year from then on", error_messages={"required": "Write an amount"}
    )
    because = _words("Why is less needed?")


class EndForm(forms.Form):
    """From which day there is no budget any more, and why."""

    on = _day("From which day")
    words = _words("Why does it end, and what stays?")


class YearOnForm(forms.Form):
    """How somebody is a year on."""

    on = _day("Asked on which day")
    working = forms.ChoiceField(
        label="Do they work?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Working],
        error_messages={"required": "Choose one"},
    )
    learning = forms.ChoiceField(
        label="Do they learn?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Learning],
        error_messages={"required": "Choose one"},
    )
    still_served = forms.TypedChoiceField(
        label="Does any service support them still?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        error_messages={"required": "Choose one"},
    )
    words = _words("In their own words (optional)", required=False)

    def said(self) -> YearOn:
        """What the form says, for the operation."""
        said = self.cleaned_data
        day: datetime.date = said["on"]
        return YearOn(
            on=day,
            working=Working(said["working"]),
            learning=Learning(said["learning"]),
            still_served=said["still_served"],
            words=said["words"],
        )
