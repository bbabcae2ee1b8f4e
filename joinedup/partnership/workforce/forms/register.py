"""What the register asks for: competences, languages, courses, leave."""

from collections.abc import Iterable
from typing import Any

from django import forms

from joinedup.foundations.agencies.roles import ROLES
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex
from joinedup.partnership.workforce.forms.approvals import day_field
from joinedup.partnership.workforce.models import Course
from joinedup.partnership.workforce.queries.competence import FRONT_LINE


class CompetenceForm(forms.Form):
    """What somebody can lead, on what that rests, from when until when."""

    code = forms.ChoiceField(
        label="What can they do?",
        choices=[("", "Choose"), *((each.value, each.label) for each in CompetenceCode)],
        error_messages={"required": "Choose what they can do"},
    )
    evidence = forms.CharField(
        label="What does it rest on?",
        help_text="A course, a qualification, work that was seen.",
        max_length=300,
        error_messages={"required": "Say what it rests on"},
    )
    starts_on = day_field("From")
    ends_on = day_field("First day it no longer holds (optional)", required=False)


class LanguageForm(forms.Form):
    """The languages somebody works in, one on each line."""

    names = forms.CharField(
        label="Languages they work in without an interpreter",
        help_text="One on each line.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )


class WorksAsForm(forms.Form):
    """As whom somebody works; they need not say."""

    sex = forms.ChoiceField(
        label="People sometimes ask for a woman or a man. You work as",
        choices=[("", "I do not say"), *((each.value, each.label) for each in WorkerSex)],
        required=False,
    )


class LeaveForm(forms.Form):
    """From when until when somebody is away."""

    starts_on = day_field("First day away")
    ends_on = day_field("First day back")


class CapacityForm(forms.Form):
    """Which share of a full week a post works, from when."""

    percent = forms.IntegerField(
        label="Share of a full week, in per cent",
        help_text="Half of a week is 50. Counted when work is shared out.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Write the share of a full week",
            "invalid": "Write a number of per cent, as in 60",
        },
    )
    starts_on = day_field("From")


class AttendedForm(forms.Form):
    """Which course they attended, and when."""

    course = forms.ChoiceField(
        label="Course attended", error_messages={"required": "Choose the course"}
    )
    on = day_field("On")

    def __init__(self, courses: Iterable[Course], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(each.pk), each.name) for each in courses)]
        self.fields["course"].choices = choices  # type: ignore[attr-defined]


class CourseForm(forms.Form):
    """A course: what it gives, for how long, and of whom it is required."""

    name = forms.CharField(
        label="Name of the course",
        max_length=200,
        error_messages={"required": "Give the course a name"},
    )
    gives = forms.ChoiceField(
        label="Who attends it can (optional)",
        choices=[("", "Nothing by itself"), *((each.value, each.label) for each in CompetenceCode)],
        required=False,
    )
    months = forms.IntegerField(
        label="For how many months does it hold? (empty for always)",
        min_value=1,
        max_value=120,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Write a number of months, as in 24"},
    )
    required_of = forms.MultipleChoiceField(
        label="Of whom is it required?",
        choices=[(role.code, role.name) for role in ROLES if role.code in FRONT_LINE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
