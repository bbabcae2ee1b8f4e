"""Boxes whose words are judged by a rule: what it refuses is told on the page, what was typed stays."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from joinedup.support.contacts.choices import Channel, Need
from joinedup.support.frontdoor.rules import dates, identity_typed
from joinedup.support.questions.rules.drafting import clean

Check = Callable[[str], Any]


class TypedBox(forms.CharField):
    """A box that a rule reads; nothing typed is nothing, unless the rule wants something."""

    def __init__(self, check: Check, *, reads_nothing: bool = False, **options: Any) -> None:
        self.check_typed = check
        self.reads_nothing = reads_nothing
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> Any:
        text = clean(str(value or ""))
        if not text.strip() and not self.reads_nothing:
            return None
        try:
            return self.check_typed(text)
        except ValueError as why:
            raise forms.ValidationError(str(why)) from why

    def run_validators(self, value: Any) -> None:
        """The rule has judged it; Django's own checks are of text."""


def text_box(check: Check, label: str, *, help_text: str = "", **attributes: str) -> TypedBox:
    """One line."""
    shown = {"autocomplete": "off", "spellcheck": "false", **attributes}
    return TypedBox(check, label=label, help_text=help_text, widget=forms.TextInput(attrs=shown))


def words_box(label: str, *, help_text: str = "", missing: str = "", rows: int = 5) -> TypedBox:
    """Several lines; `missing` is what to say where nothing is written and something must be."""
    return TypedBox(
        lambda text: identity_typed.told(text, missing=missing),
        reads_nothing=bool(missing),
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off"}),
    )


def one_of(
    label: str, pairs: list[tuple[str, str]], missing: str = "", help_text: str = ""
) -> forms.ChoiceField:
    """One of a few, as round buttons."""
    return forms.ChoiceField(
        label=label, choices=pairs, required=bool(missing), widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": missing, "invalid_choice": "Choose one of these"},
    )  # fmt: skip


def any_of(label: str, pairs: list[tuple[str, str]], help_text: str = "") -> forms.Field:
    """Any of a list, as square boxes."""
    return forms.MultipleChoiceField(
        label=label, choices=pairs, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=help_text, error_messages={"invalid_choice": "Choose from these"},
    )  # fmt: skip


def understood_boxes(label: str) -> dict[str, forms.Field]:
    """What somebody needs to be understood, asked once (S3-15); and how they must not be reached."""
    ways = (
        Channel.PHONE, Channel.VOICEMAIL, Channel.TEXT, Channel.EMAIL, Channel.LETTER,
        Channel.VISIT, Channel.OTHERS,
    )  # fmt: skip
    return {
        "communication": any_of(label, [(need.value, need.label) for need in Need]),
        "communication_words": text_box(
            identity_typed.of_at_most(200), "Which language, or what else?"
        ),
        "unsafe_ways": any_of(
            "Is any of these not safe, or not wanted?", [(way.value, way.label) for way in ways]
        ),
    }


def what_is_understood(cleaned: dict[str, Any]) -> dict[str, str]:
    """What is missing or cannot be together of what somebody needs to be understood."""
    needs = [Need(code) for code in cleaned.get("communication", [])]
    if Need.NONE in needs and len(needs) > 1:
        return {"communication": "Choose what is needed, or that nothing is, and not both"}
    if any(need.wants_words for need in needs) and not cleaned.get("communication_words"):
        return {"communication_words": "Say which language, or what else"}
    return {}


def communication_of(read: Mapping[str, Any]) -> dict[str, str]:
    """What somebody needs to be understood, with its words."""
    words = read.get("communication_words") or ""
    return {need: words if Need(need).wants_words else "" for need in read.get("communication", [])}


def identity_boxes(today: datetime.date, *, themself: bool = False) -> dict[str, forms.Field]:
    """The boxes that say who somebody is and where they live."""
    name, address = identity_typed.name, identity_typed.address
    numbers = {"inputmode": "tel"}
    return {
        "given_name": text_box(
            name, "First name", help_text="" if themself else "Or what people call them."
        ),
        "family_name": text_box(name, "Family name"),
        "born_on": text_box(
            lambda text: dates.birth_date(text, today),
            "Date of birth", help_text="For example, 31 3 1980",
        ),
        "age": text_box(
            dates.age_in_years, "Or age", help_text="A guess will do, for example about 40"
        ),
        "address": text_box(address, "House and street", help_text="With the town, if not here."),
        "postcode": text_box(identity_typed.postcode, "Postcode"),
        "no_fixed_address": forms.BooleanField(label="No fixed address", required=False),
        "phone": text_box(identity_typed.phone, "Telephone", help_text="", **numbers),
    }  # fmt: skip


def whom_is_missing(cleaned: dict[str, Any], errors: Any, prefix: str = "") -> dict[str, str]:
    """What must still be said of somebody: a name, how old, where; what was mistyped is told already."""
    missing = {}
    names = (f"{prefix}given_name", f"{prefix}family_name")
    if not any(cleaned.get(name) or name in errors for name in names):
        missing[names[0]] = "Enter a name, or what people call them"
    ages = (f"{prefix}born_on", f"{prefix}age")
    if not any(cleaned.get(name) is not None or name in errors for name in ages):
        missing[ages[0]] = "Enter a date of birth, or an age: a guess will do"
    homes = tuple(f"{prefix}{each}" for each in ("address", "postcode", "no_fixed_address"))
    if not any(cleaned.get(name) or name in errors for name in homes):
        missing[homes[0]] = "Enter an address or a postcode, or tick “No fixed address”"
    return missing
