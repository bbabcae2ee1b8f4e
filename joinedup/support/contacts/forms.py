"""What is asked of a contact, of how somebody is safely reached, and of what they need."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from joinedup.foundations.core.dates import LONDON
from joinedup.foundations.core.time_field import TimeField
from joinedup.identity.sharing.forms.agreements import DayField, words_field
from joinedup.support.contacts.choices import Channel, How, Need, Seen
from joinedup.support.contacts.operations import ContactSaid, ProfileSaid


def _short(label: str, hint: str = "", longest: int = 200, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
        error_messages={"max_length": f"Say it in {longest} characters or fewer"},
    )


def _person(persons: Sequence[tuple[Any, str]], everybody: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who?",
        required=False,
        choices=[("", everybody), *((str(person), name) for person, name in persons)],
    )


class ContactForm(forms.Form):
    """A contact, or a note: how, when, with whom, seen or not, their words, what was done."""

    how = forms.ChoiceField(
        label="What was it?",
        choices=[(how.value, how.label) for how in How],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it was"},
    )
    day = DayField(label="On which day?", help_text="For example 27 3 2027.")
    time = TimeField(label="At what time?", help_text="For example 14:30.")
    with_whom = _short("With whom?", "The person, their mother, nobody answered.")
    seen = forms.ChoiceField(
        label="Was the person seen?",
        choices=[(seen.value, seen.label) for seen in Seen],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the person was seen"},
    )
    their_words = words_field("In their own words", "What they said, as they said it.", rows=3)
    words = words_field("What was said or done?", "And what follows from it.")
    needs_met = _short("How were their needs met?", "Who interpreted, what was read aloud.")
    despite = words_field(
        "If this way is not safe for them, why was it done all the same?", "", rows=3
    )

    def __init__(self, persons: Sequence[tuple[Any, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(persons) > 1:
            self.fields = {"person": _person(persons, "All of them"), **self.fields}

    def said(self, only: Any, instead_of: Any = None) -> ContactSaid:
        """The contact as it was described, by the clock here."""
        said = self.cleaned_data
        at = datetime.datetime.combine(said["day"], said["time"], tzinfo=LONDON)
        return ContactSaid(
            How(said["how"]), at, said["words"], said["their_words"], said["with_whom"],
            Seen(said["seen"]), said["despite"], said["needs_met"],
            said.get("person") or only, instead_of,
        )  # fmt: skip


class ProfileForm(forms.Form):
    """How somebody is safely reached, and how they must never be."""

    forbidden = forms.MultipleChoiceField(
        label="Which ways are not safe?",
        choices=[(channel.value, channel.label) for channel in Channel],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    number = _short("On which number?", "", 60, inputmode="tel")
    email = _short("On which e-mail address?", "", 254, inputmode="email", spellcheck="false")
    from_time = TimeField(
        label="From what time is it safe?",
        required=False,
        help_text="Leave both out if any hour will do.",
    )
    until_time = TimeField(label="Until what time?", required=False)
    interpreter = _short(
        "Which interpreter?", "And who must not interpret: never family where there is fear.", 100
    )
    safe_words = _short(
        "How do you say who you are?", "And what to say when somebody else answers."
    )
    words = words_field("What else must be known?", "", rows=3)

    def __init__(self, persons: Sequence[tuple[Any, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(persons) > 1:
            self.fields = {"person": _person(persons, "All of them"), **self.fields}

    def said(self) -> ProfileSaid:
        """The profile as it was described."""
        said = self.cleaned_data
        return ProfileSaid(
            [Channel(word) for word in said["forbidden"]], said["number"], said["email"],
            said["from_time"], said["until_time"], said["interpreter"], said["safe_words"],
            said["words"],
        )  # fmt: skip


class NeedsForm(forms.Form):
    """What somebody needs to understand and be understood."""

    needs = forms.MultipleChoiceField(
        label="What do they need?",
        choices=[(need.value, need.label) for need in Need],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is needed, or that nothing is"},
    )
    language = _short("Which language?")
    other = _short("What else?")

    def __init__(self, persons: Sequence[tuple[Any, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(persons) > 1:
            self.fields = {"person": _person(persons, "All of them"), **self.fields}

    def said(self) -> dict[Need, str]:
        """Each need with what was said of it."""
        words = {
            Need.LANGUAGE: self.cleaned_data["language"],
            Need.OTHER: self.cleaned_data["other"],
        }
        return {Need(word): words.get(Need(word), "") for word in self.cleaned_data["needs"]}
