"""How assessments read on a page: their state, their sections, what they come to, what was overridden."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.foundations.core.wording import count, day, moment
from joinedup.support.cases.choices.assessment import (
    CapacityView,
    RefusalDecision,
    RiskGround,
    SectionState,
)
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.queries.assessment import AssessmentShown, SectionLine
from joinedup.support.cases.queries.eligibility import Override, TestShown
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.assessing import WRITTEN_BY


@dataclass(frozen=True)
class State:
    """The state of an assessment as a tag and a line."""

    tag: str
    colour: str
    line: str


def state_of(found: AssessmentShown) -> State:
    """Finished, declined, or what is still to be signed."""
    row = found.assessment
    if row.finished_at is not None:
        return State("Finished", "green", f"Finished {day(row.finished_at)}")
    if found.refusal is not None and not found.goes_on:
        return State("Declined", "grey", f"Declined {day(found.refusal.said_on)}")
    signed = sum(line.state is SectionState.SIGNED for line in found.sections)
    return State("Goes on", "blue", f"{signed} of {count(len(found.sections), 'section')} signed")


@dataclass(frozen=True)
class SectionShown:
    """A section in the list: its name, its tag, who and when, and the way in."""

    line: SectionLine
    tag: str
    colour: str
    who: str
    writes: str


def sections(found: AssessmentShown) -> list[SectionShown]:
    """The sections of an assessment, strengths first."""
    colours = {SectionState.SIGNED: "green", SectionState.BEING_WRITTEN: "yellow"}
    shown = []
    for line in found.sections:
        who = ""
        if line.by_name:
            verb = "Signed by" if line.state is SectionState.SIGNED else "Last written by"
            who = f"{verb} {line.by_name}, {line.by_agency}, {moment(line.at)}"
        writes = "Anybody at work on this case"
        if len(WRITTEN_BY[line.profession]) < 6:
            writes = _either(sorted(each.label for each in WRITTEN_BY[line.profession]))
        shown.append(
            SectionShown(line, line.state.label, colours.get(line.state, "grey"), who, writes)
        )
    return shown


def facts(found: AssessmentShown) -> list[tuple[str, str]]:
    """What an assessment is for, who began it, what was decided about a no."""
    row = found.assessment
    lines = [("What for", row.because)]
    begun = f"{day(row.begun_at)}" + (f", by {row.begun_by.user.name}" if row.begun_by else "")
    lines.append(("Begun", begun))
    said = found.refusal
    if said is not None:
        grounds = ", ".join(RiskGround(each).label.lower() for each in said.grounds)
        lines += [
            ("Declined", f"{day(said.said_on)}{': ' + said.words if said.words else ''}"),
            ("Capacity", CapacityView(said.capacity_view).label),
            ("Risk", grounds or "None of abuse, neglect or self-neglect"),
            ("Decided", f"{RefusalDecision(said.decision).label}. {said.because}"),
        ]
    return lines


def undergone(frame: Frame, many: Mapping[uuid.UUID, int]) -> list[str]:
    """How many assessments each person has been through, as far as the viewer may see."""
    return [
        f"{each.name}: {count(many.get(each.person_id, 0), 'assessment')}" for each in frame.persons
    ]


def tests(found: Sequence[TestShown]) -> list[tuple[str, str]]:
    """Each test in a line: what was signed, or what waits to be."""
    lines = []
    for each in found:
        if each.standing is not None:
            words = f"{Outcome(each.standing.signed).label}, signed {day(each.standing.signed_at)}"
            if each.is_stale:
                words += ". The answers were corrected since: look again"
        elif each.worked_out is not None:
            words = f"{each.worked_out.worked_out.outcome.label}, by the answers; not signed yet"
        else:
            words = "Not worked out"
        lines.append((each.test.label, words))
    return lines


def conditions(found: TestShown) -> Table | None:
    """Every part of a test: met, not met or not known, and what shows it."""
    if found.worked_out is None:
        return None
    words = {True: "Met", False: "Not met", None: "Not known"}
    return table(
        "What was looked at",
        ["Part of the test", "Met?", "What shows it"],
        [
            [each.words, Cell(words[each.met]), each.because]
            for each in found.worked_out.worked_out.conditions
        ],
        caption_size="s",
    )


def decisions(found: TestShown) -> list[tuple[str, bool]]:
    """Every decision signed on a test, the newest first, and whether it is an override."""
    return [
        (
            f"{Outcome(row.signed).label}, signed by {row.signed_by.user.name}, "
            f"{row.signed_by.team.agency.name}, {moment(row.signed_at)}"
            + (f". {row.because}" if row.because else ""),
            row.signed != row.worked_out,
        )
        for row in found.decisions
    ]


def overrides(found: Sequence[Override], *, caption: str = "Overrides") -> Table | None:
    """The decisions that are not what answers came to."""
    if not found:
        return None
    return table(
        caption,
        ["Day", "What", "The answers", "Signed", "Why", "By"],
        [
            [day(each.on), Test(each.test).label, each.worked_out.label, each.signed.label,
             each.because, each.by_name]
            for each in found
        ],
    )  # fmt: skip


def typed_day(value: datetime.date) -> str:
    """A day as it is typed into a box."""
    return f"{value.day} {value.month} {value.year}"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
