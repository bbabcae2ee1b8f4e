"""Write an entry into the story of a case, correct one, pin what matters and let it go again."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import Hidden, IncidentRole, LineKind, Significance, Topic
from joinedup.support.cases.models import Case, StoryEntry, StoryPin
from joinedup.support.cases.rules.story import lateness
from joinedup.support.cases.rules.when import STILL_TO_COME, When
from joinedup.support.contacts.models import Contact
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at

WRITING = Viewer.system("keeping the story of a case")
LONGEST_WHY = 300
IS_CLOSED = "This case is closed. Open it again first."


class CannotWriteStory(Exception):
    """Why the story cannot be written so; fit for the page."""


class AlreadyCorrected(CannotWriteStory):
    """Somebody else corrected this entry first; `standing` is what stands instead of it now."""

    def __init__(self, standing: StoryEntry) -> None:
        super().__init__(
            "Somebody corrected this entry before you. What stands now is beside what you wrote: "
            "correct that one, if it still needs it."
        )
        self.standing = standing


class CannotPin(Exception):
    """Why this cannot be pinned; fit for the page."""


@dataclass(frozen=True)
class EntrySaid:
    """What an entry says."""

    when: When
    topic: Topic
    what: str
    significance: Significance = Significance.ORDINARY
    source: str = ""
    """The agency whose word it is, by its code."""
    told_by: str = ""
    words: str = ""
    meant: str = ""
    role: IncidentRole = IncidentRole.NONE
    person_id: uuid.UUID | None = None
    hidden: Hidden | None = None
    hidden_because: str = ""


def write_entry(
    *, by: Viewer, case_id: uuid.UUID, said: EntrySaid, at: datetime.datetime
) -> StoryEntry:
    """Write one thing that happened into the story of a case; `at` is when it is really written.

    Raises CannotWriteStory, NoPart, NotPermitted.
    """
    return _write(by, case_id, said, at, None)


def correct_entry(
    *, by: Viewer, entry_id: uuid.UUID, said: EntrySaid, at: datetime.datetime
) -> StoryEntry:
    """Write what stands instead of an entry; the earlier one stays and is read as corrected.

    What was pinned of it is pinned of what stands now. Raises AlreadyCorrected, CannotWriteStory, NoPart,
    NotPermitted, StoryEntry.DoesNotExist.
    """
    with acting(by):
        earlier = StoryEntry.objects.get(pk=entry_id)
    with transaction.atomic():
        return _write(by, earlier.case_id, said, at, earlier)


def pin_line(
    *,
    by: Viewer,
    case_id: uuid.UUID,
    kind: LineKind,
    key: uuid.UUID,
    why: str,
    at: datetime.datetime,
) -> StoryPin:
    """Pin a line of the story: it stands first for everybody who may read it, with why it matters.

    Pinned again, the words are written anew. Raises CannotPin, NoPart, NotPermitted.
    """
    must_work_at(by, case_id)
    if by.post_id is None:
        raise NotPermitted("Somebody pins what matters, never the system.")
    if len(why) > LONGEST_WHY:
        raise CannotPin(f"Say why it matters in {LONGEST_WHY} letters or fewer.")
    what = _pinned(by, case_id, kind, key)
    with transaction.atomic(), acting(WRITING):
        locked(case_id)
        _must_be_open(case_id, CannotPin)
        said = {"why": why.strip(), "pinned_by_id": by.post_id, "pinned_at": at}
        pin, _ = StoryPin.objects.update_or_create(case_id=case_id, **what, defaults=said)
        leave_a_line(by, case_id, "pinned a line of a story", at, {"kind": kind})
    return pin


def unpin_line(*, by: Viewer, pin_id: uuid.UUID, at: datetime.datetime) -> uuid.UUID:
    """Let a pin go; the line itself stays where it was. Return the case's key.

    Raises StoryPin.DoesNotExist, NoPart.
    """
    with acting(by):
        pin = StoryPin.objects.get(pk=pin_id)
    case_id = pin.case_id
    must_work_at(by, case_id)
    with transaction.atomic(), acting(WRITING):
        StoryPin.objects.filter(pk=pin_id).delete()
        leave_a_line(by, case_id, "let a pin of a story go", at)
    return case_id


def _write(
    by: Viewer,
    case_id: uuid.UUID,
    said: EntrySaid,
    at: datetime.datetime,
    earlier: StoryEntry | None,
) -> StoryEntry:
    must_work_at(by, case_id)
    if by.post_id is None:
        raise NotPermitted("An entry is somebody’s, never the system’s.")
    with transaction.atomic(), acting(WRITING):
        locked(case_id)
        _must_be_open(case_id, CannotWriteStory)
        why = _why_not(case_id, said, at)
        if why:
            raise CannotWriteStory(why)
        if earlier is not None:
            _must_stand(earlier)
        made = StoryEntry.objects.create(
            case_id=case_id, person_id=said.person_id, starts_on=said.when.starts_on,
            ends_on=said.when.ends_on, is_about=said.when.is_about, topic=said.topic,
            significance=said.significance, role=said.role, source_id=said.source or None,
            told_by=said.told_by.strip(), what=said.what.strip(), words=said.words.strip(),
            meant=said.meant.strip(), hidden=said.hidden or "",
            hidden_because=said.hidden_because.strip() if said.hidden else "",
            written_by_id=by.post_id, written_at=at, instead_of=earlier,
        )  # fmt: skip
        if earlier is not None:
            StoryPin.objects.filter(entry=earlier).update(entry=made)
        _on_record(by, made, at, "corrected a story" if earlier else "wrote into a story")
    return made


def _must_stand(earlier: StoryEntry) -> None:
    standing = earlier
    after_it = StoryEntry.objects.select_related("written_by__user")
    while (after := after_it.filter(instead_of=standing.pk).first()) is not None:
        standing = after
    if standing.pk != earlier.pk:
        raise AlreadyCorrected(standing)


def _must_be_open(case_id: uuid.UUID, refusal: type[Exception]) -> None:
    if Case.objects.filter(pk=case_id, closed_at__isnull=False).exists():
        raise refusal(IS_CLOSED)


def _why_not(case_id: uuid.UUID, said: EntrySaid, at: datetime.datetime) -> str:
    if not said.what.strip():
        return "Say in a line what happened."
    if not said.source and not said.told_by.strip():
        return "Say where it comes from: an agency, or whose word it is."
    if said.source and not Agency.objects.filter(pk=said.source).exists():
        return "There is no such agency here."
    if not said.topic.can_be_written:
        return f"“{said.topic.label}” tells itself. Choose what it was about."
    if said.when.starts_on > day_of(at):
        return STILL_TO_COME
    if said.hidden and not said.hidden_because.strip():
        return (
            "Say why the person is not shown it: they may ask, and be told that there was a reason."
        )
    about = MatterPerson.objects.filter(matter=case_id, person=said.person_id)
    if said.person_id is not None and not about.exists():
        return "It is about somebody whom this case is about."
    return ""


def _pinned(by: Viewer, case_id: uuid.UUID, kind: LineKind, key: uuid.UUID) -> dict[str, Any]:
    """What is pinned, as the pin names it: only a line of this very case that the viewer reads."""
    with acting(by):
        if kind is LineKind.ENTRY and StoryEntry.objects.filter(pk=key, case=case_id).exists():
            return {"entry_id": key, "contact_id": None, "holding_id": None}
        if kind is LineKind.CONTACT and Contact.objects.filter(pk=key, matter=case_id).exists():
            return {"entry_id": None, "contact_id": key, "holding_id": None}
        persons = MatterPerson.objects.filter(matter=case_id).values_list("person", flat=True)
        ids = [each for person in persons for each in identifiers_of(person)]
        if kind is LineKind.HELD and Holding.objects.filter(pk=key, person__in=ids).exists():
            return {"entry_id": None, "contact_id": None, "holding_id": key}
    raise CannotPin("There is no such line in this story.")


def _on_record(by: Viewer, made: StoryEntry, at: datetime.datetime, act: str) -> None:
    if made.person_id is None:
        leave_a_line(by, made.case_id, act, at, {"significance": made.significance})
        return
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="matter", subject_id=str(made.case_id),
        purpose=by.purpose, person_id=made.person_id, agency=by.agency, role=by.role,
        detail={"significance": made.significance, "late": bool(lateness(_last(made), day_of(at)))},
    )  # fmt: skip


def _last(made: StoryEntry) -> datetime.date | None:
    return When(made.starts_on, made.ends_on).last_on
