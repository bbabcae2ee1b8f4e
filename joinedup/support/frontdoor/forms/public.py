"""What the public pages ask: of oneself, or of somebody one worries about; names are asked for last."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from joinedup.support.frontdoor.choices import Agreement, EntryRoute
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

_KNOWS = [
    (Agreement.AGREED.value, "Yes, and they want help"),
    (Agreement.INFORMED_NOT_AGREED.value, "Yes, but they do not want it"),
    (Agreement.NOT_INFORMED.value, "No"),
]


class PublicForm(forms.Form):
    """One short form for somebody who is not signed in, about themself or about another."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: datetime.date,
        themself: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.themself = themself
        self.fields.update(_about_me(today) if themself else _about_another(today))

    def clean(self) -> dict[str, Any]:
        """What only shows when all is read."""
        cleaned = super().clean() or {}
        if self.themself:
            self._must_be_reachable(cleaned)
        for name, why in whom_is_missing(cleaned, self.errors).items():
            if not (self.themself and name == "address"):
                self.add_error(name, why)
        for name, why in what_is_understood(cleaned).items():
            if name not in self.errors:
                self.add_error(name, why)
        return cleaned

    def _must_be_reachable(self, cleaned: dict[str, Any]) -> None:
        ways = ("sender_reach", "address", "postcode")
        if not any(cleaned.get(way) or way in self.errors for way in ways):
            self.add_error(
                "sender_reach", "Give one way to reach you: a number, an e-mail or an address"
            )

    def entry(self, card: str = "") -> EntryRoute:
        """By which way it came in; a friend who gives no name and no number is anonymous (P23)."""
        if self.themself:
            return EntryRoute.VENUE_CARD if card else EntryRoute.SELF
        read = getattr(self, "cleaned_data", {})
        named = read.get("sender_name") or read.get("sender_reach")
        return EntryRoute.FRIEND if named else EntryRoute.ANONYMOUS

    def typed(self) -> TypedReferral:
        """What was typed, as far as it can be read."""
        if self.is_bound:
            self.is_valid()
        read = getattr(self, "cleaned_data", {})
        knows = (
            Agreement.AGREED if self.themself else Agreement(read.get("knows") or "not_informed")
        )
        because = "A friend or a neighbour asks for help for them." if not self.themself else ""
        return TypedReferral(
            subjects=(_subject(read),),
            going_on=read.get("going_on") or "",
            wanted=read.get("wanted") or "",
            agreement=knows,
            agreement_because=because if knows is Agreement.NOT_INFORMED else "",
            sender_name=read.get("sender_name")
            or ("" if not self.themself else _subject(read).name),
            sender_reach=read.get("sender_reach") or "",
            communication=communication_of(read),
            unsafe_ways=tuple(read.get("unsafe_ways", [])),
        )


def _about_me(today: datetime.date) -> dict[str, forms.Field]:
    who = identity_boxes(today, themself=True)
    who.pop("phone")
    return {
        "going_on": words_box("What is going on?", missing="Say what is going on", rows=6),
        "wanted": words_box("What would you like to happen?", rows=3),
        **who,
        "sender_reach": text_box(
            identity_typed.reach, "How can we reach you safely?",
            help_text="A telephone number or an e-mail address that nobody else reads.",
        ),
        **understood_boxes("What helps you to understand and be understood?"),
    }  # fmt: skip


def _about_another(today: datetime.date) -> dict[str, forms.Field]:
    return {
        "going_on": words_box(
            "What are you worried about?", missing="Say what you are worried about", rows=6,
            help_text="What you have seen or heard, and since when.",
        ),
        "knows": one_of(
            "Do they know that you are asking?", _KNOWS, "Choose whether they know"
        ),
        **identity_boxes(today),
        "sender_name": text_box(
            identity_typed.name, "Your name", help_text="Leave it empty if you would rather not say."
        ),
        "sender_reach": text_box(
            identity_typed.reach, "How can we reach you?",
            help_text="A telephone number or an e-mail address. Leave it empty if you would rather not say.",
        ),
    }  # fmt: skip


def _subject(read: Mapping[str, Any]) -> TypedSubject:
    return TypedSubject(
        given_name=read.get("given_name") or "",
        family_name=read.get("family_name") or "",
        born_on=read.get("born_on"),
        age=read.get("age"),
        address=read.get("address") or "",
        postcode=read.get("postcode") or "",
        no_fixed_address=bool(read.get("no_fixed_address")),
        phone=read.get("phone") or "",
    )
