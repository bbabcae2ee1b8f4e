"""How pathways read: a version with its steps, a case against its pathway, and how many kept which limit."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import count, day
from joinedup.pipeline.disclosure import words
from joinedup.support.cases.choices.pathway import CountedFrom, StepSign, StepState
from joinedup.support.cases.models import FollowedPathway, Pathway
from joinedup.support.cases.queries.pathways import OnPathway, PathwayFigures
from joinedup.support.cases.rules.pathway import COUNTED, Followed

_COLOURS = {
    StepState.ON_TIME: "govuk-tag--green", StepState.LATE: "govuk-tag--yellow",
    StepState.OVERDUE: "govuk-tag--orange", StepState.LEFT_OUT: "govuk-tag--grey",
    StepState.DUE: "govuk-tag--blue", StepState.WAITS: "govuk-tag--grey",
    StepState.ENDED: "govuk-tag--grey",
}  # fmt: skip


def steps_table(pathway: Pathway) -> Table:
    """The steps of a version."""
    rows = [
        [
            Cell(f"{each.place}. {each.what}", note=_sign(each.sign)),
            each.who,
            each.shared or "None",
            Cell(count(each.days, "working day"), note=f"from {CountedFrom(each.counted).label}"),
        ]
        for each in pathway.steps.all()
    ]
    return table("Steps", ["Step", "Whose", "Shared resource", "Within"], rows, caption_size="s")


def _sign(sign: str) -> str:
    return f"Shown by: {StepSign(sign).label}" if sign else ""


@dataclass(frozen=True)
class PathwayOnPage:
    """A pathway of a case on its page."""

    followed: FollowedPathway
    about: str
    steps: Table
    goes_on: bool


def on_page(found: OnPathway, *, is_open: bool) -> PathwayOnPage:
    """A case beside its pathway."""
    row = found.followed
    goes_on = is_open and row.ends_on is None
    rows = [
        [
            Cell(f"{each.step.place}. {each.step.what}", note=_note(each), href=_href(row, each) if goes_on else ""),
            Cell(each.step.who, note=each.step.shared),
            day(each.due_on) or "Not running",
            Cell(each.state.label, note=_became(each), tag=_COLOURS[each.state]),
        ]
        for each in found.steps
    ]  # fmt: skip
    return PathwayOnPage(
        row, _about(found), table("Actual against pathway", ["Step", "Whose", "By", "Now"], rows), goes_on
    )  # fmt: skip


def _href(row: FollowedPathway, each: Followed) -> str:
    return reverse("case-pathway-step", args=[row.case_id, row.pk, each.step.id])


def _note(each: Followed) -> str:
    since = CountedFrom(each.step.counted).label
    return f"{count(each.step.days, 'working day')} from {since}"


def _became(each: Followed) -> str:
    said = []
    if each.done_on:
        said.append(day(each.done_on))
    if each.late_by:
        said.append(f"{count(each.late_by, 'working day')} past")
    if each.is_read and each.step.sign:
        said.append(f"Read from the case: {each.step.sign.label.casefold()}")
    if each.words:
        said.append(each.words)
    return ". ".join(said)


def _about(found: OnPathway) -> str:
    row = found.followed
    said = [f"Version {row.pathway.version}, begun {day(row.starts_on)}."]
    said.append(f"{found.settled} of {len(found.steps)} steps are done or left out.")
    if row.ends_on is not None:
        said.append(f"Ended {day(row.ends_on)}: {row.ended_because}")
    return " ".join(said)


def overview_says(found: Sequence[OnPathway]) -> str:
    """One line for the overview: the pathway and what of it comes next; nothing where there is none."""
    said = []
    for each in found:
        if each.followed.ends_on is not None or each.is_finished:
            continue
        words_ = each.followed.pathway.title
        if each.overdue:
            words_ += f": {count(each.overdue, 'step')} past the limit"
        if each.next is not None:
            words_ += f". Next: {each.next.step.what}, by {day(each.next.due_on)}"
        said.append(words_)
    return ". ".join(said)


def figures_table(found: PathwayFigures) -> Table:
    """How many cases stand how at each step."""
    columns = [
        "Step", *(Column(state.label, numeric=True) for state in COUNTED),
        Column("Not due or not reached", numeric=True), Column("On time", numeric=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(f"{each.step.place}. {each.step.what}", note=f"within {count(each.step.days, 'working day')}"),
            *("–" if many is None else str(many) for many in each.counts),
            "–" if each.on_time is None else f"{each.on_time} %",
        ]
        for each in found.steps
    ]  # fmt: skip
    title = f"{found.pathway.title}, version {found.pathway.version}"
    return table(f"{title}. Cases: {words(found.cases)}", columns, rows)


def typed_day(on: datetime.date) -> str:
    """A day as it is offered in a box."""
    return f"{on.day} {on.month} {on.year}"
