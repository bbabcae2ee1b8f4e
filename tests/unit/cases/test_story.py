"""A case is one story from all agencies: written, corrected, pinned, read live through the wall (S0-89)."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import AgencySight
from joinedup.identity.sharing.operations.holdings import recall_holding
from joinedup.support.cases.choices import Hidden, IncidentRole, LineKind, Significance, Topic
from joinedup.support.cases.models import Case, Lead, StoryEntry, StoryPin, StoryReading
from joinedup.support.cases.operations.story import (
    AlreadyCorrected,
    CannotPin,
    CannotWriteStory,
    EntrySaid,
    correct_entry,
    pin_line,
    unpin_line,
    write_entry,
)
from joinedup.support.cases.operations.story_reading import note_reading
from joinedup.support.cases.queries.story_told import (
    for_overview,
    last_serious_of_cases,
    last_written_of_cases,
)
from joinedup.support.cases.rules.when import When
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.operations import ContactSaid, record_contact
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.cases.stories import (
    a_case,
    a_lead,
    holding,
    now,
    said,
    the_frame,
    the_story,
    told,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return a_lead()


@pytest.fixture
def person(lead: Viewer) -> uuid.UUID:
    return walled.person("housing")


@pytest.fixture
def case(lead: Viewer, person: uuid.UUID) -> Case:
    return a_case(lead, person)


def pinned(by: Viewer, case: Case, kind: LineKind, key: uuid.UUID, why: str = "") -> StoryPin:
    return pin_line(by=by, case_id=case.pk, kind=kind, key=key, why=why, at=now())


# ---------------------------------------------------------------- written and read


def test_one_story_from_entries_contacts_and_what_agencies_hold(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    """S0-89, P32: source, date, significance; contacts with their words stand in the same line."""
    walled.agency("police", "police")
    written(lead, case, "Front door kicked in", when="12 to 14 June 2024", source="police",
            topic=Topic.SAFETY, significance=Significance.SERIOUS)  # fmt: skip
    holding(person, "housing", Category.HOUSING, "Rent arrears")
    visit = ContactSaid(
        How.VISIT, now(-2), "Talked about the arrears", "I cannot look at it", "Ada", Seen.SEEN_ALONE,
        person_id=person,
    )  # fmt: skip
    record_contact(by=lead, matter_id=case.pk, said=visit, at=now())
    story = the_story(lead, case)
    assert told(story) == ["Talked about the arrears", "Rent arrears", "Front door kicked in"]
    assert {line.kind for line in story.window.lines} >= {LineKind.LEAD}
    assert told(the_story(lead, case, agency="police")) == ["Front door kicked in"]
    assert told(the_story(lead, case, significance="serious")) == ["Front door kicked in"]
    assert told(the_story(lead, case, words="look arrears")) == ["Talked about the arrears"]
    assert told(the_story(lead, case, words="rent court")) == []
    assert told(the_story(lead, case, words="more of")) == ["Rent arrears"]
    assert story.recording is not None
    assert (story.recording.lately, story.recording.late) == (1, 1)
    assert story.recording.last_seen_alone_at == visit.at
    [why] = [held.why for held in story.words.held.values()]
    assert why == "Your own agency holds it, and your role carries it."


def test_it_is_read_and_written_by_those_who_work_at_it(lead: Viewer, case: Case) -> None:
    other = walled.viewer("housing", "housing_officer", team="Another")
    entry = written(lead, case)
    with pytest.raises(NoPart):
        written(other, case)
    with pytest.raises(Case.DoesNotExist):
        the_story(other, case)
    with acting(other):
        assert not StoryEntry.objects.exists()
    with pytest.raises(StoryEntry.DoesNotExist):
        correct_entry(by=other, entry_id=entry.pk, said=said(), at=now())
    with pytest.raises(NoPart):
        pinned(other, case, LineKind.ENTRY, entry.pk)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"what": "  "}, "in a line what happened"),
        ({"source": ""}, "where it comes from"),
        ({"source": "nowhere"}, "no such agency"),
        ({"topic": Topic.CONTACT}, "tells itself"),
        ({"hidden": Hidden.THIRD_PARTY}, "why the person is not shown it"),
        ({"person_id": uuid.uuid4()}, "whom this case is about"),
    ],
)
def test_an_entry_without_what_makes_it_one_is_refused(
    lead: Viewer, case: Case, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(CannotWriteStory, match=why):
        write_entry(by=lead, case_id=case.pk, said=said(**more), at=now())


def test_nothing_is_written_of_a_day_to_come_nor_into_a_closed_case(
    lead: Viewer, case: Case
) -> None:
    to_come = EntrySaid(When(now(2).date(), None), Topic.HOME, "Moves out", source="housing")
    with pytest.raises(CannotWriteStory, match="still to come"):
        write_entry(by=lead, case_id=case.pk, said=to_come, at=now())
    entry = written(lead, case)
    with acting(walled.SYSTEM):
        Lead.objects.filter(case=case.pk).update(ends_at=now())
        Case.objects.filter(pk=case.pk).update(closed_at=now())
    with pytest.raises(CannotWriteStory, match="Open it again first"):
        written(lead, case)
    with pytest.raises(CannotWriteStory, match="Open it again first"):
        correct_entry(by=lead, entry_id=entry.pk, said=said(), at=now())
    with pytest.raises(CannotPin, match="Open it again first"):
        pinned(lead, case, LineKind.ENTRY, entry.pk)


def test_a_correction_stands_instead_and_the_earlier_stays_readable(
    lead: Viewer, case: Case
) -> None:
    """What was pinned of it is pinned of what stands now."""
    first = written(lead, case, "Moved in with his sister")
    pinned(lead, case, LineKind.ENTRY, first.pk, "The first home of his own")
    second = correct_entry(
        by=lead, entry_id=first.pk, said=said("Moved in with his brother"), at=now()
    )
    story = the_story(lead, case)
    assert sorted(told(story)) == ["Moved in with his brother", "Moved in with his sister"]
    assert {line.key for line in story.window.lines if line.corrected} == {str(first.pk)}
    assert [pin.line.key for pin in story.pinned] == [str(second.pk)]
    with pytest.raises(AlreadyCorrected) as refused:
        correct_entry(by=lead, entry_id=first.pk, said=said("With an aunt"), at=now())
    assert refused.value.standing.pk == second.pk
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        StoryEntry.objects.filter(pk=second.pk).update(instead_of=second.pk)


def test_what_somebody_suffered_is_kept_from_who_looks_at_them_as_an_offender(
    lead: Viewer, person: uuid.UUID
) -> None:
    """P10, S0-84: one person harmed here and suspected there: two entries, and apart."""
    walled.agency("police", "police")
    officer = walled.viewer("police", "police_liaison", Purpose.CRIME_DISORDER)
    case = a_case(officer, walled.person("police"))
    for what, role in (("Robbed", IncidentRole.VICTIM), ("Shoplifting", IncidentRole.SUSPECTED)):
        written(officer, case, what, role=role, source="police")
    assert sorted(told(the_story(officer, case))) == ["Robbed", "Shoplifting"]
    offending = Viewer.of_post(walled.Post.objects.get(pk=officer.post_id), purpose=Purpose.IOM)
    assert told(the_story(offending, case)) == ["Shoplifting"]


# ---------------------------------------------------------------- pins


def test_what_matters_stands_first_with_why_until_it_is_let_go(lead: Viewer, case: Case) -> None:
    entry = written(lead, case)
    pin = pinned(lead, case, LineKind.ENTRY, entry.pk, "He trusts nobody who comes unannounced")
    again = pinned(lead, case, LineKind.ENTRY, entry.pk, "He opens only to who has rung")
    assert pin.pk == again.pk
    [shown] = the_story(lead, case).pinned
    assert shown.why == "He opens only to who has rung"
    assert told(the_story(lead, case, pinned=True)) == ["Moved in"]
    unpin_line(by=lead, pin_id=pin.pk, at=now())
    assert the_story(lead, case).pinned == ()
    with pytest.raises(CannotPin, match="300 letters"):
        pinned(lead, case, LineKind.ENTRY, entry.pk, "x" * 301)


def test_only_a_line_of_this_story_is_pinned(lead: Viewer, case: Case, person: uuid.UUID) -> None:
    other = a_case(lead, walled.person("housing"))
    elsewhere = written(lead, other)
    walled.agency("gp", "health")
    unseen = holding(person, "gp", Category.HEALTH, "Diabetes")
    for kind, key in (
        (LineKind.ENTRY, elsewhere.pk),
        (LineKind.HELD, unseen.pk),
        (LineKind.CONTACT, uuid.uuid4()),
        (LineKind.LEAD, uuid.uuid4()),
    ):
        with pytest.raises(CannotPin, match="no such line"):
            pinned(lead, case, kind, key)


def test_a_pin_goes_when_its_holder_takes_back_what_it_refers_to(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    """P15: a recall reaches every pin and the words beside it."""
    held = holding(person, "housing", Category.HOUSING, "Rent arrears")
    pinned(lead, case, LineKind.HELD, held.pk, "Eleven weeks: court in May")
    assert [pin.line.kind for pin in the_story(lead, case).pinned] == [LineKind.HELD]
    recall_holding(by=lead, holding_id=held.pk, at=now())
    assert the_story(lead, case).pinned == ()
    with acting(walled.SYSTEM):
        assert not StoryPin.objects.exists()
        assert not Holding.objects.exists()


def test_a_pin_is_seen_no_longer_than_what_it_refers_to(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    """P8, P15: sight lapses, and the pin with its words goes with it, for everybody, in the same moment."""
    walled.agency("gp", "health")
    held = holding(person, "gp", Category.HEALTH, "Diabetes")
    walled.let_see("housing", "gp", Category.HEALTH)
    pin = pinned(lead, case, LineKind.HELD, held.pk, "Mind the insulin when the power is cut")
    with acting(lead):
        assert StoryPin.objects.filter(pk=pin.pk).exists()
    AgencySight.objects.all().delete()
    with acting(lead):
        assert not StoryPin.objects.exists()
    with pytest.raises(StoryPin.DoesNotExist):
        unpin_line(by=lead, pin_id=pin.pk, at=now())


# ---------------------------------------------------------------- since last time, and elsewhere


def test_what_came_since_this_post_last_read_it_is_new_to_it(lead: Viewer, case: Case) -> None:
    assert note_reading(by=lead, case_id=case.pk, at=now(-3)) is None
    assert note_reading(by=lead, case_id=case.pk, at=now(-3)) is None
    written(lead, case)
    before = note_reading(by=lead, case_id=case.pk, at=now(1))
    assert before is not None
    assert note_reading(by=lead, case_id=case.pk, at=now(1)) == before
    story = the_story(lead, case, before, new=True)
    assert (story.new, told(story)) == (1, ["Moved in"])
    colleague = walled.viewer("housing", "housing_officer", team="Tenancies")
    assert note_reading(by=colleague, case_id=case.pk, at=now()) is None
    with acting(colleague):
        assert [each.post_id for each in StoryReading.objects.all()] == [colleague.post_id]
    assert note_reading(by=walled.SYSTEM, case_id=case.pk, at=now()) is None


def test_a_look_at_what_an_agency_holds_leaves_its_line(
    lead: Viewer, case: Case, person: uuid.UUID
) -> None:
    holding(person, "housing", Category.HOUSING, "Rent arrears")
    the_story(lead, case)
    with acting(walled.SYSTEM):
        held = Entry.objects.filter(person_id=person, act="looked", holder="housing")
        assert [list(each.categories) for each in held] == [["housing"]]


def test_the_overview_and_lists_of_cases_hear_of_it(lead: Viewer, case: Case) -> None:
    written(lead, case, "Crisis", when="3 May 2026", significance=Significance.SERIOUS)
    entry = written(lead, case, "Settled")
    pinned(lead, case, LineKind.ENTRY, entry.pk)
    quiet = a_case(lead, walled.person("housing"))
    glance = for_overview(lead, the_frame(lead, case), now())
    assert glance.story.window.lines[0].key == str(entry.pk)
    assert len(glance.story.pinned) == 1
    with acting(lead):
        assert last_serious_of_cases([case.pk, quiet.pk]) == {case.pk: datetime.date(2026, 5, 3)}
        assert set(last_written_of_cases([case.pk, quiet.pk])) == {case.pk}
