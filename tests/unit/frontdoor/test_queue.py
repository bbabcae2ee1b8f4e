"""The queue: urgent first, given to one worker, open with a name and locked for nobody."""

import datetime
import uuid

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.operations.saved_looks import CannotKeepLook
from joinedup.foundations.places.queries import ELSEWHERE
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_team, open_matter
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, ReferralState, Source
from joinedup.support.frontdoor.models import Assignment, Referral, SavedFilter, Subject
from joinedup.support.frontdoor.operations.queue import (
    CannotAssign,
    assign,
    colleagues,
    drop_filter,
    keep_filter,
    leave,
    open_here,
)
from joinedup.support.frontdoor.queries.queue import (
    Narrowed,
    assigned_to_me,
    kept_filters,
    lines,
    queue,
)
from tests.sharing import walled
from tests.unit.parts_of_place import NORTH, SOUTH, two_localities

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def door() -> tuple[Viewer, Viewer]:
    walled.agency("care", "social_care")
    walled.agency("gp")
    return (
        walled.viewer("care", "front_door_worker", team="Front door"),
        walled.viewer("care", "front_door_manager", team="Front door"),
    )


def referral(
    door: Viewer, name: str, *, days: int = 0, postcode: str = "", **said: object
) -> uuid.UUID:
    at = AT - datetime.timedelta(days=days)
    matter = open_matter(by=walled.SYSTEM, kind=MatterKind.REFERRAL, at=at)
    give_part(
        by=walled.SYSTEM, matter_id=matter.pk, recipient=of_team(door.team_id or 0),
        level=PartLevel.WORK, because="front door", at=at,
    )  # fmt: skip
    with acting(walled.SYSTEM):
        Referral.objects.create(
            matter=matter, reference=f"R{name}", going_on="it is a test", submitted_at=at,
            state_at=at, **{
                "entry": EntryRoute.PRACTITIONER, "source": Source.PRACTITIONER,
                "agreement": Agreement.AGREED, **said,
            },
        )  # fmt: skip
        Subject.objects.create(
            matter=matter, given_name=name, family_name="Ashe", postcode=postcode
        )
    return matter.pk


def shown(viewer: Viewer, **narrowed: object) -> list[str]:
    with acting(viewer):
        found = lines(viewer, queue(viewer, Narrowed(**narrowed), as_at=AT.date()), at=AT)  # type: ignore[arg-type]
    return [line.name.split()[0] for line in found]


def test_urgent_ones_come_first_and_then_the_oldest(door: tuple[Viewer, Viewer]) -> None:
    worker, _ = door
    for name, days, urgent in (("Bea", 1, False), ("Cal", 5, False), ("Dee", 0, True)):
        referral(worker, name, days=days, is_urgent=urgent)
    assert shown(worker) == ["Dee", "Cal", "Bea"]


def test_what_nobody_owes_an_answer_does_not_wait(door: tuple[Viewer, Viewer]) -> None:
    worker, _ = door
    for state in ReferralState:
        referral(worker, state.name.title()[:9], state=state)
    assert set(shown(worker)) == {"Submitted", "With_Fron", "Offered"}
    assert shown(worker, state=ReferralState.CLOSED) == ["Closed"]


def test_another_front_door_s_queue_is_its_own(door: tuple[Viewer, Viewer]) -> None:
    worker, _ = door
    referral(worker, "Bea")
    elsewhere = walled.viewer("gp", "front_door_worker", team="Another door")
    assert shown(elsewhere) == []
    with pytest.raises(NotPermitted):
        queue(walled.viewer("care", "practitioner", team="Front door"), Narrowed(), as_at=AT.date())


def test_the_queue_narrows_by_name_reference_way_in_and_worker(
    door: tuple[Viewer, Viewer],
) -> None:
    worker, manager = door
    bea = referral(worker, "Bea", is_urgent=True)
    referral(worker, "Cal", entry=EntryRoute.SELF)
    assert shown(worker, q="ashe be") == ["Bea"]
    assert shown(worker, q="rCAL") == ["Cal"]
    assert shown(worker, q="nobody of that name") == []
    assert shown(worker, entry="self") == ["Cal"]
    assert shown(worker, urgent=True) == ["Bea"]
    assign(by=worker, matter_ids=[bea], post_id=post(manager), at=AT)
    assert shown(worker, whose="nobody") == ["Cal"]
    assert shown(worker, whose="mine") == []
    assert shown(manager, whose="mine") == ["Bea"]
    with acting(manager):
        assert [each.pk for each in assigned_to_me(manager)] == [bea]


def test_the_queue_narrows_by_where_somebody_lives(door: tuple[Viewer, Viewer]) -> None:
    """S0-1: by localities and areas that overlap, as their lines are on the day; counts are of what may be seen."""
    worker, _ = door
    two_localities(AT.date())
    for name, postcode in (("Bea", NORTH), ("Cal", SOUTH), ("Dee", ""), ("Eve", "XX9 9XX")):
        referral(worker, name, postcode=postcode)
    assert shown(worker, where="locality:north") == ["Bea"]
    assert shown(worker, where="locality:south") == shown(worker, where="area:w1") == ["Cal"]
    assert set(shown(worker, where=ELSEWHERE)) == {"Dee", "Eve"}
    assert shown(worker, where="locality:none") == []
    other = walled.viewer("gp", "front_door_worker", team="Another door")
    with acting(other):
        narrowed = Narrowed(where="locality:north")
        assert queue(other, narrowed, as_at=AT.date()).count() == 0


def test_a_referral_for_several_lies_wherever_one_of_them_lives(
    door: tuple[Viewer, Viewer],
) -> None:
    worker, _ = door
    two_localities(AT.date())
    family = referral(worker, "Bea", postcode=NORTH)
    with acting(walled.SYSTEM):
        Subject.objects.create(
            matter_id=family, place=2, given_name="Abe", family_name="Ashe", postcode=SOUTH
        )
    assert shown(worker, where="locality:north") == shown(worker, where="locality:south") == ["Bea"]
    assert shown(worker, where=ELSEWHERE) == []


def post(viewer: Viewer) -> uuid.UUID:
    assert viewer.post_id is not None
    return viewer.post_id


def test_several_are_given_to_one_worker_at_once(door: tuple[Viewer, Viewer]) -> None:
    worker, manager = door
    both = [referral(worker, "Bea"), referral(worker, "Cal")]
    assert assign(by=manager, matter_ids=both, post_id=post(worker), at=AT) == 2
    assert assign(by=manager, matter_ids=both, post_id=post(worker), at=AT) == 0
    assert assign(by=manager, matter_ids=both[:1], post_id=post(manager), at=AT) == 1
    with acting(worker):
        now = Assignment.objects.filter(ends_at__isnull=True).values_list("matter", "post")
        assert dict(now) == {both[0]: post(manager), both[1]: post(worker)}


def test_nothing_moves_where_one_of_them_may_not(door: tuple[Viewer, Viewer]) -> None:
    worker, _ = door
    mine = referral(worker, "Bea")
    elsewhere = walled.viewer("gp", "front_door_worker", team="Another door")
    theirs = referral(elsewhere, "Cal")
    with pytest.raises(CannotAssign, match="Nothing was moved"):
        assign(by=worker, matter_ids=[mine, theirs], post_id=post(worker), at=AT)
    with acting(worker):
        assert not Assignment.objects.exists()


@pytest.mark.parametrize("role", ["practitioner", "referrer"])
def test_only_who_works_at_this_front_door_today_is_given_any(
    door: tuple[Viewer, Viewer], role: str
) -> None:
    worker, _ = door
    mine = referral(worker, "Bea")
    other = walled.post("care", role, team="Front door")
    ended = walled.post(
        "care", "front_door_worker", team="Front door", ends_on=datetime.date(2026, 11, 22)
    )
    for each in (other, ended):
        assert each.pk not in {one.pk for one in colleagues(worker.team_id or 0, AT)}
        with pytest.raises(CannotAssign, match="works at your front door"):
            assign(by=worker, matter_ids=[mine], post_id=each.pk, at=AT)
    with pytest.raises(CannotAssign, match="Choose at least one"):
        assign(by=worker, matter_ids=[], post_id=post(worker), at=AT)


def test_two_who_have_it_open_are_told_of_each_other(door: tuple[Viewer, Viewer]) -> None:
    worker, manager = door
    mine = referral(worker, "Bea")
    name = Post.objects.get(pk=worker.post_id).user.name
    assert open_here(by=worker, matter_id=mine, at=AT) == ""
    assert open_here(by=manager, matter_id=mine, at=AT + MINUTE) == name
    with acting(manager):
        [line] = lines(manager, queue(manager, Narrowed(), as_at=AT.date()), at=AT + MINUTE)
    assert line.open_with == name
    assert open_here(by=manager, matter_id=mine, at=AT + 6 * MINUTE) == "", "it went stale"
    leave(by=manager, matter_id=mine)
    assert open_here(by=worker, matter_id=mine, at=AT + 7 * MINUTE) == ""


def test_a_filter_is_kept_under_a_name_for_its_own_post(door: tuple[Viewer, Viewer]) -> None:
    worker, manager = door
    kept = keep_filter(by=worker, title="  My   urgent ones ", query="urgent=on")
    keep_filter(by=worker, title="My urgent ones", query="urgent=on&whose=mine")
    with acting(worker):
        assert [(each.title, each.query) for each in kept_filters(worker)] == [
            ("My urgent ones", "urgent=on&whose=mine")
        ]
    with acting(manager):
        assert kept_filters(manager) == []
    drop_filter(by=manager, filter_id=kept.pk)
    with acting(worker):
        assert SavedFilter.objects.count() == 1
    drop_filter(by=worker, filter_id=kept.pk)
    with acting(worker):
        assert SavedFilter.objects.count() == 0


@pytest.mark.parametrize(
    ("title", "query", "says"),
    [
        ("", "urgent=on", "a name"),
        ("x" * 61, "urgent=on", "60 letters"),
        ("All", "", "Narrow the list first"),
        ("All", "q=" + "x" * 500, "too long"),
    ],
)
def test_a_filter_that_cannot_be_kept_says_why(
    door: tuple[Viewer, Viewer], title: str, query: str, says: str
) -> None:
    with pytest.raises(CannotKeepLook, match=says):
        keep_filter(by=door[0], title=title, query=query)
