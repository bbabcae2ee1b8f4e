"""One person across agencies: who sees what, and the line each look leaves."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.identity.people.models import HouseholdMember, Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.intelligence.linkage.models import Night, PossibleLink, ReviewPair
from joinedup.intelligence.linkage.operations.review import decide
from joinedup.intelligence.linkage.queries.person import (
    MOST_OTHERS,
    PersonPage,
    the_evidence,
    the_person,
)
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN, CAT


def page(viewer: Viewer, person: uuid.UUID) -> PersonPage:
    return the_person(viewer, person, at=timezone.now(), with_others=True)


def ann_is_known(place: Place) -> None:
    """Ann is known to three agencies, has moved, and lives with Cathal."""
    place.deliver(
        "gp", {**ANN, "family_name": "Oldham", "address": "44 Past Street, Aldermere"}, BEN, CAT
    )
    place.deliver("fire", {**ANN, "record_id": "F1"})
    place.night()
    place.deliver("gp", {**ANN, "previous_family_name": "Oldham"}, BEN, CAT)
    place.deliver(
        "police",
        {**ANN, "record_id": "P1", "given_name": "ANN", "family_name": "ASH", "known_as": "Annie"},
    )
    place.night()


@pytest.fixture
def known(place_where: Callable[..., Place]) -> Place:
    return place_where(ann_is_known)


def test_one_person_is_shown_across_agencies_with_source_and_date(known: Place) -> None:
    person = known.record("gp", "1").person_id
    shown = page(known.viewer("practitioner"), person)
    assert shown.name == "Ann Rose Ash"
    assert [record.agency_code for record in shown.records] == ["gp", "fire", "police"]
    assert shown.records[0].received_on < shown.records[2].received_on
    assert set(shown.other_names) >= {"Annie", "Ann Oldham"}
    assert shown.household is not None
    assert {member.name for member in shown.household.members} == {"Cathal Cedar"}
    assert [link.tier for link in shown.links] == ["certain"] * 3
    [version] = shown.versions
    assert dict(version.fields)["Address"] == "44 Past Street, Aldermere"


@pytest.mark.parametrize(
    ("agency", "shown"), [("gp", True), ("children", True), ("police", False), ("housing", False)]
)
def test_nhs_numbers_are_blanked_for_posts_that_may_not_hold_them(
    agency: str, shown: bool, known: Place
) -> None:
    """P3: on the person, on each record and in what records said before."""
    found = page(known.viewer("practitioner", agency), known.record("gp", "1").person_id)
    assert (ANN["nhs_number"] in str(found)) is shown


def test_each_look_leaves_its_line_and_no_name(known: Place) -> None:
    """P3: each person shown is an audited look."""
    viewer = known.viewer("practitioner")
    person = known.record("gp", "1").person_id
    the_person(viewer, person, at=timezone.now())
    the_evidence(viewer, person, at=timezone.now())
    lines = Entry.objects.using("owner").filter(act="looked", post_id=viewer.post_id)
    assert {(line.subject_kind, line.subject_id, line.purpose) for line in lines} == {
        ("person", str(person), "own_work"),
        ("links of person", str(person), "own_work"),
    }
    assert lines.get(subject_kind="person").categories == ["identity"]
    assert "Ash" not in str(lines.values())


def looks(viewer: Viewer) -> list[str]:
    """Whom a viewer has looked at, each line once."""
    lines = Entry.objects.using("owner").filter(
        act="looked", subject_kind="person", post_id=viewer.post_id
    )
    return sorted(lines.values_list("subject_id", flat=True))


def test_others_shown_beside_the_person_are_looks_as_well(known: Place) -> None:
    """P3: the household and who may be the same; one line each, in the look's own transaction."""
    ann, ben, cat = (known.record("gp", number).person_id for number in "123")
    for other in (ben, cat):
        a, b = sorted((ann, other))
        PossibleLink.objects.using("owner").create(
            person_a_id=a, person_b_id=b, weight=12, because="probable",
            night=Night.objects.using("owner").latest("pk"),
        )  # fmt: skip
    viewer = known.viewer("practitioner")
    page(viewer, ann)
    assert looks(viewer) == sorted(map(str, (ann, ben, cat)))
    assert "Cedar" not in str(Entry.objects.using("owner").filter(post_id=viewer.post_id).values())


def test_no_more_than_ten_of_a_household_are_shown_and_looked_at(known: Place) -> None:
    """P3: the others are a number without names."""
    ann = known.record("gp", "1")
    home = (
        HouseholdMember.objects.using("owner")
        .get(person=ann.person, ends_on__isnull=True)
        .household
    )
    for number in range(MOST_OTHERS + 1):
        member = Person.objects.using("owner").create(pk=uuid.uuid4(), first_seen_on=known.day)
        Record.objects.using("owner").create(
            agency_id="fire", record_id=f"M{number}", controller="fire", person=member,
            given_name=f"Member {number}", family_name="Ash", linked_on=known.day,
            received_on=known.day, changed_on=known.day,
        )  # fmt: skip
        HouseholdMember.objects.using("owner").create(
            household=home, person=member, holder_id="fire", starts_on=known.day
        )
    viewer = known.viewer("practitioner")
    shown = page(viewer, ann.person_id)
    assert shown.household is not None
    assert (len(shown.household.members), shown.household.more) == (MOST_OTHERS, 2)
    told = sorted(str(member.person_id) for member in shown.household.members)
    assert looks(viewer) == sorted([*told, str(ann.person_id)])


@pytest.mark.parametrize("role", ["link_reviewer", "data_manager", "analyst"])
def test_who_has_no_need_of_records_sees_none(role: str, known: Place) -> None:
    """P3, P4: reviewing and delivering are roles of their own."""
    with pytest.raises(NotPermitted):
        page(known.viewer(role), known.record("gp", "1").person_id)
    assert not Entry.objects.using("owner").filter(act="looked", subject_kind="person").exists()


def test_an_identifier_that_was_merged_leads_to_the_person_of_today(known: Place) -> None:
    ann, ben = known.record("gp", "1").person_id, known.record("gp", "2").person_id
    # Two verified numbers never become one person, whoever says so.
    Record.objects.using("owner").filter(person_id=ben).update(nhs_number_status="02")
    pair = ReviewPair.objects.using("owner").create(
        record_a=known.record("gp", "1"), record_b=known.record("gp", "2"), weight=9,
        because="uncertain", night=Night.objects.using("owner").latest("pk"),
    )  # fmt: skip
    decide(by=known.viewer("link_reviewer"), pair_id=pair.pk, answer="same", at=timezone.now())
    viewer = known.viewer("practitioner")
    shown = page(viewer, ben)
    assert (shown.person_id, shown.asked_id, shown.merged) == (ann, ben, True)
    assert {link.because for link in shown.links} >= {"A reviewer decided it."}
    assert shown.events == (), "an event may tell of a record that is not shown (P8)"


def test_who_may_be_the_same_person_is_told_apart(known: Place) -> None:
    """Probable is never one person on a practitioner's screen; it is a question."""
    ann, ben = known.record("gp", "1").person_id, known.record("gp", "2").person_id
    a, b = sorted((ann, ben))
    PossibleLink.objects.using("owner").create(
        person_a_id=a, person_b_id=b, weight=12, because="probable",
        night=Night.objects.using("owner").latest("pk"),
    )  # fmt: skip
    shown = page(known.viewer("practitioner"), ann)
    assert [(other.person_id, other.name) for other in shown.possible] == [(ben, "Ben Beech")]
    assert shown.possible[0].because == "Much agrees, but not enough to be certain."


def test_the_waterfall_explains_each_record(known: Place) -> None:
    found = the_evidence(
        known.viewer("practitioner"), known.record("gp", "1").person_id, at=timezone.now()
    )
    assert [(e.left.agency_code, e.right.agency_code) for e in found] == [
        ("gp", "fire"),
        ("gp", "police"),
    ]
    for between in found:
        assert between.weight == pytest.approx(sum(step.weight for step in between.evidence))


def test_nobody_is_shown_where_nothing_is_held(known: Place) -> None:
    viewer = known.viewer("practitioner")
    for unknown in (
        uuid.uuid4(),
        Person.objects.using("owner").create(first_seen_on="2026-11-20").pk,
    ):
        with pytest.raises(Person.DoesNotExist):
            page(viewer, unknown)
