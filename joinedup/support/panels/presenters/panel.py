"""How panels, their members and their terms read on a page."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices import ForWhom
from joinedup.support.panels.choices import DecisionKind, PanelTemplate, Rhythm
from joinedup.support.panels.models import Panel, PanelMember, TermsOfReference

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
_EVERY = {
    Rhythm.WEEKLY: "every week",
    Rhythm.FORTNIGHTLY: "every two weeks",
    Rhythm.EVERY_FOUR_WEEKS: "every four weeks",
}


def meets(panel: Panel) -> str:
    """When a panel meets, in a sentence."""
    when = f"{_DAYS[panel.weekday]} at {panel.at_time:%H:%M}, {_EVERY[Rhythm(panel.rhythm)]}"
    return f"{when}, for {panel.minutes} minutes; up to {panel.capacity} items"


def named(codes: Iterable[str], words: Any) -> list[str]:
    """Codes as their labels, in the order of the list that they are of."""
    there = set(codes)
    return [each.label for each in words if each.value in there]


def terms_rows(terms: TermsOfReference) -> list[dict[str, Any]]:
    """Terms of reference as the rows of a summary list."""
    needed = named(terms.required_disciplines, Discipline)
    pairs = [
        ("Quorum", f"{terms.quorum} agencies"),
        ("No item opens without", ", ".join(needed) or "No discipline is required"),
        ("May be asked for", ", ".join(named(terms.case_types, ForWhom))),
        ("May decide", "; ".join(named(terms.decisions, DecisionKind))),
        ("Minutes can be corrected", f"within {terms.correction_days} working days"),
    ]  # fmt: skip
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in pairs]


def members(found: list[PanelMember], *, keeps: bool) -> Table:
    """Who sits on a panel."""
    rows = [
        [
            Cell(
                each.post.user.name,
                note=each.post.team.name,
                href=reverse("panel-member", args=[each.panel.code, each.pk]) if keeps else "",
            ),
            each.agency.name,
            Discipline(each.discipline).label,
            each.cover.user.name if each.cover else "Nobody yet",
            "Answers them" if each.checks else "Does not",
        ]
        for each in found
    ]
    columns = ["Who", "Agency", "Discipline", "Covered by", "Checks of the agency"]
    return table("Members", columns, rows)


def registry(found: Iterable[Panel], today: datetime.date) -> Table:
    """The panels, each in a line."""
    rows = [
        [
            Cell(
                each.name,
                note=PanelTemplate(each.template).label
                if each.name != PanelTemplate(each.template).label
                else "",
                href=reverse("panel", args=[each.code]),
            ),
            meets(each),
            each.chair.user.name,
            each.coordinator.user.name,
            Cell(tag="govuk-tag--grey", text=f"Ended {day(each.ends_on)}")
            if is_over(each, today) and each.ends_on
            else Cell(tag="govuk-tag--green", text="Meets"),
        ]
        for each in found
    ]
    return table("Panels", ["Panel", "Meets", "Chair", "Coordinator", "Stands"], rows)


def versions(found: Iterable[TermsOfReference], now: TermsOfReference | None) -> Table:
    """Every version of a panel's terms, the latest first."""
    rows = [
        [
            f"Version {each.version}",
            day(each.starts_on),
            f"{each.quorum} agencies",
            Cell(tag="govuk-tag--green", text="Holds now")
            if now and each.pk == now.pk
            else Cell(""),
        ]
        for each in found
    ]
    return table("Versions", ["Version", "From", "Quorum", "Stands"], rows)


def is_over(panel: Panel, today: datetime.date) -> bool:
    """Whether it has ended."""
    return panel.ends_on is not None and panel.ends_on <= today


def template_choices() -> list[dict[str, str]]:
    """The templates, each with the address of the form that begins a panel after it."""
    return [
        {"text": each.label, "href": reverse("panel-new-of", args=[each.value])}
        for each in PanelTemplate
    ]
