"""How breaches and complaints read on a page."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.identity.accountability.choices import (
    BreachDeed,
    BreachKind,
    ComplaintOutcome,
    ComplaintWay,
    PeopleTold,
    Risk,
)
from joinedup.identity.accountability.models import BreachStep, DataBreach, DataComplaint
from joinedup.identity.accountability.queries import deals_with
from joinedup.identity.accountability.rules import acknowledge_by, due_at, hours_left
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.presenters.agreements import who

SHORT = 100
_Facts = list[dict[str, Any]]


def clock(breach: DataBreach, at: datetime.datetime) -> str:
    """Where its 72 hours stand, in a sentence."""
    if breach.commissioner_told_at is not None:
        when = wording.moment(breach.commissioner_told_at)
        late = breach.commissioner_told_at > due_at(breach.aware_at)
        return f"The Commissioner was told on {when}{', late' if late else ''}."
    if breach.risk == Risk.UNLIKELY:
        return "The Commissioner need not be told: it is unlikely to put anybody at risk."
    if breach.closed_at is not None:
        return "Closed."
    left, due = hours_left(breach.aware_at, at), wording.moment(due_at(breach.aware_at))
    if left < 0:
        return f"The 72 hours ended on {due}. If anybody is at risk tell the Commissioner now, and why late."
    return f"The 72 hours end on {due}: {wording.count(left, 'hour')} left."


def state(breach: DataBreach) -> str:
    """What waits, in a word or two."""
    if breach.closed_at is not None:
        return "Closed"
    if not breach.risk:
        return "To be assessed"
    if breach.risk != Risk.UNLIKELY and breach.commissioner_told_at is None:
        return "Commissioner to be told"
    if breach.risk == Risk.HIGH and not breach.people_told:
        return "People to be told"
    return "To be closed"


def register(viewer: Viewer, found: Sequence[DataBreach], at: datetime.datetime) -> Table:
    """The register: what is open first; whoever only told of one reads where it is and opens nothing."""
    return table(
        wording.count(len(found), "breach", "breaches"),
        ["What", "Whose data", Column("Known since", date=True), "How grave", "Where it is"],
        [
            [
                Cell(
                    _short(each.what),
                    href=reverse("data-breach", args=[each.pk]) if deals_with(viewer, each) else "",
                ),
                each.controller.name,
                wording.moment(each.aware_at),
                Risk(each.risk).short if each.risk else "",
                Cell(state(each), note="" if each.closed_at else clock(each, at)),
            ]
            for each in found
        ],
    )


def facts(breach: DataBreach) -> _Facts:
    """One breach, as the Commissioner would ask for it (UK GDPR 33(3))."""
    law = "Data Protection Act 2018 s67" if breach.is_law_enforcement else "UK GDPR article 33"
    people = wording.number(breach.people_about) if breach.people_about is not None else ""
    return _summary(
        ("What happened", breach.what),
        (
            "What became of the data",
            wording.listed(BreachKind(each).label for each in breach.kinds),
        ),
        ("Whose data", breach.controller.name),
        ("Law", law),
        ("Happened on", wording.day(breach.happened_on) if breach.happened_on else ""),
        ("Known since", wording.moment(breach.aware_at)),
        ("Told by", f"{who(breach.told_by)}, on {wording.moment(breach.told_at)}"),
        ("How grave", Risk(breach.risk).label if breach.risk else ""),
        ("People it is about", people),
        ("Kinds of data", wording.listed(Category(each).label for each in breach.categories)),
        ("What may follow", breach.consequences),
        ("What is done", breach.measures),
        ("Commissioner’s reference", breach.commissioner_reference),
        ("Why it was late", breach.late_because),
        ("Those whom it is about", _people_told(breach)),
        ("Learned", breach.learned),
    )


def steps(found: Sequence[BreachStep]) -> Table:
    """All that was done, the first first."""
    return table(
        "What was done",
        [Column("When", date=True), "What", "By"],
        [
            [
                wording.moment(each.at),
                Cell(BreachDeed(each.deed).label, note=each.words),
                who(each.by_post),
            ]
            for each in found
        ],
    )


def waiting(found: Sequence[DataComplaint], today: datetime.date) -> Table:
    """The complaints about an agency, those that wait first."""
    return table(
        wording.count(len(found), "complaint"),
        ["Complaint", Column("Came", date=True), "How", "Where it is"],
        [
            [
                Cell(_short(each.words), href=reverse("data-complaint", args=[each.pk])),
                wording.day(each.received_on),
                ComplaintWay(each.way).label,
                complaint_state(each, today),
            ]
            for each in found
        ],
    )


def complaint_state(complaint: DataComplaint, today: datetime.date) -> str:
    """Where a complaint is, with the day that counts."""
    if complaint.answered_at is not None:
        return f"Answered on {wording.day(complaint.answered_at)}"
    if complaint.acknowledged_on is not None:
        return f"Acknowledged on {wording.day(complaint.acknowledged_on)}, to be answered"
    last = acknowledge_by(complaint.received_on)
    if today > last:
        return f"Was to be acknowledged by {wording.day(last)}"
    return f"To be acknowledged by {wording.day(last)}"


def complaint_facts(complaint: DataComplaint, today: datetime.date) -> _Facts:
    """One complaint, for whoever answers it."""
    way = ComplaintWay(complaint.way).label
    written = f", written down by {complaint.written_by.user.name}" if complaint.written_by else ""
    outcome = ComplaintOutcome(complaint.outcome).label if complaint.outcome else ""
    return _summary(
        ("What they say", complaint.words),
        ("Came", f"{wording.day(complaint.received_on)}. {way}{written}"),
        ("Where it is", complaint_state(complaint, today)),
        ("Where they were told it stands", complaint.progress),
        ("What was found", outcome),
        ("Answer", complaint.answer),
    )


def _people_told(breach: DataBreach) -> str:
    if not breach.people_told:
        return ""
    return f"{PeopleTold(breach.people_told).label}, {wording.day(breach.people_told_on)}"


def _summary(*rows: tuple[str, str]) -> _Facts:
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
