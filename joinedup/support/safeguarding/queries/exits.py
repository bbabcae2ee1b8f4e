"""Exits as a viewer may read them: those that rang it, those it raised, and where each stands."""

import datetime
import uuid
from dataclasses import dataclass, field

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting, people, reading
from joinedup.identity.sharing.choices import Category, PartLevel
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import MatterPerson, Part
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.safeguarding.choices import Audience, Decision, Door, StepOfRinging
from joinedup.support.safeguarding.models import (
    Exit,
    ExitAddition,
    ExitDecision,
    ExitRecord,
    Ring,
)
from joinedup.support.safeguarding.queries.lines import LineShown, lines_now
from joinedup.support.safeguarding.rules import Due, due_of

READING = Viewer.system("telling whoever raised an exit where it stands")
_MOST = 100


@dataclass(frozen=True)
class ExitState:
    """Where an exit stands, without a word of what it is about."""

    pk: uuid.UUID
    door: Door
    audience: Audience | None
    raised_at: datetime.datetime
    acknowledged_at: datetime.datetime | None
    acknowledged_by: str
    decided_at: datetime.datetime | None
    written_at: datetime.datetime | None

    @property
    def due(self) -> Due:
        """Its three limits."""
        return due_of(self.raised_at)

    @property
    def rings(self) -> bool:
        """Whether nobody has it yet."""
        return self.acknowledged_at is None


@dataclass(frozen=True)
class RingShown:
    """One round: when, whom, how many."""

    number: int
    step: StepOfRinging
    rung_at: datetime.datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Something that was said, by whom, when."""

    words: str
    who: str
    at: datetime.datetime


@dataclass(frozen=True)
class Told:
    """What was decided, as whoever raised it is told."""

    decision: Decision
    words: str
    who: str
    at: datetime.datetime


@dataclass(frozen=True)
class ExitShown(ExitState):
    """An exit as far as the viewer may read it; `works` where it may do more than read."""

    words: str
    trigger: str
    about: dict[str, object]
    raised_by: str
    mine: bool
    works: bool
    hears: bool
    """Whether the viewer is told what was decided; licensed premises are not (P18)."""
    from_matter: uuid.UUID | None
    referrer_told_at: datetime.datetime | None
    lines: tuple[LineShown, ...]
    rounds: tuple[RingShown, ...]
    additions: tuple[Said, ...]
    told: Told | None
    records: tuple[tuple[ExitRecord, str], ...] = ()
    persons: tuple[uuid.UUID, ...] = field(default=())


def exits_of(viewer: Viewer, *, rang: bool) -> list[ExitState]:
    """The exits that rang this viewer or its team, or else those that it raised; newest first.

    What rings comes before what somebody has.
    """
    with acting(viewer):
        works = Part.objects.filter(level=PartLevel.WORK, ends_at__isnull=True).values("matter")
        found = Exit.objects.filter(matter__in=works) if rang else Exit.objects.all()
        if not rang:
            found = found.filter(raised_by=viewer.post_id)
        newest = found.order_by("-raised_at")
        ringing = list(newest.filter(acknowledged_at__isnull=True).order_by("raised_at"))
        had = list(newest.filter(acknowledged_at__isnull=False)[:_MOST])
        told_of(matters=[each.pk for each in (*ringing, *had)], categories=[Category.SAFEGUARDING])
        return _states([*ringing, *had])


def how_many_ring(viewer: Viewer) -> int:
    """How many exits ring this viewer and nobody has."""
    with reading(viewer):
        works = Part.objects.filter(level=PartLevel.WORK, ends_at__isnull=True).values("matter")
        return Exit.objects.filter(matter__in=works, acknowledged_at__isnull=True).count()


def exits_from(viewer: Viewer, matter_id: uuid.UUID) -> list[ExitState]:
    """The exits raised from a matter that the viewer works at, oldest first; none to anybody else."""
    with reading(viewer):
        if part_of(viewer, matter_id) < PartLevel.WORK:
            return []
    with reading(READING):
        return _states(list(Exit.objects.filter(from_matter=matter_id).order_by("raised_at")))


def one_exit(viewer: Viewer, exit_id: uuid.UUID, *, at: datetime.datetime) -> ExitShown:
    """One exit with all that the viewer's part in it opens; raises Exit.DoesNotExist."""
    with acting(viewer):
        row = Exit.objects.get(pk=exit_id)
        part = part_of(viewer, exit_id)
        rounds = list(Ring.objects.filter(exit=row).order_by("number", "pk"))
        additions = list(ExitAddition.objects.filter(exit=row).order_by("said_at"))
        decision = ExitDecision.objects.filter(exit=row).first()
        records = list(ExitRecord.objects.filter(exit=row).order_by("number"))
        persons = MatterPerson.objects.filter(matter=exit_id).order_by("pk")
        about_whom = tuple(persons.values_list("person", flat=True))
    posts = {row.raised_by_id, row.acknowledged_by_id, *(ring.post_id for ring in rounds)}
    posts |= {each.said_by_id for each in additions} | {each.written_by_id for each in records}
    posts |= {decision.decided_by_id} if decision else set()
    names = names_of(posts)
    state = _state(row, names)
    answering = lines_now(at)
    return ExitShown(
        **vars(state),
        words=row.words,
        trigger=row.trigger,
        about=row.about_typed,
        raised_by=names.get(row.raised_by_id, ""),
        mine=row.raised_by_id == viewer.post_id,
        works=part >= PartLevel.WORK,
        hears=part >= PartLevel.PROGRESS,
        from_matter=row.from_matter_id,
        referrer_told_at=row.referrer_told_at,
        lines=tuple(
            answering[state.door, whose]
            for whose in ([state.audience] if state.audience else Audience)
            if (state.door, whose) in answering
        ),
        rounds=_rounds(rounds, names),
        additions=tuple(
            Said(each.words, names.get(each.said_by_id, ""), each.said_at) for each in additions
        ),
        told=_told(decision, names),
        records=tuple((each, names.get(each.written_by_id, "")) for each in records),
        persons=about_whom,
    )


def state_of(viewer: Viewer, exit_id: uuid.UUID) -> ExitState:
    """Where an exit stands; raises Exit.DoesNotExist."""
    with acting(viewer):
        return _states([Exit.objects.get(pk=exit_id)])[0]


def names_of(posts: set[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    """Who holds these posts, by name."""
    held = [post for post in posts if post is not None]
    found = Post.objects.filter(pk__in=held).select_related("user")
    return {post.pk: post.user.name for post in found}


def _states(rows: list[Exit]) -> list[ExitState]:
    names = names_of({row.acknowledged_by_id for row in rows})
    return [_state(row, names) for row in rows]


def _state(row: Exit, names: dict[uuid.UUID | None, str]) -> ExitState:
    return ExitState(
        row.pk,
        Door(row.door),
        Audience(row.audience) if row.audience else None,
        row.raised_at,
        row.acknowledged_at,
        names.get(row.acknowledged_by_id, ""),
        row.decided_at,
        row.written_at,
    )


def _rounds(rows: list[Ring], names: dict[uuid.UUID | None, str]) -> tuple[RingShown, ...]:
    by_number: dict[int, list[Ring]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    return tuple(
        RingShown(
            number,
            StepOfRinging(rang[0].step),
            rang[0].rung_at,
            tuple(sorted(names[each.post_id] for each in rang if each.post_id is not None)),
        )
        for number, rang in sorted(by_number.items())
    )


def _told(decision: ExitDecision | None, names: dict[uuid.UUID | None, str]) -> Told | None:
    if decision is None:
        return None
    return Told(
        Decision(decision.decision),
        decision.told,
        names.get(decision.decided_by_id, ""),
        decision.decided_at,
    )


def who_is_seen(viewer: Viewer | None, person_id: uuid.UUID | None) -> list[uuid.UUID]:
    """The person from whose page it comes, where the viewer may see them; else nobody."""
    if viewer is None or person_id is None or not viewer.may(Permission.SEE_RECORD):
        return []
    with acting(viewer):
        return list(people(viewer).filter(pk=person_id).values_list("pk", flat=True))
