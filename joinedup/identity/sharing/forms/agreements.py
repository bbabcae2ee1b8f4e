"""What is asked to write, find and govern an agreement."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.choices import AgreementKind, AgreementState, Category, Purpose
from joinedup.identity.sharing.gateways import Gateway
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.rules.editing import seal
from joinedup.identity.sharing.rules.headings import Heading, Section

DAY_FORMATS = ("%d %m %Y", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y")
LINE_FIELDS = frozenset({"title", "dpia_reference"})
LONGEST = 8000


class DayField(forms.DateField):
    """A day as people write it: 27 3 2027."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", DAY_FORMATS)
        options.setdefault(
            "error_messages",
            {"invalid": "Write the day like 27 3 2027", "required": "Write the day like 27 3 2027"},
        )
        box = forms.DateInput(
            format="%-d %-m %Y", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        )
        super().__init__(widget=box, **options)


def words_field(label: str, hint: str, required: str = "", *, rows: int = 4) -> forms.CharField:
    """Words of any length that fits a page; required where it says what to write."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required,
            "max_length": f"Say it in {LONGEST} characters or fewer",
        },
    )


class RegisterSearch(forms.Form):
    """Words, a state, and whether its review is due."""

    words = forms.CharField(label="Words", required=False, max_length=100)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any state"), *((s.value, s.value.capitalize()) for s in AgreementState)],
    )
    due = forms.BooleanField(label="Closes within 90 days", required=False)


class DraftForm(forms.Form):
    """What an agreement begins with."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={
            "required": "Give it a title",
            "max_length": "Give it a title of 200 characters or fewer",
        },
    )
    reference = forms.CharField(
        label="Reference",
        max_length=40,
        help_text="The same over all versions, for example ISA-2026-04.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Give it a reference",
            "max_length": "Give it a reference of 40 characters or fewer",
        },
    )
    parties = forms.MultipleChoiceField(
        label="Which agencies are party to it?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least two agencies"},
    )

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(a.code, a.name) for a in agencies]  # type: ignore[attr-defined]

    def clean_parties(self) -> list[str]:
        """At least two."""
        chosen: list[str] = self.cleaned_data["parties"]
        if len(chosen) < 2:
            raise forms.ValidationError("Choose at least two agencies")
        return chosen


class PartiesForm(forms.Form):
    """Which agencies are party to a draft."""

    parties = DraftForm.base_fields["parties"]
    edited = forms.IntegerField(widget=forms.HiddenInput)
    clean_parties = DraftForm.clean_parties

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(a.code, a.name) for a in agencies]  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """The headings of one section; it carries what it was opened with, so that nothing is lost."""

    edited = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for heading in section.headings:
            self.fields[heading.field] = _heading_field(heading)
            self.fields[f"was_{heading.field}"] = forms.CharField(
                widget=forms.HiddenInput, required=False
            )

    @property
    def written(self) -> dict[str, object]:
        """What was typed, heading by heading."""
        return {name: self.cleaned_data[name] for name in self.section.fields}

    @property
    def opened_with(self) -> dict[str, str]:
        """The seals of what the form was opened with."""
        return {name: self.cleaned_data[f"was_{name}"] for name in self.section.fields}


def opened(section: Section, saved: SharingAgreement) -> dict[str, object]:
    """What a section's form shows and carries of an agreement as it is saved."""
    return shown(section, vars(saved), saved)


def shown(
    section: Section, offered: Mapping[str, object], saved: SharingAgreement
) -> dict[str, object]:
    """A form that shows what is offered, and carries the seals of what is saved."""
    seals = {f"was_{name}": seal(getattr(saved, name)) for name in section.fields}
    return {"edited": saved.edited, **seals, **{n: _typed(offered[n]) for n in section.fields}}


def _typed(value: object) -> object:
    """A day as the box shows it, and as it is typed."""
    if isinstance(value, datetime.date):
        return f"{value.day} {value.month} {value.year}"
    return value


def _heading_field(heading: Heading) -> forms.Field:
    if heading.field == "kind":
        return forms.ChoiceField(
            label=heading.title, choices=[(each.value, each.label) for each in AgreementKind]
        )
    if heading.field in {"is_binding", "joint_controllers", "part_3_processing"}:
        return forms.BooleanField(label=heading.title, required=False)
    if heading.field.endswith("_on"):
        return DayField(label=heading.title, help_text=heading.hint, required=False)
    if heading.field in LINE_FIELDS:
        most = 200 if heading.field == "title" else 120
        return forms.CharField(
            label=heading.title,
            help_text=heading.hint,
            required=heading.field == "title",
            max_length=most,
            error_messages={
                "required": "Give it a title",
                "max_length": f"Write {most} characters or fewer",
            },
        )
    return words_field(heading.title, heading.hint)


class LineForm(forms.Form):
    """Who sends to whom for what: the first half of a line of the schedule."""

    holder = forms.ChoiceField(label="Who sends?", error_messages={"required": "Choose who sends"})
    recipient = forms.ChoiceField(
        label="Who receives?", error_messages={"required": "Choose who receives"}
    )
    purpose = forms.ChoiceField(
        label="For what purpose?",
        choices=[("", "Choose"), *((p.value, p.label) for p in Purpose)],
        error_messages={"required": "Choose the purpose"},
    )

    def __init__(self, parties: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((a.code, a.name) for a in parties)]
        self.fields["holder"].choices = choices  # type: ignore[attr-defined]
        self.fields["recipient"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different agencies."""
        given = super().clean() or {}
        if given.get("holder") and given["holder"] == given.get("recipient"):
            self.add_error("recipient", "Choose another agency than the one that sends")
        return given


class GatewayForm(forms.Form):
    """Through which gateway, and what: the second half of a line."""

    gateway = forms.ChoiceField(
        label="Through which gateway in law?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a gateway"},
    )
    categories = forms.MultipleChoiceField(
        label="Which categories?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one category"},
    )
    consent_needed = forms.BooleanField(
        label="Only with the person’s consent, whatever the gateway asks", required=False
    )
    pseudonymised = forms.BooleanField(label="Without anybody’s identity", required=False)

    def __init__(self, fitting: Sequence[Gateway], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carried = (
            frozenset().union(*(row.categories for row in fitting)) if fitting else frozenset()
        )
        self.fields["gateway"].choices = [(r.code, r.sentence) for r in fitting]  # type: ignore[attr-defined]
        self.fields["categories"].choices = [  # type: ignore[attr-defined]
            (c.value, _with_gateways(c, fitting)) for c in Category if c in carried
        ]


def _with_gateways(category: Category, fitting: Sequence[Gateway]) -> str:
    if all(category in row.categories for row in fitting):
        return category.label
    numbers = [str(n) for n, row in enumerate(fitting, 1) if category in row.categories]
    return f"{category.label} (gateway {', '.join(numbers)})"


class BecauseForm(forms.Form):
    """Why something is done."""

    because = words_field("Why?", "Kept with the agreement for good.", "Say why")


class AcceptForm(forms.Form):
    """Until when it goes on past its review, and why."""

    until = DayField(
        label="Until which day may it go on?",
        help_text="At most six months. It closes when this day begins. For example, 27 3 2027",
    )
    because = words_field(
        "Why may it go on without its review?",
        "You answer for this by name.",
        "Say why it may go on without its review",
    )


class SignForm(forms.Form):
    """The signature: what was read is what is signed."""

    edited = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label="I have read this version and what it would change, and I sign for my agency",
        error_messages={"required": "Tick that you have read it and sign for your agency"},
    )
