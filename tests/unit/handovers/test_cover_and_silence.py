"""Leave, posts that end and silence: somebody answers by name, and no silence stays where it is."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.support.handovers.choices import Answers, StepKind
from joinedup.support.handovers.models import Cover, Duty, HandoverMessage, Step
from joinedup.support.handovers.operations import (
    CannotSetCover,
    NoPart,
    accept,
    ask,
    end_cover,
    escalate_silence,
    finish_step,
    set_cover,
    settle_duties,
    start_step,
    stop_step,
    tell_what_is_late,
)
from joinedup.support.handovers.queries.seen import breaches, duty_of, late_steps, waiting_for
from joinedup.support.handovers.queries.system import answers_now, duty_holder, unanswered
from tests.sharing import walled
from tests.unit.handovers.sides import (
    AT,
    Sides,
    end_post,
    later,
    on_duty,
    post_of,
    told,
    two_sides,
)

pytestmark = pytest.mark.django_db
TODAY, NEXT_WEEK = AT.date(), AT.date() + datetime.timedelta(7)


@pytest.fixture
def sides() -> Sides:
    return two_sides()


def cover(sides: Sides, **more: object) -> Cover:
    return set_cover(
        **{
            "by": sides.sender, "post_id": post_of(sides.sender),
            "covered_by_id": post_of(sides.door_manager), "starts_on": TODAY, "ends_on": NEXT_WEEK,
            "at": AT, **more,
        }  # type: ignore[arg-type]
    )  # fmt: skip


def test_cover_answers_from_its_first_instant_until_somebody_is_back(sides: Sides) -> None:
    """P33: cover for leave."""
    made = cover(sides)
    assert on_duty(sides.matter_id) == sides.door_manager.post_id
    with acting(sides.door_manager):
        duty = duty_of(sides.door_manager, sides.matter_id)
        assert duty is not None
        assert (duty.answers, duty.instead_of_id) == (Answers.COVER, sides.sender.post_id)
    assert told(sides.door_manager) == ["cover_set"]
    assert settle_duties(at=later(1)) == 0
    end_cover(by=sides.sender, cover_id=made.pk, at=later(2))
    assert on_duty(sides.matter_id) == sides.sender.post_id
    with pytest.raises(CannotSetCover, match="ended already"):
        end_cover(by=sides.sender, cover_id=made.pk, at=later(2))


def test_cover_ends_by_itself_on_its_last_day(sides: Sides) -> None:
    cover(sides)
    assert settle_duties(at=later(6)) == 0
    assert settle_duties(at=later(7)) == 1
    assert on_duty(sides.matter_id) == sides.sender.post_id


def test_cover_to_come_changes_nothing_until_it_begins(sides: Sides) -> None:
    cover(sides, starts_on=TODAY + datetime.timedelta(2))
    assert on_duty(sides.matter_id) == sides.sender.post_id
    assert settle_duties(at=later(1)) == 0
    assert settle_duties(at=later(2)) == 1
    assert on_duty(sides.matter_id) == sides.door_manager.post_id


def test_who_covers_is_on_duty_for_what_comes_in_meanwhile(sides: Sides) -> None:
    set_cover(
        by=sides.receiver, post_id=post_of(sides.receiver), covered_by_id=post_of(sides.colleague),
        starts_on=TODAY, ends_on=NEXT_WEEK, at=AT,
    )  # fmt: skip
    made = sides.offer(to_post_id=sides.receiver.post_id)
    assert sorted(told(sides.colleague)) == ["cover_set", "handover_waits"]
    with acting(sides.colleague):
        assert list(waiting_for(sides.colleague, AT)) == [made]
    accept(by=sides.colleague, handover_id=made.pk, at=later(0.1))
    assert on_duty(sides.matter_id) == sides.colleague.post_id
    holder = duty_holder(sides.matter_id, later(0.2))
    assert holder is not None
    assert (holder.answers, holder.instead_of) == (Answers.COVER, sides.receiver.post_id)


def test_cover_from_another_team_reads_what_the_lead_was_asked(sides: Sides) -> None:
    """P21: the lead or their cover accepts."""
    other_team = walled.viewer("wellbeing", team="Others")
    made = sides.offer(to_post_id=sides.receiver.post_id)
    with pytest.raises(NoPart):
        accept(by=other_team, handover_id=made.pk, at=AT)
    set_cover(
        by=sides.manager, post_id=post_of(sides.receiver), covered_by_id=post_of(other_team),
        starts_on=TODAY, ends_on=NEXT_WEEK, at=AT,
    )  # fmt: skip
    accept(by=other_team, handover_id=made.pk, at=AT)
    assert on_duty(sides.matter_id) == other_team.post_id


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ends_on": TODAY}, "day back"),
        ({"starts_on": TODAY, "ends_on": TODAY - datetime.timedelta(1)}, "day back"),
    ],
)
def test_cover_has_days(sides: Sides, more: dict[str, object], why: str) -> None:
    with pytest.raises(CannotSetCover, match=why):
        cover(sides, **more)


def test_who_may_stand_in_and_who_may_say_so(sides: Sides) -> None:
    with pytest.raises(CannotSetCover, match="same agency"):
        cover(sides, covered_by_id=sides.receiver.post_id)
    with pytest.raises(CannotSetCover, match="somebody else"):
        cover(sides, covered_by_id=sides.sender.post_id)
    with pytest.raises(CannotSetCover, match="by the post itself"):
        cover(sides, by=walled.viewer("care", team="Elsewhere"))
    referrer = walled.viewer("care", "referrer", team="Front door")
    with pytest.raises(CannotSetCover, match="take work on"):
        cover(sides, covered_by_id=referrer.post_id)
    leaves = walled.post("care", "front_door_worker", team="Front door",
                         ends_on=TODAY + datetime.timedelta(3))  # fmt: skip
    with pytest.raises(CannotSetCover, match="all of that time"):
        cover(sides, covered_by_id=leaves.pk)
    with pytest.raises(CannotSetCover, match="no such post"):
        cover(sides, covered_by_id=sides.matter_id)
    cover(sides, by=sides.door_manager)
    with pytest.raises(CannotSetCover, match="already"):
        cover(sides)


def test_when_a_post_ends_its_manager_acts(sides: Sides) -> None:
    """P33: an acting lead when a post ends."""
    Post.objects.filter(pk=sides.sender.post_id).update(
        operational_manager_id=sides.door_manager.post_id
    )
    end_post(sides.sender, later(1).date())
    assert settle_duties(at=AT) == 0
    assert settle_duties(at=later(1)) == 1
    holder = duty_holder(sides.matter_id, later(1))
    assert holder is not None
    assert (holder.post_id, holder.answers) == (sides.door_manager.post_id, Answers.ACTING)
    assert settle_duties(at=later(2)) == 0


def test_a_barred_cover_is_passed_over(sides: Sides) -> None:
    third = walled.viewer("care", "front_door_worker", team="Front door")
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=sides.person_id, kind=RestrictionKind.BARRED_POST, holder_id="care",
            barred_id=third.post_id, because="a cousin", starts_at=AT,
        )  # fmt: skip
    cover(sides, covered_by_id=third.post_id)
    assert on_duty(sides.matter_id) == sides.door_manager.post_id
    assert answers_now(post_of(sides.sender), sides.matter_id, AT) == sides.door_manager.post_id


def test_silence_goes_up_once_to_the_manager_and_the_sender_then_to_the_door(sides: Sides) -> None:
    made = sides.offer()
    assert escalate_silence(at=later(1)) == 0, "it has until midnight of Thursday"
    assert escalate_silence(at=later(2)) == 1
    assert escalate_silence(at=later(2, hours=1)) == 0
    assert told(sides.manager) == ["handover_waits", "handover_silent"]
    assert told(sides.sender) == ["handover_silent"]
    assert told(sides.receiver) == ["handover_waits"]
    assert told(sides.door_manager) == []
    assert escalate_silence(at=later(4)) == 0, "Saturday is no working day"
    assert escalate_silence(at=later(6)) == 1
    assert told(sides.door_manager) == ["handover_silent"]
    assert escalate_silence(at=later(30)) == 0
    with acting(sides.sender):
        said = [each.said for each in HandoverMessage.objects.filter(handover=made)]
    assert said == ["offered", "silent"]
    assert on_duty(sides.matter_id) == sides.sender.post_id, "it is the sender's still"


def test_where_a_question_waits_the_sender_s_own_manager_is_told(sides: Sides) -> None:
    made = sides.offer()
    ask(by=sides.receiver, handover_id=made.pk, words="Which flat?", at=AT)
    escalate_silence(at=later(2))
    assert told(sides.door_manager) == ["handover_silent"]
    assert told(sides.manager) == ["handover_waits"]


def test_a_step_that_is_late_is_told_once_and_stands_among_the_breaches(sides: Sides) -> None:
    """P33: a breach queue."""
    start_step(by=sides.sender, matter_id=sides.matter_id, kind=StepKind.TRIAGE, at=AT)
    assert tell_what_is_late(at=later(3)) == 0
    assert tell_what_is_late(at=later(6)) == 1
    assert tell_what_is_late(at=later(7)) == 0
    assert told(sides.sender) == ["step_late"]
    with acting(sides.door_manager):
        (found,) = breaches(sides.door_manager, later(6))
    assert (found.step.kind, found.duty and found.duty.post_id) == (
        StepKind.TRIAGE, sides.sender.post_id,
    )  # fmt: skip
    with acting(sides.receiver):
        assert not late_steps(sides.receiver, later(6)), "no part, no breach"
    finish_step(by=sides.sender, matter_id=sides.matter_id, kind=StepKind.TRIAGE, at=later(6))
    with acting(sides.door_manager):
        assert not late_steps(sides.door_manager, later(6))


def test_a_step_runs_once_is_hastened_and_never_put_off(sides: Sides) -> None:
    def start(at: datetime.datetime, *, urgent: bool) -> Step:
        return start_step(
            by=sides.sender, matter_id=sides.matter_id, kind=StepKind.APPROACH, at=at, urgent=urgent
        )

    first = start(AT, urgent=False)
    assert start(later(2), urgent=False).due_at == first.due_at
    assert start(later(2), urgent=True).due_at < first.due_at
    stopped = stop_step(
        by=sides.sender, matter_id=sides.matter_id, kind=StepKind.APPROACH, at=later(2)
    )
    assert stopped is not None
    assert (stopped.done_at, stopped.stopped_at) == (None, later(2))
    for ends in (finish_step, stop_step):
        assert ends(by=sides.sender, matter_id=sides.matter_id, kind=StepKind.PLAN, at=AT) is None
    with pytest.raises(NoPart):
        start_step(by=sides.receiver, matter_id=sides.matter_id, kind=StepKind.PLAN, at=AT)


def test_what_nobody_answers_for_is_found(sides: Sides) -> None:
    assert unanswered(AT) == []
    with acting(walled.SYSTEM):
        Duty.objects.update(ends_at=AT)
    assert unanswered(AT) == [sides.matter_id]
    assert duty_holder(sides.matter_id, AT) is None
