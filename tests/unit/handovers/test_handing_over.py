"""A hand-over has two sides: nothing moves without both knowing, and somebody always answers."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel, RestrictionKind
from joinedup.identity.sharing.models import Matter, Restriction
from joinedup.identity.sharing.operations.matters import close_matter
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.choices import Force, HandoverState, ReturnReason, StepKind
from joinedup.support.handovers.models import Duty, Handover, HandoverMessage, Step
from joinedup.support.handovers.operations import (
    CannotAccept,
    CannotAsk,
    CannotEndDuty,
    CannotGiveBack,
    CannotOffer,
    CannotTakeDuty,
    CannotWithdraw,
    NoPart,
    accept,
    answer,
    ask,
    end_duty,
    give_back,
    offer,
    say_what_became,
    signpost,
    take_duty,
    withdraw,
)
from joinedup.support.handovers.queries.seen import (
    messages_of,
    one_handover,
    sent_by,
    waiting_for,
    where_is,
)
from tests import audit_lines
from tests.sharing import walled
from tests.unit.handovers.sides import (
    AT,
    Sides,
    end_post,
    later,
    matter_of,
    on_duty,
    post_of,
    told,
    two_sides,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> Sides:
    return two_sides()


def part(viewer: Viewer, matter_id: uuid.UUID) -> PartLevel:
    with acting(viewer):
        return part_of(viewer, matter_id)


def seen(viewer: Viewer, found: Handover) -> list[str]:
    with acting(viewer):
        return [message.said for message in messages_of(viewer, found.pk)]


def test_an_offer_moves_nothing_and_tells_the_other_side(sides: Sides) -> None:
    """P21, P34: the sender answers for it until the other side accepts."""
    assert part(sides.receiver, sides.matter_id) is PartLevel.NOTHING
    made = sides.offer()
    assert on_duty(sides.matter_id) == sides.sender.post_id
    assert part(sides.receiver, sides.matter_id) is PartLevel.WORK, "they read what they are asked"
    assert told(sides.receiver) == ["handover_waits"] == told(sides.colleague)
    with acting(sides.receiver):
        assert list(waiting_for(sides.receiver, AT)) == [made]
    with acting(sides.sender):
        assert list(sent_by(sides.sender, AT)) == [made]
        assert not waiting_for(sides.sender, AT)


def test_an_offer_has_until_the_end_of_the_next_working_day(sides: Sides) -> None:
    """P33: one working day to accept; on the one clock."""
    made = sides.offer(at=later(2))  # a Friday
    assert made.due_at == datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    with acting(walled.SYSTEM):
        step = Step.objects.get(matter=sides.matter_id, kind=StepKind.ACCEPT)
    assert (step.due_at, step.done_at) == (made.due_at, None)


def test_accepting_moves_the_duty_and_leaves_the_sender_to_hear_of_it(sides: Sides) -> None:
    made = sides.offer()
    accept(by=sides.receiver, handover_id=made.pk, at=later(0.1))
    assert on_duty(sides.matter_id) == sides.receiver.post_id
    assert told(sides.sender) == ["handover_taken"]
    assert part(sides.receiver, sides.matter_id) is PartLevel.WORK
    with acting(walled.SYSTEM):
        assert Step.objects.get(kind=StepKind.ACCEPT).done_at == later(0.1)
    with acting(sides.sender):
        assert one_handover(sides.sender, made.pk).state == HandoverState.ACCEPTED
    written = audit_lines.lines(subject_id=str(sides.matter_id), person_id=sides.person_id)
    acts = {line.act for line in written}
    assert {"offered a hand-over", "accepted a hand-over", "gave a duty"} <= acts


def test_who_accepts_second_is_told_so_and_changes_nothing(sides: Sides) -> None:
    made = sides.offer()
    accept(by=sides.receiver, handover_id=made.pk, at=later(0.1))
    with pytest.raises(CannotAccept, match="accepted this already"):
        accept(by=sides.colleague, handover_id=made.pk, at=later(0.2))
    assert on_duty(sides.matter_id) == sides.receiver.post_id


def test_the_manager_names_the_worker(sides: Sides) -> None:
    """P27: a manager accepts and names who does it."""
    made = sides.offer()
    accept(by=sides.manager, handover_id=made.pk, post_id=post_of(sides.colleague), at=later(0.1))
    assert on_duty(sides.matter_id) == sides.colleague.post_id
    assert Notice.objects.filter(post=sides.colleague.post_id, kind="duty_given").exists()


def test_a_worker_of_another_team_is_not_named(sides: Sides) -> None:
    made = sides.offer()
    elsewhere = walled.viewer("wellbeing", team="Others")
    with pytest.raises(CannotAccept, match="of the team"):
        accept(by=sides.manager, handover_id=made.pk, post_id=post_of(elsewhere), at=AT)


def test_what_is_handed_to_a_lead_waits_for_the_lead_their_cover_or_their_manager(
    sides: Sides,
) -> None:
    """P21: a colleague of the same team does not take what is the lead's."""
    made = sides.offer(to_post_id=sides.receiver.post_id)
    assert told(sides.receiver) == ["handover_waits"]
    assert told(sides.colleague) == []
    with pytest.raises(NoPart):
        accept(by=sides.colleague, handover_id=made.pk, at=AT)
    accept(by=sides.manager, handover_id=made.pk, at=AT)
    assert on_duty(sides.matter_id) == sides.receiver.post_id


@pytest.mark.parametrize("act", ["accept", "ask", "give_back"])
def test_whom_it_was_not_handed_to_cannot_answer_it(sides: Sides, act: str) -> None:
    made = sides.offer()
    stranger = walled.viewer("wellbeing", team="Others")
    does = {
        "accept": lambda by: accept(by=by, handover_id=made.pk, at=AT),
        "ask": lambda by: ask(by=by, handover_id=made.pk, words="Which?", at=AT),
        "give_back": lambda by: give_back(
            by=by, handover_id=made.pk, reason=ReturnReason.OTHER, words="No", at=AT
        ),
    }[act]
    for each in (stranger, sides.sender):
        with pytest.raises(NoPart):
            does(each)
    with acting(walled.SYSTEM):
        assert HandoverMessage.objects.filter(handover=made).count() == 1


def test_a_question_goes_to_the_sender_and_its_answer_back(sides: Sides) -> None:
    made = sides.offer()
    ask(by=sides.receiver, handover_id=made.pk, words="Is there a dog?", at=later(0.1))
    assert told(sides.sender) == ["handover_asked"]
    with pytest.raises(CannotAsk, match="Write"):
        answer(by=sides.sender, handover_id=made.pk, words=" ", at=later(0.2))
    answer(by=sides.sender, handover_id=made.pk, words="Two.", at=later(0.2))
    assert told(sides.receiver) == ["handover_waits", "handover_answered"]
    with pytest.raises(CannotAsk, match="Nothing is asked"):
        answer(by=sides.sender, handover_id=made.pk, words="Three.", at=later(0.3))
    assert seen(sides.receiver, made) == ["offered", "asked", "answered"]
    with acting(sides.sender):
        assert one_handover(sides.sender, made.pk).due_at == made.due_at, "the clock ran on"


def test_sent_back_it_is_the_sender_s_who_answered_all_along(sides: Sides) -> None:
    made = sides.offer()
    with pytest.raises(CannotGiveBack, match="Say why"):
        give_back(
            by=sides.receiver, handover_id=made.pk, reason=ReturnReason.OTHER, words="", at=AT
        )
    give_back(
        by=sides.receiver, handover_id=made.pk, reason=ReturnReason.NO_CAPACITY,
        words="Nobody until January", at=later(0.1),
    )  # fmt: skip
    assert on_duty(sides.matter_id) == sides.sender.post_id
    assert told(sides.sender) == ["handover_returned"]
    assert part(sides.receiver, sides.matter_id) is PartLevel.NOTHING
    assert seen(sides.receiver, made) == [], "what they sent back is no longer theirs to read"
    sides.offer(at=later(0.2))


@pytest.mark.parametrize(
    "reason", [ReturnReason.NO_CAPACITY, ReturnReason.NOT_ELIGIBLE, ReturnReason.ALREADY_OPEN]
)
def test_a_duty_in_law_does_not_come_back_for_want_of_capacity(
    sides: Sides, reason: ReturnReason
) -> None:
    """P20: never "no capacity", "ineligible" or "already open"."""
    made = sides.offer(force=Force.STATUTORY)
    with pytest.raises(CannotGiveBack, match="duty in law"):
        give_back(by=sides.manager, handover_id=made.pk, reason=reason, words="Full", at=AT)


def test_protection_counts_from_when_it_is_sent_and_only_a_manager_refuses_it(sides: Sides) -> None:
    """P34: effective on sending; a refusal needs a manager's reason and goes up at once."""
    made = sides.offer(force=Force.PROTECTION)
    assert on_duty(sides.matter_id) == sides.manager.post_id, "a manager answers until it is named"
    with pytest.raises(CannotGiveBack, match="Only a manager"):
        give_back(
            by=sides.receiver, handover_id=made.pk, reason=ReturnReason.ANOTHER_TEAM,
            words="Not ours", at=later(0.1),
        )  # fmt: skip
    give_back(
        by=sides.manager, handover_id=made.pk, reason=ReturnReason.ANOTHER_TEAM,
        words="Children’s, not ours", at=later(0.1),
    )  # fmt: skip
    assert on_duty(sides.matter_id) == sides.sender.post_id
    assert "handover_silent" in told(sides.door_manager)
    assert "handover_returned" in told(sides.sender)


def test_withdrawn_it_is_shut_to_the_other_side_who_hear_why(sides: Sides) -> None:
    made = sides.offer()
    with pytest.raises(CannotWithdraw, match="Say why"):
        withdraw(by=sides.sender, handover_id=made.pk, reason="", at=AT)
    with pytest.raises(NoPart):
        withdraw(by=sides.receiver, handover_id=made.pk, reason="No", at=AT)
    withdraw(by=sides.sender, handover_id=made.pk, reason="Moved away", at=later(0.1))
    assert "handover_withdrawn" in told(sides.receiver)
    assert part(sides.receiver, sides.matter_id) is PartLevel.NOTHING
    with pytest.raises(NoPart):
        accept(by=walled.viewer("care", team="Elsewhere"), handover_id=made.pk, at=AT)
    with pytest.raises(CannotAccept, match="withdrawn"):
        accept(by=sides.receiver, handover_id=made.pk, at=AT)
    with pytest.raises(CannotWithdraw, match="withdrawn"):
        withdraw(by=sides.sender, handover_id=made.pk, reason="Again", at=AT)


def test_one_request_waits_at_a_time(sides: Sides) -> None:
    made = sides.offer()
    with pytest.raises(CannotOffer, match="already"):
        sides.offer()
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            matter_id=sides.matter_id, from_team_id=made.from_team_id, to_team_id=made.to_team_id,
            offered_at=AT, due_at=AT,
        )  # fmt: skip


def test_nobody_hands_over_what_is_not_theirs(sides: Sides) -> None:
    with pytest.raises(NoPart):
        offer(
            by=sides.receiver, matter_id=sides.matter_id, from_team_id=sides.receiver.team_id or 0,
            to_team_id=sides.sender.team_id or 0, words="Mine now", at=AT,
        )  # fmt: skip
    with pytest.raises(NoPart):
        offer(
            by=sides.sender, matter_id=sides.matter_id, from_team_id=sides.receiver.team_id or 0,
            to_team_id=sides.sender.team_id or 0, words="Theirs", at=AT,
        )  # fmt: skip
    with pytest.raises(NoPart):
        signpost(
            by=sides.receiver, matter_id=sides.matter_id, words="", at=AT,
            from_team_id=sides.receiver.team_id or 0, to_place="The library",
        )  # fmt: skip


def test_an_offer_that_nobody_could_answer_is_refused(sides: Sides) -> None:
    with pytest.raises(CannotOffer, match="words"):
        sides.offer(words="  ")
    with pytest.raises(CannotOffer, match="your own"):
        sides.offer(to_team_id=sides.sender.team_id)
    with pytest.raises(CannotOffer, match="no such team"):
        sides.offer(to_team_id=0)
    with pytest.raises(CannotOffer, match="somebody else"):
        sides.offer(to_post_id=sides.door_manager.post_id)
    for each in (sides.receiver, sides.colleague, sides.manager):
        end_post(each, AT.date())
    with pytest.raises(CannotOffer, match="Nobody in this team"):
        sides.offer()
    close_matter(by=walled.SYSTEM, matter_id=sides.matter_id, at=AT)
    with pytest.raises(CannotOffer, match="closed"):
        sides.offer()


def test_a_post_that_is_barred_from_the_person_neither_takes_nor_accepts(sides: Sides) -> None:
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=sides.person_id, kind=RestrictionKind.BARRED_POST, holder_id="care",
            barred_id=sides.receiver.post_id, because="a cousin", starts_at=AT,
        )  # fmt: skip
    with pytest.raises(CannotOffer, match="somebody else"):
        sides.offer(to_post_id=sides.receiver.post_id)
    made = sides.offer()
    with pytest.raises(NoPart):
        accept(by=sides.receiver, handover_id=made.pk, at=AT)
    with pytest.raises(CannotAccept, match="may not work with"):
        accept(by=sides.manager, handover_id=made.pk, post_id=sides.receiver.post_id, at=AT)


def test_a_signpost_is_recorded_as_what_it_is_and_moves_nothing(sides: Sides) -> None:
    made = signpost(
        by=sides.sender, matter_id=sides.matter_id, from_team_id=sides.sender.team_id or 0,
        to_place="Citizens Advice", words="Told of the drop-in on Tuesdays", at=AT,
    )  # fmt: skip
    assert (made.manner, made.state) == ("signpost", "signposted")
    assert on_duty(sides.matter_id) == sides.sender.post_id
    with pytest.raises(CannotOffer, match="where"):
        signpost(
            by=sides.sender, matter_id=sides.matter_id, words="", at=AT, to_place=" ",
            from_team_id=sides.sender.team_id or 0,
        )  # fmt: skip


def third_team(sides: Sides, code: str = "housing", **is_a: object) -> Viewer:
    walled.agency(code, "housing", **is_a)
    return walled.viewer(code, "practitioner", team="Tenancies")


def handed_on(sides: Sides, third: Viewer) -> tuple[Handover, Handover]:
    first = sides.offer()
    accept(by=sides.receiver, handover_id=first.pk, at=later(0.1))
    second = offer(
        by=sides.receiver, matter_id=sides.matter_id, from_team_id=sides.receiver.team_id or 0,
        to_team_id=third.team_id or 0, words="Arrears of four months", at=later(1),
    )  # fmt: skip
    accept(by=third, handover_id=second.pk, at=later(2))
    return first, second


def test_the_sender_hears_where_it_went_and_what_became_of_it_without_the_detail(
    sides: Sides,
) -> None:
    """Where it is and in the end what became of it, in words, and nothing of the case between."""
    from_outside = sides.sender
    third = third_team(sides)
    first, second = handed_on(sides, third)
    _take_front_door(sides)
    say_what_became(by=third, matter_id=sides.matter_id, words="She has a flat.", at=later(20))
    assert seen(from_outside, first) == ["offered", "accepted", "handed_on", "became"]
    assert seen(from_outside, second) == [], "the words between the other two are not the sender's"
    with acting(from_outside):
        words = {message.words for message in messages_of(from_outside, first.pk)}
        assert "She has a flat." in words
        assert "It is with Tenancies, Housing now." in words
        where = where_is(from_outside, sides.matter_id)
        assert [each.pk for each, _ in where.handovers] == [first.pk]
        assert where.duties[-1].post_id == third.post_id
    assert "handover_became" in told(from_outside)


def _take_front_door(sides: Sides) -> None:
    with acting(walled.SYSTEM):
        Matter.objects.get(pk=sides.matter_id).parts.filter(
            because="works at the front door"
        ).update(ends_at=later(2))


def test_an_agency_whose_name_tells_is_never_named_to_an_earlier_sender(sides: Sides) -> None:
    """P17: neither in words, nor by who answers, nor by the hand-over itself."""
    third = third_team(sides, "haven", name_reveals=True)
    _, second = handed_on(sides, third)
    _take_front_door(sides)
    with acting(sides.sender):
        where = where_is(sides.sender, sides.matter_id)
        told_words = [m.words for _, messages in where.handovers for m in messages]
        assert "It is with another team now." in told_words
        assert not any("Haven" in words or "Tenancies" in words for words in told_words)
        assert third.post_id not in [duty.post_id for duty in where.duties]
        with pytest.raises(Handover.DoesNotExist):
            one_handover(sides.sender, second.pk)
    with acting(sides.receiver):
        assert one_handover(sides.receiver, second.pk).to_team_id == third.team_id


def test_a_team_that_handed_it_on_works_at_it_no_longer(sides: Sides) -> None:
    third = third_team(sides)
    handed_on(sides, third)
    assert part(sides.colleague, sides.matter_id) is PartLevel.PROGRESS
    assert part(sides.receiver, sides.matter_id) is PartLevel.PROGRESS
    assert part(third, sides.matter_id) is PartLevel.WORK


def test_whoever_has_no_part_learns_nothing_of_a_hand_over(sides: Sides) -> None:
    made = sides.offer()
    for stranger in (walled.viewer("care", team="Elsewhere"), walled.viewer("wellbeing", team="B")):
        with acting(stranger):
            assert not Handover.objects.exists()
            assert not HandoverMessage.objects.exists()
            assert not Duty.objects.exists()
            assert not Step.objects.exists()
            with pytest.raises(Handover.DoesNotExist):
                one_handover(stranger, made.pk)
            with pytest.raises(Matter.DoesNotExist):
                where_is(stranger, sides.matter_id)


def test_the_application_writes_no_duty_by_itself(sides: Sides) -> None:
    with acting(sides.receiver), pytest.raises(Exception, match="row-level security"):
        Duty.objects.create(
            matter_id=sides.matter_id, post_id=post_of(sides.receiver), because="I say so",
            starts_at=AT,
        )  # fmt: skip


def test_duty_goes_to_a_post_that_may_have_it_and_stays_within_the_agency(sides: Sides) -> None:
    with pytest.raises(CannotTakeDuty, match="handed over"):
        take_duty(
            by=sides.sender, matter_id=sides.matter_id, post_id=post_of(sides.receiver),
            because="I would like that", at=AT,
        )  # fmt: skip
    with pytest.raises(NoPart):
        take_duty(
            by=sides.receiver, matter_id=sides.matter_id, post_id=post_of(sides.receiver),
            because="I would like that", at=AT,
        )  # fmt: skip
    referrer = walled.viewer("care", "referrer", team="Front door")
    with pytest.raises(CannotTakeDuty, match="Nobody holds"):
        take_duty(
            by=sides.sender,
            matter_id=sides.matter_id,
            post_id=post_of(referrer),
            because="x",
            at=AT,
        )
    take_duty(
        by=sides.sender, matter_id=sides.matter_id, post_id=post_of(sides.door_manager),
        because="is allocated", at=later(0.1),
    )  # fmt: skip
    assert on_duty(sides.matter_id) == sides.door_manager.post_id
    assert Notice.objects.filter(post=sides.door_manager.post_id, kind="duty_given").exists()


def test_somebody_answers_until_it_is_closed_and_nobody_after(sides: Sides) -> None:
    with pytest.raises(CannotEndDuty, match="Close it first"):
        end_duty(by=sides.sender, matter_id=sides.matter_id, at=later(1))
    made = sides.offer()
    close_matter(by=walled.SYSTEM, matter_id=sides.matter_id, at=later(1))
    with pytest.raises(CannotEndDuty, match="offered"):
        end_duty(by=sides.sender, matter_id=sides.matter_id, at=later(1))
    withdraw(by=sides.sender, handover_id=made.pk, reason="Closed", at=later(1))
    end_duty(by=sides.sender, matter_id=sides.matter_id, at=later(1))
    assert on_duty(sides.matter_id) is None
    assert end_duty(by=sides.sender, matter_id=sides.matter_id, at=later(1)) is None
    with pytest.raises(CannotTakeDuty, match="closed"):
        take_duty(
            by=sides.sender, matter_id=sides.matter_id, post_id=post_of(sides.sender), because="x",
            at=later(2),
        )  # fmt: skip
    with acting(walled.SYSTEM):
        assert not Step.objects.running().exists()


def test_two_matters_are_nothing_to_each_other(sides: Sides) -> None:
    other = matter_of(sides.sender, walled.person("care"))
    made = sides.offer()
    accept(by=sides.receiver, handover_id=made.pk, at=AT)
    assert on_duty(other) == sides.sender.post_id
    assert part(sides.receiver, other) is PartLevel.NOTHING


def test_a_notice_holds_a_link_and_no_words(sides: Sides) -> None:
    made = sides.offer()
    notices = Notice.objects.exclude(kind="duty_given")
    with acting(walled.SYSTEM):
        assert set(notices.values_list("leads__link", flat=True)) == {f"/handovers/{made.pk}/"}
