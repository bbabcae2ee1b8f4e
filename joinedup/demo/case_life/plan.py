"""The plan of an invented life: goals, steps, promises, what is given meanwhile, and what each came to."""

import datetime
from collections.abc import Sequence

from joinedup.demo.case_arcs import Wanted
from joinedup.demo.case_life.calendar import worked, working
from joinedup.demo.case_life.course import Way
from joinedup.demo.case_life.life import Life, Rows
from joinedup.demo.case_more import AGREED_BY, DONE, EVIDENCE, GIVEN_UP, NOT_DONE, OUTCOME_WORDS
from joinedup.demo.case_turns import NOT_ALL_OF_IT
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.choices.plan import (
    ActionState,
    GoalOutcome,
    OwnerKind,
    PlanAnswer,
    PlanKind,
    WhoseGoal,
)
from joinedup.support.cases.models import (
    CaseMember,
    Goal,
    Intervention,
    Milestone,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanVersion,
    StoryEntry,
)
from joinedup.support.cases.queries.plan_said import said_of

PLANNED_ON_DAY = 18
TOLD_BY = {
    "Rails fitted": "Rails and a bath seat fitted",
    "Lunch club tried twice": "Went to the lunch club twice",
    "The notice withdrawn": "The landlord agreed to wait",
    "One trial shift": "Two trial shifts at the hospital kitchen",
    "Attendance above ninety per cent": "Attendance at ninety-four per cent",
    "One afternoon together": "First supervised afternoon with his daughter",
    "Nine days": "Nine days without a drink",
    "One rehearsal": "Sang with the choir again",
    "Hall clear": "Hall cleared, by her, in four mornings",
    "Back door opens": "Crew looked again: two ways out",
    "One tool lent": "Lent a plane and two saws through the skills swap",
    "Volunteer twice": "Volunteers two mornings at the rescue centre",
    "One viewing": "Viewed a flat with his mother",
    "First wage": "Paid work at the rescue centre, ten hours",
}
"""Steps that are met on the day on which the story tells it."""


def write_plan(life: Life, rows: Rows, agencies: set[str]) -> None:
    """The plan, once it is due."""
    day = life.at_work(PLANNED_ON_DAY + life.chance.randint(-4, 6))
    if day > life.until:
        return
    arc, at = life.arc, life.moment(day)
    _, relation, does = arc.member
    member = rows.add(
        CaseMember(
            case=life.case,
            kind=MemberKind.VOLUNTEER if "volunteer" in relation else MemberKind.FAMILY,
            name=life.helper,
            relation=relation,
            does=life.said(does),
            footing=Footing.AGREED,
            starts_at=at,
            ends_at=life.case.closed_at,
        )
    )
    rows.add(
        Plan(
            case=life.case,
            kind=PlanKind.FAMILY if arc.family else PlanKind.SUPPORT,
            what_matters=life.said(arc.matters),
            signs=life.said(arc.signs),
            what_to_do=life.said(arc.what_to_do),
            whom_to_ring=life.said(arc.whom_to_ring),
            edited_by=life.going.lead,
            edited_at=at,
            recorded_at=at,
        )
    )
    for place, wanted in enumerate(arc.wanted):
        _goal(life, rows, wanted, place, member, at)
    for kind, giver, words in arc.gives:
        _given(life, rows, kind, giver, words, agencies)


def put_to_them(lives: Sequence[Life]) -> None:
    """Most plans were put to whom they are about, and answered; now and then not all of it was agreed."""
    versions, answers = [], []
    for life in lives:
        on = life.at_work(PLANNED_ON_DAY + life.chance.randint(9, 21))
        if on > life.until or life.chance.random() > 0.75:
            continue
        at = life.moment(on)
        version = PlanVersion(
            case=life.case, number=1, said=said_of(life.case.pk), by_post=life.going.lead, recorded_at=at
        )  # fmt: skip
        versions.append(version)
        if life.arc.family:
            continue
        agrees = life.chance.random() < 0.85
        answers.append(
            PlanAgreement(
                case=life.case, version=version, person_id=life.persons[0],
                said=PlanAnswer.AGREES if agrees else PlanAnswer.IN_PART,
                words="" if agrees else life.chance.choice(NOT_ALL_OF_IT),
                said_on=on, by_post=life.going.lead, recorded_at=at,
            )
        )  # fmt: skip
    PlanVersion.objects.bulk_create(versions)
    PlanAgreement.objects.bulk_create(answers)


def _outcome(life: Life, wanted: Wanted, place: int) -> GoalOutcome:
    """What a goal of a closed case came to: not all is better where not all was done."""
    way = life.course.way
    if way is Way.STOPPED:
        return life.chance.choice((GoalOutcome.MAINTAINED, GoalOutcome.DECLINED))
    if place > 0 and way is Way.IN_PART:
        return life.chance.choices((GoalOutcome.MAINTAINED, GoalOutcome.DECLINED), (3, 1))[0]
    if place > 0 and life.chance.random() < 0.2:
        return GoalOutcome.MAINTAINED
    return GoalOutcome(wanted.outcome)


def _goal(
    life: Life, rows: Rows, wanted: Wanted, place: int, member: CaseMember, at: datetime.datetime
) -> None:
    outcome = _outcome(life, wanted, place) if life.is_closed else None
    goal = rows.add(
        Goal(
            case=life.case,
            person_id=life.about,
            whose=WhoseGoal.FAMILY if life.arc.family else WhoseGoal.PERSON,
            words=life.said(wanted.words),
            aim=wanted.aim,
            place=place,
            set_on=day_of(at),
            outcome=outcome or "",
            outcome_words=life.one_of(OUTCOME_WORDS[outcome]) if outcome else "",
            ended_at=life.case.closed_at,
            written_by=life.going.lead,
            recorded_at=at,
        )
    )
    for number, words in enumerate(wanted.steps, 1):
        is_last = number == len(wanted.steps)
        _step(life, rows, goal, words, number, outcome, is_last=is_last)
    for number, (words, who) in enumerate(wanted.promises, 1):
        _promise(life, rows, goal, words, who, number, member)


def _step(
    life: Life, rows: Rows, goal: Goal, words: str, number: int, outcome: GoalOutcome | None,
    *, is_last: bool,
) -> None:  # fmt: skip
    """A step is met where the life got that far; the last of a goal that failed never is."""
    day = life.course.day_of(PLANNED_ON_DAY + 35 * number)
    due = working(max(life.on(PLANNED_ON_DAY + 35 * number), day_of(goal.recorded_at)))
    met = working(life.on(day + life.chance.randint(-9, 8)))
    told = [
        each.starts_on
        for each in rows.of(StoryEntry, life.case)
        if words in TOLD_BY and each.what == life.said(TOLD_BY[words])
    ]
    if told:
        met = working(max(told[0], day_of(goal.recorded_at)))
    failed = is_last and outcome is GoalOutcome.DECLINED
    reached = outcome in {GoalOutcome.IMPROVED, GoalOutcome.PREVENTED}
    went = reached or (life.course.happens(day) and (life.is_closed or life.chance.random() < 0.85))
    if reached:
        met = min(met, worked(life.until))
    went = went or bool(told)
    is_met = day_of(goal.recorded_at) <= met <= life.until and went and not failed
    rows.add(
        Milestone(
            case=life.case,
            goal=goal,
            words=life.said(words),
            due_on=due,
            agreed_by=life.one_of(AGREED_BY),
            met_on=met if is_met else None,
            evidence=life.one_of(EVIDENCE) if is_met else "",
            given_up_because=life.chance.choice(GIVEN_UP) if life.is_closed and not is_met else "",
            recorded_at=goal.recorded_at,
        )
    )


def _promise(
    life: Life, rows: Rows, goal: Goal, words: str, who: str, number: int, member: CaseMember
) -> None:
    day = PLANNED_ON_DAY + 14 * number + life.chance.randint(4, 14)
    due = life.at_work(day)
    done = worked(due - datetime.timedelta(days=life.chance.choice((0, 0, 1, 2, 5))))
    reached = done < life.until and life.course.happens(day)
    is_done = reached and life.chance.random() < (0.94 if life.is_closed else 0.86)
    state, became, ended = ActionState.TO_DO, "", None
    if is_done:
        state, became, ended = ActionState.DONE, life.one_of(DONE), life.moment(done)
    elif life.is_closed:
        state, became = ActionState.DROPPED, life.chance.choice(NOT_DONE)
        ended = life.case.closed_at
    elif due < life.until + datetime.timedelta(days=20):
        state = life.chance.choice((ActionState.TO_DO, ActionState.DOING))
    rows.add(
        PlanAction(
            case=life.case,
            goal=goal,
            person_id=goal.person_id,
            words=life.said(words),
            owner={"lead": OwnerKind.PRACTITIONER, "member": OwnerKind.MEMBER}.get(
                who, OwnerKind.PERSON
            ),
            owner_post=life.going.lead if who == "lead" else None,
            owner_member=member if who == "member" else None,
            owner_person_id=life.persons[0] if who == "person" else None,
            due_on=due,
            state=state,
            became=became,
            ended_at=max(ended, goal.recorded_at) if ended else None,
            written_by=life.going.lead,
            recorded_at=goal.recorded_at,
        )
    )


def _given(life: Life, rows: Rows, kind: str, giver: str, words: str, agencies: set[str]) -> None:
    starts = life.at_work(PLANNED_ON_DAY + life.chance.randint(4, 22))
    if starts > life.until or not life.course.happens((starts - life.begins).days):
        return
    rows.add(
        Intervention(
            case=life.case,
            person_id=life.about,
            kind=kind,
            agency_id=giver if giver in agencies else None,
            provider="" if giver in agencies else giver,
            words=life.said(words),
            starts_on=starts,
            ends_on=life.until if life.is_closed else None,
            why_ended="The case closed" if life.is_closed else "",
            written_by=life.going.lead,
            recorded_at=life.moment(starts),
        )
    )
