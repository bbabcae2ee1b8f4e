"""What is written in a case about somebody: its story, contacts, goals and promises, reviews, levels, closings."""

from collections.abc import Callable, Iterable

from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.single_view.queries.subject_held.thing import About, Item, day, joined
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.choices.pathway import Became
from joinedup.support.cases.choices.placement import BedKind
from joinedup.support.cases.choices.plan import (
    ActionState,
    GoalOutcome,
    InterventionKind,
    PlanAnswer,
)
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.choices.story import Topic
from joinedup.support.cases.models import (
    CaseLevel,
    CaseReview,
    Closing,
    FollowedPathway,
    Goal,
    Intervention,
    Milestone,
    OwnWords,
    PathwayMark,
    Placement,
    Plan,
    PlanAction,
    PlanAgreement,
    ReferredOut,
    SafeguardingGathered,
    StoryEntry,
)
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact

Sort = tuple[str, Iterable[Item]]


def sorts(about: About) -> Iterable[Sort]:
    """What is written in the case, sort by sort."""
    return ((heading, items(about)) for heading, items in _SORTS)


def _entries(about: About) -> Iterable[Item]:
    for row in StoryEntry.objects.filter(about.theirs).order_by("starts_on", "pk"):
        yield Item(
            f"entry:{row.pk}", day(row.starts_on), f"{Topic(row.topic).label}: {row.what}",
            joined(row.words, row.meant),
            **about.marks(row, hidden=row.hidden, because=row.hidden_because),
        )  # fmt: skip


def _contacts(about: About) -> Iterable[Item]:
    rows = Contact.objects.filter(about.theirs_of("person"), matter=about.case.pk)
    for row in rows.order_by("at", "pk"):
        what = joined(How(row.how).label, f"with {row.with_whom}" if row.with_whom else "")
        words = joined(row.words, row.their_words)
        yield Item(f"contact:{row.pk}", day(row.at), what, words, **about.marks(row))


def _gathered(about: About) -> Iterable[Item]:
    """What a team gathered for safeguarding is read by a human first, whomever it names."""
    for row in SafeguardingGathered.objects.filter(about.theirs).order_by("recorded_at", "pk"):
        yield Item(
            f"gathered:{row.pk}", day(row.recorded_at), f"From {row.source}", row.words,
            LeftOutBecause.THIRD_PARTY, "It was gathered for safeguarding, and may name who told it.",
        )  # fmt: skip


def _plan(about: About) -> Iterable[Item]:
    row = Plan.objects.filter(case=about.case).first()
    if row is None:
        return
    for name, what, words in (
        ("matters", "What matters to you", row.what_matters),
        ("signs", "How it shows that it gets worse", row.signs),
        ("then", "What to do then", joined(row.what_to_do, row.whom_to_ring)),
    ):
        if words:
            yield Item(f"plan:{name}:{row.pk}", day(row.edited_at), what, words, **about.of_all())


def _goals(about: About) -> Iterable[Item]:
    for row in Goal.objects.filter(about.theirs).order_by("set_on", "pk"):
        yield Item(
            f"goal:{row.pk}", day(row.set_on), row.words,
            f"{GoalOutcome(row.outcome).label}. {row.outcome_words}" if row.outcome else "",
            **about.marks(row, hidden=row.hidden_from_person),
        )  # fmt: skip


def _milestones(about: About) -> Iterable[Item]:
    rows = Milestone.objects.filter(about.theirs_of("goal__person"), case=about.case)
    for row in rows.select_related("goal").order_by("due_on", "pk"):
        met = f"Met on {day(row.met_on)}. {row.evidence}" if row.met_on else row.given_up_because
        goal = row.goal
        yield Item(
            f"step:{row.pk}", day(row.due_on), row.words, joined(f"Agreed by {row.agreed_by}.", met),
            **about.marks(goal, hidden=goal.hidden_from_person),
        )  # fmt: skip


def _actions(about: About) -> Iterable[Item]:
    for row in PlanAction.objects.filter(about.theirs).order_by("recorded_at", "pk"):
        yield Item(
            f"action:{row.pk}", day(row.recorded_at), row.words,
            joined(ActionState(row.state).label, row.became),
            **about.marks(row, hidden=row.hidden_from_person),
        )  # fmt: skip


def _help(about: About) -> Iterable[Item]:
    for row in Intervention.objects.filter(about.theirs).order_by("starts_on", "pk"):
        until = f" until {day(row.ends_on)}" if row.ends_on else ""
        what = f"{InterventionKind(row.kind).label}{until}"
        words = joined(row.provider, row.words, row.why_ended)
        yield Item(f"help:{row.pk}", day(row.starts_on), what, words, **about.marks(row))
    out = ReferredOut.objects.filter(case=about.case, person__in=about.ids)
    for asked in out.order_by("sent_at", "pk"):
        words = joined(asked.words, asked.because, asked.result)
        yield Item(f"asked:{asked.pk}", day(asked.sent_at), f"Asked of {asked.service}", words)
    stays = Placement.objects.filter(case=about.case, person__in=about.ids).select_related("site")
    for stay in stays.order_by("starts_on", "pk"):
        what = f"{BedKind(stay.site.kind).label}: {stay.site.name}"
        yield Item(f"stay:{stay.pk}", day(stay.starts_on), what, joined(stay.because, stay.words))


def _agreed(about: About) -> Iterable[Item]:
    rows = PlanAgreement.objects.filter(case=about.case, person__in=about.ids)
    for row in rows.order_by("said_on", "pk"):
        words = joined(row.words, row.speaker, row.best_interests)
        yield Item(f"agreed:{row.pk}", day(row.said_on), PlanAnswer(row.said).label, words)


def _reviews(about: About) -> Iterable[Item]:
    rows = CaseReview.objects.filter(case=about.case, held_on__isnull=False)
    for row in rows.order_by("held_on", "pk"):
        yield Item(
            f"review:{row.pk}", day(row.held_on), f"With {row.present}" if row.present else "Review",
            joined(row.person_words, row.found, row.why_not_less, row.person_would_choose),
            **about.of_all(),
        )  # fmt: skip


def _course(about: About) -> Iterable[Item]:
    for row in CaseLevel.objects.filter(case=about.case).order_by("starts_at", "pk"):
        what = f"Level {row.level}. {LevelSource(row.source).label}"
        yield Item(f"level:{row.pk}", day(row.starts_at), what, row.because, **about.of_all())
    for closing in Closing.objects.filter(case=about.case).order_by("closed_at", "pk"):
        again = closing.reopened_because
        yield Item(
            f"closing:{closing.pk}", day(closing.closed_at),
            f"Closed: {ClosingReason(closing.reason).label}",
            joined(closing.words, closing.what_stays, f"Opened again: {again}" if again else ""),
            **about.of_all(),
        )  # fmt: skip


def _pathways(about: About) -> Iterable[Item]:
    rows = FollowedPathway.objects.filter(case=about.case).select_related("pathway")
    for row in rows.order_by("starts_on", "pk"):
        until = f" until {day(row.ends_on)}" if row.ends_on else ""
        yield Item(
            f"pathway:{row.pk}", day(row.starts_on), f"{row.pathway.title}{until}",
            row.ended_because, **about.of_all(),
        )  # fmt: skip
    marks = PathwayMark.objects.filter(case=about.case).select_related("step")
    for mark in marks.order_by("recorded_at", "pk"):
        yield Item(
            f"mark:{mark.pk}", day(mark.on), f"{mark.step.what}: {Became(mark.became).label}",
            mark.words, **about.of_all(),
        )  # fmt: skip


def _own_words(about: About) -> Iterable[Item]:
    for row in OwnWords.objects.filter(case=about.case, person__in=about.ids).order_by("at", "pk"):
        answer = f"The answer: {row.answer}" if row.answer else ""
        yield Item(f"own:{row.pk}", day(row.at), row.words, answer)


_SORTS: tuple[tuple[str, Callable[[About], Iterable[Item]]], ...] = (
    ("What happened", _entries),
    ("When you were in contact", _contacts),
    ("What was gathered to keep somebody safe", _gathered),
    ("What is planned", _plan),
    ("What you want", _goals),
    ("The steps towards it", _milestones),
    ("What was promised", _actions),
    ("What help there was", _help),
    ("What you said to the plan", _agreed),
    ("How it was looked at again", _reviews),
    ("How the work went", _course),
    ("Which pathway the work followed", _pathways),
    ("What you wrote yourself", _own_words),
)
