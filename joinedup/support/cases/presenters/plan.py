"""How a plan reads on its page: who, by when, where it stands, what was asked, what changed."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.tables import Table, table
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.rules.editing import Difference
from joinedup.support.cases.choices.plan import (
    ActionState,
    Aim,
    GoalOutcome,
    HiddenBecause,
    InterventionKind,
    PlanAnswer,
    PlanKind,
    SpokenBy,
)
from joinedup.support.cases.forms.row import RowForm
from joinedup.support.cases.models import Goal, Intervention, Milestone, PlanAction, PlanAgreement
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.plan import ActionFound, Asked, GoalFound, PlanFound, is_overdue
from joinedup.support.cases.rules.reviewing import Compared
from joinedup.support.handovers.choices import HandoverState


@dataclass(frozen=True)
class AskedShown:
    """What was asked of a service: of whom, where it stands, what became of it."""

    pk: uuid.UUID
    service: str
    where: str
    result: str
    may_hear: bool


@dataclass(frozen=True)
class ActionShown:
    """An action in words."""

    pk: uuid.UUID
    case_id: uuid.UUID
    words: str
    who: str
    about: str
    due: str
    state: str
    is_open: bool
    is_late: bool
    became: str
    notes: tuple[str, ...]
    asked: tuple[AskedShown, ...]


@dataclass(frozen=True)
class GoalShown:
    """A goal in words, with its steps and actions."""

    pk: uuid.UUID
    words: str
    whose: str
    aim: str
    notes: tuple[str, ...]
    outcome: str
    outcome_words: str
    is_open: bool
    milestones: tuple["MilestoneShown", ...]
    actions: tuple[ActionShown, ...]


@dataclass(frozen=True)
class MilestoneShown:
    """A step towards a goal in words."""

    pk: uuid.UUID
    words: str
    where: str
    agreed_by: str
    evidence: str
    is_late: bool


@dataclass(frozen=True)
class HelpShown:
    """Help that an agency gives, in words."""

    pk: uuid.UUID
    kind: str
    by: str
    words: str
    when: str
    is_live: bool
    why_ended: str


@dataclass(frozen=True)
class AnswerShown:
    """What one person said to the last version."""

    person_id: uuid.UUID
    name: str
    said: str
    words: str
    more: str


def kind_of(found: PlanFound) -> str:
    """What sort of plan it is."""
    return PlanKind(found.plan.kind).label if found.plan else "Plan"


def goals(found: Sequence[GoalFound], frame: Frame, today: datetime.date) -> list[GoalShown]:
    """Each goal with what hangs on it."""
    names = _names(frame)
    return [
        GoalShown(
            pk=each.row.pk,
            words=each.row.words,
            whose=names.get(each.row.person_id, "The family"),
            aim=Aim(each.row.aim).label,
            notes=_notes(each.row, self_managed=each.row.is_self_managed),
            outcome=GoalOutcome(each.row.outcome).label if each.row.outcome else "",
            outcome_words=each.row.outcome_words,
            is_open=each.row.ended_at is None,
            milestones=tuple(_milestone(step, today) for step in each.milestones),
            actions=tuple(actions(each.actions, frame, today)),
        )
        for each in found
    ]


def actions(found: Sequence[ActionFound], frame: Frame, today: datetime.date) -> list[ActionShown]:
    """Each action with who has promised it."""
    names = _names(frame)
    return [
        ActionShown(
            pk=each.row.pk,
            case_id=each.row.case_id,
            words=each.row.words,
            who=each.who,
            about=names.get(each.row.person_id, "") if len(names) > 1 else "",
            due=day(each.row.due_on),
            state=ActionState(each.row.state).label,
            is_open=each.row.ended_at is None,
            is_late=is_overdue(each.row, today),
            became=each.row.became,
            notes=_notes(each.row),
            asked=tuple(_asked(one) for one in each.asked),
        )
        for each in found
    ]


def _asked(found: Asked) -> AskedShown:
    told = {
        HandoverState.OPEN: "waits for an answer",
        HandoverState.ASKED: "has a question",
        HandoverState.ACCEPTED: f"took it on, {day(found.answered_at)}",
        HandoverState.RETURNED: f"sent it back, {day(found.answered_at)}",
        HandoverState.WITHDRAWN: "taken back",
        HandoverState.SIGNPOSTED: f"the way was shown, {day(found.row.sent_at)}",
    }[found.state]
    return AskedShown(
        found.row.pk, found.row.service, told, found.row.result,
        may_hear=found.row.matter_id is None and not found.row.result,
    )  # fmt: skip


def _milestone(row: Milestone, today: datetime.date) -> MilestoneShown:
    if row.met_on:
        where = f"Met on {day(row.met_on)}"
    elif row.given_up_because:
        where = f"Given up: {row.given_up_because}"
    else:
        where = f"By {day(row.due_on)}"
    late = row.met_on is None and not row.given_up_because and row.due_on < today
    return MilestoneShown(row.pk, row.words, where, row.agreed_by, row.evidence, late)


def helps(found: Sequence[Intervention], frame: Frame) -> list[HelpShown]:
    """What each agency does, what goes on first."""
    names = _names(frame)
    rows = sorted(found, key=lambda row: (row.ends_on is not None, row.starts_on))
    return [
        HelpShown(
            pk=row.pk,
            kind=InterventionKind(row.kind).label,
            by=row.agency.name if row.agency else row.provider,
            words=". ".join(
                filter(
                    None,
                    (row.words, f"For {names[row.person_id]}" if row.person_id in names else ""),
                )
            ),
            when=f"Since {day(row.starts_on)}"
            + (f" until {day(row.ends_on)}" if row.ends_on else ""),
            is_live=row.ends_on is None,
            why_ended=row.why_ended,
        )
        for row in rows
    ]


def answers(found: Mapping[uuid.UUID, PlanAgreement], frame: Frame) -> list[AnswerShown]:
    """What each person of the case said to the last version, or that they were not asked yet."""
    return [_answer(each.person_id, each.name, found.get(each.person_id)) for each in frame.persons]


def _answer(person_id: uuid.UUID, name: str, row: PlanAgreement | None) -> AnswerShown:
    if row is None:
        return AnswerShown(person_id, name, "Not asked yet", "", "")
    more = [f"On {day(row.said_on)}"]
    if row.spoken_by != SpokenBy.ITSELF:
        more.append(f"Spoken by {row.speaker}")
    if row.said == PlanAnswer.LACKS_CAPACITY:
        more.append(f"Assessed by {row.assessed_by}, {day(row.assessed_on)}")
        more.append(f"In their best interests: {row.best_interests}")
    return AnswerShown(person_id, name, PlanAnswer(row.said).label, row.words, ". ".join(more))


def all_answers(rows: Sequence[PlanAgreement], frame: Frame) -> list[AnswerShown]:
    """Every answer to a version in the order in which they were written down."""
    names = _names(frame)
    return [_answer(row.person_id, names.get(row.person_id, ""), row) for row in rows]


def _notes(row: Goal | PlanAction, *, self_managed: bool = False) -> tuple[str, ...]:
    released, hidden = row.is_released, row.hidden_from_person
    found = ["Works at it themselves"] if self_managed else []
    if row.recorded_in:
        found.append(f"Recorded in {row.recorded_in}")
    if hidden:
        found.append(f"Kept from them: {HiddenBecause(hidden).label.lower()}")
    elif released:
        found.append("The other adults may read it")
    return tuple(found)


def _names(frame: Frame) -> dict[uuid.UUID | None, str]:
    return {each.person_id: each.name for each in frame.persons}


def differences(found: Sequence[Difference], form: RowForm) -> Table | None:
    """What somebody else saved meanwhile beside what I wrote, field by field."""
    if not found:
        return None
    return table(
        "What the two of you wrote",
        ["Field", "Saved meanwhile", "You wrote", "In the form below"],
        [
            [
                str(form.fields[each.field].label),
                form.told(each.field, each.theirs),
                form.told(each.field, each.mine),
                "Yours" if each.both_changed else "The saved one: you had not changed it",
            ]
            for each in found
        ],
    )


def side_by_side(rows: Sequence[Compared]) -> Table | None:
    """Last time and now side by side, what moved first."""
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: not row.is_changed)
    return table(
        "Since last time",
        ["What", "Last time", "Now"],
        [[row.what, row.then, row.now if row.is_changed else "The same"] for row in ordered],
    )
