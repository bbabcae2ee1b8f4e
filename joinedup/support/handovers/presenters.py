"""How hand-overs, duties and clocks read on a page."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.support.handovers.choices import (
    Answers,
    Force,
    HandoverState,
    Manner,
    ReturnReason,
    Said,
    StepKind,
)
from joinedup.support.handovers.models import Cover, Duty, Handover, HandoverMessage, Step
from joinedup.support.handovers.queries.seen import Breach
from joinedup.support.handovers.rules.limits import Limit, in_force
from joinedup.support.handovers.rules.working_days import (
    bank_holiday,
    last_day,
    working_days_left,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TAGS = {
    HandoverState.OPEN: "govuk-tag--yellow",
    HandoverState.ASKED: "govuk-tag--orange",
    HandoverState.ACCEPTED: "govuk-tag--green",
    HandoverState.RETURNED: "govuk-tag--red",
    HandoverState.WITHDRAWN: "govuk-tag--grey",
    HandoverState.SIGNPOSTED: "govuk-tag--grey",
}
_SHORT = 90


def weekday(day: datetime.date) -> str:
    """Thursday 19 November 2026."""
    return f"{_DAYS[day.weekday()]} {wording.day(day)}"


def clock(due_at: datetime.datetime, at: datetime.datetime) -> Cell:
    """How long is left in working days, and by the end of which day; red once it is late."""
    left, last = working_days_left(at, due_at), last_day(due_at)
    if at >= due_at:
        late = f"{wording.count(-left, 'day')} late" if left else "Late"
        note = f"working days, since the end of {weekday(last)}"
        return Cell(late, note=note, tag="govuk-tag--red")
    if not left:
        return Cell("Due today", note="by the end of the day", tag="govuk-tag--yellow")
    note = f"by the end of {weekday(last)}{_holidays(day_of(at), last)}"
    return Cell(f"{wording.count(left, 'working day')} left", note=note)


def clock_words(due_at: datetime.datetime, at: datetime.datetime) -> str:
    """The clock as one sentence."""
    cell = clock(due_at, at)
    return f"{cell.text}, {cell.note}"


def _holidays(first: datetime.date, last: datetime.date) -> str:
    days = (first + datetime.timedelta(n) for n in range(1, (last - first).days + 1))
    names = [bank_holiday(day) for day in days if bank_holiday(day)]
    if not names:
        return ""
    return f"; {wording.listed(names)} {'does' if len(names) == 1 else 'do'} not count"


def name_of(post: Post | None) -> str:
    """Who holds the post, or its team where a practitioner's name is kept."""
    if post is None:
        return ""
    return f"somebody of {post.team}" if post.user.is_protected else post.user.name


def of_agency(team: Team | None) -> str:
    """A team with its agency."""
    return "" if team is None else f"{team}, {team.agency}"


def to_whom(found: Handover) -> str:
    """The post, the team or the place that it goes to."""
    if found.to_post is not None:
        return f"{name_of(found.to_post)}, {of_agency(found.to_team)}"
    return of_agency(found.to_team) or found.to_place


def waiting(
    found: Sequence[Handover], first_words: dict[object, str], at: datetime.datetime
) -> Table | None:
    """What waits for an answer of ours."""
    if not found:
        return None
    rows = [
        [
            Cell(of_agency(each.from_team), note=first_words.get(each.pk, ""), href=_page(each)),
            Cell(_to_us(each)),
            state(each),
            clock(each.due_at, at) if each.due_at else Cell(),
        ]
        for each in found
    ]
    return table("Waiting for your answer", ["From", "To", "Where it stands", "Answer"], rows)


def sent(found: Sequence[Handover], at: datetime.datetime) -> Table | None:
    """What we handed over."""
    if not found:
        return None
    rows = [
        [
            Cell(to_whom(each), href=_page(each), note=_what_stands_behind(each)),
            Cell(wording.moment(each.offered_at), note=name_of(each.from_post)),
            state(each),
            clock(each.due_at, at)
            if each.due_at and each.state_word.waits
            else Cell(wording.moment(each.answered_at)),
        ]
        for each in found
    ]
    columns = ["To", "Handed over", "Where it stands", "Answer"]
    return table("Handed over by your team", columns, rows)


def state(found: Handover) -> Cell:
    """Where it stands, as a tag."""
    reason = ReturnReason(found.reason).label if found.reason else ""
    return Cell(found.state_word.label, note=reason, tag=_TAGS[found.state_word])


def short(words: str) -> str:
    """The beginning of what was said, for a list."""
    first = " ".join(words.split())
    return first if len(first) <= _SHORT else f"{first[:_SHORT].rsplit(' ', 1)[0]} …"


def facts(found: Handover, at: datetime.datetime) -> list[tuple[str, str]]:
    """A hand-over as rows of a summary list."""
    rows = [
        ("From", f"{name_of(found.from_post)}, {of_agency(found.from_team)}".lstrip(", ")),
        ("To", to_whom(found)),
        ("Where it stands", found.state_word.label),
    ]
    if found.reason:
        rows.append(("Why it came back", ReturnReason(found.reason).label))
    if found.due_at and found.state_word.waits:
        rows.append(("Answer", clock_words(found.due_at, at)))
    behind = _what_stands_behind(found)
    return [*rows, ("What stands behind it", behind)] if behind else rows


@dataclass(frozen=True)
class Line:
    """One thing that was done or said."""

    what: str
    who: str
    when: str
    words: str


def line_of(message: HandoverMessage) -> Line:
    """What passed between the two sides, as a line."""
    post = message.by_post
    who = f"{name_of(post)}, {of_agency(post.team)}" if post else "Joined Up"
    words = message.words
    if message.said == Said.SILENT:
        words = "Their managers and the sender were told."
    return Line(Said(message.said).label, who, wording.moment(message.at), words)


def answers(duty: Duty | None) -> str:
    """Who answers, in a sentence."""
    if duty is None:
        return "Somebody whom you are not told by name"
    named = f"{name_of(duty.post)}, {of_agency(duty.post.team)}"
    if duty.answers == Answers.COVER:
        return f"{named}, standing in for {name_of(duty.instead_of)}"
    if duty.answers == Answers.ACTING:
        return f"{named}, acting: the post before has ended"
    return named


def clock_line(found: Iterable[Step], at: datetime.datetime) -> Table | None:
    """The one clock on one line: each step, its time, and what came of it."""
    rows = [
        [
            Cell(StepKind(step.kind).label, note="urgent" if step.is_urgent else ""),
            Cell(wording.moment(step.started_at)),
            Cell(weekday(last_day(step.due_at))),
            _ended(step, at),
        ]
        for step in found
    ]
    columns = ["Step", "Began", Column("Due by the end of", date=True), "Now"]
    return table("The clock", columns, rows) if rows else None


def _ended(step: Step, at: datetime.datetime) -> Cell:
    if step.done_at is not None:
        late = -working_days_left(step.done_at, step.due_at) if step.done_at >= step.due_at else 0
        note = f"{wording.count(late, 'working day')} late" if late else "in time"
        if step.done_at >= step.due_at and not late:
            note = "late"
        return Cell(f"Done {wording.moment(step.done_at)}", note=note)
    if step.stopped_at is not None:
        return Cell("No longer needed", note=wording.moment(step.stopped_at))
    return clock(step.due_at, at)


def duties(found: Sequence[Duty]) -> Table | None:
    """Who answered for it, from the first moment on."""
    rows = [
        [
            Cell(answers(duty), note=duty.because),
            Cell(wording.moment(duty.starts_at)),
            Cell(wording.moment(duty.ends_at) if duty.ends_at else "now"),
        ]
        for duty in found
    ]
    return table("Who answered for it", ["Who", "From", "Until"], rows) if rows else None


def breaches(found: Sequence[Breach], at: datetime.datetime) -> Table | None:
    """What is past its time, longest first."""
    if not found:
        return None
    rows = [
        [
            Cell(
                StepKind(each.step.kind).label,
                note="urgent" if each.step.is_urgent else "",
                href=reverse("whereabouts", args=[each.step.matter_id]),
            ),
            clock(each.step.due_at, at),
            Cell(answers(each.duty)),
            Cell(to_whom(each.handover), note="has not answered") if each.handover else Cell(),
        ]
        for each in found
    ]
    return table("Past its time", ["Step", "Clock", "Who answers for it", "Offered to"], rows)


@dataclass(frozen=True)
class CoverLine:
    """A cover as a line, and whether the viewer may end it."""

    pk: int
    sentence: str
    days: str
    now: bool


def cover_line(cover: Cover, today: datetime.date) -> CoverLine:
    """Who stands in for whom, and when."""
    last = cover.ends_on - datetime.timedelta(days=1)
    return CoverLine(
        pk=cover.pk,
        sentence=f"{cover.covered_by.user.name} stands in for {cover.post.user.name}",
        days=f"From {weekday(cover.starts_on)} to {weekday(last)}",
        now=cover.holds(today),
    )


def posts(found: Iterable[Post]) -> list[tuple[str, str]]:
    """Posts to choose from."""
    return [(str(post.pk), f"{post.user.name}, {post.team}") for post in found]


def _to_us(found: Handover) -> str:
    return name_of(found.to_post) if found.to_post else "Your team"


def _what_stands_behind(found: Handover) -> str:
    if found.manner == Manner.SIGNPOST:
        return "Shown the way, not taken along"
    return {
        Force.ORDINARY: "",
        Force.STATUTORY: "A duty in law",
        Force.PROTECTION: "Protection: it counted from when it was sent",
    }[Force(found.force)]


def _page(found: Handover) -> str:
    return reverse("handover", args=[found.pk])


def limits(every: list[Limit], today: datetime.date) -> tuple[Table, Table | None]:
    """What holds today; then what comes and what was."""
    now = in_force(every, today)
    heads = ["Step", Column("Days", numeric=True), Column("Urgent", numeric=True), "From", "Source"]

    def row(each: Limit) -> list[str]:
        since = wording.day(each.starts_on)
        return [each.kind.label, str(each.days), str(each.urgent), since, each.source]

    other = [each for each in every if each is not now.get(each.kind)]
    return (
        table("What holds today", heads, [row(now[kind]) for kind in StepKind if kind in now]),
        table("What comes, and what was", heads, [row(each) for each in other]) if other else None,
    )
