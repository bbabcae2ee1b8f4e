"""What rooms copied out of a record goes where its source takes it back; what somebody typed stays (P15)."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import SubjectAnswer
from joinedup.identity.sharing.operations.holdings import CannotRecallHolding, record_holding
from joinedup.intelligence.linkage.operations.recall import Recalled, recall_records
from joinedup.single_view.operations.copied import (
    NO_HOLDING,
    NO_NAME,
    NO_RECORD,
    forget_copied,
    take_back_holding,
)
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.models import ReferredOut
from joinedup.support.cases.operations.referring_out import Asking, refer_out
from joinedup.support.handovers.models import HandoverMessage
from joinedup.support.panels.models import ItemLeft, ItemPerson, MinutesPage, PanelItem
from tests.sharing import walled
from tests.sharing.test_subject_answers import a_world, given, now, prepare, release_answer
from tests.unit.cases.planned import AT, planned
from tests.unit.panels.called import Called, person_of
from tests.unit.panels.panelled import table
from tests.unit.panels.queued import queued
from tests.unit.panels.test_minutes import _approved, held
from tests.unit.panels.test_practice import Team, team

__all__ = ["held", "team"]
pytestmark = pytest.mark.django_db


def recall(person: uuid.UUID | None, agency: str, data: Path) -> Recalled:
    """That agency takes its records of them back."""
    with acting(walled.SYSTEM):
        theirs = list(Record.objects.filter(person=person, agency=agency))
    return recall_records(
        by=walled.SYSTEM, agency=agency, record_ids=[each.record_id for each in theirs],
        data=data, inbox=data / "inbox", at=AT, elsewhere=forget_copied,
    )  # fmt: skip


def test_a_nominated_patient_loses_the_name_that_the_practice_takes_back(
    team: Team, tmp_path: Path
) -> None:
    """P15: as long as another source says the same it is that one's, and goes with the last of them."""
    patient = walled.person("gp", "care", gp_practice="Y99901", given_name="Quillon")
    walled.let_see_person(f"post:{team.gp.post_id}", patient, "gp", Category.IDENTITY)
    item = team.nominate(patient).item
    assert item is not None
    recall(patient, "gp", tmp_path)
    assert named(item).name == "Quillon Ashe"
    done = recall(patient, "care", tmp_path)
    assert (named(item).name, named(item).born_on) == (NO_NAME, None)
    assert done.counts["panels_itemperson"] == 1


def named(item: PanelItem) -> ItemPerson:
    with acting(walled.SYSTEM):
        return ItemPerson.objects.get(item=item.pk)


def test_minutes_lose_the_name_and_the_birth_date_and_no_word_of_the_decision(
    held: Called, tmp_path: Path
) -> None:
    """P15, P29: of every agency's version; the other items stand as they stood."""
    with acting(walled.SYSTEM):
        ItemPerson.objects.filter(item=held.ada).update(born_on=AT.date(), relation="tenant")
    _approved(held)
    before = pages(held.ada)
    assert all("Ada Ashe, born" in each["people"][0] for each in before)
    done = recall(person_of(held.ada), "housing", tmp_path)
    after = pages(held.ada)
    assert done.counts["panels_minutespage"] == len(before) > 1
    assert "Ashe" not in str(after)
    assert {each["names"] for each in after} == {NO_NAME}
    assert {each["people"][0] for each in after} == {f"{NO_NAME}, tenant"}
    for old, new in zip(before, after, strict=True):
        assert {**old, "names": "", "people": []} == {**new, "names": "", "people": []}
    assert all(each["names"] == "Ben Ashe" for each in pages(held.ben))


def test_what_was_left_to_the_next_meeting_names_nobody_any_more(
    held: Called, tmp_path: Path
) -> None:
    """P15: in the queue, in the line that an item was not reached, and in the minutes that say so."""
    _approved(held)
    recall(person_of(held.ben), "housing", tmp_path)
    with acting(walled.SYSTEM):
        assert ItemLeft.objects.get(item=held.ben).names == NO_NAME
    assert {each["names"] for each in pages(held.ben)} == {NO_NAME}
    assert all(each["names"] == "Ada Ashe" for each in pages(held.ada))


def pages(item: PanelItem) -> list[dict[str, Any]]:
    with acting(walled.SYSTEM):
        return [page.said for page in MinutesPage.objects.filter(item=item.pk).order_by("pk")]


def test_a_request_to_a_service_keeps_its_words_and_loses_whom_it_names(tmp_path: Path) -> None:
    """P15: in the request and in the hand-over that carried it."""
    of = planned()
    refer_out(
        by=of.lead, action_id=of.action().pk, at=AT,
        asking=Asking(of.ada, "For Ada Ashe: a debt adviser", Footing.AGREED, to_team_id=of.other.team_id),
    )  # fmt: skip
    recall(of.ada, "housing", tmp_path)
    wanted = f"{NO_NAME}: For Ada Ashe: a debt adviser"
    with acting(walled.SYSTEM):
        assert ReferredOut.objects.get().words == wanted
        assert [each.words for each in HandoverMessage.objects.all()] == [wanted]


def test_an_answer_that_was_given_loses_the_record_and_nothing_else(tmp_path: Path) -> None:
    """P15: what another agency answered of its own record is that agency's to recall."""
    guardian, part = a_world(("Moved in", ""))
    prepare(by=guardian, part_id=part.pk, marked=[], at=now())
    release_answer(by=guardian, part_id=part.pk, said=given(guardian, part), at=now())
    walled.agency("care", "social_care")
    other = walled.record(part.person_id, "care", given_name="Adah")
    with acting(walled.SYSTEM):
        own = Record.objects.get(person=part.person_id, agency="housing")
        Record.objects.filter(pk=other.pk).update(record_id=own.record_id)
    recall(part.person_id, "care", tmp_path)
    with acting(walled.SYSTEM):
        assert "Name: Ada Ashe" in str(SubjectAnswer.objects.get().said)
    recall(part.person_id, "housing", tmp_path)
    with acting(walled.SYSTEM):
        said = str(SubjectAnswer.objects.get().said)
    assert "Ashe" not in said
    assert NO_RECORD in said
    assert "Moved in" in said


def test_what_a_referrer_typed_is_no_copy_and_stays(tmp_path: Path) -> None:
    """P15: a referral is its sender's; were its words taken with a landlord's record, it would be lost."""
    item = queued(table())
    person = named(item).person_id
    done = recall(person, "housing", tmp_path)
    assert done.counts["people_record"] == 1
    assert named(item).name == "Ada Ashe"


def test_what_an_agency_holds_goes_from_its_answers_and_its_copies_outside_are_named() -> None:
    """P15: its own copies alone, for another's would tell who works with them (P8); nobody else takes it back."""
    guardian, part = a_world(("Moved in", ""))
    officer = walled.viewer("housing", "housing_officer", team="Rents")
    made = record_holding(
        by=officer, person_id=part.person_id, category=Category.HOUSING, headline="Arrears of rent",
        detail="Eight weeks", at=now(),
    )  # fmt: skip
    prepare(by=guardian, part_id=part.pk, marked=[], at=now())
    release_answer(by=guardian, part_id=part.pk, said=given(guardian, part), at=now())
    for kind, holder in (("plan", "housing"), ("minutes", "refuge")):
        record_copy(
            by=officer.post_id, kind=kind, of=str(uuid.uuid4()), holder=holder, place="pdf",
            purpose=officer.purpose, at=now(), person_id=part.person_id,
        )  # fmt: skip
    walled.agency("care", "social_care")
    with pytest.raises(CannotRecallHolding):
        take_back_holding(
            by=walled.viewer("care", "social_worker", team="A"), holding_id=made.pk, at=now()
        )
    with acting(walled.SYSTEM):
        assert "Eight weeks" in str(SubjectAnswer.objects.get().said)
    left = take_back_holding(by=officer, holding_id=made.pk, at=now())
    assert [(each.kind, each.holder) for each in left] == [("plan", "housing")]
    with acting(walled.SYSTEM):
        said = str(SubjectAnswer.objects.get().said)
    assert "Arrears" not in said
    assert "Eight weeks" not in said
    assert NO_HOLDING in said
    assert "Name: Ada Ashe" in said
