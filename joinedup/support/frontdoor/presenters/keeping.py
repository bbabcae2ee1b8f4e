"""How routes, openings, thresholds, schools, overrides and batches read on a page."""

import csv
import datetime
import io
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from joinedup.foundations.agencies.models import SchoolLink
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day, listed, moment
from joinedup.support.frontdoor.choices import (
    BatchRowState,
    ContactReason,
    Duty,
    EmergencyService,
    Need,
    RouteKind,
    Source,
)
from joinedup.support.frontdoor.models import (
    Batch,
    BatchRow,
    Route,
    SourceOpening,
    Threshold,
)
from joinedup.support.frontdoor.queries.keeping import Overridden
from joinedup.support.frontdoor.rules.batch_rows import COLUMNS


def routes(
    found: Iterable[Route], today: datetime.date, *, may_change: bool, own_agency: str = ""
) -> Table:
    """The routes, each with whom it is for and when it has a place; those of one’s own agency are marked."""
    rows = list(found)
    return table(
        count(len(rows), "route"),
        ["Route", "For", "Ages", "Capacity", "Taken by"],
        [
            [
                Cell(
                    each.name,
                    note=f"{RouteKind(each.kind).label}. {each.sentence}",
                    href=reverse("route", args=[each.pk]) if may_change else "",
                ),
                _needs(each),
                _ages(each),
                capacity(each, today),
                Cell(
                    str(each.team) if each.team else "Nobody: a signpost",
                    note=str(each.team.agency) if each.team else each.reach,
                    tag="govuk-tag--turquoise"
                    if each.team and each.team.agency_id == own_agency
                    else "",
                ),
            ]
            for each in rows
        ],
    )


def capacity(route: Route, today: datetime.date) -> Cell:
    """When it has a place, in words; a duty in law always has (P20)."""
    if route.duty:
        return Cell("Always", note=f"A duty in law: {Duty(route.duty).label}")
    next_on = day(route.next_on) if route.next_on and route.next_on >= today else ""
    if route.places == 0:
        return Cell(f"Full until {next_on}" if next_on else "Full", tag="Full")
    places = count(route.places, "place") if route.places is not None else "Not counted"
    return Cell(places, note=f"Next on {next_on}" if next_on else "")


def openings(found: Iterable[SourceOpening], today: datetime.date) -> Table:
    """Which source is open to the programme, since when, and on what test."""
    return table(
        "Sources of the programme",
        ["Source", "Phase", Column("Opens", date=True), Column("Closes", date=True), "What the test showed"],
        [
            [
                Cell(
                    Source(each.source).label,
                    href=reverse("opening", args=[each.pk]) if _not_over(each, today) else "",
                ),
                each.phase,
                day(each.opens_on),
                day(each.closes_on),
                each.test_result,
            ]
            for each in found
        ],
    )  # fmt: skip


def shut_sources(found: Iterable[SourceOpening], today: datetime.date) -> str:
    """The sources that are not open today, in a sentence."""
    is_open = {each.source for each in found if each.opens_on <= today and _not_over(each, today)}
    shut = [source.label for source in Source if source.value not in is_open]
    return f"Not open today: {listed(shut)}." if shut else "Every source is open today."


def thresholds(found: Iterable[Threshold], today: datetime.date) -> Table:
    """From how many contacts on use counts, by whose rule."""
    return table(
        "Thresholds",
        ["Contacts with", "Sort", Column("From", numeric=True), "In", "Whose rule", Column("Since", date=True)],
        [
            [
                Cell(
                    EmergencyService(each.service).label,
                    href=reverse("threshold", args=[each.pk]) if each.ends_on is None else "",
                ),
                ContactReason(each.reason).label,
                each.contacts,
                count(each.days, "day"),
                each.source,
                f"{day(each.starts_on)}{', until ' + day(each.ends_on) if each.ends_on else ''}",
            ]
            for each in found
        ],
    )  # fmt: skip


def schools(found: Iterable[SchoolLink], today: datetime.date) -> Table:
    """Who answers for each school, with who did before."""
    return table(
        "Schools",
        [
            "School", "Social work manager", "Covered by", Column("From", date=True),
            Column("Until", date=True), "Why it changed",
        ],
        [
            [
                each.school,
                Cell(each.manager.user.name, note=each.manager.team.name),
                each.covered_by.user.name if each.covered_by else "",
                day(each.starts_on),
                day(each.ends_on),
                each.because,
            ]
            for each in found
        ],
    )  # fmt: skip


def overrides(found: Iterable[Overridden]) -> Table:
    """Who chose another route than the rule’s, and why."""
    return table(
        "Overrides",
        ["Referral", "The rule’s route", "The one chosen", "Why", "By", Column("When", date=True)],
        [
            [
                Cell(each.reference, href=reverse("referral", args=[each.override.matter_id])),
                str(each.override.from_route or "None or the lead"),
                str(each.override.to_route),
                each.override.reason,
                each.override.by_post.user.name,
                day(each.override.at),
            ]
            for each in found
        ],
    )


def by_route(found: Iterable[Overridden]) -> Table:
    """How often each route of the rule was passed over, and for what: where the rule is wrong, or a habit is."""
    often: dict[tuple[str, str], int] = {}
    for each in found:
        pair = (str(each.override.from_route or "None or the lead"), str(each.override.to_route))
        often[pair] = often.get(pair, 0) + 1
    return table(
        "How often",
        ["The rule’s route", "The one chosen", Column("Times", numeric=True)],
        [
            [rule, chosen, times]
            for (rule, chosen), times in sorted(often.items(), key=lambda item: (-item[1], item[0]))
        ],
        stacks=False,
    )


def batches(found: Iterable[Batch]) -> Table:
    """The batches there were."""
    return table(
        "Batches",
        ["Batch", "Approved", "Sent by", Column("When", date=True)],
        [
            [
                Cell(each.name, href=reverse("step-down", args=[each.pk])),
                each.approval,
                each.by_post.user.name,
                moment(each.at),
            ]
            for each in found
        ],
    )


def became(rows: Iterable[BatchRow]) -> str:
    """What became of a batch, in a sentence."""
    states = [BatchRowState(row.state) for row in rows]
    taken = states.count(BatchRowState.TAKEN)
    said = [f"{count(taken, 'row')} taken as {'a referral' if taken == 1 else 'referrals'}"]
    if back := states.count(BatchRowState.RETURNED):
        said.append(f"{count(back, 'row')} returned with reasons")
    if person := states.count(BatchRowState.WITH_A_PERSON):
        said.append(f"{count(person, 'row')} with a person, because of danger")
    return f"{listed(said)}."


def batch_rows(rows: Iterable[BatchRow], *, works_at_door: bool) -> Table:
    """The rows that were not taken, with all that is wrong; then those that were."""
    return table(
        "Rows",
        [Column("Row", numeric=True), "What became of it", "Why"],
        [
            [
                Cell(str(row.number), href=_row_link(row, works_at_door=works_at_door)),
                BatchRowState(row.state).label,
                " ".join(row.reasons),
            ]
            for row in rows
        ],
    )


def returned_csv(rows: Iterable[BatchRow]) -> str:
    """The returned rows as a file to mend and send again, with the reasons in a last column.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, "reasons"])
    for row in rows:
        if row.state == BatchRowState.RETURNED:
            cells = [*(row.raw.get(name, "") for name in COLUMNS), " ".join(row.reasons)]
            writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def route_values(route: Route) -> dict[str, Any]:
    """A route as its form begins with it."""
    return {
        "code": route.code, "name": route.name, "sentence": route.sentence, "kind": route.kind,
        "is_warm": route.is_warm, "team": str(route.team_id or ""), "reach": route.reach,
        "needs": route.needs, "localities": route.localities, "from_age": route.from_age,
        "to_age": route.to_age, "duty": route.duty,
    }  # fmt: skip


def _row_link(row: BatchRow, *, works_at_door: bool) -> str:
    if row.matter_id is None:
        return ""
    if row.state == BatchRowState.WITH_A_PERSON:
        return f"/exits/{row.matter_id}/"
    return reverse("referral", args=[row.matter_id]) if works_at_door else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _not_over(each: SourceOpening, today: datetime.date) -> bool:
    return each.closes_on is None or each.closes_on > today


def _needs(route: Route) -> str:
    return listed([Need(need).label.lower() for need in route.needs]).capitalize() or "Any need"


def _ages(route: Route) -> str:
    if route.from_age is None and route.to_age is None:
        return "All"
    if route.to_age is None:
        return f"{route.from_age} and over"
    return f"{route.from_age or 0} to {route.to_age}"


def since_words(at: datetime.datetime, days: int) -> str:
    """Since when a report counts."""
    return day(day_of(at) - datetime.timedelta(days=days))
