"""A referral goes on by a route: both sides know, its sender hears, and somebody answers throughout."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.models import SchoolLink
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import Case
from joinedup.support.cases.operations import open_case
from joinedup.support.frontdoor.choices import (
    Duty,
    EntryRoute,
    Need,
    OutcomeKind,
    ReferralState,
    RouteKind,
)
from joinedup.support.frontdoor.models import (
    FatigueAlert,
    Outcome,
    Override,
    Progress,
    Referral,
    Route,
)
from joinedup.support.frontdoor.operations.offers import (
    CannotSend,
    offer_route,
    offer_to_lead,
    withdraw_offer,
)
from joinedup.support.frontdoor.operations.outcomes import (
    CannotAnswerReferral,
    CannotClose,
    accept_referral,
    answer_question,
    ask_sender,
    close_referral,
    return_referral,
    withdraw_referral,
)
from joinedup.support.frontdoor.operations.triaging import triage_referral
from joinedup.support.handovers.choices import HandoverState, ReturnReason
from joinedup.support.handovers.queries.seen import duty_of
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, Door

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(hours=3)


@pytest.fixture
def door() -> Door:
    return referred.door()


@pytest.fixture
def way(door: Door) -> Route:
    return referred.route("wellbeing", door.taker)


def sent(door: Door, of: uuid.UUID | None = None, **typed: object) -> Referral:
    made = referred.referral(door.sender, of=of, **typed)
    triage_referral(by=door.sender, matter_id=made.pk, at=AT)
    return made


def now(referral: Referral) -> Referral:
    with acting(walled.SYSTEM):
        return Referral.objects.get(pk=referral.pk)


def heard(sender: Viewer, referral: Referral) -> list[str]:
    with acting(sender):
        rows = Progress.objects.filter(matter=referral.pk).order_by("at", "pk")
        return [each.words for each in rows]


def answers_for(referral: Referral) -> uuid.UUID | None:
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, referral.pk)
    return duty.post_id if duty else None


def offered(door: Door, way: Route, **typed: object) -> Referral:
    made = sent(door, **typed)
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    return made


def test_it_is_the_front_door_s_until_the_other_side_accepts(door: Door, way: Route) -> None:
    """P21."""
    made = offered(door, way)
    before = answers_for(made)
    assert before in {door.worker.post_id, door.manager.post_id}
    accept_referral(by=door.taker, matter_id=made.pk, at=LATER)
    assert answers_for(made) == door.taker.post_id
    assert now(made).state == ReferralState.ACCEPTED
    assert heard(door.sender, made)[-2:] == [
        "Offered to Wellbeing, which answers within one working day.",
        "Wellbeing workers has accepted it.",
    ]


def test_accepting_opens_a_case_for_somebody_the_spine_knows(door: Door, way: Route) -> None:
    somebody = walled.person("charity")
    made = offered(door, way, of=somebody)
    accept_referral(by=door.taker, matter_id=made.pk, at=LATER)
    with acting(walled.SYSTEM):
        case = Case.objects.get()
    assert (case.programme, case.agency_id) == (Programme.WELLBEING, "charity")


def test_another_route_than_the_rule_s_needs_a_reason_which_stands_on_record(
    door: Door, way: Route
) -> None:
    other = referred.route("elsewhere", door.taker, needs=["money"])
    made = sent(door)
    with pytest.raises(CannotSend, match="Say why this route"):
        offer_route(by=door.worker, matter_id=made.pk, route_id=other.pk, at=AT, reason=" ")
    offer_route(
        by=door.worker, matter_id=made.pk, route_id=other.pk, at=AT, reason="He asked for it"
    )
    with acting(door.worker):
        (row,) = Override.objects.all()
    assert (row.from_route_id, row.to_route_id, row.reason) == (way.pk, other.pk, "He asked for it")


def test_a_signpost_is_recorded_as_what_it_is(door: Door) -> None:
    """S2-28: never passed off as help."""
    leaflet = referred.route("leaflet", reach="the library, any morning")
    made = sent(door)
    handed = offer_route(by=door.worker, matter_id=made.pk, route_id=leaflet.pk, at=AT)
    assert handed.state == HandoverState.SIGNPOSTED
    assert now(made).state == ReferralState.SIGNPOSTED
    assert "Nobody was asked to take them on" in heard(door.sender, made)[-1]


def test_a_returned_referral_is_the_front_door_s_again_and_the_reason_not_the_sender_s(
    door: Door, way: Route
) -> None:
    made = offered(door, way)
    return_referral(
        by=door.taker, matter_id=made.pk, reason=ReturnReason.NO_CAPACITY, words="Full till May",
        at=LATER,
    )  # fmt: skip
    assert now(made).state == ReferralState.WITH_FRONT_DOOR
    assert not any("Full till May" in words for words in heard(door.sender, made))
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=LATER)


def test_a_duty_in_law_does_not_come_back_for_want_of_room(door: Door) -> None:
    """P20."""
    duty = referred.route(
        "care", door.taker, kind=RouteKind.STATUTORY, duty=Duty.CARE_ACT_ASSESSMENT, places=0
    )
    made = offered(door, duty)
    with pytest.raises(CannotAnswerReferral):
        return_referral(
            by=door.taker,
            matter_id=made.pk,
            reason=ReturnReason.NO_CAPACITY,
            words="Full",
            at=LATER,
        )
    assert now(made).state == ReferralState.OFFERED


def test_one_offer_at_a_time_and_it_can_be_withdrawn(door: Door, way: Route) -> None:
    made = offered(door, way)
    with pytest.raises(CannotSend, match="withdraw that first"):
        offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    withdraw_offer(by=door.worker, matter_id=made.pk, reason="Meant for another", at=LATER)
    assert now(made).state == ReferralState.WITH_FRONT_DOOR
    with pytest.raises(CannotAnswerReferral):
        accept_referral(by=door.taker, matter_id=made.pk, at=LATER)


def test_only_the_front_door_sends_on_and_only_who_it_was_handed_to_accepts(
    door: Door, way: Route
) -> None:
    made = sent(door)
    for by in (door.sender, door.taker):
        with pytest.raises(NotPermitted):
            offer_route(by=by, matter_id=made.pk, route_id=way.pk, at=AT)
    offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    for by in (door.sender, door.worker):
        with pytest.raises(CannotAnswerReferral):
            accept_referral(by=by, matter_id=made.pk, at=LATER)


def test_the_sender_is_asked_and_answers(door: Door, way: Route) -> None:
    made = sent(door)
    asked = ask_sender(by=door.worker, matter_id=made.pk, words="Does he have a phone?", at=AT)
    with pytest.raises(CannotAnswerReferral, match="not asked of you"):
        answer_question(by=door.taker, question_id=asked.pk, words="Yes", at=LATER)
    answered = answer_question(by=door.sender, question_id=asked.pk, words="No phone", at=LATER)
    assert answered.answer == "No phone"
    with pytest.raises(CannotAnswerReferral, match="already"):
        answer_question(by=door.sender, question_id=asked.pk, words="Again", at=LATER)


def test_its_sender_withdraws_it_until_it_is_accepted(door: Door, way: Route) -> None:
    made = offered(door, way)
    with pytest.raises(CannotClose, match="did not send"):
        withdraw_referral(by=door.taker, matter_id=made.pk, reason="No", at=LATER)
    withdraw_referral(by=door.sender, matter_id=made.pk, reason="He has moved", at=LATER)
    assert now(made).state == ReferralState.WITHDRAWN
    assert answers_for(made) is None
    taken = offered(door, way)
    accept_referral(by=door.taker, matter_id=taken.pk, at=LATER)
    with pytest.raises(CannotClose, match="too late"):
        withdraw_referral(by=door.sender, matter_id=taken.pk, reason="He has moved", at=LATER)


def test_it_is_closed_with_what_became_of_it_and_the_sender_hears(door: Door, way: Route) -> None:
    made = offered(door, way)
    accept_referral(by=door.taker, matter_id=made.pk, at=LATER)
    with pytest.raises(CannotClose, match="Whoever has accepted"):
        close_referral(
            by=door.worker, matter_id=made.pk, outcome=OutcomeKind.HELPED, words="Ours", at=LATER
        )
    close_referral(
        by=door.taker, matter_id=made.pk, outcome=OutcomeKind.HELP_GOES_ON,
        words="First visit made, and he comes to lunch on Fridays.", at=LATER,
    )  # fmt: skip
    with acting(door.sender):
        assert Outcome.objects.get().outcome == OutcomeKind.HELP_GOES_ON
    assert "First visit made" in heard(door.sender, made)[-1]
    assert answers_for(made) is None


# ---------------------------------------------------------------- somebody who is open already


def opened(door: Door, of: uuid.UUID, *, reveals: bool = False) -> Viewer:
    """A case of another agency about somebody; its name may tell too much."""
    walled.agency("refuge", "voluntary", name_reveals=reveals)
    lead = walled.viewer("refuge", team="Workers")
    with acting(lead):
        open_case(
            by=lead, person_ids=[of], programme=Programme.WELLBEING, lead_post_id=lead.post_id,
            at=AT - datetime.timedelta(days=30),
        )  # fmt: skip
    return lead


@pytest.mark.parametrize("reveals", [False, True])
def test_somebody_open_already_goes_to_the_lead_unless_the_name_tells(
    door: Door, way: Route, reveals: bool
) -> None:
    """P21, and P17: an agency whose very name reveals is never a headline, not for the front door either."""
    somebody = walled.person("care", "police", "refuge")
    lead = opened(door, somebody, reveals=reveals)
    walled.let_see_person(
        "agency:care", somebody, "refuge", walled.Category.INVOLVEMENT,
        purpose="early_help", level="headline",
    )  # fmt: skip
    made = sent(door, of=somebody)
    handed = offer_to_lead(by=walled.SYSTEM, matter_id=made.pk, at=AT)
    if reveals:
        assert handed is None
        assert now(made).state == ReferralState.WITH_FRONT_DOOR
        return
    assert handed is not None
    assert handed.to_post_id == lead.post_id
    assert answers_for(made) in {door.worker.post_id, door.manager.post_id}
    assert "refuge" not in " ".join([now(made).reason_told, *heard(door.sender, made)]).casefold()
    accept_referral(by=lead, matter_id=made.pk, at=LATER)
    with acting(walled.SYSTEM):
        assert Case.objects.count() == 1


def test_a_school_s_manager_is_asked_by_name(door: Door) -> None:
    """S0-68."""
    SchoolLink.objects.create(
        school="Alder Bank School", school_key="alder bank", manager_id=door.taker.post_id,
        starts_on=referred.TODAY,
    )  # fmt: skip
    way = referred.route(
        "school", door.taker, kind=RouteKind.SCHOOL_SOCIAL_WORK, needs=["education"]
    )
    made = sent(
        door, needs=(Need.EDUCATION,),
        subject=referred.TypedSubject("Ada", "Ashe", datetime.date(2016, 1, 1), school="The Alder Bank"),
    )  # fmt: skip
    assert "social work manager for Alder Bank School" in now(made).reason_told
    handed = offer_route(by=door.worker, matter_id=made.pk, route_id=way.pk, at=AT)
    assert handed.to_post_id == door.taker.post_id


def test_a_partner_who_only_refers_is_not_asked(door: Door, way: Route) -> None:
    """P18."""
    made = sent(door)
    with acting(walled.SYSTEM):
        Referral.objects.filter(pk=made.pk).update(entry=EntryRoute.REFER_ONLY)
    with pytest.raises(CannotAnswerReferral, match="cannot be asked here"):
        ask_sender(by=door.worker, matter_id=made.pk, words="Who?", at=AT)


def test_who_is_passed_on_more_often_than_the_limit_raises_an_alert_once_each_time(
    door: Door,
) -> None:
    """S2-28: the front-door managers are told, and say what is done about it."""
    hub = referred.route("hub", reach="The library, any morning")
    made = sent(door, hand_offs_before=2)

    def alerts() -> list[int]:
        with acting(walled.SYSTEM):
            rows = FatigueAlert.objects.filter(matter=made.pk).order_by("hand_offs")
            return list(rows.values_list("hand_offs", flat=True))

    for times, raised in ((1, []), (2, [4]), (3, [4, 5])):
        offer_route(by=door.worker, matter_id=made.pk, route_id=hub.pk, reason="Asked for", at=AT)
        assert alerts() == raised, times
    assert Notice.objects.filter(
        post_id=door.manager.post_id, kind=NoticeKind.PASSED_ON_TOO_OFTEN
    ).exists()
