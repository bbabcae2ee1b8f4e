"""Deliveries in words: by night, one reconciliation, what was kept back, how to name a file."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.intelligence.linkage.choices import DeliveryStatus
from joinedup.intelligence.linkage.models import Correction, Delivery
from joinedup.intelligence.linkage.queries.review import SHOWN
from joinedup.pipeline.contracts.columns import Contract

TAGS = {
    DeliveryStatus.LOADED: "govuk-tag--green",
    DeliveryStatus.REFUSED: "govuk-tag--red",
    DeliveryStatus.SET_ASIDE: "govuk-tag--grey",
}

COUNTS: tuple[tuple[str, str, str], ...] = (
    ("sent", "Rows sent", "as the file holds them"),
    ("loaded", "Loaded", "good rows, now on the spine"),
    ("quarantined", "Quarantined", "kept back until they are mended"),
    ("repeated", "Repeated", "the same row twice in one file"),
    (
        "withheld",
        "Not permitted",
        "dropped at the gate: no flow, an objection or a sealed identity",
    ),
    ("matched", "Matched", "records held with those of another agency"),
    ("new", "New", "records never sent before"),
    ("changed", "Changed", "records that say something new"),
    ("unchanged", "Unchanged", ""),
    ("gone", "Gone", "records no longer sent, or deleted"),
)


def by_night(deliveries: Iterable[Delivery]) -> list[Table]:
    """One table a night, newest first."""
    nights = groupby(deliveries, key=lambda delivery: delivery.night)
    return [_night(wording.day(night.as_at), list(sent)) for night, sent in nights]


def _night(day: str, sent: list[Delivery]) -> Table:
    heads = [
        "Delivery", "Status", Column("Sent", True), Column("Loaded", True),
        Column("Quarantined", True), Column("New", True), Column("Changed", True),
        Column("Gone", True),
    ]  # fmt: skip
    return table(f"Night of {day}", heads, [_row(delivery) for delivery in sent], in_line=True)


def _row(delivery: Delivery) -> list[Cell]:
    counts = ("sent", "loaded", "quarantined", "new", "changed", "gone")
    return [
        Cell(
            delivery.agency.name,
            note=f"{population(delivery)}, {extent(delivery)}",
            href=reverse("delivery", args=[delivery.pk]),
        ),
        status(delivery),
        *(Cell(wording.number(getattr(delivery, name))) for name in counts),
    ]


def status(delivery: Delivery) -> Cell:
    """The status as a tag; an alarm outranks it."""
    said = DeliveryStatus(delivery.status)
    if delivery.alarm and said is DeliveryStatus.LOADED:
        return Cell("Loaded, look", tag="govuk-tag--orange")
    return Cell(said.label, tag=TAGS[said])


def population(delivery: Delivery) -> str:
    """whole register."""
    return delivery.population.replace("-", " ")


def extent(delivery: Delivery) -> str:
    """Whether the file held everybody or only changes."""
    return "changes only" if delivery.changes_only else "full"


def reconciliation(delivery: Delivery) -> Table:
    """Every count, against the last delivery of the same contract."""
    before = delivery.before
    heads: list[str | Column] = ["Rows", Column("This time", True)]
    if before is not None:
        heads += [
            Column(f"Last time ({wording.day(before.as_at)})", True),
            Column("Difference", True),
        ]
    rows = []
    for name, text, note in COUNTS:
        here = getattr(delivery, name)
        row = [Cell(text, note=note), Cell(wording.number(here))]
        if before is not None:
            there = getattr(before, name)
            row += [Cell(wording.number(there)), Cell(wording.signed(here - there))]
        rows.append(row)
    return table("Reconciliation", heads, rows)


def findings(delivery: Delivery) -> list[str]:
    """What the check noticed, each with the column and the number of rows."""
    return [_finding(found) for found in delivery.findings]


def _finding(found: dict[str, Any]) -> str:
    column = f"{found['column']}: " if found.get("column") else ""
    rows = f" ({wording.count(found['count'], 'row')})" if found.get("count") else ""
    return f"{column}{found['sentence']}{rows}"


def kept_back(rows: Sequence[Any], total: int) -> Table:
    """The rows in quarantine, each with its reason."""
    shown = len(rows)
    caption = "Quarantined rows"
    if shown < total:
        caption += f": the first {wording.number(shown)} of {wording.number(total)}"
    heads = [Column("Row"), "Column", "Why it was kept back"]
    lines = [
        [Cell(wording.number(r.row)), Cell(r.column or "The whole row"), Cell(r.reason)]
        for r in rows
    ]
    return table(caption, heads, lines)


def corrections(told: Sequence[Correction]) -> Table | None:
    """What practitioners reported as wrong in this agency's own records, to be mended at the source."""
    if not told:
        return None
    lines = [
        [
            Cell(c.record.record_id),
            Cell(SHOWN.get(c.field, c.field)),
            Cell(c.because),
            Cell(wording.day(c.at)),
        ]
        for c in told
    ]
    heads = ["Your record", "What is wrong", "How it is known", Column("Reported", date=True)]
    return table("Corrections reported to you", heads, lines)


def name_patterns(contracts: Iterable[Contract]) -> Table:
    """How each agency names its file."""
    lines = [
        [Cell(c.title), Cell(f"{c.code}__{c.populations[0]}__full__2026-11-20.csv")]
        for c in contracts
    ]
    return table(
        "How to name the files", ["Delivery", "File name, with the day the data shows"], lines
    )


def pagination(page: Page[Delivery]) -> dict[str, Any] | None:
    """What the pagination component wants; none for one page."""
    if page.paginator.num_pages == 1:
        return None
    links: dict[str, Any] = {}
    if page.has_previous():
        links["previous"] = {"href": f"?page={page.previous_page_number()}"}
    if page.has_next():
        links["next"] = {"href": f"?page={page.next_page_number()}"}
    return links
