"""What a change would do is found by doing it and taking it back; safety facts lost are named (P7)."""

import uuid
from dataclasses import dataclass, replace

import pytest

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core.dates import start_of
from joinedup.identity.people.models import Holding, Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import AgreementChange, Category, Purpose
from joinedup.identity.sharing.models import (
    AgencySight,
    AgreementAct,
    Involvement,
    SharingAgreement,
    Visibility,
)
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.agreement_life import sign_agreement, suspend_agreement
from joinedup.identity.sharing.operations.agreements import draft_agreement, edit_agreement
from joinedup.identity.sharing.operations.preview import CannotPreview, preview
from joinedup.identity.sharing.operations.schedule import Line, add_lines
from joinedup.identity.sharing.presenters import previews as words
from joinedup.identity.sharing.queries.previews import Effect, Preview
from joinedup.identity.sharing.rules.preview import Viewers, World, turn
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY, WRITTEN, Parties, parties

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """The police tell social care for MARAC, about one person whom a team works with, of three known."""

    by: Parties
    care: Viewer
    worker: Viewer
    agreement: SharingAgreement
    known: uuid.UUID
    others: tuple[uuid.UUID, ...]

    def foretell(self, change: AgreementChange, by: Viewer | None = None) -> Preview:
        return preview(by=by or self.by.lead, agreement_id=self.agreement.pk, change=change, at=AT)


@pytest.fixture
def place() -> Place:
    by = parties()
    walled.agency("care", "social_care")
    care, worker = walled.viewer("care", "signatory"), walled.viewer("care", "social_worker")
    walled.viewer("care", "social_worker", team="Another team")
    known, *others = (walled.person("police", given_name="ROSA", family_name="QUAY") for _ in range(3))  # fmt: skip
    with acting(walled.SYSTEM):
        for person in (known, *others):
            Holding.objects.create(
                person_id=person, holder_id="police", category=Category.DOMESTIC_ABUSE,
                headline="An enquiry", recorded_at=AT, starts_on=TODAY - 9 * DAY,
            )  # fmt: skip
        Involvement.objects.create(
            person_id=known, agency_id="care", team_id=worker.team_id, because="allocated",
            starts_at=AT - DAY,
        )  # fmt: skip
        derive.people([known], at=AT)
    between = ("police", "care")
    drafted = draft_agreement(by=by.lead, reference="ISA-7", title="MARAC", parties=between, at=AT)
    edit_agreement(by=by.lead, agreement_id=drafted.pk, values=WRITTEN, edited=0, at=AT)
    line = Line(
        "police", "care", Purpose.MARAC, "marac", (Category.DOMESTIC_ABUSE, Category.HOUSING)
    )
    add_lines(by=by.lead, agreement_id=drafted.pk, lines=[line], at=AT)
    drafted.refresh_from_db()
    return Place(by, care, worker, drafted, known, tuple(others))


def sign(place: Place) -> None:
    for hand in (place.care, place.by.police):
        sign_agreement(by=hand, agreement_id=place.agreement.pk, edited=place.agreement.edited, at=AT)  # fmt: skip


def everything() -> tuple[object, ...]:
    with acting(walled.SYSTEM):
        return (
            list(Visibility.objects.order_by("pk").values_list()),
            list(AgencySight.objects.order_by("pk").values_list()),
            list(SharingAgreement.objects.order_by("pk").values_list()),
            AgreementAct.objects.count(),
        )


EFFECT = Effect("Care", "Police", Purpose.MARAC, Category.DOMESTIC_ABUSE, False, 1, 1)
FEW = (replace(EFFECT, people=None), replace(EFFECT, category=Category.HOUSING, people=None))
"""What those who hold no cases read of it: one person is no more told than none (P44)."""


def test_signing_is_foretold_and_changes_nothing(place: Place) -> None:
    before = everything()
    found = place.foretell(AgreementChange.SIGN)
    assert everything() == before
    assert set(FEW) <= set(found.effects)
    assert {effect.people for effect in found.effects} == {None}
    assert found.safety == ()
    assert place.foretell(AgreementChange.SIGN, by=place.by.guardian).effects == (EFFECT,)


def test_small_numbers_are_not_told_to_who_holds_no_cases(place: Place) -> None:
    """P44: seven or fewer and none are told alike, more are rounded; the page says so in words."""
    sign(place)
    told = place.foretell(AgreementChange.END)
    assert [cut.people for cut in told.cut_off] == [None]
    table = words.effects(told, lost=True)
    assert table is not None
    assert all(row[-1].text == "7 or fewer, or withheld" for row in table.rows)
    assert "7 people or fewer" in words.safety_sentence(told)
    many = replace(told, counts_rounded=False, effects=(replace(EFFECT, people=23),))
    assert [effect.people for effect in many.without_small_numbers().effects] == [25]


def test_what_is_foretold_is_what_then_happens(place: Place) -> None:
    place.foretell(AgreementChange.SIGN)
    sign(place)
    with acting(walled.SYSTEM):
        rows = Visibility.objects.filter(holder="police", purpose=Purpose.MARAC, person=place.known)
        seen = [row.recipient for row in rows if row.headline & Category.DOMESTIC_ABUSE.bit]
    assert seen == [f"team:{place.worker.team_id}"]


@pytest.mark.parametrize("change", [AgreementChange.SUSPEND, AgreementChange.END, AgreementChange.LAPSE])  # fmt: skip
def test_who_would_lose_what_about_whom_and_which_work_is_cut_off(
    place: Place, change: AgreementChange
) -> None:
    """P7: before anything closes, a preview names each person who would lose a safety fact."""
    sign(place)
    before = everything()
    found = place.foretell(change, by=place.by.guardian)
    assert everything() == before
    assert found.effects == (Effect(**{**vars(EFFECT), "lost": True}),)
    (cut,) = found.cut_off
    assert (cut.agency, cut.people, cut.categories) == ("Care", 1, (Category.DOMESTIC_ABUSE,))
    assert [(loss.person_id, loss.name, loss.recipient) for loss in found.safety] == [
        (place.known, "Rosa Quay", "Care")
    ]
    assert found.posts == {place.worker.post_id}
    lapse = change is AgreementChange.LAPSE
    assert found.when == (start_of(TODAY + 200 * DAY) if lapse else AT)


def test_names_are_for_the_guardian_and_each_is_a_look_on_record(place: Place) -> None:
    sign(place)
    told = place.foretell(AgreementChange.END)
    assert (told.people_losing_safety, told.names_shown) == (1, False)
    assert {loss.name for loss in told.safety} == {""}
    looks = Entry.objects.filter(act="looked", person_id=place.known)
    with acting(walled.SYSTEM):
        assert looks.count() == 0
    place.foretell(AgreementChange.END, by=place.by.guardian)
    with acting(walled.SYSTEM):
        assert [line.post_id for line in looks] == [place.by.guardian.post_id]


def test_a_preview_is_for_those_who_govern_sharing(place: Place) -> None:
    with pytest.raises(NotPermitted):
        place.foretell(AgreementChange.SIGN, by=place.worker)


def test_resuming_and_going_on_are_foretold_as_gains(place: Place) -> None:
    sign(place)
    gained = place.foretell(AgreementChange.ACCEPT_REVIEW, by=place.by.guardian)
    assert gained.when == start_of(TODAY + 200 * DAY)
    assert gained.effects == (EFFECT,)
    suspend_agreement(by=place.by.lead, agreement_id=place.agreement.pk, because="A breach", at=AT)
    assert set(place.foretell(AgreementChange.RESUME).effects) == set(FEW)
    with pytest.raises(CannotPreview):
        place.foretell(AgreementChange.LAPSE)


def test_a_person_found_to_be_another_is_counted_once(place: Place) -> None:
    sign(place)
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=place.others[0]).update(merged_into=place.known)
        derive.people([place.known, place.others[0]], at=AT)
    found = place.foretell(AgreementChange.END, by=place.by.guardian)
    assert [effect.people for effect in found.effects] == [1]


# ---------------------------------------------------------------- the rule alone

ONE = uuid.UUID(int=1)
TWO = Viewers("a", (("post:1", "team:1"), ("post:2", "team:2")))
BIT = Category.HEALTH.bit


def test_the_row_of_the_highest_rank_counts_and_the_rest_see_what_holds_in_general() -> None:
    before = World(BIT, {ONE: {"team:1": BIT, "post:2": 0}})
    after = World(0, {ONE: {"team:1": BIT, "post:2": BIT}})
    found = turn(before, after, TWO)
    lost, gained = found.lost[Category.HEALTH], found.gained[Category.HEALTH]
    assert (lost.in_general, lost.posts, lost.people) == (True, {"post:1", "post:2"}, set())
    assert (gained.in_general, gained.posts, gained.people) == (False, {"post:2"}, {ONE})


def test_nothing_turns_where_nobody_may_look_or_nothing_differs() -> None:
    world = World(BIT, {ONE: {"agency:a": BIT}})
    assert not turn(world, World(), Viewers("a", ()))
    assert not turn(world, world, TWO)
