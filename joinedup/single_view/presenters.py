"""The person's page as tables and charts: which facts stand where, in which words."""

import datetime
from collections import Counter

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.charts import SafeString
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.intelligence.linkage.presenters.evidence import waterfall
from joinedup.intelligence.linkage.queries.person import (
    EvidenceBetween,
    PersonPage,
    RecordShown,
)

TIERS = {
    "alone": ("The only record", "govuk-tag--grey"),
    "certain": ("Certain", "govuk-tag--green"),
    "decided": ("Decided by a reviewer", "govuk-tag--blue"),
}


def identities(page: PersonPage) -> Table:
    """One row a record: who says what, since when."""
    return table(
        "Who each agency says this is",
        [
            "Agency and its number",
            "Name",
            Column("Born", date=True),
            "Address",
            Column("Told on", date=True),
        ],
        [_identity(record) for record in page.records],
    )


def _identity(record: RecordShown) -> list[Cell]:
    told = record.updated_on or record.received_on
    gone = f"withdrawn {wording.day(record.gone_on)}" if record.gone_on else ""
    names = wording.listed(wording.name_case(name) for name in record.other_names)
    return [
        Cell(record.agency_name, note=record.record_id),
        Cell(wording.name_case(record.name), note=f"also {names}" if names else ""),
        Cell(wording.day(record.born_on), note=wording.sex(record.sex)),
        Cell(address(record.address, record.postcode), note=_contact(record)),
        Cell(wording.day(told), note=gone),
    ]


def _contact(record: RecordShown) -> str:
    return wording.listed([part for part in (record.phone, record.email) if part])


def address(line: str, postcode: str) -> str:
    """An address and its postcode on one line."""
    return ", ".join(part for part in (wording.name_case(line), postcode) if part)


def earlier(page: PersonPage) -> Table | None:
    """Names and addresses that held before, newest first."""
    rows = [
        [
            Cell(address(record.previous_address, record.previous_postcode)),
            Cell("Earlier address"),
            Cell(record.agency_name),
            Cell("before " + wording.day(record.received_on)),
        ]
        for record in page.records
        if record.previous_address or record.previous_postcode
    ]
    rows += [
        [
            Cell(_said(label, value)),
            Cell(label),
            Cell(version.agency_name),
            Cell(f"until {wording.day(version.ends_on)}"),
        ]
        for version in page.versions
        for label, value in version.fields
    ]
    heads = ["It was", "What", "Agency", "When"]
    return (
        table("Before", heads, [list(row) for row in dict.fromkeys(map(tuple, rows))])
        if rows
        else None
    )


def _said(label: str, value: str) -> str:
    return value if "@" in value else wording.name_case(value)


def household(page: PersonPage, today: datetime.date) -> Table | None:
    """Who else lives there; nobody is listed for an institution."""
    if page.household is None or page.household.is_institution:
        return None
    if not page.household.members:
        return None
    alike = {p.person_id for p in page.possible}
    return table(
        "Others at this address",
        ["Name", "Born"],
        [
            [
                Cell(
                    wording.name_case(m.name),
                    note="possibly the same person as here" if m.person_id in alike else "",
                    href=reverse("person", args=[m.person_id]),
                ),
                Cell(wording.day(m.born_on), note=wording.years_on(m.born_on, today)),
            ]
            for m in page.household.members
        ],
    )


def possible(page: PersonPage) -> Table | None:
    """Others on the spine who may be the same person."""
    if not page.possible:
        return None
    return table(
        "Possibly the same person",
        ["Name", "Born", "Why"],
        [
            [
                Cell(wording.name_case(p.name), href=reverse("person", args=[p.person_id])),
                Cell(wording.day(p.born_on) or "Not known"),
                Cell(p.because),
            ]
            for p in page.possible
        ],
    )


def links(page: PersonPage) -> Table:
    """Why each record is held to be of this person."""
    return table(
        "Why these are one person",
        ["Record", "How sure", "Because", "Since"],
        [
            [
                Cell(link.agency_name, note=link.record_id),
                Cell(TIERS[link.tier][0], tag=TIERS[link.tier][1]),
                Cell(link.because),
                Cell(wording.day(link.since)),
            ]
            for link in page.links
        ],
    )


def held_together(page: PersonPage) -> list[str]:
    """Why these are one person in a few lines: each reason with the number of records it carries."""
    reasons = Counter((link.tier, link.because) for link in page.links)
    return [
        f"{wording.count(n, 'record')}, {TIERS[tier][0].lower()}: {because}"
        for (tier, because), n in reasons.most_common()
    ]


def told_death(page: PersonPage) -> str:
    """The agency that told of the death, by its name."""
    named = {record.agency_code: record.agency_name for record in page.records}
    return named.get(page.died_source, page.died_source)


def events(page: PersonPage) -> Table | None:
    """What has happened to this person on the spine."""
    if not page.events:
        return None
    return table(
        "What has happened to this entry",
        ["When", "What happened"],
        [[Cell(wording.moment(event.at)), Cell(event.sentence)] for event in page.events],
    )


def evidence(between: EvidenceBetween) -> tuple[SafeString, Table]:
    """The evidence that two records are of one person: the picture, and its table."""
    return waterfall(
        between.evidence,
        title=f"{between.left.agency_name} and {between.right.agency_name}",
        caption=f"{between.left.record_id} and {between.right.record_id}",
    )


def records_to_correct(page: PersonPage) -> list[tuple[str, str]]:
    """The records a correction can be told about, as choices."""
    return [
        (str(r.pk), f"{r.agency_name}, {r.record_id}: {wording.name_case(r.name)}")
        for r in page.records
        if r.gone_on is None
    ]
