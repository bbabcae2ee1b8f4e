"""Where the lines of a story come from: one function a source, viewer first; the wall decides what each gives."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.models import Lead, StoryEntry
from joinedup.support.cases.rules.story import Line, significance_of, topic_of
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.choices import HandoverState, StepKind
from joinedup.support.handovers.queries.seen import handovers_of, steps
from joinedup.support.safeguarding.queries.exits import exits_from
from joinedup.support.safeguarding.queries.plans import plans_of

ONE_DAY = datetime.timedelta(days=1)
Source = Callable[[Viewer, uuid.UUID], Iterable[Line]]


def entries(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """What was written into the case; those of other people than its own are set aside."""
    found = list(
        StoryEntry.objects.filter(case=case_id).values_list(
            "id", "starts_on", "ends_on", "topic", "source", "written_by__team__agency",
            "significance", "person", "written_at", "is_about", "instead_of",
        )
    )  # fmt: skip
    corrected = {row[10] for row in found}
    return [
        Line(
            LineKind.ENTRY, str(pk), first, after, Topic(topic), source or writer,
            Significance(significance), person, written, about, pk in corrected,
        )
        for pk, first, after, topic, source, writer, significance, person, written, about, _ in found
    ]  # fmt: skip


def held(viewer: Viewer, identifiers: Sequence[uuid.UUID], today: datetime.date) -> list[Line]:
    """What agencies hold about these people, as far as the wall shows it now: read live, never copied.

    A contact that can be counted is of its day; anything else without an end goes on.
    """
    found = Holding.objects.filter(person__in=identifiers, starts_on__lte=today).values_list(
        "id", "starts_on", "ends_on", "event_code", "category", "holder", "person", "recorded_at"
    )
    return [
        Line(
            LineKind.HELD, str(pk), first,
            last + ONE_DAY if last else (first + ONE_DAY if event else None),
            topic_of(Category(category)), holder, significance_of(Category(category)), person, at,
        )
        for pk, first, last, event, category, holder, person, at in found
    ]  # fmt: skip


def contacts(viewer: Viewer, case_id: uuid.UUID, at: datetime.datetime) -> list[Line]:
    """The contacts, notes, letters, texts and past appointments of the case (P32)."""
    found = list(
        Contact.objects.filter(matter=case_id, at__lte=at).values_list(
            "id", "at", "how", "seen", "by__team__agency", "person", "recorded_at", "instead_of"
        )
    )
    corrected = {row[7] for row in found}
    return [
        Line(
            LineKind.CONTACT, str(pk), day_of(when), day_of(when) + ONE_DAY, Topic.CONTACT, agency,
            _of_contact(how, seen), person, written, False, pk in corrected,
        )
        for pk, when, how, seen, agency, person, written, _ in found
    ]  # fmt: skip


def _of_contact(how: str, seen: str) -> Significance:
    """A visit at which the person was not seen is worth knowing."""
    missed = How(how).is_face_to_face and seen == Seen.NOT_SEEN
    return Significance.NOTABLE if missed else Significance.ORDINARY


def leads(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Who led the case from when."""
    found = Lead.objects.filter(case=case_id).select_related("post__user", "post__team")
    return [
        _work(
            LineKind.LEAD, each.pk, each.starts_at, each.post.team.agency_id,
            f"{each.post.user.name} {'acts as lead' if each.is_acting else 'leads the case'}",
            each.post.team.name,
        )
        for each in found
    ]  # fmt: skip


def handovers(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Hand-overs that the viewer hears of: between whom, and what became of each."""
    return [
        _work(
            LineKind.HANDOVER, each.pk, each.offered_at, each.from_team.agency_id,
            f"{_verb(each.state_word)} {each.from_team.name} to "
            f"{each.to_team.name if each.to_team else each.to_place}",
            f"{each.state_word.label} on {wording.day(each.answered_at)}"
            if each.answered_at
            else each.state_word.label,
            Significance.NOTABLE,
        )
        for each in handovers_of(viewer, case_id)
    ]  # fmt: skip


def _verb(state: HandoverState) -> str:
    return {
        HandoverState.ACCEPTED: "Handed over from",
        HandoverState.SIGNPOSTED: "Shown the way by",
    }.get(state, "Offered by")


def done_steps(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """The steps of the one clock that were done, and whether in time (P33)."""
    return [
        _work(
            LineKind.STEP, each.pk, each.done_at, "", f"{StepKind(each.kind).label}: done",
            "In time" if each.done_at <= each.due_at else f"Due {wording.moment(each.due_at)}",
        )
        for each in steps(viewer, case_id)
        if each.done_at is not None
    ]  # fmt: skip


def exits(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Danger raised from the case: that it was and how urgent; its words stay with those who have it."""
    return [
        _work(
            LineKind.EXIT, each.pk, each.raised_at, "", f"Danger: {each.door.label.lower()}",
            f"{each.acknowledged_by} has it" if each.acknowledged_by else "Nobody has it yet",
            Significance.SERIOUS, Topic.SAFETY,
        )
        for each in exits_from(viewer, case_id)
    ]  # fmt: skip


def warnings(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Warning notes on the people of the case, from when until when, and why one ended (S0-32)."""
    return [
        Line(
            LineKind.WARNING, str(shown.plan.pk), day_of(shown.plan.starts_at),
            day_of(shown.plan.ends_at) + ONE_DAY if shown.plan.ends_at else None, Topic.SAFETY, "",
            Significance.NOTABLE, shown.plan.person_id, shown.plan.starts_at,
            text=f"Warning: {shown.plan.warning}",
            more=shown.plan.end_words if shown.plan.ends_at else "",
        )
        for shown in plans_of(viewer, case_id, ended=True)
    ]  # fmt: skip


def _work(
    kind: LineKind,
    key: object,
    at: datetime.datetime,
    agency: str,
    text: str,
    more: str = "",
    significance: Significance = Significance.ORDINARY,
    topic: Topic = Topic.THE_WORK,
) -> Line:
    day = day_of(at)
    return Line(
        kind, str(key), day, day + ONE_DAY, topic, agency, significance, None, at, text=text, more=more
    )  # fmt: skip


SOURCES: tuple[Source, ...] = (leads, handovers, done_steps, exits, warnings)
"""What tells how the work went: few lines, which carry their words with them."""
