"""What is asked of a breach and of what was done about it, and of a complaint."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import LONDON
from joinedup.foundations.core.time_field import TimeField
from joinedup.identity.accountability.choices import (
    BreachKind,
    ComplaintOutcome,
    ComplaintWay,
    PeopleTold,
    Risk,
)
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.forms.agreements import DayField, words_field

MOST_PEOPLE = 100_000_000


def _radios(words: Any, label: str, missing: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in words],
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


class _OfAnAgency(forms.Form):
    """A form that asks of which agency; the agencies are handed in."""

    agency = forms.ChoiceField(label="Which agency?")

    def __init__(self, agencies: Iterable[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {each.code: each for each in agencies}
        names = [("", "Choose"), *((code, each.name) for code, each in self.agencies.items())]
        self.fields["agency"].choices = names  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Agency:
        """The agency that was chosen."""
        return self.agencies[self.cleaned_data["agency"]]


class _AtATime(forms.Form):
    """A day and a time that are one moment."""

    def moment(self, day: str, time: str, at: datetime.datetime) -> datetime.datetime:
        """The moment in London; within the minute that is now it is now."""
        said = datetime.datetime.combine(
            self.cleaned_data[day], self.cleaned_data[time], tzinfo=LONDON
        )
        return at if said <= at < said + datetime.timedelta(minutes=1) else said


class BreachForm(_OfAnAgency, _AtATime):
    """What happened, to whose data, and since when that is known."""

    field_order = ("what", "kinds", "agency", "known_on", "known_time", "happened_on")

    what = words_field(
        "What happened?",
        "Name no person. Say what was lost, sent or seen, by whom in which role, and where it is now.",
        "Say what happened",
    )
    kinds = forms.MultipleChoiceField(
        label="What became of the data?",
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, each.label) for each in BreachKind],
        error_messages={"required": "Choose what became of the data"},
    )
    known_on = DayField(
        label="On which day did that agency first know?",
        help_text="72 hours run from then. For example, 27 3 2027",
    )
    known_time = TimeField(label="At what time?", help_text="For example 14:30.")
    happened_on = DayField(
        label="On which day did it happen, if you know? (optional)", required=False
    )
    is_law_enforcement = forms.BooleanField(
        label="It is data that the police hold to prevent, investigate or prosecute crime",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].label = "Whose data is it?"
        self.fields["agency"].error_messages = {"required": "Choose the agency whose data it is"}


class AssessForm(forms.Form):
    """How grave it is, and what it is about."""

    risk = _radios(
        Risk, "How likely is it to harm those whom it is about?", "Choose how likely it is"
    )
    because = words_field("Why do you judge it so?", "", "Say why you judge it so")
    people_about = forms.IntegerField(
        label="How many people is it about, as far as you know? (optional)",
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Write the number in figures, like 12"},
    )
    categories = forms.MultipleChoiceField(
        label="What kinds of data? (optional)",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(each.value, each.label) for each in Category],
    )
    consequences = words_field("What may follow for them? (optional)", "")
    measures = words_field("What was done, or will be done? (optional)", "")


class CommissionerForm(_AtATime):
    """That the Commissioner was told."""

    told_on = DayField(
        label="On which day was the Commissioner told?", help_text="For example, 27 3 2027"
    )
    told_time = TimeField(label="At what time?", help_text="For example 14:30.")
    reference = forms.CharField(
        label="Their reference (optional)",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"max_length": "A reference has 60 characters at most"},
    )
    late_because = words_field("If it was after more than 72 hours: why did it take longer?", "")


class PeopleToldForm(forms.Form):
    """That those whom it is about were told, or why they need not be."""

    how = _radios(PeopleTold, "Were those whom it is about told?", "Choose whether they were told")
    told_words = words_field(
        "How were they told, or why need they not be?",
        "",
        "Say how they were told, or why they need not be",
    )
    told_people_on = DayField(label="On which day?", help_text="For example, 27 3 2027")


class CloseForm(forms.Form):
    """What was learned."""

    learned = words_field(
        "What was learned, and what is different now?", "", "Say what was learned"
    )


class OwnComplaintForm(_OfAnAgency):
    """A person's own complaint."""

    words = words_field(
        "What is wrong?",
        "Say what was done with what is known about you, and what you want to happen.",
        "Say what is wrong",
        rows=8,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].error_messages = {"required": "Choose which agency it is about"}


class ComplaintForm(OwnComplaintForm):
    """A complaint that somebody writes down for a person."""

    field_order = ("agency", "way", "received_on", "words")

    way = _radios(
        [each for each in ComplaintWay if each is not ComplaintWay.OWN_PAGE],
        "How did it come?", "Choose how it came",
    )  # fmt: skip
    received_on = DayField(
        label="On which day did it come?",
        help_text="It is acknowledged within 30 days of it. For example, 27 3 2027",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What do they say is wrong?"
        self.fields["words"].help_text = "In their own words, and what they want to happen."


class AcknowledgeForm(forms.Form):
    """That the person was told that it has come in."""

    acknowledged_on = DayField(
        label="On which day did you tell them that it has come in?",
        help_text="By letter, by phone or however they wish. For example, 27 3 2027",
    )


class ProgressForm(forms.Form):
    """Where it stands."""

    progress = words_field(
        "Where does it stand?", "They read this on their own page.", "Say where it stands"
    )


class AnswerForm(forms.Form):
    """What was found."""

    outcome = _radios(ComplaintOutcome, "Were they right?", "Choose whether they were right")
    answer = words_field(
        "What did you find, and what follows?",
        "They read this on their own page, or you send it to them. It says also that they may go to the "
        "Information Commissioner.",
        "Say what you found and what follows",
        rows=8,
    )
