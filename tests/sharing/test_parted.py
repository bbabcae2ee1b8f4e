"""Two people who were held to be one: bars stay over both, codes die, a doubtful yes ends (P28, P39, P12)."""

import datetime
import uuid

import pytest
from django.db import connection

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.accountability.operations.complaints import complain_on_own_page
from joinedup.identity.accountability.queries import complaints, may_be_another_s, my_complaints
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose, RestrictionKind
from joinedup.identity.sharing.models import (
    Consent,
    Disclosure,
    OwnAccess,
    Restriction,
    SubjectAnswer,
    SubjectPart,
    SubjectRequest,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.parted import part
from joinedup.identity.sharing.operations.subject import ask_for_everything
from joinedup.identity.sharing.queries.facts import is_barred
from tests.sharing import walled

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def them() -> uuid.UUID:
    """Somebody of whom three agencies hold a record, and who will turn out to be two people."""
    walled.agency("gp", "health")
    walled.agency("housing", "housing")
    walled.agency("police", "police")
    walled.agency("haven", "voluntary", name_reveals=True)
    return walled.person("gp", "housing", "police")


def split(person: uuid.UUID, *agencies: str, were_one: bool = True) -> uuid.UUID:
    """Give a record of each of these agencies to somebody new, as a reviewer's answer or a night does."""
    with acting(walled.SYSTEM):
        alone = Person.objects.create(first_seen_on=DAY)
        theirs = Record.objects.filter(person=person)
        went = [theirs.filter(agency=agency).earliest("pk") for agency in agencies]
        for record in went:
            Record.objects.filter(pk=record.pk).update(person=alone)
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE went AS SELECT %s::uuid a, %s::uuid b, unnest(%s::bigint[]) c",
                [person, alone.pk, [record.pk for record in went]],
            )
        part(f"SELECT a, b, c, {were_one} FROM went", at=clock.now())
    return alone.pk


def restrict(of: uuid.UUID, kind: RestrictionKind, **more: object) -> Restriction:
    with acting(walled.SYSTEM):
        return Restriction.objects.create(
            person_id=of, kind=kind, holder_id="housing", because="a relative", starts_at=clock.now(),
            **more,
        )  # fmt: skip


def says(of: uuid.UUID, hand: Viewer, state: str) -> Consent:
    with acting(walled.SYSTEM):
        return Consent.objects.create(
            person_id=of, purpose=Purpose.EARLY_HELP, state=state, who_spoke="person",
            method="in_person", agency_id=hand.agency, recorded_by_id=hand.post_id,
            said_at=clock.now() - datetime.timedelta(days=3),
        )  # fmt: skip


def words_of(person: uuid.UUID) -> list[tuple[str, str, bool]]:
    """What is on record of a person: by whom, what, and whether it has run out."""
    with acting(walled.SYSTEM):
        found = Consent.objects.filter(person=person).order_by("agency_id", "state")
        return [(each.agency_id, each.state, each.expires_at is not None) for each in found]


def test_a_bar_and_a_withholding_stand_over_both_halves_of_a_split(them: uuid.UUID) -> None:
    """P8, P28: who is kept away is kept from both, whichever of the two was meant; by what says so."""
    relative, setter = walled.viewer("police"), walled.viewer("housing")
    restrict(
        them, RestrictionKind.BARRED_POST, barred_id=relative.post_id, set_by_id=setter.post_id
    )
    restrict(them, RestrictionKind.HOLDER_WITHHOLDS, categories=[Category.HOUSING])
    alone = split(them, "police")
    for half in (them, alone):
        assert is_barred(relative.post_id, half, at=clock.now())
        with acting(walled.SYSTEM):
            kinds = Restriction.objects.filter(person=half).values_list("kind", flat=True)
            assert sorted(kinds) == ["barred_post", "holder_withholds"]
    with acting(walled.SYSTEM):
        assert Entry.objects.filter(person_id=alone, subject_kind="restriction").count() == 2
    told = Notice.objects.get(kind="restriction_set")
    with acting(walled.SYSTEM):
        assert (told.post_id, told.link) == (setter.post_id, f"/people/{alone}/")


def test_two_who_are_parted_after_a_merge_keep_each_others_bars(them: uuid.UUID) -> None:
    """P28: what was set on one before the merge held for both since, and goes on to."""
    relative = walled.viewer("police")
    alone = split(them, "police")
    restrict(alone, RestrictionKind.BARRED_POST, barred_id=relative.post_id)
    with acting(walled.SYSTEM):
        record = Record.objects.get(person=alone)
        part(f"SELECT '{them}'::uuid, '{alone}'::uuid, {record.pk}, true", at=clock.now())
        assert Restriction.objects.filter(barred=relative.post_id).count() == 2
    assert is_barred(relative.post_id, them, at=clock.now())


def test_a_bar_is_not_taken_from_whom_a_record_only_came_to(them: uuid.UUID) -> None:
    relative = walled.viewer("police")
    other = walled.person("gp")
    restrict(other, RestrictionKind.BARRED_POST, barred_id=relative.post_id)
    with acting(walled.SYSTEM):
        record = Record.objects.get(person=them, agency="police")
        Record.objects.filter(pk=record.pk).update(person=other)
        part(f"SELECT '{them}'::uuid, '{other}'::uuid, {record.pk}, false", at=clock.now())
    assert not is_barred(relative.post_id, them, at=clock.now())


def test_a_merge_loses_no_bar_and_parts_nothing(them: uuid.UUID) -> None:
    relative = walled.viewer("police")
    other = walled.person("gp")
    restrict(other, RestrictionKind.BARRED_POST, barred_id=relative.post_id)
    with acting(walled.SYSTEM):
        record = Record.objects.get(person=other)
        Record.objects.filter(pk=record.pk).update(person=them)
        Person.objects.filter(pk=other).update(merged_into=them)
        assert (
            part(f"SELECT '{other}'::uuid, '{them}'::uuid, {record.pk}, true", at=clock.now()) == 0
        )
    assert is_barred(relative.post_id, them, at=clock.now())


def test_every_code_dies_by_a_split_and_who_handed_it_over_is_told(them: uuid.UUID) -> None:
    """P39: whoever holds the card may be the other of the two."""
    worker = walled.viewer("housing")
    with acting(walled.SYSTEM):
        OwnAccess.objects.create(
            person_id=them, code_hash="x", agency_id="housing", handed_over_by_id=worker.post_id,
            handed_over_at=clock.now(), asked_about_coercion=True,
        )  # fmt: skip
    split(them, "police")
    with acting(walled.SYSTEM):
        assert OwnAccess.objects.filter(revoked_at=None).count() == 0
    assert Notice.objects.get(kind="own_code_revoked").post_id == worker.post_id


def test_a_yes_goes_with_the_records_of_the_agency_that_wrote_it(them: uuid.UUID) -> None:
    """P12: where an agency's records are all in one half, what it wrote down is of that half."""
    says(them, walled.viewer("police"), "given")
    says(them, walled.viewer("housing"), "given")
    alone = split(them, "police")
    assert words_of(alone) == [("police", "given", False)]
    assert words_of(them) == [("housing", "given", False)]


def test_where_nobody_knows_whose_it_was_a_yes_ends_and_a_no_is_kept_for_both(
    them: uuid.UUID,
) -> None:
    """P12: a yes of somebody else opens nothing; a no that may be theirs goes on to shut."""
    for hand in (walled.viewer("haven"), walled.viewer("housing")):
        says(them, hand, "given")
        says(them, hand, "declined")
    walled.record(them, "housing")
    alone = split(them, "housing")
    assert words_of(them) == [
        ("haven", "declined", False), ("haven", "given", True),
        ("housing", "declined", False), ("housing", "given", True),
    ]  # fmt: skip
    assert words_of(alone) == [("haven", "declined", False), ("housing", "declined", False)]


@pytest.mark.parametrize("records_in_both", [True, False])
def test_a_holders_decision_to_show_ends_where_it_holds_records_of_both(
    records_in_both: bool, them: uuid.UUID
) -> None:
    """P9: a decision is about one person; one not to show is kept for both."""
    manager = walled.viewer("housing")
    with acting(walled.SYSTEM):
        for decision, category in (("disclose", "housing"), ("do_not_disclose", "antisocial")):
            Disclosure.objects.create(
                person_id=them, holder_id="housing", recipient_id="gp", purpose=Purpose.EARLY_HELP,
                categories=[category], decision=decision, reason="asked", decided_at=clock.now(),
                decided_by_id=manager.post_id,
            )  # fmt: skip
    if records_in_both:
        walled.record(them, "housing")
    alone = split(them, "housing")
    with acting(walled.SYSTEM):
        found = Disclosure.objects.filter(ends_at=None).order_by("decision")
        decided = {(each.person_id, each.decision) for each in found}
    no, yes = "do_not_disclose", "disclose"
    assert decided == (
        {(alone, no), (them, no)} if records_in_both else {(alone, no), (alone, yes)}
    )


def test_what_stood_on_the_own_page_before_is_shown_to_neither_half(them: uuid.UUID) -> None:
    """P28, P39: a request, its answer and a complaint of before a split may be the other's of the two."""
    walled.viewer("gp", "duty_manager")
    worker = walled.viewer("gp", "general_practitioner")
    begin_involvement(by=worker, person_id=them, because="care", at=clock.now())
    mine = own_page_of(them, worker)
    asked = ask_for_everything(by=mine, words="", at=clock.now())
    with acting(walled.SYSTEM):
        part_of = SubjectPart.objects.get(request=asked, agency="gp")
        SubjectAnswer.objects.create(part=part_of, person_id=them, said={}, at=clock.now())
    complain_on_own_page(by=mine, agency=walled.agency("gp"), words="You told them", at=clock.now())
    assert on_the_page(mine) == (1, 1, 1)
    alone = split(them, "police")
    for half in (them, alone):
        anew = own_page_of(half, worker)
        assert on_the_page(anew) == (0, 0, 0)
    hers = own_page_of(them, worker)
    ask_for_everything(by=hers, words="", at=clock.now())
    complain_on_own_page(by=hers, agency=walled.agency("gp"), words="Again", at=clock.now())
    assert on_the_page(hers) == (1, 0, 1), "what she says from now on is hers"
    guardian = walled.viewer("gp", "duty_manager")
    doubts = {each.words: may_be_another_s(guardian, each) for each in complaints(guardian)}
    assert doubts == {"You told them": True, "Again": False}


def own_page_of(person: uuid.UUID, worker: Viewer) -> Viewer:
    """Somebody on the page of that person, by a code handed over now."""
    with acting(walled.SYSTEM):
        made = OwnAccess.objects.create(
            person_id=person, code_hash=uuid.uuid4().hex, agency_id="gp",
            handed_over_by_id=worker.post_id, handed_over_at=clock.now(), asked_about_coercion=True,
        )  # fmt: skip
    return Viewer.of_person(made.pk)


def on_the_page(mine: Viewer) -> tuple[int, int, int]:
    with acting(mine):
        return (
            SubjectRequest.objects.count(), SubjectAnswer.objects.count(), len(my_complaints(mine)),
        )  # fmt: skip
