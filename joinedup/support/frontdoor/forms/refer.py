"""The one short form of a referral: who, where, what is going on, what they want, whether they know."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from joinedup.identity.sharing.choices import Purpose
from joinedup.support.frontdoor.choices import Agreement, ForWhom
from joinedup.support.frontdoor.forms.typed_fields import (
    communication_of,
    identity_boxes,
    one_of,
    text_box,
    understood_boxes,
    what_is_understood,
    whom_is_missing,
    words_box,
)
from joinedup.support.frontdoor.rules import identity_typed
from joinedup.support.frontdoor.rules.typed import TypedReferral, TypedSubject

MOST_PEOPLE = 12


class ReferralForm(forms.Form):
    """One form for a person, a family or a household; each person has boxes of their own (p1, p2 …)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: datetime.date,
        people: int = 1,
        purposes: Sequence[Purpose] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.prefixes = [f"p{n}_" for n in range(1, min(max(people, 1), MOST_PEOPLE) + 1)]
        self.fields["for_whom"] = one_of(
            "Who is it for?", [(each.value, each.label) for each in ForWhom], "Choose who it is for"
        )
        if purposes:
            self.fields["purpose"] = _purpose(purposes)
        for prefix in self.prefixes:
            self.fields.update({prefix + name: box for name, box in _person(prefix, today).items()})
        self.fields.update(_what_is_going_on())

    def clean(self) -> dict[str, Any]:
        """What only shows when all is read: who is missing, and why somebody was not told."""
        cleaned = super().clean() or {}
        for prefix in self.prefixes:
            if prefix != "p1_" and not self._is_begun(prefix):
                continue
            for name, why in whom_is_missing(cleaned, self.errors, prefix).items():
                if prefix == "p1_" or not name.endswith("address"):
                    self.add_error(name, why)
        if cleaned.get("agreement") == Agreement.NOT_INFORMED and not cleaned.get(
            "agreement_because"
        ):
            self.add_error("agreement_because", "Say why they have not been told")
        for name, why in what_is_understood(cleaned).items():
            if name not in self.errors:
                self.add_error(name, why)
        return cleaned

    def _is_begun(self, prefix: str) -> bool:
        return any(
            str(self.data.get(prefix + name, "")).strip()
            for name in ("given_name", "family_name", "born_on", "age", "relation")
        )

    @property
    def people(self) -> list[dict[str, Any]]:
        """The boxes of each person, to be drawn together."""
        return [
            {
                "number": number,
                "box": {
                    name.removeprefix(prefix): self[name]
                    for name in self.fields
                    if name.startswith(prefix)
                },
            }
            for number, prefix in enumerate(self.prefixes, 1)
        ]

    def typed(self) -> TypedReferral:
        """What was typed, once it is valid."""
        return _typed(self.cleaned_data, self.subjects())

    def so_far(self) -> TypedReferral:
        """What was typed as far as it can be read, whether it is valid or not: the exit waits for no form."""
        if self.is_bound:
            self.is_valid()
        read = getattr(self, "cleaned_data", {})
        return _typed({**read, "agreement": Agreement.AGREED}, self.subjects())

    def subjects(self) -> tuple[TypedSubject, ...]:
        """The people that were typed, whoever they are."""
        read = getattr(self, "cleaned_data", {})
        return tuple(
            _subject(read, prefix)
            for prefix in self.prefixes
            if prefix == "p1_" or self._is_begun(prefix)
        )


def _purpose(purposes: Sequence[Purpose]) -> forms.Field:
    return forms.ChoiceField(
        label="Why are you looking?",
        choices=[("", "Choose"), *((p.value, p.label) for p in purposes)],
        help_text="Once you have said so, the form tells you whether they are known here.",
        error_messages={
            "required": "Choose why you are looking",
            "invalid_choice": "Choose one of these reasons",
        },
    )


def _person(prefix: str, today: datetime.date) -> dict[str, forms.Field]:
    boxes = identity_boxes(today)
    boxes["school"] = text_box(
        identity_typed.of_at_most(200), "School, if a child", help_text="Its name and town."
    )
    if prefix != "p1_":
        boxes = {
            "relation": text_box(
                identity_typed.of_at_most(100), "What they are to the first person",
                help_text="For example son, mother, partner",
            ),
            **boxes,
        }  # fmt: skip
    return boxes


def _what_is_going_on() -> dict[str, forms.Field]:
    return {
        "going_on": words_box(
            "What is going on?", missing="Say what is going on", rows=7,
            help_text="What you have seen or heard, since when, and what worries you.",
        ),
        "wanted": words_box("What does the person want?", help_text="In their words.", rows=3),
        "agreement": one_of(
            "Does the person know of this referral?",
            [(each.value, each.label) for each in Agreement],
            "Choose whether the person knows of it",
        ),
        "agreement_because": words_box(
            "If they have not been told, why not?", rows=2,
            help_text="The law asks for it to be told within a month, unless that is not safe.",
        ),
        **understood_boxes("What do they need to understand and be understood?"),
    }  # fmt: skip


def _typed(read: Mapping[str, Any], subjects: tuple[TypedSubject, ...]) -> TypedReferral:
    return TypedReferral(
        subjects=subjects,
        going_on=read.get("going_on") or "",
        wanted=read.get("wanted") or "",
        for_whom=ForWhom(read.get("for_whom") or ForWhom.PERSON),
        agreement=Agreement(read["agreement"]),
        agreement_because=read.get("agreement_because") or "",
        communication=communication_of(read),
        unsafe_ways=tuple(read.get("unsafe_ways", [])),
    )


def _subject(read: Mapping[str, Any], prefix: str) -> TypedSubject:
    return TypedSubject(
        given_name=read.get(prefix + "given_name") or "",
        family_name=read.get(prefix + "family_name") or "",
        born_on=read.get(prefix + "born_on"),
        age=read.get(prefix + "age"),
        address=read.get(prefix + "address") or "",
        postcode=read.get(prefix + "postcode") or "",
        no_fixed_address=bool(read.get(prefix + "no_fixed_address")),
        phone=read.get(prefix + "phone") or "",
        relation=read.get(prefix + "relation") or "",
        school=read.get(prefix + "school") or "",
    )
