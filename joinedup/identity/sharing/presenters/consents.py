"""How it reads what a person said."""

from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.identity.sharing.choices import (
    CapacityOutcome,
    ConsentState,
    Method,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.forms.consents import SPOKE
from joinedup.identity.sharing.gateways import GATEWAYS, ConsentNeeded
from joinedup.identity.sharing.models import CapacityAssessment, Consent, ServiceAgreement
from joinedup.identity.sharing.presenters.agreements import basis, categories
from joinedup.identity.sharing.queries.consents import ConsentShown, WhatWasSaid

STATES = {
    ConsentState.NOT_ASKED: ("Not asked", "govuk-tag--grey"),
    ConsentState.GIVEN: ("Yes", "govuk-tag--green"),
    ConsentState.DECLINED: ("No, declined", "govuk-tag--red"),
    ConsentState.OBJECTED: ("No, objects", "govuk-tag--red"),
    ConsentState.WITHDRAWN: ("Taken back", "govuk-tag--yellow"),
    ConsentState.EXPIRED: ("Run out", "govuk-tag--yellow"),
}
_SPOKE = dict(SPOKE)


def consents(said: WhatWasSaid) -> Table | None:
    """What was said about sharing, newest first."""
    if not said.consents:
        return None
    return table(
        "Sharing",
        ["For", "What was said", "From and to", "Whose word", Column("When", date=True), "Take back"],
        [
            [
                Purpose(each.consent.purpose).label,
                _state(each),
                Cell(between(each.consent), note=_about(each.consent)),
                Cell(_SPOKE[WhoSpoke(each.consent.who_spoke)], note=_how(each.consent)),
                Cell(moment(each.consent.said_at), note=_until(each.consent)),
                Cell(
                    "Take back" if each.may_withdraw else "",
                    href=reverse("consent-withdraw", args=[said.person_id, each.consent.pk])
                    if each.may_withdraw
                    else "",
                ),
            ]
            for each in said.consents
        ],
    )  # fmt: skip


def _state(each: ConsentShown) -> Cell:
    text, tag = STATES[each.state]
    return Cell(text, tag=tag, note="" if each.latest else "Something was said later")


def between(consent: Consent) -> str:
    """From whom to whom."""
    holder = consent.holder.name if consent.holder else "Any agency"
    recipient = consent.recipient.name if consent.recipient else "any agency"
    return f"{holder} to {recipient}"


def _about(consent: Consent) -> str:
    return f"Only {categories(consent.categories).lower()}" if consent.categories else ""


def _how(consent: Consent) -> str:
    said = Method(consent.method).value.replace("_", " ")
    who = consent.recorded_by.user.name if consent.recorded_by else "the person on their own page"
    parts = [f"Said {said}, written down by {who}, {consent.agency.name}", consent.evidence]
    return ". ".join(part for part in parts if part)


def _until(consent: Consent) -> str:
    if consent.withdrawn_at:
        return f"Taken back {moment(consent.withdrawn_at)}"
    return f"Until {day(consent.expires_at)}" if consent.expires_at else ""


def not_asked(said: WhatWasSaid) -> Table:
    """Every purpose by what holds of it today, with the basis in law: shown, never asked of anybody."""
    rows = []
    for purpose in Purpose:
        states = [
            each.state
            for each in said.consents
            if each.latest and each.consent.purpose == purpose.value
        ]
        lawful = [
            row
            for row in GATEWAYS
            if purpose in row.purposes and row.opens and row.consent is not ConsentNeeded.NOTHING
        ]
        if lawful:
            # The row that is this purpose's own says more than one that serves many.
            own = min(lawful, key=lambda row: len(row.purposes))
            rows.append([purpose.label, _of_purpose(states), Cell(own.sentence, note=basis(own))])
    return table("Purpose by purpose", ["Purpose", "What holds today", "Basis in law"], rows)


def _of_purpose(states: Iterable[ConsentState]) -> Cell:
    found = list(dict.fromkeys(states)) or [ConsentState.NOT_ASKED]
    if len(found) == 1:
        text, tag = STATES[found[0]]
        return Cell(text, tag=tag)
    return Cell("Differs by agency", note=", ".join(STATES[state][0] for state in found))


def services(said: Iterable[ServiceAgreement]) -> Table | None:
    """What was said about services."""
    rows = [
        [
            each.service,
            ServiceAnswer(each.answer).value.capitalize(),
            each.agency.name,
            moment(each.said_at),
        ]
        for each in said
    ]
    columns = ["Service", "Answer", "Asked by", Column("When", date=True)]
    return table("Services", columns, rows) if rows else None


def assessments(found: Iterable[CapacityAssessment]) -> Table | None:
    """Assessments of capacity, each of one decision."""
    rows = [
        [
            each.decision,
            Cell(
                CapacityOutcome(each.outcome).value.replace("_", " ").capitalize(),
                note=each.best_interests,
            ),
            Purpose(each.purpose).label if each.purpose else "Another decision",
            each.agency.name,
            day(each.assessed_on),
        ]
        for each in found
    ]
    columns = ["Decision", "Found", "About sharing for", "Assessed by", Column("When", date=True)]
    return table("Capacity", columns, rows) if rows else None
