"""How the register of who can lead what, its courses and its gaps read on their pages."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.urls import reverse

from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import Attended, Capacity, Competence, Course, Leave
from joinedup.partnership.workforce.models.capacity import FULL
from joinedup.partnership.workforce.queries.competence import Line
from joinedup.partnership.workforce.rules.approvals import warning_due
from joinedup.partnership.workforce.rules.training import Covered, GroupNeeds


def register(found: Sequence[Line], today: datetime.date) -> Table | None:
    """Who can lead what, by agency and team."""
    if not found:
        return None
    rows = [
        [
            Cell(
                line.post.user.name,
                note=f"{line.post.team.name}, {line.post.team.agency.name}"
                + (f"; {line.percent} % of a full week" if line.percent != FULL else ""),
                href=reverse("workforce-person", args=[line.post.pk]),
            ),
            "; ".join(code.label for code in line.competences) or "Nothing entered",
            ", ".join(line.languages),
            away(line.away, today),
        ]
        for line in found
    ]
    return table("Who can lead what", ["Who", "Can", "Languages", "Away"], rows)


def away(leave: Leave | None, today: datetime.date) -> Cell:
    """When somebody is away next, or that they are now."""
    if leave is None:
        return Cell()
    if leave.starts_on <= today:
        return Cell("Away", note=f"back {day(leave.ends_on)}", tag="govuk-tag--yellow")
    return Cell(f"From {day(leave.starts_on)}", note=f"back {day(leave.ends_on)}")


def competences(found: Iterable[Competence], today: datetime.date, *, linked: bool) -> Table | None:
    """What somebody can lead, with what it rests on and until when."""
    rows = [
        [
            CompetenceCode(each.code).label,
            each.evidence,
            until(each.ends_on, today, each.starts_on),
            Cell(
                "End it" if linked and (each.ends_on is None or each.ends_on > today) else "",
                href=reverse("workforce-competence-end", args=[each.pk])
                if linked and (each.ends_on is None or each.ends_on > today)
                else "",
            ),
        ]
        for each in found
    ]
    columns = ["Can", "It rests on", Column("Until", date=True), "Change"]
    return table("Can lead", columns, rows) if rows else None


def capacity(found: Iterable[Capacity], today: datetime.date) -> Table | None:
    """The shares of a week, the latest first."""
    rows = [
        [f"{each.percent} %", day(each.starts_on), until(each.ends_on, today, each.starts_on)]
        for each in found
    ]
    columns = ["Share of a full week", Column("From", date=True), Column("Until", date=True)]
    return table("Share of a full week", columns, rows) if rows else None


def attended(found: Iterable[Attended], today: datetime.date) -> Table | None:
    """The courses that somebody attended."""
    rows = [[each.course.name, day(each.on), until(each.ends_on, today, each.on)] for each in found]
    columns = ["Course", Column("Attended", date=True), Column("Until", date=True)]
    return table("Courses", columns, rows) if rows else None


def until(ends_on: datetime.date | None, today: datetime.date, starts_on: datetime.date) -> Cell:
    """Until when it holds, with a tag where that is soon or past."""
    if ends_on is None:
        return Cell("Always" if starts_on <= today else f"From {day(starts_on)}")
    last = day(ends_on - datetime.timedelta(days=1))
    if ends_on <= today:
        return Cell(f"Ended after {last}", tag="govuk-tag--red")
    soon = warning_due(ends_on, today) is not None
    return Cell(f"To {last}", tag="govuk-tag--yellow" if soon else "")


def courses(found: Iterable[Course]) -> Table | None:
    """The courses, what each gives and of whom it is required."""
    rows = [
        [
            each.name,
            CompetenceCode(each.gives).label if each.gives else "",
            f"{each.months} months" if each.months else "Always",
            ", ".join(role(code).name for code in each.required_of) or "Nobody",
        ]
        for each in found
    ]
    columns = ["Course", "Who attends it", "Holds", "Required of"]
    return table("Courses", columns, rows) if rows else None


def coverage(
    found: Iterable[Covered], names: Mapping[int, str], agencies: Mapping[str, str]
) -> Table | None:
    """How many of each agency have what they must have."""
    rows = [
        [
            Cell(names[each.course]),
            agencies[each.agency],
            str(each.must),
            str(each.have),
            Cell(str(each.gap), tag="" if not each.gap else "govuk-tag--yellow"),
        ]
        for each in found
    ]
    columns = [
        "Course", "Agency", Column("Must", numeric=True), Column("Have", numeric=True),
        Column("Still to attend", numeric=True),
    ]  # fmt: skip
    return table("Covered, by agency", columns, rows) if rows else None


def matrix(found: Collection[GroupNeeds]) -> Table | None:
    """What each staff group can do, and how many lack what the group must."""
    rows = [
        [
            Cell(role(each.group).name, note=f"{each.people} of them"),
            _listed((code, each.held.get(code, 0)) for code in CompetenceCode),
            _listed((code, each.gap(code) or 0) for code in CompetenceCode) or _no_gap(each),
        ]
        for each in found
    ]
    columns = ["Staff group", "How many can", "How many still lack what they must have"]
    return table("What each staff group can do", columns, rows) if rows else None


def _listed(counts: Iterable[tuple[CompetenceCode, int]]) -> str:
    return "; ".join(f"{code.label}: {many}" for code, many in counts if many)


def _no_gap(group: GroupNeeds) -> str:
    return "Nobody" if group.must else "Nothing is required of them"
