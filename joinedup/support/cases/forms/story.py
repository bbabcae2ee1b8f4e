"""What is asked of an entry in the story, of a pin, and of whoever looks for something in it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.identity.sharing.forms.agreements import words_field
from joinedup.support.cases.choices import Hidden, IncidentRole, Significance, Topic
from joinedup.support.cases.operations.story import EntrySaid
from joinedup.support.cases.rules.story import Asked
from joinedup.support.cases.rules.when import When, read_when

Pairs = Sequence[tuple[str, str]]


class WhenField(forms.CharField):
    """When something happened, in one box, as people write it."""

    def __init__(self, **options: Any) -> None:
        self.today: datetime.date | None = None
        box = forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"})
        super().__init__(required=False, widget=box, **options)

    def clean(self, value: Any) -> When:
        """The days it means; what cannot be is told, and what was typed stays."""
        if self.today is None:
            raise RuntimeError("The form says which day is today.")
        try:
            return read_when(str(value or ""), self.today)
        except ValueError as why:
            raise forms.ValidationError(str(why)) from why


def _one_of(label: str, words: Pairs, missing: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=words, help_text=hint,
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


class EntryForm(forms.Form):
    """One thing that happened: when, what, whose word, how much it matters; and more where it is needed."""

    when = WhenField(
        label="When did it happen?",
        help_text="12 3 2024, March 2024, about 2015, 12 to 14 March 2024, or since June 2019.",
    )
    person = forms.ChoiceField(label="Who is it about?", required=False)
    what = forms.CharField(
        label="What happened, in a line?",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Say in a line what happened",
            "max_length": "Say it in 200 letters or fewer; the rest goes below",
        },
    )
    topic = _one_of(
        "What was it about?",
        [("", "Choose"), *((each.value, each.label) for each in Topic if each.can_be_written)],
        "Choose what it was about",
    )
    source = forms.ChoiceField(label="Which agency does it come from?", required=False)
    told_by = forms.CharField(
        label="Whose word is it?",
        help_text="The person, her sister, the class teacher. Leave it out if the agency says enough.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Say it in 120 letters or fewer"},
    )
    significance = forms.ChoiceField(
        label="How much does it matter?",
        choices=[(each.value, f"{each.label}: {each.hint}") for each in Significance],
        widget=forms.RadioSelect,
        initial=Significance.ORDINARY.value,
        error_messages={"required": "Choose how much it matters"},
    )
    words = words_field("More about it", "", rows=4)
    meant = words_field("What did it mean for them?", "In their own words where you have them.", rows=2)  # fmt: skip
    role = _one_of(
        "If it was an incident, what were they in it?",
        [(each.value, each.label) for each in IncidentRole],
        "Choose what they were in it",
        "One entry for each: somebody harmed here and suspected there has two.",
    )
    hidden = forms.ChoiceField(
        label="May the person read it?",
        required=False,
        choices=[
            ("", "Yes, on their own page"),
            *((each.value, f"No. {each.label}") for each in Hidden),
        ],
        widget=forms.RadioSelect,
    )
    hidden_because = words_field("If not, why not?", "", rows=2)

    MORE = ("words", "meant", "role", "hidden", "hidden_because")

    def __init__(
        self,
        persons: Sequence[tuple[Any, str]],
        agencies: Pairs,
        today: datetime.date,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].today = today  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", "None: somebody’s own word"), *agencies]  # type: ignore[attr-defined]
        self.fields["role"].required = False
        if len(persons) < 2:
            del self.fields["person"]
        else:
            named = [(str(key), name) for key, name in persons]
            self.fields["person"].choices = [("", "All of them"), *named]  # type: ignore[attr-defined]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What is asked where there is more to say."""
        return [self[name] for name in self.fields if name in self.MORE]

    @property
    def shows_more(self) -> bool:
        """Whether something of the rest is filled in, or wrong."""
        filled = any(str(self[name].value() or "") not in {"", "none"} for name in self.MORE)
        return filled or any(name in self.errors for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        """A source of some kind, and a reason for what is hidden."""
        cleaned = super().clean() or {}
        if not cleaned.get("source") and not cleaned.get("told_by"):
            self.add_error(
                "told_by", "Say where it comes from: an agency above, or whose word it is"
            )
        if cleaned.get("hidden") and not cleaned.get("hidden_because"):
            self.add_error("hidden_because", "Say why the person is not shown it")
        return cleaned

    def said(self, only: Any) -> EntrySaid:
        """The entry as it was written; about the only person there is, where there is one."""
        said = self.cleaned_data
        return EntrySaid(
            when=said["when"], topic=Topic(said["topic"]), what=said["what"],
            significance=Significance(said["significance"]), source=said["source"],
            told_by=said["told_by"], words=said["words"], meant=said["meant"],
            role=IncidentRole(said["role"] or IncidentRole.NONE),
            person_id=said.get("person") or only,
            hidden=Hidden(said["hidden"]) if said["hidden"] else None,
            hidden_because=said["hidden_because"],
        )  # fmt: skip


class PinForm(forms.Form):
    """Why a line matters."""

    why = forms.CharField(
        label="Why does it matter? (optional)",
        help_text="It stands beside the line, above the story.",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Say it in 300 letters or fewer"},
    )


class StoryFilter(forms.Form):
    """What of the story is asked for; whatever cannot be read is passed over."""

    words = forms.CharField(required=False, max_length=100, label="Words")
    agency = forms.ChoiceField(required=False, label="Agency")
    topic = forms.ChoiceField(
        required=False, label="About",
        choices=[("", "Everything"), *((each.value, each.label) for each in Topic)],
    )  # fmt: skip
    significance = forms.ChoiceField(
        required=False, label="How serious",
        choices=[("", "Any"), *((each.value, each.label) for each in Significance)],
    )  # fmt: skip
    person = forms.ChoiceField(required=False, label="Who")
    since = forms.CharField(required=False, max_length=40, label="Since")
    pinned = forms.BooleanField(required=False, label="Pinned only")
    new = forms.BooleanField(required=False, label="New since I last read it")

    def __init__(
        self, asked: Mapping[str, Any], persons: Sequence[tuple[Any, str]], today: datetime.date
    ) -> None:
        super().__init__(asked)
        self.today = today
        if len(persons) < 2:
            del self.fields["person"]
        else:
            named = [(str(key), name) for key, name in persons]
            self.fields["person"].choices = [("", "Anybody"), *named]  # type: ignore[attr-defined]

    def offer(self, agencies: Pairs) -> None:
        """The agencies that have a line in this story, by name."""
        self.fields["agency"].choices = [("", "Any"), *agencies]  # type: ignore[attr-defined]

    def clean_since(self) -> datetime.date | None:
        """The day, in any usual form."""
        text = self.cleaned_data["since"]
        if not text:
            return None
        try:
            return read_when(text, self.today).starts_on
        except ValueError as why:
            raise forms.ValidationError(str(why)) from why

    def asked(self) -> Asked:
        """What is asked for, as far as it can be read."""
        self.is_valid()
        data, said = self.data, self.cleaned_data
        return Asked(
            # Which agencies have a line is known only when the story has been read.
            agency=str(data.get("agency", ""))[:40],
            topic=said.get("topic", ""),
            significance=said.get("significance", ""),
            person=said.get("person", ""),
            since=said.get("since"),
            words=said.get("words", ""),
            pinned=said.get("pinned", False),
            new=said.get("new", False),
            year=_number(data.get("year", "")) or None,
            oldest_first=data.get("order") == "oldest",
            page=_number(data.get("page", "")) or 1,
            everything=data.get("print") == "all",
        )


def _number(text: Any) -> int:
    plain = str(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else 0
