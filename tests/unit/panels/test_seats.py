"""An agency is asked for a member, nominates its own, and a seat without one is vacant (S2-32)."""

import pytest

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted
from joinedup.single_view.queries.my_work_panels import seats as in_my_work
from joinedup.support.panels.operations.panel_members import CannotSeat
from joinedup.support.panels.operations.seats import ask_for_member, give_up_seat, nominate_member
from joinedup.support.panels.queries.panel import members_on
from joinedup.support.panels.queries.seats import seats_of
from joinedup.support.panels.rules.seats import SeatOf, vacant
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.panelled import AT, table

_D = Discipline


def test_each_member_fills_one_seat_of_their_agency_and_discipline() -> None:
    seats = [
        SeatOf(1, "trust", _D.THERAPIST),
        SeatOf(2, "trust", _D.THERAPIST),
        SeatOf(3, "trust", _D.GP),
    ]
    assert vacant(seats, []) == [1, 2, 3]
    assert vacant(seats, [("trust", _D.THERAPIST), ("care", _D.GP)]) == [2, 3]


@pytest.mark.django_db
def test_a_seat_is_vacant_until_its_agency_nominates_and_again_when_the_post_ends() -> None:
    at_it = table()
    therapist = walled.viewer("care", "social_worker", team="Therapy")
    with pytest.raises(NotPermitted):
        ask_for_member(
            by=at_it.chair, panel_id=at_it.panel.pk, agency="care", discipline=_D.THERAPIST, at=AT
        )
    with pytest.raises(CannotSeat, match="Nobody manages"):
        ask_for_member(
            by=at_it.coordinator, panel_id=at_it.panel.pk, agency="police",
            discipline=_D.POLICE, at=AT,
        )  # fmt: skip
    seat = ask_for_member(
        by=at_it.coordinator, panel_id=at_it.panel.pk, agency="care", discipline=_D.THERAPIST,
        as_what="Clinical director", at=AT,
    )  # fmt: skip
    today = AT.date()
    assert [each.is_vacant for each in seats_of(at_it.panel, today)] == [True]
    assert [each.count for each in in_my_work(at_it.care_manager, today)] == [1]
    assert [each.count for each in in_my_work(at_it.housing_manager, today)] == [0]
    assert Notice.objects.filter(
        post=at_it.care_manager.post_id, kind=NoticeKind.SEAT_VACANT
    ).exists()
    for by in (at_it.care, at_it.housing_manager):
        with pytest.raises(NotPermitted):
            nominate_member(by=by, seat_id=seat.pk, post_id=post_of(therapist), at=AT)
    with pytest.raises(CannotSeat, match="own agency"):
        nominate_member(
            by=at_it.care_manager, seat_id=seat.pk, post_id=post_of(at_it.police), at=AT
        )
    nominate_member(by=at_it.care_manager, seat_id=seat.pk, post_id=post_of(therapist), at=AT)
    assert post_of(therapist) in {each.post_id for each in members_on(at_it.panel, today)}
    assert [each.is_vacant for each in seats_of(at_it.panel, today)] == [False]
    with pytest.raises(CannotSeat, match="sits there already"):
        nominate_member(by=at_it.care_manager, seat_id=seat.pk, post_id=post_of(therapist), at=AT)
    Post.objects.filter(pk=therapist.post_id).update(ends_on=today)
    assert [each.is_vacant for each in seats_of(at_it.panel, today)] == [True]
    give_up_seat(by=at_it.coordinator, seat_id=seat.pk, at=AT)
    assert seats_of(at_it.panel, today) == []
