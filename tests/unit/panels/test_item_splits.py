"""Somebody of an item turns out to be two: it follows the right one whole, says so, and nobody decides before."""

import datetime
import uuid
from dataclasses import dataclass

import pytest

from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.intelligence.linkage.models import SpineEvent
from joinedup.support.panels.choices import (
    CheckState,
    DecisionKind,
    ItemSource,
    Known,
    WhyPlaced,
)
from joinedup.support.panels.models import AgencyCheck, ItemPerson, ItemSplit, Panel, PanelItem
from joinedup.support.panels.operations.checks import answer_check, ask_checks
from joinedup.support.panels.operations.deciding import CannotDecide, Deciding, act_urgently
from joinedup.support.panels.operations.parted import (
    CannotPlaceItem,
    find_item_splits,
    place_item,
)
from joinedup.support.panels.queries.checks import Shown, for_item, one_check
from joinedup.support.panels.queries.items import outside
from joinedup.support.panels.queries.minutes import items_minuted
from joinedup.support.panels.queries.parted import to_be_said
from joinedup.support.panels.rules.checks import Answer
from joinedup.support.panels.rules.parted import Halves, told_by_records
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.called import AT, Called, called, person_of

LATER = AT + datetime.timedelta(hours=2)
DAY = datetime.timedelta(days=1)
KNOWN = Answer(Known.KNOWN, (AT - 40 * DAY).date(), risks="Threats")


@pytest.mark.parametrize(
    ("source", "halves", "told"),
    [
        (ItemSource.STEP_UP, Halves(case_of_first=True), (WhyPlaced.CASE, False)),
        (ItemSource.STEP_UP, Halves(case_of_other=True), (WhyPlaced.CASE, True)),
        (ItemSource.STEP_UP, Halves(case_of_first=True, case_of_other=True), None),
        (ItemSource.NOMINATION, Halves(practice_of_other=True), (WhyPlaced.PRACTICE, True)),
        (ItemSource.NOMINATION, Halves(practice_of_first=True), (WhyPlaced.PRACTICE, False)),
        (ItemSource.NOMINATION, Halves(True, True), None),
        (ItemSource.NOMINATION, Halves(case_of_first=True), None),
        (ItemSource.REFERRAL, Halves(practice_of_first=True, case_of_first=True), None),
        (ItemSource.URGENT, Halves(), None),
    ],
)
def test_an_item_s_own_records_tell_whom_it_is_about_or_leave_it_to_a_person(
    source: ItemSource, halves: Halves, told: tuple[WhyPlaced, bool] | None
) -> None:
    assert told_by_records(source, halves) == told


@dataclass(frozen=True)
class Parted:
    """A called meeting with an item about Ada, in whom Adam was taken to be Ada until now."""

    of: Called
    adam: uuid.UUID

    @property
    def item(self) -> PanelItem:
        return self.of.ada

    def since(self) -> str:
        """What a member reads of it."""
        (shown,) = outside(self.of.table.police, self.item.pk).people
        return shown.since

    def split(self) -> ItemSplit:
        with acting(walled.SYSTEM):
            return ItemSplit.objects.get(item=self.item)

    def place(self, whose: uuid.UUID, because: str = "The referrer meant him") -> ItemSplit:
        return place_item(
            by=self.of.table.coordinator, split_id=self.split().pk, belongs_to=whose, because=because,
            at=LATER,
        )  # fmt: skip

    def named_in(self, *matters: uuid.UUID) -> set[uuid.UUID]:
        """Whom these matters are about."""
        with acting(walled.SYSTEM):
            about = MatterPerson.objects.filter(matter__in=matters)
            return set(about.values_list("person_id", flat=True))


def part(of: Called, one: uuid.UUID, other: uuid.UUID, at: datetime.datetime = LATER) -> None:
    with acting(walled.SYSTEM):
        SpineEvent.objects.create(
            at=at, by_id=post_of(of.table.chair), kind="split", person_id=one, other_id=other,
            because="x",
        )  # fmt: skip


def answered(of: Called) -> None:
    """Every agency is asked; housing and adult social care have answered, and opened it to the police."""
    ask_checks(by=of.table.coordinator, meeting_id=of.meeting.pk, at=AT)
    for by in (of.table.housing, of.table.care):
        check = of.check(by, of.ada)
        answer_check(
            by=by, check_id=check.pk, answer=KNOWN, open_to=[post_of(of.table.police)],
            version=check.version, at=AT,
        )  # fmt: skip


@pytest.fixture
def parted(db: None) -> Parted:
    of = called()
    adam = walled.person("hub", given_name="Adam")
    part(of, person_of(of.ada), adam)
    return Parted(of, adam)


def test_until_it_is_said_it_stays_says_so_and_nothing_is_decided(parted: Parted) -> None:
    ada = person_of(parted.item)
    assert find_item_splits(at=LATER) == 1
    assert find_item_splits(at=LATER) == 0
    assert "Nobody has said yet which of the two" in parted.since()
    assert "Adam" not in parted.since()
    assert parted.named_in(parted.item.pk) == {ada}
    told = Notice.objects.filter(kind=NoticeKind.ITEM_TO_PLACE).values_list("post", flat=True)
    assert set(told) == {post_of(parted.of.table.coordinator), post_of(parted.of.table.chair)}
    said = Deciding(DecisionKind.NOTHING_FURTHER, "Not for us", without_words_because="No time")
    with pytest.raises(CannotDecide, match="whom it is about first"):
        act_urgently(by=parted.of.table.chair, item_id=parted.item.pk, said=said, at=LATER)
    (other,) = outside(parted.of.table.police, parted.of.ben.pk).people
    assert other.since == ""


def test_it_goes_whole_to_the_other_and_nothing_stays_or_is_copied(parted: Parted) -> None:
    ask_checks(by=parted.of.table.coordinator, meeting_id=parted.of.meeting.pk, at=AT)
    find_item_splits(at=LATER)
    (asked,) = to_be_said(parted.of.table.coordinator, parted.item.pk)
    assert [name for _, name in asked.choices][1] == "Adam Ashe"
    parted.place(parted.adam)
    with acting(walled.SYSTEM):
        checks = list(AgencyCheck.objects.filter(item=parted.item).values_list("pk", flat=True))
        line = ItemPerson.objects.get(item=parted.item)
    assert parted.named_in(parted.item.pk, *checks) == {parted.adam}
    assert (line.person_id, line.name) == (parted.adam, "Adam Ashe")
    assert "This item is about the other of them" in parted.since()
    assert "Panel" not in parted.since()
    (minuted, _) = items_minuted(parted.of.table.police, parted.of.meeting.pk)
    assert minuted.since == (parted.since(),)


def test_who_answered_of_the_other_is_asked_again_and_the_answer_shut(parted: Parted) -> None:
    """P28: housing has records of Ada alone and has answered of her; care has none of either."""
    answered(parted.of)
    find_item_splits(at=LATER)
    police, care = parted.of.table.police, parted.of.table.care
    before = {each.agency: each.shown for each in for_item(police, parted.item.pk)}
    assert (before["housing"], before["care"]) == (Shown.ANSWER, Shown.ANSWER)
    parted.place(person_of(parted.item), "I rang the ward")
    after = {each.agency: each.shown for each in for_item(police, parted.item.pk)}
    assert after["housing"] is Shown.ANSWER
    assert after["care"] is Shown.WAITING
    mine = one_check(care, parted.of.check(care, parted.item).pk, at=LATER)
    assert (mine.check.state, mine.check.risks) == (CheckState.ASKED, "Threats")
    assert mine.since == (parted.since(),)
    assert "the one whom it named from the first" in parted.since()


def test_only_who_keeps_the_panel_says_it_once_and_why(parted: Parted) -> None:
    find_item_splits(at=LATER)
    key = parted.split().pk
    with pytest.raises(ItemSplit.DoesNotExist):
        place_item(
            by=parted.of.table.police, split_id=key, belongs_to=parted.adam, because="So", at=LATER
        )
    with pytest.raises(CannotPlaceItem, match="how you know"):
        parted.place(parted.adam, " ")
    with pytest.raises(CannotPlaceItem, match="one of the two"):
        parted.place(person_of(parted.of.ben))
    parted.place(parted.adam)
    with pytest.raises(CannotPlaceItem, match="meanwhile"):
        parted.place(person_of(parted.item))


def test_a_nomination_follows_the_practice_s_own_record_by_itself(parted: Parted) -> None:
    place = Locality.objects.create(code="tn", name="North", starts_on=AT.date())
    Practice.objects.create(ods_code="Y99901", name="Mill practice", locality=place)
    with acting(walled.SYSTEM):
        Record.objects.filter(person=parted.adam).update(gp_practice="Y99901")
        Panel.objects.filter(pk=parted.of.table.panel.pk).update(practice="Y99901")
    find_item_splits(at=LATER)
    split = parted.split()
    assert (split.why, split.belongs_to_id) == (WhyPlaced.PRACTICE, parted.adam)
    assert parted.named_in(parted.item.pk) == {parted.adam}
    assert "as the practice’s own record is" in parted.since()
    assert not Notice.objects.filter(kind=NoticeKind.ITEM_TO_PLACE).exists()


def test_what_was_parted_before_or_sealed_since_leaves_no_mark(parted: Parted) -> None:
    """P2: where an identity is sealed nothing ties the two here either."""
    part(parted.of, person_of(parted.of.ben), walled.person("hub"), at=AT - DAY)
    assert find_item_splits(at=LATER) == 1
    with acting(walled.SYSTEM):
        SpineEvent.objects.all().delete()
    assert find_item_splits(at=LATER) == 0
    assert parted.since() == ""


def test_two_halves_that_are_one_again_are_no_split(parted: Parted) -> None:
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=parted.adam).update(merged_into_id=person_of(parted.item))
    assert find_item_splits(at=LATER) == 0
