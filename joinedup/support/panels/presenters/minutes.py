"""How minutes read: the same words on the page, in the PDF and in the DOCX, item by item."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.core.tables import Table, table
from joinedup.foundations.core.wording import count, day, from_to, listed, moment
from joinedup.foundations.meetings.choices import (
    ActionState,
    Attendance,
    ItemState,
    MinutesState,
    Standing,
)
from joinedup.foundations.meetings.models import AgendaItem, Minutes, Seat
from joinedup.identity.sharing.choices import Telling
from joinedup.support.panels.choices import ApprovalState, Box, DecisionKind, Effect, Stance
from joinedup.support.panels.models import Decision, DecisionStance, ItemLeft, ItemPerson
from joinedup.support.panels.presenters.approving import approval
from joinedup.support.panels.presenters.checks import told
from joinedup.support.panels.queries.checks import CheckTold, Shown
from joinedup.support.panels.queries.meeting_actions import ActionShown
from joinedup.support.panels.queries.minutes import ItemMinuted, Sitting
from joinedup.support.panels.rules.approving import effect_of

_BOXES = (Box.ASKED, Box.GOING_ON, Box.OWN_WORDS, Box.NOTES)


def said(found: ItemMinuted, opened: Collection[str] | None = None) -> dict[str, Any]:
    """One item in words; of the checks only those answers whose agency is in `opened`, where that is given."""
    names = listed(each.name for each in found.people) or found.item.reference
    return {
        "place": found.place,
        "reference": found.item.reference,
        "names": names,
        "people": [_person(each) for each in found.people],
        "since": list(found.since),
        "state": _state(found),
        "away": list(found.away),
        "boxes": [
            [box.label, each.words] for box in _BOXES for each in found.texts if each.box == box
        ],
        "checks": [_check(each) for each in _narrowed(found.checks, opened)],
        "views": [
            [each.agency.name if each.agency else "", each.words]
            for each in found.texts
            if each.box == Box.VIEW
        ],
        "decisions": [_decision(decision, stances) for decision, stances in found.decisions],
        "actions": [
            {
                "number": each.action.number,
                "words": each.words,
                "owner": f"{each.action.owner.user.name}, {each.action.owner.team.agency.name}",
                "due": day(each.action.due_on),
            }
            for each in found.actions
        ],
        "corrections": [
            {
                "agency": each.agency.name,
                "words": each.words,
                "taken": bool(each.is_taken),
                "answer": each.answer or "Waits for the chair’s answer.",
                "key": each.pk,
                "waits": each.answered_at is None,
            }
            for each in found.corrections
        ],
    }


def said_left(found: ItemLeft) -> dict[str, Any]:
    """One item that the meeting left and whose words are shut by now: who it was about, and what became of it."""
    nothing = ("people", "since", "away", "boxes", "checks", "views", "decisions", "actions")
    return {
        **{each: [] for each in (*nothing, "corrections")},
        "place": found.line.place,
        "reference": found.reference,
        "names": found.names,
        "state": _put_off(found.because)
        if found.line.state == ItemState.DEFERRED
        else _item_state(found.line.state),
        "is_left": True,
    }


def head(
    sitting: Sitting, general: Sequence[AgendaItem], actions: Sequence[ActionShown]
) -> dict[str, Any]:
    """What stands above the items: the meeting, who came, who sent apologies, general items and their actions."""
    meeting = sitting.meeting
    return {
        "title": f"Minutes of the {sitting.panel.name}",
        "number": sitting.number,
        "body": meeting.body,
        "held": from_to(meeting.began_at or meeting.starts_at, meeting.ended_at),
        "where": meeting.place,
        "chair": listed(
            seat.post.user.name for seat in sitting.seats if seat.standing == Standing.CHAIR
        ),
        "came": [_seat(seat) for seat in sitting.seats if _came(seat)],
        "apologies": [
            _seat(seat) for seat in sitting.seats if seat.attendance == Attendance.APOLOGIES
        ],
        "absent": [
            _seat(seat)
            for seat in sitting.seats
            if not _came(seat) and seat.attendance != Attendance.APOLOGIES
        ],
        "general": [[each.title, _item_state(each.state)] for each in general],
        "actions": [
            {
                "number": each.action.number, "words": each.words, "owner": each.owner,
                "due": day(each.action.due_on),
            }
            for each in actions
            if each.is_general
        ],
        "state": state_of(sitting.minutes) if sitting.minutes else "",
    }  # fmt: skip


def state_of(minutes: Minutes) -> str:
    """Draft until when, or approved by whom and when."""
    if minutes.state == MinutesState.APPROVED and minutes.approved_by:
        return f"Approved by {minutes.approved_by.user.name}, {day(minutes.approved_at)}"
    return f"Draft: agencies can ask for corrections until {day(minutes.correct_by)}"


def attendance(said_of: Mapping[str, Any]) -> Table:
    """Who came, who sent apologies, who did not come."""
    rows = [
        [*each[:3], word]
        for key, word in (("came", "Present"), ("apologies", "Apologies"), ("absent", "Not there"))
        for each in said_of[key]
    ]
    return table("Attendance", ["Name", "Agency", "For", "There"], rows)


def register(found: Sequence[Minutes], href: Any) -> Table | None:
    """The minutes of a panel by number."""
    if not found:
        return None
    return table(
        "Minutes by number", ["Number", "Meeting", "State"],
        [[href(each), moment(each.meeting.starts_at), state_of(each)] for each in found],
    )  # fmt: skip


def _person(person: ItemPerson) -> str:
    born = f", born {day(person.born_on)}" if person.born_on else ""
    relation = f", {person.relation}" if person.relation else ""
    return f"{person.name}{born}{relation}"


def _state(found: ItemMinuted) -> str:
    if found.state == ItemState.DEFERRED:
        return _put_off(found.item.deferred_because)
    return "" if found.decisions else _item_state(found.state)


def _put_off(because: str) -> str:
    return f"Put off to another meeting{f': {because}' if because else ''}"


def _item_state(state: str) -> str:
    return {
        ItemState.DONE: "Dealt with",
        ItemState.TAKEN_OFF: "Not reached: it opens the next agenda",
    }.get(ItemState(state), ItemState(state).label)


def _narrowed(found: Sequence[CheckTold], opened: Collection[str] | None) -> list[CheckTold]:
    """What may be filed where several read it: an answer that one of them may not read is kept, or not told of."""
    kept = []
    for each in found:
        if each.shown is not Shown.ANSWER or opened is None or each.agency in opened:
            kept.append(each)
        elif each.told is not Telling.NEITHER:
            kept.append(CheckTold(each.agency, each.agency_name, Shown.KEPT, each.told))
    return kept


def _check(found: CheckTold) -> dict[str, Any]:
    shown = told(found)
    return {
        "agency": shown.agency, "heading": shown.heading, "note": shown.note,
        "lines": [list(each) for each in shown.lines],
    }  # fmt: skip


def _decision(decision: Decision, stances: Sequence[DecisionStance]) -> dict[str, Any]:
    lead = f": {decision.lead_agency.name}" if decision.lead_agency else ""
    agrees = [each.agency.name for each in stances if each.stance == Stance.AGREES]
    abstains = [each.agency.name for each in stances if each.stance == Stance.ABSTAINS]
    approvals = list(decision.approvals.all())
    effect = effect_of([ApprovalState(each.state) for each in approvals])
    return {
        "kind": f"{DecisionKind(decision.kind).label}{lead}",
        "reasons": decision.reasons,
        "by": f"In the chair: {decision.by_post.user.name}, {moment(decision.at)}"
        + (", as the chair’s urgent action" if decision.is_urgent else ""),
        "agrees": listed(agrees),
        "abstains": listed(abstains),
        "dissent": [
            [each.agency.name, each.words] for each in stances if each.stance == Stance.DISSENTS
        ],
        "corrects": decision.corrected_because,
        "effect": "" if effect is Effect.IN_FORCE else effect.label,
        "approvals": [approval(each) for each in approvals],
    }


def _seat(seat: Seat) -> list[str]:
    instead = f" for {seat.instead_of.user.name}" if seat.instead_of else ""
    as_what = (
        "" if seat.standing == Standing.MEMBER else f", {Standing(seat.standing).label.lower()}"
    )
    return [
        f"{seat.post.user.name}{instead}{as_what}", seat.agency.name, _discipline(seat.discipline)
    ]  # fmt: skip


def _discipline(code: str) -> str:
    return Discipline(code).label if code in Discipline else code


def _came(seat: Seat) -> bool:
    return seat.attendance in (Attendance.PRESENT, Attendance.LEFT)


def how_many(items: int) -> str:
    """How many items stand in a copy."""
    return count(items, "item")


def became(each: ActionShown) -> str:
    """What became of an action, in a word."""
    return ActionState(each.action.state).label
