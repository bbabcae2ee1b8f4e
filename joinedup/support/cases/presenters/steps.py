"""How levels, steps, disagreements and the line of accountability read on the pages of a case."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import charts
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import day, moment
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.pipeline.disclosure import Shown, words
from joinedup.support.cases.choices import Footing, Programme
from joinedup.support.cases.choices.level import (
    LevelSource,
    NeedLevel,
    Rung,
    RungSaid,
    Settled,
    StepDirection,
    Telling,
)
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.models import (
    CaseLevel,
    CaseStep,
    Disagreement,
    DisagreementWord,
    InReach,
    Placement,
    StepTelling,
    ThresholdDocument,
)
from joinedup.support.cases.queries.alongside import AlongsideCase, AlongsideOf
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.line_of import LineOf, UsedFunction
from joinedup.support.cases.queries.placements import SiteNow
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.presenters import line_of as handover_line

Row = tuple[str, str]


def names_of(document: ThresholdDocument | None) -> dict[int, str]:
    """What each level is called in the document in force."""
    if document is None:
        return {}
    return {each.level: each.name for each in document.levels.all()}


def level_words(level: int, names: dict[int, str]) -> str:
    """A level by its number and name."""
    name = names.get(level)
    return f"Level {level}: {name}" if name else f"Level {level}"


def level_choices(names: dict[int, str]) -> list[tuple[int, str]]:
    """The levels to choose from."""
    return [(int(level), level_words(level, names)) for level in NeedLevel]


def levels_table(found: Sequence[CaseLevel], names: dict[int, str]) -> Table:
    """Every level, newest first."""
    rows = [
        [
            Cell(level_words(each.level, names)),
            Cell(moment(each.starts_at)),
            Cell(each.because, note=LevelSource(each.source).label),
            Cell(
                each.by_post.user.name if each.by_post else "",
                note=f"document, version {each.document_id}" if each.document_id else "",
            ),
        ]
        for each in reversed(found)
    ]
    return table("Level of need over time", ["Level", "Since", "Why", "By whom"], rows)


def drawn(found: Sequence[CaseLevel], until: datetime.datetime) -> SafeString | str:
    """The level over time as a picture; nothing to draw while it has never changed."""
    if len(found) < 2:
        return ""
    values = tuple(charts.Held(each.starts_at, each.level) for each in found)
    return charts.held(
        values, until=until, title="Level of need over time", unit="Level", top=len(NeedLevel)
    )


def steps_table(found: Sequence[CaseStep]) -> Table | None:
    """Every step of a case, newest first."""
    rows = [
        [
            Cell(
                title_of(each),
                note=f"to {each.handover.to_team}",
                href=reverse("case-step", args=[each.case_id, each.pk]),
            ),
            Cell(f"{each.from_level} to {each.to_level}"),
            Cell(moment(each.sent_at)),
            state_of(each),
        ]
        for each in found
    ]
    return table("Steps", ["Step", "Level", "Sent", "Now"], rows) if rows else None


def title_of(step: CaseStep) -> str:
    """What a step is, in a few words."""
    direction = StepDirection(step.direction).label
    return f"{direction} to {Programme(step.to_programme).label}"


def state_of(step: CaseStep) -> Cell:
    """Where it stands."""
    state = HandoverState(step.handover.state)
    tag = {
        HandoverState.ACCEPTED: "green", HandoverState.RETURNED: "red",
        HandoverState.WITHDRAWN: "grey",
    }.get(state, "yellow")  # fmt: skip
    note = "counted from when it was sent" if step.is_protection else ""
    return Cell(state.label, note=note, tag=f"govuk-tag--{tag}")


def facts(step: CaseStep, names: dict[int, str]) -> list[Row]:
    """What was sent, as rows of a summary."""
    sent = step.handover
    rows = [
        ("From", f"{step.from_post.user.name}, {sent.from_team}, {step.from_agency}"),
        ("To", f"{sent.to_team}, {sent.to_team.agency if sent.to_team else ''}"),
        (
            "Programme",
            f"{Programme(step.from_programme).label}, then {Programme(step.to_programme).label}",
        ),
        (
            "Level of need",
            f"{level_words(step.from_level, names)}, then {level_words(step.to_level, names)}",
        ),
        ("Why", step.reason),
        ("What shows it", step.evidence),
    ]
    if step.is_protection:
        rows.append(("Protection", f"It has counted since {moment(step.sent_at)}"))
    if step.stays_beside:
        rows.append((f"{step.from_post.user.name} goes on", step.beside_does))
    return rows


def tellings(found: Sequence[StepTelling]) -> list[Row]:
    """What the family was told, first to last."""
    return [
        (
            f"{each.whom}, on {day(each.told_on)}"
            if each.telling == Telling.TOLD
            else f"Not yet, {moment(each.recorded_at)}",
            f"{each.words} ({each.by_post.user.name})" if each.by_post else each.words,
        )
        for each in found
    ]


@dataclass(frozen=True)
class DisagreementShown:
    """A disagreement on its ladder."""

    pk: str
    is_open: bool
    where: str
    because: str
    lines: list[Row]


def disagreement(found: Disagreement, said: Sequence[DisagreementWord]) -> DisagreementShown:
    """Where it is, until when, and every word of it."""
    if found.settled_at is not None:
        where = f"{Settled(found.settled).label}, settled {moment(found.settled_at)}"
    else:
        until = f", until {moment(found.due_at)}" if found.due_at else ""
        where = f"With {Rung(found.rung).label.casefold()}{until}"
    lines = [
        (
            f"{RungSaid(each.said).label}, {moment(each.at)}",
            f"{each.words} ({each.by_post.user.name})".strip()
            if each.by_post
            else (each.words or "It had no answer in its time."),
        )
        for each in said
    ]
    return DisagreementShown(str(found.pk), found.settled_at is None, where, found.because, lines)


def messages(found: Sequence[object]) -> list[object]:
    """What passed between the two sides."""
    return [handover_line(each) for each in found]  # type: ignore[arg-type]


def line_rows(found: LineOf) -> list[Row]:
    """Who answers for the case, from the lead upwards."""
    lead = found.lead
    if lead is None:
        return [("Lead", "Nobody: the case is closed")]
    post = lead.post
    rows = [
        ("Acting lead" if lead.is_acting else "Lead", _who(post)),
        ("Employed by", post.employer.name),
        ("Operational manager", _who(post.operational_manager)),
        ("Professional supervisor", _who(post.professional_supervisor)),
    ]
    if found.duty is not None and found.duty.post_id != post.pk:
        rows.append(("Answers for it today", _who(found.duty.post)))
    rows.append(("Who covers", _covers(found)))
    return rows


def functions_table(found: Sequence[UsedFunction]) -> Table | None:
    """The functions of the law used in the case, and for whom."""
    rows = [
        [
            Cell(
                FunctionCode(each.used.function).label,
                note=FunctionCode(each.used.function).about.law,
            ),
            Cell(each.used.post.user.name, note=each.used.because),
            Cell(
                each.entry.accountable.name if each.entry else "Nobody is entered",
                note=_route(each),
            ),
            Cell("May today", tag="govuk-tag--green")
            if each.answer
            else Cell("May not", each.answer.why, tag="govuk-tag--red"),
        ]
        for each in found
    ]
    columns = ["Function of the law", "Carried out by", "Answers for it in law", "Approval"]
    return table("Functions of the law used here", columns, rows) if rows else None


def parts_table(found: LineOf) -> Table | None:
    """Who does what, team by team (S4-56)."""
    rows = [
        [
            Cell(each.post.user.name if each.post else each.name),
            Cell(f"{each.post.team}, {each.post.team.agency}" if each.post else each.relation),
            Cell(each.does),
        ]
        for each in found.members
    ]
    return table("Who does what beside the lead", ["Who", "From", "Part"], rows) if rows else None


def alongside_table(found: AlongsideOf, named: dict[object, str]) -> Table | None:
    """The other open cases, and whose lead coordinates."""
    if not found.cases:
        return None
    rows = []
    for each in (found.own, *found.cases):
        leads_them = [
            f"coordinates for {named.get(person, 'them')}. {decided.why}"
            for person, decided in found.coordinates.items()
            if decided.matter_id == each.key
        ]
        rows.append(
            [
                Cell(
                    each.programme.label,
                    note=_same(found, each),
                    href=reverse("case", args=[each.key])
                    if each.works_at_it and each.key != found.own.key
                    else "",
                ),
                Cell(each.agency_name),
                Cell(each.lead_name or "Lead not named", note=" ".join(leads_them)),
                Cell(day(each.opened_at)),
            ]
        )
    columns = ["Programme", "Agency", "Lead", Column("Open since", date=True)]
    return table("Open on the same people", columns, rows)


def stays_table(found: Sequence[Placement], frame: Frame) -> Table | None:
    """Stays, the running ones first."""
    named = {each.person_id: each.name for each in frame.persons}
    rows = [
        [
            Cell(
                named.get(each.person_id, "Somebody"),
                note=each.because,
                href=reverse("case-stay-end", args=[each.case_id, each.pk])
                if each.ends_on is None
                else "",
            ),
            Cell(each.site.name, note=BedKind(each.site.kind).label),
            Cell("Up, from home" if each.direction == StepDirection.UP else "Down, from hospital"),
            Cell(day(each.starts_on), note=f"planned to {day(each.planned_end_on)}"),
            Cell(f"{StayOutcome(each.outcome).label}, {day(each.ends_on)}", note=each.words)
            if each.ends_on
            else Cell("There now", tag="govuk-tag--blue"),
        ]
        for each in found
    ]
    columns = ["Who", "Where", "Which way", "From", "Until"]
    return table("Stays", columns, rows) if rows else None


def site_choices(found: Sequence[SiteNow]) -> list[tuple[int, str]]:
    """The sites with a place free."""
    return [
        (
            each.site.pk,
            (
                f"{each.site.name}, {BedKind(each.site.kind).label.casefold()}: "
                f"{each.free} of {each.places} free"
            ),
        )
        for each in found
        if each.free
    ]


def sites_table(found: Sequence[SiteNow]) -> Table | None:
    """Every site with its places."""
    rows = [
        [
            Cell(each.site.name, note=each.site.agency.name),
            Cell(BedKind(each.site.kind).label),
            Cell(str(each.places)),
            Cell(str(each.free), tag="" if each.free else "govuk-tag--red"),
        ]
        for each in found
    ]
    columns = ["Site", "Kind", Column("Places", numeric=True), Column("Free", numeric=True)]
    return table("Sites and their places", columns, rows) if rows else None


@dataclass(frozen=True)
class AdviceShown:
    """A question to specialists, and what came of it."""

    pk: str
    team: str
    asked: str
    question: str
    sent: str
    footing: str
    advice: str
    by: str
    waits: bool
    due: str


def advice(found: InReach) -> AdviceShown:
    """One question as it reads."""
    answered = found.answered_at is not None
    gone = found.withdrawn_at is not None
    return AdviceShown(
        pk=str(found.pk),
        team=f"{found.to_team}, {found.to_team.agency}",
        asked=f"{found.from_post.user.name}, {found.from_post.team}, {moment(found.asked_at)}",
        question=found.question,
        sent=found.sent,
        footing=Footing(found.footing).label + (f": {found.because}" if found.because else ""),
        advice=found.advice,
        by=f"{found.answered_by.user.name}, {moment(found.answered_at)}"
        if found.answered_by
        else "",
        waits=not answered and not gone,
        due="Taken back" if gone else "" if answered else f"Answer by {day(found.due_at)}",
    )


def overlap_table(found: Sequence[Sequence[Shown]]) -> Table:
    """Programme by programme, how many people are in both."""
    order = list(Programme)
    rows = [
        [Cell(programme.label), *(Cell("–" if one is None else words(one)) for one in row)]
        for programme, row in zip(order, found, strict=True)
    ]
    columns = ["People in", *(Column(each.label, numeric=True) for each in order)]
    return table("People with an open case in both programmes", columns, rows, scrolls=True)


def _same(found: AlongsideOf, each: AlongsideCase) -> str:
    if each.key == found.own.key:
        return "this case"
    if each.programme is found.own.programme:
        return "the same as this case: agree who does what before anything is done twice"
    return ""


def _route(each: UsedFunction) -> str:
    if each.entry is None:
        return ""
    if each.entry.route == Route.ITS_OWN:
        return "its own duty"
    return f"{Route(each.entry.route).label} {each.entry.reference}, carried out by {each.entry.operating.name}"


def _who(post: Post | None) -> str:
    if post is None:
        return "Nobody entered"
    return f"{post.user.name}, {post.team.name}, {post.team.agency.name}"


def _covers(found: LineOf) -> str:
    if not found.covers:
        return "Nobody is set for the next two weeks; their manager answers"
    return "; ".join(
        f"{each.covered_by.user.name}, {day(each.starts_on)} until before {day(each.ends_on)}"
        for each in found.covers
    )
