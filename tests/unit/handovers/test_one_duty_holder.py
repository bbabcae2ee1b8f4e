"""From submit to closure exactly one post answers at every instant, whatever is done in between (P33)."""

import contextlib
import datetime
import threading
import uuid
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.operations.matters import close_matter
from joinedup.support.handovers import operations
from joinedup.support.handovers.choices import Force, ReturnReason
from joinedup.support.handovers.models import Duty, Handover
from joinedup.support.handovers.operations import (
    CannotAccept,
    accept,
    end_duty,
    give_back,
    offer,
    set_cover,
    settle_duties,
    take_duty,
    withdraw,
)
from joinedup.support.handovers.queries.system import duty_holder
from tests.databases import PrivateDatabase
from tests.sharing import walled
from tests.unit.handovers.sides import AT, Sides, end_post, later, on_duty, post_of, two_sides

REFUSALS = tuple(
    getattr(operations, name)
    for name in operations.__all__
    if name.startswith("Cannot") or name == "NoPart"
)
ACTS = ("offer", "protect", "accept", "give_back", "withdraw", "take", "cover", "end_post")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.integers(0, 5), st.integers(0, 5), st.sampled_from([0, 1, 9, 30])
    ),
    min_size=7,
    max_size=10,
)
"""What is tried, by which post of whichever side could do it, with which other, so many hours later."""


@pytest.mark.django_db
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_exactly_one_answers_at_every_instant(steps: list[tuple[str, int, int, int]]) -> None:
    """P33: over random acts by anybody, refused or not, leave, ends of posts and time going by."""
    sides = two_sides()
    now = AT
    for act, who, whom, hours in steps:
        now += datetime.timedelta(hours=hours)
        with contextlib.suppress(NotPermitted, *REFUSALS):
            _do(sides, act, who, whom, now)
        settle_duties(at=now)
    ends = _close(sides, now + datetime.timedelta(hours=1))
    with acting(walled.SYSTEM):
        line = list(Duty.objects.filter(matter=sides.matter_id).order_by("pk"))
    assert line[0].starts_at == AT
    assert line[-1].ends_at == ends
    for one, after in pairwise(line):
        assert one.ends_at == after.starts_at, "neither a gap nor two at once"
    for at in {AT, *(duty.starts_at for duty in line if duty.starts_at < ends)}:
        assert duty_holder(sides.matter_id, at) is not None
    assert duty_holder(sides.matter_id, ends) is None


def _do(sides: Sides, act: str, who: int, whom: int, at: datetime.datetime) -> None:
    """Try one act as somebody who might do it; who is third of a side of three is of the other side."""
    has_it, other = _by_side(sides)
    by, to = (*has_it, other[0])[who % 4], has_it[whom % 3]
    takes = (*other, has_it[0])[who % 4]
    waiting = _waiting(sides.matter_id)
    does: dict[str, Callable[[], object]] = {
        "offer": lambda: _offer(sides, by, other[0], at, Force.ORDINARY),
        "protect": lambda: _offer(sides, by, other[0], at, Force.PROTECTION),
        "accept": lambda: waiting and accept(by=takes, handover_id=waiting, at=at),
        "give_back": lambda: waiting and give_back(
            by=takes, handover_id=waiting, reason=ReturnReason.OTHER, words="no", at=at
        ),
        "withdraw": lambda: waiting and withdraw(by=by, handover_id=waiting, reason="no", at=at),
        "take": lambda: take_duty(
            by=by, matter_id=sides.matter_id, post_id=post_of(to), because="is asked", at=at
        ),
        "cover": lambda: set_cover(
            by=walled.SYSTEM, post_id=post_of(by), covered_by_id=post_of(to),
            starts_on=at.date(), ends_on=at.date() + datetime.timedelta(2), at=at,
        ),
        "end_post": lambda: None if by in (sides.door_manager, sides.manager) else end_post(
            by, at.date()
        ),
    }  # fmt: skip
    does[act]()


def _by_side(sides: Sides) -> tuple[list[Viewer], list[Viewer]]:
    """The side that has it (while an offer waits: that sent it), and the other."""
    door = [sides.sender, sides.door_manager, sides.door_manager]
    workers = [sides.receiver, sides.colleague, sides.manager]
    with acting(walled.SYSTEM):
        waiting = Handover.objects.waiting().filter(matter=sides.matter_id).first()
        duty = Duty.objects.current().get(matter=sides.matter_id)
        team = waiting.from_team_id if waiting else duty.post.team_id
    return (door, workers) if team == sides.sender.team_id else (workers, door)


def _offer(sides: Sides, by: Viewer, to: Viewer, at: datetime.datetime, force: Force) -> Handover:
    return offer(
        by=by, matter_id=sides.matter_id, from_team_id=by.team_id or 0, to_team_id=to.team_id or 0,
        words="help", at=at, force=force,
    )  # fmt: skip


def _waiting(matter_id: uuid.UUID) -> uuid.UUID | None:
    with acting(walled.SYSTEM):
        return (
            Handover.objects.waiting().filter(matter=matter_id).values_list("pk", flat=True).first()
        )


def _close(sides: Sides, at: datetime.datetime) -> datetime.datetime:
    waiting = _waiting(sides.matter_id)
    if waiting:
        withdraw(by=walled.SYSTEM, handover_id=waiting, reason="closing", at=at)
    close_matter(by=walled.SYSTEM, matter_id=sides.matter_id, at=at)
    end_duty(by=walled.SYSTEM, matter_id=sides.matter_id, at=at)
    return at


def test_of_two_who_accept_at_once_one_does_and_one_is_told_clearly(
    private_database: PrivateDatabase,
) -> None:
    """Real transactions: one yes, one refusal fit for the page, one duty, one line of acceptance."""
    sides = two_sides()
    made = sides.offer()
    both = threading.Barrier(2)
    became: dict[uuid.UUID, str] = {}

    def accepts(by: Viewer) -> None:
        both.wait()
        try:
            accept(by=by, handover_id=made.pk, at=later(0.1))
            became[post_of(by)] = "accepted"
        except CannotAccept as why:
            became[post_of(by)] = str(why)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=accepts, args=(by,)) for by in (sides.receiver, sides.colleague)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(became.values()) == [
        "Somebody has accepted this already. Nothing was changed by you.", "accepted",
    ]  # fmt: skip
    (winner,) = (post for post, what in became.items() if what == "accepted")
    assert on_duty(sides.matter_id) == winner
    with acting(walled.SYSTEM):
        assert Duty.objects.filter(matter=sides.matter_id).count() == 2
        assert made.messages.filter(said="accepted").count() == 1
