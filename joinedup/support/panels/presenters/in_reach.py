"""How services that come in to practices and sites read: their plan by phase, and their sessions."""

from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import count, day
from joinedup.support.panels.choices import Rhythm
from joinedup.support.panels.forms.panel import WEEKDAYS
from joinedup.support.panels.queries.in_reach import ClinicShown


def plans(found: Sequence[ClinicShown]) -> list[Table]:
    """The plan of each service: its phases in their order."""
    by_service: dict[int, list[ClinicShown]] = {}
    for each in found:
        by_service.setdefault(each.clinic.team_id, []).append(each)
    return [_plan(rows) for rows in by_service.values()]


def facts(shown: ClinicShown) -> list[tuple[str, str]]:
    """What is known of a service's sessions at one host."""
    clinic = shown.clinic
    until = f" until {day(clinic.ends_on)}" if clinic.ends_on else ""
    return [
        ("Service", _service(shown)),
        ("Phase", f"Phase {clinic.phase}"),
        ("Stands", shown.stands.label),
        ("Held", f"{_when(shown)}, {count(clinic.minutes, 'minute')}"),
        ("Time for", _people(shown)),
        ("From", f"{day(clinic.starts_on)}{until}"),
        *([("What for", clinic.words)] if clinic.words else []),
    ]


def changes(shown: ClinicShown) -> list[str]:
    """Sessions that were moved or not held."""
    return [
        f"{day(each.on)}: "
        + (f"moved to {day(each.moved_to)}" if each.moved_to else "not held")
        + f". {each.because}"
        for each in shown.changes
    ]


def _plan(rows: Sequence[ClinicShown]) -> Table:
    return table(
        _service(rows[0]), ["Phase", "Host", "Stands", "Held", "From", "Next session"],
        [
            [
                f"Phase {each.clinic.phase}",
                Cell(
                    each.host, href=reverse("in-reach-clinic", args=[each.clinic.pk]),
                    note=each.clinic.practice.locality.name if each.clinic.practice else "",
                ),
                Cell(each.stands.label, tag=f"govuk-tag--{each.stands.colour}"),
                Cell(_when(each), note=_people(each)),
                day(each.clinic.starts_on),
                day(each.next[0]) if each.next else "None to come",
            ]
            for each in rows
        ],
    )  # fmt: skip


def _service(shown: ClinicShown) -> str:
    return f"{shown.clinic.team.name}, {shown.clinic.team.agency.name}"


def _people(shown: ClinicShown) -> str:
    many = shown.clinic.places
    return "one person a session" if many == 1 else f"{many} people a session"


def _when(shown: ClinicShown) -> str:
    clinic = shown.clinic
    return (
        f"{dict(WEEKDAYS)[str(clinic.weekday)]} {clinic.at_time:%H:%M}, "
        f"{Rhythm(clinic.rhythm).label.lower()}"
    )
