"""Gives a brought-over case the life of its arc: story, contacts, levels, plan, reviews, and its end."""

import datetime
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from joinedup.demo.case_arcs import NAMES, Arc, Wanted
from joinedup.demo.case_turns import (
    BETWEEN,
    HOLDS,
    LITTLE_NEW,
    NOT_ALL_OF_IT,
    NOT_IN,
    TO_SEE_IT_HOLD,
    WHY_NOT_LESS,
    WOULD_CHOOSE,
    said_so,
    turned,
    what_a_review_found,
)
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.choices import Footing, MemberKind, Significance
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.choices.plan import (
    ActionState,
    GoalOutcome,
    OwnerKind,
    PlanAnswer,
    PlanKind,
    WhoseGoal,
)
from joinedup.support.cases.choices.review import ClosingReason, LeastStep
from joinedup.support.cases.models import (
    Case,
    CaseLevel,
    CaseMember,
    CaseReview,
    Closing,
    Goal,
    Intervention,
    Milestone,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanVersion,
    StoryEntry,
    ThresholdDocument,
)
from joinedup.support.cases.queries.plan_said import said_of
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.rules.working_days import is_working_day

LIVING = Viewer.system("the demo")
PLANNED_ON_DAY = 18
A_REVIEW_EVERY = 60
_ORDER: tuple[type[Model], ...] = (
    StoryEntry, Contact, CaseLevel, CaseMember, Plan, Goal, Milestone, PlanAction, Intervention,
    CaseReview, Closing,
)  # fmt: skip


@dataclass(frozen=True)
class Going:
    """A case with its arc, its lead, and the number by which its chances are drawn."""

    case: Case
    arc: Arc
    lead: Post
    number: int


@dataclass
class _Rows:
    """What is to be written, by table."""

    by: dict[type[Model], list[Model]] = field(default_factory=dict)

    def add(self, row: Model) -> Any:
        self.by.setdefault(type(row), []).append(row)
        return row

    def of(self, table: type[Model], case: Case) -> list[Any]:
        """The rows of that table that are of this case."""
        key = "matter_id" if table is Contact else "case_id"
        return [row for row in self.by.get(table, []) if getattr(row, key) == case.pk]


@dataclass(frozen=True)
class _Life:
    """One case while it is written: whose it is, until when it goes, and its chances."""

    going: Going
    persons: tuple[uuid.UUID, ...]
    until: datetime.date
    chance: random.Random
    helper: str
    at: datetime.datetime
    turns: Mapping[str, str]

    @property
    def case(self) -> Case:
        return self.going.case

    @property
    def begins(self) -> datetime.date:
        return day_of(self.case.opened_at)

    @property
    def is_closed(self) -> bool:
        return self.case.closed_at is not None

    def on(self, day: int) -> datetime.date:
        """The day so many days after it began."""
        return self.begins + datetime.timedelta(days=day)

    def working(self, day: datetime.date) -> datetime.date:
        """That day, or the next on which anybody is at work."""
        while not is_working_day(day):
            day += datetime.timedelta(days=1)
        return day

    def moment(self, day: datetime.date) -> datetime.datetime:
        """Some time of that working day, never after now."""
        at = datetime.datetime.combine(
            day, datetime.time(self.chance.randint(9, 16), self.chance.randint(0, 59)), LONDON
        )
        return min(at, self.at)

    def said(self, words: str) -> str:
        """The words as they are said in this life, with the helper's name in them."""
        return said_so(words, self.turns).replace("{m}", self.helper)


def write_lives(going: Sequence[Going], *, at: datetime.datetime) -> None:
    """Write the lives of these cases, table by table; inside the transaction that brought them over."""
    with acting(LIVING):
        about: dict[uuid.UUID, list[uuid.UUID]] = {}
        of = MatterPerson.objects.filter(matter__in=[each.case.pk for each in going])
        for matter, person in of.order_by("pk").values_list("matter", "person"):
            about.setdefault(matter, []).append(person)
        document = ThresholdDocument.objects.filter(published_at__isnull=False).first()
        agencies = set(Agency.objects.values_list("code", flat=True))
        rows, lives = _Rows(), []
        for each in going:
            chance = random.Random(f"life {each.number}")
            ended = each.case.closed_at
            life = _Life(
                going=each,
                persons=tuple(about[each.case.pk]),
                until=day_of(ended) if ended else day_of(at),
                chance=chance,
                helper=chance.choice(NAMES[each.arc.member[1]]),
                at=at,
                turns=turned(each.arc.member[1], chance),
            )
            lives.append(life)
            _story(life, rows)
            _contacts(life, rows)
            _levels(life, rows, document)
            _plan(life, rows, agencies)
            _reviews(life, rows)
        for table in _ORDER:
            table._default_manager.bulk_create(rows.by.get(table, []))
        _put_to_them(lives)


def _story(life: _Life, rows: _Rows) -> None:
    """What happened until now; now and then something was left out, or written down late."""
    for each in life.going.arc.story:
        day = life.on(each.day + (life.chance.randint(-3, 3) if each.day > 0 else 0))
        if day > life.until or (each.weight == "ordinary" and life.chance.random() < 0.3):
            continue
        written = max(day, life.begins) + datetime.timedelta(days=life.chance.choice((0, 0, 1, 6)))
        rows.add(
            StoryEntry(
                case=life.case,
                person_id=life.persons[0],
                starts_on=day,
                ends_on=day + datetime.timedelta(days=1),
                topic=each.topic,
                significance=each.weight,
                role=each.role,
                source_id=life.case.agency_id,
                what=life.said(each.what),
                words=life.said(each.words),
                meant=life.said(each.meant),
                written_by=life.going.lead,
                written_at=life.moment(min(written, life.until)),
            )
        )


def _contacts(life: _Life, rows: _Rows) -> None:
    """One every one to three weeks; in a few cases nobody has been in touch for a while."""
    quiet = 0 if life.is_closed or life.chance.random() > 0.15 else life.chance.randint(29, 50)
    last = life.until - datetime.timedelta(days=quiet)
    day = life.on(life.chance.randint(1, 5))
    talks = _talks(life)
    while day <= last:
        if is_working_day(day):
            how, words, theirs = next(talks)
            seen = _seen(how, life.chance)
            if seen is Seen.NOT_SEEN:
                words, theirs = life.chance.choice(NOT_IN), ""
            at = life.moment(day)
            late = datetime.timedelta(days=life.chance.choice((0, 0, 0, 1, 3)))
            rows.add(
                Contact(
                    matter_id=life.case.pk,
                    person_id=life.persons[0],
                    how=how,
                    at=at,
                    recorded_at=min(at + late, life.at),
                    by=life.going.lead,
                    seen=seen,
                    words=life.said(words),
                    their_words=life.said(theirs),
                )
            )
        day += datetime.timedelta(days=life.chance.randint(6, 19))


def _talks(life: _Life) -> Iterator[tuple[How, str, str]]:
    """What the contacts of a life were about: its arc's own words once each, and between them the usual."""
    own = list(life.going.arc.contacts)
    usual = [(How(how), *said) for how, told in BETWEEN.items() for said in told]
    while True:
        life.chance.shuffle(usual)
        for place, each in enumerate(usual):
            if own and place % 2 == 0:
                yield own.pop(0)
            yield each


def _seen(how: How, chance: random.Random) -> Seen:
    if not how.is_face_to_face:
        return Seen.NOT_APPLICABLE
    if how is How.MEETING:
        return Seen.SEEN
    return chance.choices((Seen.SEEN, Seen.SEEN_ALONE, Seen.NOT_SEEN), (6, 3, 1))[0]


def _levels(life: _Life, rows: _Rows, document: ThresholdDocument | None) -> None:
    """The level over time; the last one goes on, or ends with the case."""
    begun = [
        (on, level, source, because)
        for on, level, source, because in _levels_by_day(life)
        if on <= life.until
    ]
    for place, (on, level, source, because) in enumerate(begun):
        following = begun[place + 1][0] if place + 1 < len(begun) else None
        ends = life.case.closed_at
        if following is not None:
            ends = datetime.datetime.combine(following, datetime.time(10), LONDON)
        starts = datetime.datetime.combine(on, datetime.time(10), LONDON)
        rows.add(
            CaseLevel(
                case=life.case,
                level=level,
                source=source,
                because=life.said(because),
                document=document,
                by_post=life.going.lead,
                starts_at=min(max(starts, life.case.opened_at), life.at),
                ends_at=max(ends, starts) if ends else None,
            )
        )


def _levels_by_day(life: _Life) -> Iterator[tuple[datetime.date, int, LevelSource, str]]:
    """Each level and its day: what is less is found at a review, and what is more when it is needed."""
    before = 0
    for day, level, because in life.going.arc.levels:
        on, source = life.on(day), LevelSource.JUDGEMENT
        if before == 0:
            source = LevelSource.OPENED
        elif level < before:
            on, source = next(each for each in _review_days(life) if each >= on), LevelSource.REVIEW
        before = level
        yield on, level, source, because


def _plan(life: _Life, rows: _Rows, agencies: set[str]) -> None:
    """The plan, once it is due: goals, steps, promises, and what is given meanwhile."""
    day = life.on(PLANNED_ON_DAY)
    if day > life.until:
        return
    arc, at = life.going.arc, life.moment(day)
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


def _put_to_them(lives: Sequence[_Life]) -> None:
    """Most plans were put to whom they are about, and answered; now and then not all of it was agreed."""
    versions, answers = [], []
    for life in lives:
        on = life.working(life.on(PLANNED_ON_DAY + life.chance.randint(1, 12)))
        if on > life.until or life.chance.random() > 0.75:
            continue
        at = life.moment(on)
        version = PlanVersion(
            case=life.case, number=1, said=said_of(life.case.pk), by_post=life.going.lead, recorded_at=at
        )  # fmt: skip
        versions.append(version)
        if life.going.arc.family:
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


def _goal(
    life: _Life,
    rows: _Rows,
    wanted: Wanted,
    place: int,
    member: CaseMember,
    at: datetime.datetime,
) -> None:
    family = life.going.arc.family
    goal = rows.add(
        Goal(
            case=life.case,
            person_id=None if family else life.persons[0],
            whose=WhoseGoal.FAMILY if family else WhoseGoal.PERSON,
            words=life.said(wanted.words),
            aim=wanted.aim,
            place=place,
            set_on=day_of(at),
            outcome=GoalOutcome(wanted.outcome) if life.is_closed else "",
            ended_at=life.case.closed_at,
            written_by=life.going.lead,
            recorded_at=at,
        )
    )
    for number, words in enumerate(wanted.steps, 1):
        due = life.on(PLANNED_ON_DAY + 35 * number)
        met = due + datetime.timedelta(days=life.chance.randint(-9, 6))
        went_well = life.is_closed or life.on(life.going.arc.levels[-1][0]) <= life.until
        is_met = met <= life.until and (went_well or life.chance.random() < 0.8)
        rows.add(
            Milestone(
                case=life.case,
                goal=goal,
                words=life.said(words),
                due_on=due,
                agreed_by="all of us, at the table",
                met_on=met if is_met else None,
                evidence="Seen, and written into the story" if is_met else "",
                recorded_at=at,
            )
        )
    for number, (words, who) in enumerate(wanted.promises, 1):
        _promise(life, rows, goal, words, who, number, member, at)


def _promise(
    life: _Life,
    rows: _Rows,
    goal: Goal,
    words: str,
    who: str,
    number: int,
    member: CaseMember,
    at: datetime.datetime,
) -> None:
    due = life.on(PLANNED_ON_DAY + 14 * number + life.chance.randint(0, 10))
    is_done = life.is_closed or (due < life.until and life.chance.random() < 0.86)
    done = min(due, life.until)
    state = (
        ActionState.DONE if is_done else life.chance.choice((ActionState.TO_DO, ActionState.DOING))
    )
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
            became="Done as agreed." if is_done else "",
            ended_at=life.moment(done) if is_done else None,
            written_by=life.going.lead,
            recorded_at=at,
        )
    )


def _given(life: _Life, rows: _Rows, kind: str, giver: str, words: str, agencies: set[str]) -> None:
    starts = life.on(PLANNED_ON_DAY + life.chance.randint(2, 20))
    if starts > life.until:
        return
    rows.add(
        Intervention(
            case=life.case,
            person_id=None if life.going.arc.family else life.persons[0],
            kind=kind,
            agency_id=giver if giver in agencies else None,
            provider="" if giver in agencies else giver,
            words=life.said(words),
            starts_on=starts,
            ends_on=life.until if life.is_closed else None,
            why_ended="The plan came to its end" if life.is_closed else "",
            written_by=life.going.lead,
            recorded_at=life.moment(starts),
        )
    )


def _reviews(life: _Life, rows: _Rows) -> None:
    """One every nine weeks or so; the next is booked, and a few are late."""
    booked = life.working(life.begins + datetime.timedelta(days=A_REVIEW_EVERY))
    since = life.begins
    for due in _review_days(life):
        booked = due
        late = not life.is_closed and (life.until - due).days < 30 and life.chance.random() < 0.25
        if due > life.until or late:
            break
        rows.add(_held(life, rows, since, due))
        since = due
    if life.case.closed_at is None:
        rows.add(_booked(life, booked))
        return
    rows.add(
        Closing(
            case=life.case,
            reason=ClosingReason.GOALS_REACHED,
            words=life.said(life.going.arc.closing),
            what_stays=life.said(life.going.arc.stays),
            closed_at=life.case.closed_at,
            closed_by=life.going.lead,
        )
    )


def _review_days(life: _Life) -> Iterator[datetime.date]:
    day = life.begins
    for _ in range(12):
        day = life.working(day + datetime.timedelta(days=A_REVIEW_EVERY))
        yield day


def _booked(life: _Life, due: datetime.date) -> CaseReview:
    return CaseReview(
        case=life.case,
        due_on=due,
        rule="42 working days after the last (P33)",
        recorded_at=life.moment(due - datetime.timedelta(days=A_REVIEW_EVERY)),
    )


def _held(life: _Life, rows: _Rows, since: datetime.date, due: datetime.date) -> CaseReview:
    """What it found is what the story and the plan hold of the time since the one before."""
    arc = life.going.arc
    reached = life.on(arc.levels[-1][0])
    less, holds = since < reached <= due, reached <= since
    happened = [
        entry.what
        for entry in rows.of(StoryEntry, life.case)
        if since <= entry.starts_on < due and entry.significance != Significance.ORDINARY
    ]
    met = [
        each.words
        for each in rows.of(Milestone, life.case)
        if each.met_on and since <= each.met_on < due
    ]
    said = [
        each.their_words
        for each in rows.of(Contact, life.case)
        if each.their_words and since <= day_of(each.at) < due
    ]
    found = what_a_review_found(
        happened,
        met,
        life.said(arc.review) if less else life.chance.choice(HOLDS if holds else LITTLE_NEW),
    )
    return CaseReview(
        case=life.case,
        due_on=due,
        rule="42 working days after the last (P33)",
        held_on=due,
        present=f"{life.going.lead.user.name}, {life.helper} and the person",
        person_words=life.said(arc.said_at_review) if less or not said else life.said(said[-1]),
        found=found,
        least_step=LeastStep.LESS if less else LeastStep.AS_IT_IS,
        why_not_less="" if less else life.chance.choice(TO_SEE_IT_HOLD if holds else WHY_NOT_LESS),
        person_would_choose="A little less of you, and more of us."
        if less
        else life.chance.choice(WOULD_CHOOSE),
        held_by=life.going.lead,
        recorded_at=life.moment(due),
    )
