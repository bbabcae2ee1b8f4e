"""What comes before a panel, and its agenda: pulled in, in order, to those who sit at it and nobody else."""

import datetime

import pytest

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.staff import digest_of_home
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import InterestKind, ItemState
from joinedup.foundations.meetings.models import Interest, Seat
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, Person, Record
from joinedup.identity.sharing.access import NotPermitted, acting
from joinedup.partnership.workforce.models import Leave
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.frontdoor.choices import Agreement, ReferralState
from joinedup.support.frontdoor.models import Progress, Referral, Route
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Step
from joinedup.support.panels.choices import ItemSource, PanelItemState
from joinedup.support.panels.models import ItemText, KeptApart, Panel, PanelItem, PanelMember
from joinedup.support.panels.operations.agenda import (
    CannotBuild,
    build_agenda,
    move_item,
    take_off,
)
from joinedup.support.panels.operations.queue import (
    CannotQueue,
    say_agreement,
    tell_full_queues,
    withdraw_item,
)
from joinedup.support.panels.operations.taking_in import take_referral, take_step
from joinedup.support.panels.queries.checks import holds_something
from joinedup.support.panels.queries.items import outside
from joinedup.support.panels.queries.kept_from import people_of
from joinedup.support.panels.queries.queue import offered_to, queue_of
from tests.sharing import walled
from tests.unit.cases.steps_world import made
from tests.unit.handovers.sides import on_duty, post_of
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import THURSDAY, item_as, kept_apart, offered, queued

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(hours=1)


@pytest.fixture
def at_it() -> Table:
    return table()


def names(items: list[PanelItem]) -> list[str]:
    """Whom items are about, in their order."""
    with acting(walled.SYSTEM):
        return [each.people.get().name.split()[0] for each in items]


def on_agenda(meeting: object) -> list[PanelItem]:
    """The items of an agenda in their order."""
    with acting(walled.SYSTEM):
        found = PanelItem.objects.filter(agenda__meeting=meeting, agenda__state="waiting")
        return list(found.order_by("agenda__place"))


def test_a_referral_is_pulled_into_the_queue_and_answered_for(at_it: Table) -> None:
    """P33: the coordinator answers for it, the panel's clock runs, its sender hears."""
    referral = offered(at_it)
    assert [each.key for each in offered_to(at_it.coordinator, at_it.panel)] == [referral.pk]
    item = take_referral(
        by=at_it.coordinator, panel_id=at_it.panel.pk, matter_id=referral.pk, at=AT
    )
    assert on_duty(referral.pk) == at_it.coordinator.post_id
    (row,) = queue_of(at_it.coordinator, at_it.panel, AT)
    assert (row.item.pk, row.names, row.about) == (item.pk, ["Ada Ashe"], "Which agency leads?")
    assert offered_to(at_it.coordinator, at_it.panel) == []
    with acting(walled.SYSTEM):
        assert Step.objects.running().filter(matter=referral.pk, kind=StepKind.PANEL).exists()
        assert Referral.objects.get(pk=referral.pk).state == ReferralState.ACCEPTED
        assert Progress.objects.filter(matter=referral.pk).exists()
    assert item_as(at_it.police, item) is None, "nobody sits at it yet"
    with pytest.raises(CannotQueue, match="not offered"):
        take_referral(by=at_it.coordinator, panel_id=at_it.panel.pk, matter_id=referral.pk, at=AT)


def test_a_case_that_asks_to_step_up_is_pulled_while_its_lead_leads_on(at_it: Table) -> None:
    """P33, P34: nobody pushes it; whoever led leads and answers for it until the panel has decided."""
    world = made()
    led_by, on_it = world.led_by(), world.on_duty()
    sent = world.step(
        to_team_id=at_it.panel.team_id, to_programme=Programme.INTEGRATED_CARE,
        to_level=NeedLevel(3), school="",
    )  # fmt: skip
    assert [(each.key, each.is_step) for each in offered_to(at_it.coordinator, at_it.panel)] == [
        (sent.pk, True)
    ]
    with pytest.raises(NotPermitted):
        take_step(by=at_it.police, panel_id=at_it.panel.pk, step_id=sent.pk, at=LATER)
    item = take_step(by=at_it.coordinator, panel_id=at_it.panel.pk, step_id=sent.pk, at=LATER)
    assert (item.source, item.step_id, item.case_id) == (
        ItemSource.STEP_UP, sent.pk, world.case_id,
    )  # fmt: skip
    (row,) = queue_of(at_it.coordinator, at_it.panel, LATER)
    assert (row.names, row.about) == (["Ada Ashe"], "Hit in front of the children again")
    assert (world.led_by(), world.on_duty()) == (led_by, on_it)
    with acting(walled.SYSTEM):
        sent.handover.refresh_from_db()
    assert sent.handover.state_word.waits
    assert offered_to(at_it.coordinator, at_it.panel) == []
    with pytest.raises(CannotQueue, match="answered this already"):
        take_step(by=at_it.coordinator, panel_id=at_it.panel.pk, step_id=sent.pk, at=LATER)


def test_an_item_of_somebody_merged_since_says_so(at_it: Table) -> None:
    """Whoever sits at it reads the sentence; nobody reads it of a person whose records stand as they did."""
    item, other = queued(at_it), queued(at_it, "Ben", at=LATER)
    build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=LATER)
    kept = walled.person("housing")
    (before,) = people_of(item)
    with acting(walled.SYSTEM):
        Person.objects.filter(pk=before).update(merged_into_id=kept)
    (shown,) = outside(at_it.police, item.pk).people
    assert shown.since.startswith("Their records were joined with others since")
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=kept, holder_id="housing", category="housing", headline="Tenancy at risk",
            recorded_at=AT, starts_on=AT.date(),
        )  # fmt: skip
    assert holds_something(at_it.housing, item.pk), "its checks are of the one person"
    (alone,) = outside(at_it.police, other.pk).people
    assert alone.since == ""


def test_nobody_else_takes_in_or_takes_out(at_it: Table) -> None:
    referral = offered(at_it)
    with pytest.raises(NotPermitted):
        take_referral(by=at_it.police, panel_id=at_it.panel.pk, matter_id=referral.pk, at=AT)
    item = queued(at_it, "Ben")
    with pytest.raises(PanelItem.DoesNotExist):
        withdraw_item(by=at_it.police, item_id=item.pk, because="No", at=AT)
    gone = withdraw_item(by=at_it.coordinator, item_id=item.pk, because="He moved away", at=AT)
    assert gone.state == PanelItemState.WITHDRAWN
    assert queue_of(at_it.coordinator, at_it.panel, AT) == []


def test_who_has_not_agreed_waits_where_the_programme_needs_that(at_it: Table) -> None:
    """P25: the item stays in the queue until they agree, or with a basis where that is let."""
    Panel.objects.update(before_agreement=False, before_agreement_basis="")
    item = queued(at_it, agreement=Agreement.INFORMED_NOT_AGREED)
    queued(at_it, "Ben", at=LATER)
    meeting = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    assert names(on_agenda(meeting)) == ["Ben"]
    (row,) = queue_of(at_it.coordinator, at_it.panel, AT)
    assert "have not agreed" in row.why_not
    with pytest.raises(CannotQueue):
        say_agreement(
            by=at_it.coordinator,
            item_id=item.pk,
            agreement=Agreement.NOT_INFORMED,
            basis="s6",
            at=AT,
        )
    say_agreement(
        by=at_it.coordinator, item_id=item.pk, agreement=Agreement.AGREED, basis="", at=AT
    )
    again = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    assert (again.pk, names(on_agenda(again))) == (meeting.pk, ["Ben", "Ada"])


def test_one_act_builds_thursday_s_agenda(at_it: Table) -> None:
    """S0-86, P26, P28: in order, timed, seated, kept apart; members see it from now on, and others do not."""
    apart = [queued(at_it, "Ada"), queued(at_it, "Ben", at=LATER)]
    kept_apart(*apart)
    urgent = queued(at_it, "Cay", is_urgent=True)
    outsider = walled.viewer("police", "police_liaison", team="Partnership")
    meeting = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    assert meeting.starts_at == THURSDAY
    assert names(on_agenda(meeting)) == ["Ada", "Cay", "Ben"], (
        "who must be kept apart, by the urgent one"
    )
    with acting(walled.SYSTEM):
        assert KeptApart.objects.filter(is_found=True).count() == 1
    seats = Seat.objects.filter(meeting=meeting).values_list("standing", flat=True)
    assert sorted(seats) == ["chair", "coordinator", "member", "member", "member"]
    assert item_as(at_it.housing, urgent) is not None
    assert item_as(outsider, urgent) is None, "a colleague in the same team does not sit at it"
    assert Notice.objects.filter(post=at_it.housing.post_id, kind="meeting_called").count() == 1
    route = Route.objects.get(code="panel")
    assert (route.next_on, route.places) == (THURSDAY.date(), 9)


def test_kept_apart_are_never_moved_next_to_each_other(at_it: Table) -> None:
    """P28."""
    ada, ben = queued(at_it, "Ada"), queued(at_it, "Ben", at=LATER)
    kept_apart(ada, ben)
    queued(at_it, "Cay", at=LATER + datetime.timedelta(hours=1))
    meeting = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    line = on_agenda(meeting)
    assert names(line) == ["Ada", "Cay", "Ben"]
    with pytest.raises(CannotBuild, match="kept apart"):
        move_item(by=at_it.chair, agenda_id=line[2].agenda_id or 0, by_places=-1, at=AT)
    move_item(by=at_it.chair, agenda_id=line[1].agenda_id or 0, by_places=0, at=AT)
    with pytest.raises(NotPermitted):
        move_item(by=at_it.police, agenda_id=line[1].agenda_id or 0, by_places=1, at=AT)


def test_cover_sits_where_a_member_is_away_or_gone(at_it: Table) -> None:
    cover = walled.viewer("housing", "housing_officer", team="Tenancies")
    PanelMember.objects.filter(post=at_it.housing.post_id).update(cover=cover.post_id)
    Leave.objects.create(
        post_id=at_it.housing.post_id, starts_on=AT.date(),
        ends_on=AT.date() + datetime.timedelta(days=7),
    )  # fmt: skip
    Post.objects.filter(pk=at_it.police.post_id).update(ends_on=AT.date())
    item = queued(at_it)
    meeting = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    seat = Seat.objects.get(meeting=meeting, post=cover.post_id)
    assert (seat.instead_of_id, seat.discipline) == (at_it.housing.post_id, "housing")
    assert not Seat.objects.filter(meeting=meeting, post=at_it.police.post_id).exists()
    assert item_as(cover, item) is not None


def test_a_neighbour_among_the_members_never_sees_the_item(at_it: Table) -> None:
    """S4-53, P28: found by the product from the digest of their home, before anybody opens it."""
    item = queued(at_it)
    with acting(walled.SYSTEM):
        person = item.people.get().person_id
        Record.objects.filter(person=person).update(address_key="1 elm row ab12")
    home = digest_of_home("1 elm row ab12")
    User.objects.filter(posts=at_it.housing.post_id).update(home=home)
    build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    found = Interest.objects.get(post=at_it.housing.post_id)
    assert (found.kind, found.declared_by_id) == (InterestKind.NEIGHBOUR, None)
    assert item_as(at_it.housing, item) is None
    assert item_as(at_it.police, item) is not None


def test_taken_off_it_waits_again_and_is_shut(at_it: Table) -> None:
    item = queued(at_it)
    build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    with acting(walled.SYSTEM):
        line = PanelItem.objects.get(pk=item.pk).agenda_id
    off = take_off(by=at_it.coordinator, agenda_id=line or 0, at=AT)
    assert off.state == ItemState.TAKEN_OFF
    assert item_as(at_it.police, item) is None
    assert [row.item.pk for row in queue_of(at_it.coordinator, at_it.panel, AT)] == [item.pk]
    again = build_agenda(by=at_it.coordinator, panel_id=at_it.panel.pk, at=AT)
    assert [each.pk for each in on_agenda(again)] == [item.pk]


def test_what_was_told_before_is_not_asked_again(at_it: Table) -> None:
    """Tell it once: the referral's own words, and the person's, begin the boxes."""
    item = queued(at_it)
    with acting(walled.SYSTEM):
        boxes = dict(ItemText.objects.filter(item=item).values_list("box", "words"))
    assert boxes == {
        "going_on": "Ada sleeps in a car.", "own_words": "A door to shut.",
        "asked": "Which agency leads?",
    }  # fmt: skip


def test_a_full_queue_is_told_once_a_week(at_it: Table) -> None:
    Panel.objects.update(minutes=20)
    queued(at_it)
    assert tell_full_queues(at=AT) == 2, "the coordinator and the chair"
    assert tell_full_queues(at=AT) == 0
    assert Notice.objects.filter(kind="panel_queue_full").count() == 2
    assert post_of(at_it.coordinator) in set(
        Notice.objects.filter(kind="panel_queue_full").values_list("post_id", flat=True)
    )
