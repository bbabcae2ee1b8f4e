"""Emergency accesses and requests for an address, as tables and facts."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.identity.sharing.choices import EmergencyOutcome, EmergencyReason
from joinedup.identity.sharing.queries.emergency import AccessShown, AddressShown, ReleaseShown

_TAGS = {
    EmergencyOutcome.JUSTIFIED: "govuk-tag--green",
    EmergencyOutcome.NOT_JUSTIFIED: "govuk-tag--red",
    EmergencyOutcome.TAKEN_FURTHER: "govuk-tag--orange",
}


def waiting(found: Sequence[AccessShown], at: datetime.datetime) -> Table | None:
    """What waits for review, oldest first."""
    if not found:
        return None
    return table(
        "Waiting for review",
        ["Opened", "By", "Reason", "Until"],
        [
            [
                Cell(wording.moment(each.starts_at), href=reverse("emergency", args=[each.pk])),
                Cell(each.who, note=each.agency),
                Cell(EmergencyReason(each.reason).label),
                Cell(
                    wording.moment(each.ends_at),
                    tag="govuk-tag--yellow" if each.ends_at > at else "",
                ),
            ]
            for each in found
        ],
    )


def reviewed(found: Sequence[AccessShown]) -> Table | None:
    """What was reviewed, newest first."""
    if not found:
        return None
    return table(
        "Reviewed",
        ["Opened", "By", "Outcome", "Reviewed"],
        [
            [
                Cell(wording.moment(each.starts_at), href=reverse("emergency", args=[each.pk])),
                Cell(each.who, note=each.agency),
                Cell(
                    EmergencyOutcome(each.outcome).label,
                    tag=_TAGS[EmergencyOutcome(each.outcome)],
                ),
                Cell(wording.moment(each.reviewed_at), note=each.reviewed_by),
            ]
            for each in found
        ],
    )


def facts(found: AccessShown) -> list[tuple[str, str]]:
    """What is known of one emergency access, as rows of a summary list."""
    rows = [
        ("Opened by", f"{found.who}, {found.agency}"),
        ("Opened", wording.moment(found.starts_at)),
        ("Open until", wording.moment(found.ends_at)),
        ("Reason", EmergencyReason(found.reason).label),
        ("In their words", found.words),
        ("Person", str(found.person_id)),
    ]
    if found.outcome:
        rows += [
            ("Outcome", EmergencyOutcome(found.outcome).label),
            ("What was found", found.outcome_words),
            ("Reviewed by", f"{found.reviewed_by}, {wording.moment(found.reviewed_at)}"),
        ]
    return rows


def released(found: Sequence[AddressShown]) -> list[tuple[str, str]]:
    """Each released address with whose it is and until when, as rows of a summary list."""
    return [
        (each.holder, f"{each.address}, {each.postcode}. Until {wording.moment(each.until)}")
        for each in found
    ]


def asked(found: Sequence[ReleaseShown]) -> Table | None:
    """Requests that wait on this agency."""
    if not found:
        return None
    return table(
        "Waiting for an answer",
        ["Asked", "By", "Why", "So far"],
        [
            [
                Cell(
                    wording.moment(each.asked_at), href=reverse("address-release", args=[each.pk])
                ),
                Cell(each.who, note=each.agency),
                Cell(each.why),
                Cell(f"{each.first} has agreed" if each.first else "Nobody has answered"),
            ]
            for each in found
        ],
    )


def release_facts(found: ReleaseShown) -> list[tuple[str, str]]:
    """What is known of one request, as rows of a summary list."""
    rows = [
        ("Asked by", f"{found.who}, {found.agency}"),
        ("Asked", wording.moment(found.asked_at)),
        ("Why", found.why),
        ("Person", str(found.person_id)),
    ]
    if found.first:
        rows.append(("Agreed first by", found.first))
    if found.answered:
        rows.append(("Answer", found.answered.capitalize()))
    return rows
