"""Clerical review: answers that hold at once and for ever, and can be taken back."""

from collections.abc import Callable

import pyarrow as pa
import pytest
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, canonical
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.queries.facts import is_barred
from joinedup.intelligence.linkage.models import Night, ReviewPair, SpineEvent
from joinedup.intelligence.linkage.operations.corrections import (
    CannotReportCorrection,
    report_correction,
)
from joinedup.intelligence.linkage.operations.review import (
    CannotDecide,
    CannotUndo,
    decide,
    undo_decision,
    undo_last,
)
from joinedup.intelligence.linkage.queries import night_facts
from joinedup.intelligence.linkage.queries.deliveries import corrections
from joinedup.intelligence.linkage.queries.review import next_pair, pair, progress
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.invented import ANN, BEN, CAT

OTHER = {**ANN, "record_id": "F1", "nhs_number": "", "family_name": "Oakes", "given_name": "Una",
         "born_on": "11/11/1950"}  # fmt: skip


def a_pair_waits(place: Place) -> None:
    """Two records of two persons, and their pair in the queue."""
    place.deliver("gp", ANN, BEN)
    place.deliver("fire", OTHER)
    place.night()
    open_pair(place)


@pytest.fixture
def reviewed(place_where: Callable[..., Place]) -> Place:
    return place_where(a_pair_waits)


def open_pair(place: Place, *, hard: bool = False, one: str = "1", other: str = "F1") -> ReviewPair:
    return ReviewPair.objects.using("owner").create(
        record_a=place.record("fire", other), record_b=place.record("gp", one), weight=4.0,
        because="uncertain", hard=hard, night=Night.objects.using("owner").latest("pk"),
    )  # fmt: skip


def decisions() -> pa.Table:
    """What the next night would be told."""
    with acting(SYSTEM):
        return night_facts.decisions()


def answer(by: Viewer, said: str, number: int | None = None) -> None:
    pair_id = number or ReviewPair.objects.using("owner").latest("pk").pk
    decide(by=by, pair_id=pair_id, answer=said, at=timezone.now())


def persons(place: Place) -> tuple[Person, Person]:
    return place.record("gp", "1").person, place.record("fire", "F1").person


def status() -> str:
    return ReviewPair.objects.using("owner").latest("pk").status


def test_same_joins_two_people_at_once_by_pointer(reviewed: Place) -> None:
    gp, fire = persons(reviewed)
    reviewer = reviewed.viewer("link_reviewer")
    answer(reviewer, "same")
    stays, goes = sorted((gp, fire), key=lambda person: str(person.pk))
    assert {person.pk for person in persons(reviewed)} == {stays.pk}
    with acting(SYSTEM):
        assert canonical(SYSTEM, goes.pk) == stays
    event = SpineEvent.objects.using("owner").get()
    assert (event.kind, event.person, event.other, event.by_id) == (
        "merged", goes, stays, reviewer.post_id,
    )  # fmt: skip
    assert Entry.objects.using("owner").filter(act="decided", post_id=reviewer.post_id).count() == 1
    assert status() == "decided"


def test_an_answer_taken_back_leaves_everything_as_it_was(reviewed: Place) -> None:
    before = persons(reviewed)
    record = reviewed.record("gp", "1")
    reviewer = reviewed.viewer("link_reviewer")
    answer(reviewer, "same")
    undone = undo_last(by=reviewer, at=timezone.now())
    assert undone == ReviewPair.objects.using("owner").latest("pk").pk
    assert persons(reviewed) == before
    assert all(person.merged_into_id is None for person in persons(reviewed))
    again = reviewed.record("gp", "1")
    assert (again.tier, again.because) == (record.tier, record.because)
    assert status() == "open"
    assert [event.kind for event in SpineEvent.objects.using("owner").order_by("pk")] == [
        "merged",
        "split",
    ]
    with pytest.raises(CannotUndo):
        undo_last(by=reviewer, at=timezone.now())


def test_not_the_same_splits_a_person_and_can_be_taken_back(place: Place) -> None:
    place.deliver("gp", ANN)
    place.deliver("fire", {**ANN, "record_id": "F1", "nhs_number": ""})
    place.night()
    together, _ = persons(place)
    open_pair(place)
    reviewer, relative = place.viewer("link_reviewer"), place.viewer("practitioner")
    with acting(SYSTEM):
        Restriction.objects.create(
            person=together, kind="barred_post", holder_id="gp", barred_id=relative.post_id,
            because="a relative", starts_at=timezone.now(),
        )  # fmt: skip
    answer(reviewer, "not_same")
    gp, fire = persons(place)
    assert gp != fire
    # Who was kept away from the one is kept from both (P28).
    assert all(is_barred(relative.post_id, half.pk, at=timezone.now()) for half in (gp, fire))
    assert together in (gp, fire)
    alone = gp if fire == together else fire
    undo_last(by=reviewer, at=timezone.now())
    assert persons(place) == (together, together)
    assert Person.objects.using("owner").get(pk=alone.pk).merged_into == together


@pytest.mark.parametrize("said", ["same", "not_same"])
def test_the_next_nights_hold_to_what_was_decided(said: str, place: Place) -> None:
    """Decisions are remembered for ever, and the person keeps the identifier the decision gave."""
    place.deliver("gp", ANN, BEN)
    place.deliver("fire", OTHER if said == "same" else {**ANN, "record_id": "F1", "nhs_number": ""})
    place.night()
    open_pair(place)
    answer(place.viewer("link_reviewer"), said)
    decided = persons(place)
    assert decisions().to_pylist() == [
        {"agency_a": "fire", "record_id_a": "F1", "agency_b": "gp", "record_id_b": "1",
         "same": said == "same"}
    ]  # fmt: skip
    place.deliver("gp", ANN, BEN, CAT)
    place.night()
    assert persons(place) == decided
    place.night(full=True)
    assert persons(place) == decided


def test_a_hard_pair_takes_a_second_opinion_which_stands(reviewed: Place) -> None:
    ReviewPair.objects.using("owner").update(hard=True)
    before = persons(reviewed)
    first, second = reviewed.viewer("link_reviewer"), reviewed.viewer("senior_link_reviewer")
    answer(first, "same")
    assert (status(), persons(reviewed)) == ("second_opinion", before)
    assert next_pair(first, at=timezone.now()) is None
    with pytest.raises(CannotDecide, match="second opinion"):
        answer(reviewed.viewer("link_reviewer"), "same")
    assert next_pair(second, at=timezone.now()) is not None
    answer(second, "not_same")
    assert (status(), persons(reviewed)) == ("decided", before)
    found = progress(second)
    assert found.agreement is not None
    assert (found.agreement.pairs, found.agreement.agreed, found.decided) == (1, 0, 1)


def test_who_cannot_tell_asks_for_a_second_opinion(reviewed: Place) -> None:
    answer(reviewed.viewer("link_reviewer"), "cannot_tell")
    assert status() == "second_opinion"
    answer(reviewed.viewer("senior_link_reviewer"), "cannot_tell")
    assert status() == "decided"
    assert decisions().num_rows == 0


def test_one_reviewer_answers_a_pair_once(reviewed: Place) -> None:
    reviewer = reviewed.viewer("senior_link_reviewer")
    answer(reviewer, "cannot_tell")
    with pytest.raises(CannotDecide, match="You have answered this pair"):
        answer(reviewer, "same")


def test_what_is_decided_or_vanished_takes_no_answer(reviewed: Place) -> None:
    answer(reviewed.viewer("link_reviewer"), "not_same")
    with pytest.raises(CannotDecide, match="decided by another reviewer"):
        answer(reviewed.viewer("link_reviewer"), "same")
    ReviewPair.objects.using("owner").update(status="vanished")
    with pytest.raises(CannotDecide, match="no longer in question"):
        answer(reviewed.viewer("link_reviewer"), "same")
    with pytest.raises(CannotDecide, match="Only a post"):
        answer(Viewer.system("a test"), "same")


def test_only_seniors_take_back_what_others_answered(reviewed: Place) -> None:
    first = reviewed.viewer("link_reviewer")
    answer(first, "same")
    decision = ReviewPair.objects.using("owner").get().decisions.get()
    with pytest.raises(NotPermitted):
        undo_decision(
            by=reviewed.viewer("link_reviewer"), decision_id=decision.pk, at=timezone.now()
        )
    undo_decision(
        by=reviewed.viewer("senior_link_reviewer"), decision_id=decision.pk, at=timezone.now()
    )
    assert status() == "open"


@pytest.mark.parametrize("role", ["practitioner", "front_door_worker", "data_manager", "analyst"])
def test_review_is_a_role_of_its_own(role: str, reviewed: Place) -> None:
    """P4: nobody else sees the queue or answers."""
    viewer = reviewed.viewer(role)
    with pytest.raises(NotPermitted):
        next_pair(viewer, at=timezone.now())
    with pytest.raises(NotPermitted):
        answer(viewer, "same")


def test_a_reviewer_sees_identity_fields_and_no_agency(reviewed: Place) -> None:
    """P4: neither the agency nor anything that names it; the look leaves its line."""
    reviewer = reviewed.viewer("link_reviewer")
    shown = next_pair(reviewer, at=timezone.now())
    assert shown is not None
    assert not shown.same_agency
    said = str(shown)
    for mark in ("gp", "fire", "F1", "Z99001", "GP practices"):
        assert mark not in said.replace("F1", "F1" if "'F1'" in said else "")
    looks = Entry.objects.using("owner").filter(act="looked", subject_kind="review pair")
    assert {look.person_id for look in looks} == {person.pk for person in persons(reviewed)}


def test_a_reviewer_who_is_kept_from_either_person_never_gets_the_pair(reviewed: Place) -> None:
    """P4, P28: neither in the queue nor by its address, and their answer is taken from nobody."""
    relative = reviewed.viewer("senior_link_reviewer")
    with acting(SYSTEM):
        Restriction.objects.create(
            person=reviewed.record("fire", "F1").person, kind="barred_post", holder_id="gp",
            barred_id=relative.post_id, because="a relative", starts_at=timezone.now(),
        )  # fmt: skip
    number = ReviewPair.objects.using("owner").get().pk
    assert next_pair(relative, at=timezone.now()) is None
    with pytest.raises(ReviewPair.DoesNotExist):
        pair(relative, number, at=timezone.now())
    with pytest.raises(ReviewPair.DoesNotExist):
        answer(relative, "not_same")
    with acting(relative):
        assert not Record.objects.filter(agency="fire").exists()
    assert next_pair(reviewed.viewer("link_reviewer"), at=timezone.now()) is not None


def test_a_pair_that_is_decided_is_read_by_second_opinion_alone(reviewed: Place) -> None:
    """P4: not by who decided it either, but for taking the answer back; nor are its records."""
    first, senior = reviewed.viewer("link_reviewer"), reviewed.viewer("senior_link_reviewer")
    number = ReviewPair.objects.using("owner").get().pk
    answer(first, "same")
    with pytest.raises(ReviewPair.DoesNotExist):
        pair(first, number, at=timezone.now())
    with acting(first):
        assert not Record.objects.filter(agency="fire").exists()
    assert pair(senior, number, at=timezone.now()).id == number
    assert progress(first).decided == 1
    undo_last(by=first, at=timezone.now())
    assert pair(first, number, at=timezone.now()).id == number


@pytest.mark.parametrize(
    ("agency", "shown"), [("gp", True), ("adult_care", True), ("police", False)]
)
def test_nhs_numbers_are_for_health_and_social_care(
    agency: str, shown: bool, reviewed: Place
) -> None:
    """P3: in the query, so that no page can show what it was not given."""
    viewer = reviewed.viewer("link_reviewer", agency)
    found = pair(viewer, ReviewPair.objects.using("owner").get().pk, at=timezone.now())
    assert (ANN["nhs_number"] in str(found)) is shown


def test_a_correction_waits_for_its_source(reviewed: Place) -> None:
    """P5: once for each field, until the source has mended it."""
    by = reviewed.viewer("practitioner")
    record = reviewed.record("gp", "1").pk
    said = {"by": by, "record_pk": record, "at": timezone.now()}
    report_correction(field="born_on", because="The day is wrong.", **said)
    [waiting] = corrections(reviewed.viewer("data_manager"), "gp")
    assert (waiting.field, waiting.record_id) == ("born_on", record)
    for field, because, why in (
        ("born_on", "Again", "told of this already"),
        ("agency", "x", "which part"),
        ("sex", "  ", "what is wrong"),
    ):
        with pytest.raises(CannotReportCorrection, match=why):
            report_correction(field=field, because=because, **said)
    with pytest.raises(NotPermitted):
        report_correction(
            by=reviewed.viewer("analyst"), record_pk=record, field="sex", because="x",
            at=timezone.now(),
        )  # fmt: skip


def test_an_answer_given_while_a_night_runs_is_kept(reviewed: Place) -> None:
    """The night had read the answers before; the next one reads this one, whatever the clock says."""
    reviewer = reviewed.viewer("link_reviewer")
    answer(reviewer, "same")
    decided = persons(reviewed)
    SpineEvent.objects.using("owner").update(
        at=Night.objects.using("owner").latest("pk").started_at
    )
    reviewed.night()
    assert persons(reviewed) == decided


def four_say_the_same(place: Place) -> None:
    """Four agencies say exactly the same of one person."""
    for agency, number in (("gp", "1"), ("fire", "F1"), ("police", "P1"), ("housing", "H1")):
        plain = {
            **ANN,
            "record_id": number,
            "nhs_number": "",
            "nhs_number_status": "",
            "middle_names": "",
        }
        place.deliver(agency, plain)
    place.night()
    assert len({record.person_id for record in everybody(place)}) == 1


@pytest.fixture
def four(place_where: Callable[..., Place]) -> Place:
    """One person of four agencies, after a night."""
    return place_where(four_say_the_same)


def everybody(place: Place) -> list[Record]:
    return [
        place.record(*key)
        for key in (("gp", "1"), ("fire", "F1"), ("police", "P1"), ("housing", "H1"))
    ]


def pair_of(one: Record, other: Record) -> int:
    made = ReviewPair.objects.using("owner").create(
        record_a=one,
        record_b=other,
        weight=4,
        because="uncertain",
        night=Night.objects.using("owner").latest("pk"),
    )
    return made.pk


def test_no_chain_of_answers_brings_together_what_one_keeps_apart(four: Place) -> None:
    """Not the same is remembered for ever, until it is taken back."""
    gp, fire, police, _ = everybody(four)
    reviewer = four.viewer("link_reviewer")
    apart, chain = pair_of(gp, fire), [pair_of(gp, police), pair_of(fire, police)]
    answer(reviewer, "not_same", apart)
    with pytest.raises(CannotDecide, match="keeps these two people apart"):
        answer(reviewer, "same", chain[0])
    answer(reviewer, "same", chain[1])
    for full in (False, True):
        four.night(full=full)
        gp, fire, *_ = everybody(four)
        assert gp.person_id != fire.person_id


def test_different_verified_nhs_numbers_are_never_joined(reviewed: Place) -> None:
    """Architecture 5: contradicting verified NHS numbers never merge, not by hand either."""
    ben = pair_of(reviewed.record("gp", "1"), reviewed.record("gp", "2"))
    with pytest.raises(CannotDecide, match="different verified NHS numbers"):
        answer(reviewed.viewer("link_reviewer"), "same", ben)
    assert ReviewPair.objects.using("owner").get(pk=ben).status == "open"


@pytest.mark.parametrize("full", [False, True])
def test_an_answer_taken_back_after_a_night_leaves_nothing_behind(full: bool, four: Place) -> None:
    """The next night judges its records anew: no link stays decided that nobody decides."""
    gp, fire, *_ = everybody(four)
    reviewer = four.viewer("link_reviewer")
    answer(reviewer, "not_same", pair_of(gp, fire))
    four.night()
    gp, fire, *_ = everybody(four)
    assert gp.person_id != fire.person_id
    undo_last(by=reviewer, at=timezone.now())
    four.night(full=full)
    assert len({record.person_id for record in everybody(four)}) == 1
    assert "decided" not in {record.tier for record in everybody(four)}
