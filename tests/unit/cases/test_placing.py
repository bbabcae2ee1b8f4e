"""One person of a case turns out to be two: each thing is placed by a named decision, none is copied, none lost."""

import uuid
from dataclasses import dataclass

import pytest
from django.apps import apps

from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.intelligence.linkage.models import SpineEvent
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.choices.finding import FindingKind
from joinedup.support.cases.models import (
    Case,
    CaseSplit,
    Finding,
    FindingLink,
    Goal,
    PlanAction,
    StoryEntry,
)
from joinedup.support.cases.operations.findings import FindingSaid, record_finding
from joinedup.support.cases.operations.goals import set_goal
from joinedup.support.cases.operations.placing import CannotPlace, find_splits, place
from joinedup.support.cases.operations.plan_actions import promise_action
from joinedup.support.cases.operations.story import correct_entry, pin_line
from joinedup.support.cases.queries.placed_kinds import KINDS, NOT_PLACED
from joinedup.support.cases.queries.placing import (
    SplitShown,
    how_many_to_place,
    may_place,
    splits_of,
)
from joinedup.support.cases.queries.plan import open_of_case
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.operations import ContactSaid, record_contact
from joinedup.support.contacts.queries import contacts_of
from joinedup.support.handovers.operations import NoPart
from joinedup.support.safeguarding.choices import Knows
from joinedup.support.safeguarding.operations import PlanSaid, write_plan
from joinedup.support.safeguarding.queries.plans import warnings_of
from tests.sharing import walled
from tests.unit.cases.planned import action, goal
from tests.unit.cases.stories import a_case, a_lead, now, said, the_story, told, written
from tests.unit.handovers.sides import post_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Parted:
    """A case about Ada, in whom somebody else was taken to be Ada until today."""

    lead: Viewer
    case: Case
    ada: uuid.UUID
    other: uuid.UUID
    entry: StoryEntry

    @property
    def split(self) -> SplitShown:
        """What waits, as the lead reads it."""
        [found] = splits_of(self.lead, self.case.pk)
        return found

    def waiting(self) -> dict[str, int]:
        """What waits to be placed, by what it says."""
        return {each.what: each.pk for each in self.split.waiting}

    def place(self, whose: uuid.UUID, *said_of: str) -> int:
        """The lead places these."""
        chosen = {self.waiting()[what]: whose for what in said_of}
        return place(by=self.lead, case_id=self.case.pk, decisions=chosen, at=now())


@pytest.fixture
def parted() -> Parted:
    lead = a_lead()
    ada = walled.person("housing")
    case = a_case(lead, ada)
    first = written(lead, case, "Took his tablets", person_id=ada)
    entry = correct_entry(
        by=lead, entry_id=first.pk, said=said("Took her tablets", person_id=ada), at=now()
    )
    written(lead, case, "The boiler was mended")
    call = ContactSaid(How.PHONE, now(-1), "Rang about the rent", person_id=ada)
    record_contact(by=lead, matter_id=case.pk, said=call, at=now())
    warning = PlanSaid(
        "A dog", "Bites", "Ring first", Knows.NOT_INFORMED, "Helen", now(20).date(), "Not safe"
    )
    write_plan(by=lead, matter_id=case.pk, said=warning, at=now(), person_id=ada)
    other = walled.person("housing", given_name="Adam", family_name="Ashe")
    with acting(walled.SYSTEM):
        SpineEvent.objects.create(
            at=now(), by_id=post_of(lead), kind="split", person_id=other, other_id=ada, because="x"
        )
    return Parted(lead, case, ada, other, entry)


def test_until_it_is_decided_everything_stays_where_it_was_and_is_marked(parted: Parted) -> None:
    assert find_splits(at=now()) == 1
    assert find_splits(at=now()) == 0
    assert set(parted.waiting()) == {"Took her tablets", "Phone call. Rang about the rent", "A dog"}
    assert (parted.split.stays, parted.split.goes) == (parted.ada, parted.other)
    story = the_story(parted.lead, parted.case)
    assert "Took her tablets" in told(story)
    assert str(parted.entry.pk) in story.words.to_place
    assert [each.kind for each in Notice.objects.filter(post=parted.lead.post_id)].count(
        "story_to_place"
    ) == 1


def test_what_is_the_other_s_leaves_the_story_whole_and_is_in_no_other(parted: Parted) -> None:
    """Nothing is copied to both: an entry goes with all that it stands instead of, and without its pin."""
    pin_line(
        by=parted.lead, case_id=parted.case.pk, kind=LineKind.ENTRY, key=parted.entry.pk, why="",
        at=now(),
    )  # fmt: skip
    find_splits(at=now())
    parted.place(parted.other, "Took her tablets", "Phone call. Rang about the rent", "A dog")
    story = the_story(parted.lead, parted.case)
    assert (told(story), story.pinned) == (["The boiler was mended"], ())
    assert contacts_of(parted.lead, parted.case.pk) == []
    assert warnings_of(parted.lead, parted.case.pk) == []
    with acting(walled.SYSTEM):
        assert StoryEntry.objects.filter(person=parted.other).count() == 2
        assert StoryEntry.objects.count() == 3
        assert CaseSplit.objects.get().settled_at is not None
    assert {each.belongs_to for each in parted.split.placed} == {parted.other}


def test_what_is_the_other_s_goes_to_their_case_where_the_agency_has_one(parted: Parted) -> None:
    theirs = a_case(parted.lead, parted.other)
    find_splits(at=now())
    parted.place(parted.other, "Took her tablets", "A dog")
    parted.place(parted.ada, "Phone call. Rang about the rent")
    assert sorted(told(the_story(parted.lead, theirs))) == ["Took her tablets", "Took his tablets"]
    assert warnings_of(parted.lead, theirs.pk) == ["A dog"]
    assert warnings_of(parted.lead, parted.case.pk) == []
    assert sorted(told(the_story(parted.lead, parted.case))) == [
        "Rang about the rent", "The boiler was mended",
    ]  # fmt: skip
    assert how_many_to_place(parted.lead, parted.case.pk) == 0


def test_the_lead_or_a_manager_of_the_team_decides_and_each_thing_once(parted: Parted) -> None:
    find_splits(at=now())
    waits = parted.waiting()
    colleague = walled.viewer("housing", "housing_officer", team="Tenancies")
    manager = walled.viewer("housing", "team_manager", team="Tenancies")
    stranger = walled.viewer("housing", "team_manager", team="Another")
    assert not may_place(colleague, parted.case.pk)
    assert may_place(manager, parted.case.pk)
    one = {waits["A dog"]: parted.ada}
    with pytest.raises(CannotPlace, match="a manager of their team"):
        place(by=colleague, case_id=parted.case.pk, decisions=one, at=now())
    with pytest.raises(NoPart):
        place(by=stranger, case_id=parted.case.pk, decisions=one, at=now())
    with pytest.raises(CannotPlace, match="one of the two"):
        place(by=manager, case_id=parted.case.pk, decisions={waits["A dog"]: uuid.uuid4()}, at=now())  # fmt: skip
    assert place(by=manager, case_id=parted.case.pk, decisions=one, at=now()) == 1
    with pytest.raises(CannotPlace, match="meanwhile"):
        place(by=parted.lead, case_id=parted.case.pk, decisions=one, at=now())


def test_two_who_are_one_again_and_cases_of_others_are_left_alone(parted: Parted) -> None:
    elsewhere = a_case(parted.lead, walled.person("housing"))
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=parted.other).update(merged_into_id=parted.ada)
    assert find_splits(at=now()) == 0
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=parted.other).update(merged_into_id=None)
        assert not MatterPerson.objects.filter(matter=elsewhere.pk, person=parted.ada).exists()
    find_splits(at=now())
    assert splits_of(parted.lead, elsewhere.pk) == []


def test_every_table_in_the_register_names_its_person_and_its_case() -> None:
    for kind in KINDS:
        named = {field.name for field in kind.model._meta.get_fields()}
        assert {kind.person, kind.matter, kind.written} <= named
        assert not kind.chain or kind.chain in named


def test_no_table_of_a_case_names_a_person_and_is_forgotten() -> None:
    placed = {(kind.model, kind.person) for kind in KINDS}
    forgotten = [
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Person
        if (model, field.name) not in placed and model._meta.model_name not in NOT_PLACED
    ]
    assert forgotten == []


def test_a_plan_and_an_assessment_are_placed_row_by_row(parted: Parted) -> None:
    """Nothing is copied to both; what hung on the other's rows no longer does; the plan closes without them."""
    theirs = a_case(parted.lead, parted.other)
    key, by, ada = parted.case.pk, parted.lead, parted.ada
    hers = set_goal(by=by, matter_id=key, values=goal(ada, words="I want to sleep"), at=now())
    his = set_goal(by=by, matter_id=key, values=goal(ada, words="I want work"), at=now())
    for serves in (hers, his):
        values = action(words=f"For {serves.words}", goal_id=serves.pk, person_id=ada, owner_person_id=ada)  # fmt: skip
        promise_action(by=by, matter_id=key, values=values, at=now())
    need, strength = (
        record_finding(by=by, case_id=key, at=now(), said=FindingSaid(kind, words, person_id=ada))
        for kind, words in ((FindingKind.NEED, "Debt"), (FindingKind.STRENGTH, "A sister"))
    )
    with acting(walled.SYSTEM):
        FindingLink.objects.create(
            case=parted.case, finding=strength, affects=need, by_post_id=by.post_id, at=now()
        )
        SpineEvent.objects.update(at=now())
    find_splits(at=now())
    parted.place(parted.other, "I want work", "Debt")
    parted.place(ada, "I want to sleep", "A sister", "For I want to sleep")
    with acting(walled.SYSTEM):
        assert Goal.objects.get(pk=his.pk).case_id == theirs.pk
        served = dict(PlanAction.objects.values_list("words", "goal"))
        assert served == {"For I want work": None, "For I want to sleep": hers.pk}
        assert Finding.objects.get(pk=need.pk).case_id == theirs.pk
        assert not FindingLink.objects.exists()
        assert [each.words for each in open_of_case(by, key)[0]] == ["I want to sleep"]


def test_what_stays_under_its_case_is_shown_there_to_nobody(parted: Parted) -> None:
    """A promise of the other without a case of theirs, and what they answered to a measure."""
    key, by, ada = parted.case.pk, parted.lead, parted.ada
    values = action(words="Bring the letters", person_id=ada, owner_person_id=ada)
    promise_action(by=by, matter_id=key, values=values, at=now())
    with acting(walled.SYSTEM):
        SpineEvent.objects.update(at=now())
    find_splits(at=now())
    assert len(open_of_case(by, key)[1]) == 1, "until it is decided it stays"
    waits = [each for each in parted.split.waiting if each.what == "Bring the letters"]
    assert sorted(each.label for each in waits) == ["Action of the plan", "What they promised themselves"]  # fmt: skip
    place(by=by, case_id=key, decisions={each.pk: parted.other for each in waits}, at=now())
    assert open_of_case(by, key)[1] == []


def test_where_an_identity_was_sealed_nothing_ties_the_two_any_more(parted: Parted) -> None:
    """P2: the spine's event is gone, and the case keeps no pair of identifiers either."""
    with acting(walled.SYSTEM):
        SpineEvent.objects.all().delete()
    find_splits(at=now())
    with acting(walled.SYSTEM):
        assert not CaseSplit.objects.exists()
        assert StoryEntry.objects.filter(pk=parted.entry.pk).exists()
