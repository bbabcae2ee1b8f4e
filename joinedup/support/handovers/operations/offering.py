"""Hand a matter over: offer it, show the way instead, withdraw an offer."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Part
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post, of_team
from joinedup.support.handovers.choices import Force, HandoverState, Manner, Said, StepKind
from joinedup.support.handovers.models import Duty, Handover, HandoverMessage
from joinedup.support.handovers.operations.clock import start_step, stop_step
from joinedup.support.handovers.operations.duty import move_duty
from joinedup.support.handovers.operations.grounds import (
    NO_PART,
    WORKING,
    NoPart,
    fit,
    leave_a_line,
    locked,
    must_work_at,
    posts_of,
)
from joinedup.support.handovers.queries.answering import who_answers
from joinedup.support.handovers.queries.limits import limits_at
from joinedup.support.handovers.rules.limits import due
from joinedup.support.handovers.rules.roles import MANAGERS

ASKED_TO_TAKE_IT = "is asked to take it on"
HANDED_IT_OVER = "handed it over"


class CannotOffer(Exception):
    """It cannot be handed over so; says why."""


class CannotWithdraw(Exception):
    """An offer cannot be withdrawn; says why."""


@dataclass(frozen=True)
class Sides:
    """Who hands over, and to whom."""

    from_team: Team
    to_team: Team
    to_post: Post | None
    takers: list[Post]

    @property
    def is_quiet(self) -> bool:
        """Whether the name of either agency tells something by itself (P17)."""
        return self.from_team.agency.name_reveals or self.to_team.agency.name_reveals


def offer(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    from_team_id: int,
    to_team_id: int,
    words: str,
    at: datetime.datetime,
    to_post_id: uuid.UUID | None = None,
    force: Force = Force.ORDINARY,
    link: str = "",
) -> Handover:
    """Ask another side to take a matter on; until it accepts, whoever answers for it goes on doing so.

    For protection the other side answers for it from this moment (P34). `link` is where the matter is
    read and accepted, in the room that offers it. Raises CannotOffer, NoPart.
    """
    _must_send_from(by, from_team_id, matter_id)
    with transaction.atomic(), acting(WORKING):
        _may_be_offered(matter_id, words)
        sides = _sides(matter_id, from_team_id, to_team_id, to_post_id, at)
        made = Handover.objects.create(
            matter_id=matter_id,
            force=force,
            from_team=sides.from_team,
            from_post_id=by.post_id,
            to_team=sides.to_team,
            to_post=sides.to_post,
            is_quiet=sides.is_quiet,
            link=link,
            offered_at=at,
            due_at=due(limits_at(at)[StepKind.ACCEPT], at),
        )
        say(made, Said.OFFERED, words, by, at)
        _open_it_to_them(by, made, at)
        start_step(by=WORKING, matter_id=matter_id, kind=StepKind.ACCEPT, at=at)
        if force is Force.PROTECTION:
            takes = sides.to_post or min(sides.takers, key=lambda post: post.role not in MANAGERS)
            move_duty(by, matter_id, takes, "protection counts from when it is sent", at)
        told = [sides.to_post] if sides.to_post else sides.takers
        tell_side(by, made, NoticeKind.HANDOVER_WAITS, [post.pk for post in told], at)
        leave_a_line(by, matter_id, "offered a hand-over", at, {"force": str(force)})
    return made


def signpost(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    from_team_id: int,
    to_place: str,
    words: str,
    at: datetime.datetime,
    to_team_id: int | None = None,
) -> Handover:
    """Record that somebody was shown the way and not taken along; it moves nothing.

    Raises CannotOffer, NoPart.
    """
    _must_send_from(by, from_team_id, matter_id)
    if not to_place.strip():
        raise CannotOffer("Say where the person was shown the way to.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        made = Handover.objects.create(
            matter_id=matter_id,
            manner=Manner.SIGNPOST,
            state=HandoverState.SIGNPOSTED,
            from_team_id=from_team_id,
            from_post_id=by.post_id,
            to_team_id=to_team_id,
            to_place=to_place.strip(),
            is_quiet=_tells(from_team_id) or _tells(to_team_id),
            offered_at=at,
            answered_at=at,
        )
        say(made, Said.SIGNPOSTED, words, by, at)
        leave_a_line(by, matter_id, "showed the way", at)
    return made


def withdraw(*, by: Viewer, handover_id: uuid.UUID, reason: str, at: datetime.datetime) -> Handover:
    """Take an offer back while nobody has answered it; the other side is told why.

    Raises CannotWithdraw, NoPart, Handover.DoesNotExist.
    """
    if not reason.strip():
        raise CannotWithdraw("Say why you take it back: the other side reads this.")
    with transaction.atomic(), acting(WORKING):
        found = one_locked(handover_id)
        if not found.state_word.waits:
            raise CannotWithdraw(what_became(found))
        if not by.is_system and by.team_id != found.from_team_id:
            raise NoPart(NO_PART)
        must_work_at(by, found.matter_id)
        close(found, HandoverState.WITHDRAWN, by, at)
        say(found, Said.WITHDRAWN, reason, by, at)
        shut_it_to_them(by, found, at)
        stop_step(by=WORKING, matter_id=found.matter_id, kind=StepKind.ACCEPT, at=at)
        back_to_the_sender(by, found, at)
        tell_side(by, found, NoticeKind.HANDOVER_WITHDRAWN, receiving_posts(found, at), at)
        leave_a_line(by, found.matter_id, "withdrew a hand-over", at)
    return found


def one_locked(handover_id: uuid.UUID) -> Handover:
    """The hand-over with its matter held, read again after that: two answers at once give one."""
    locked(Handover.objects.values_list("matter_id", flat=True).get(pk=handover_id))
    found = Handover.objects.select_for_update(of=("self",))
    return found.select_related("from_team__agency", "to_team__agency").get(pk=handover_id)


def what_became(found: Handover) -> str:
    """Why there is nothing left to answer, in a sentence."""
    return {
        HandoverState.ACCEPTED: "Somebody has accepted this already. Nothing was changed by you.",
        HandoverState.RETURNED: "This has been sent back already. Nothing was changed by you.",
        HandoverState.WITHDRAWN: "This was withdrawn by whoever sent it. Nothing was changed by you.",
    }.get(found.state_word, "This does not wait for an answer.")


def say(
    found: Handover, said: Said, words: str, by: Viewer, at: datetime.datetime
) -> HandoverMessage:
    """Add a line between the two sides."""
    return HandoverMessage.objects.create(
        handover=found, said=said, words=words.strip(), by_post_id=by.post_id, at=at
    )


def close(found: Handover, state: HandoverState, by: Viewer, at: datetime.datetime) -> None:
    """Let it wait no longer."""
    found.state, found.answered_at, found.answered_by_id = state, at, by.post_id
    found.save()


def tell_side(
    by: Viewer, found: Handover, kind: NoticeKind, posts: list[uuid.UUID], at: datetime.datetime
) -> None:
    """Tell these posts, and for those who are away or gone whoever answers for them; never the actor."""
    answering = dict.fromkeys(who_answers(post, at).post for post in posts)
    to = [post for post in answering if post != by.post_id]
    tell(by=by.post_id, posts=to, kind=kind, link=f"/handovers/{found.pk}/", at=at)


def receiving_posts(found: Handover, at: datetime.datetime) -> list[uuid.UUID]:
    """Whom the receiving side is told by."""
    if found.to_post_id is not None:
        return [found.to_post_id]
    return [post.pk for post in posts_of(found.to_team, at)] if found.to_team else []


def sending_posts(found: Handover, at: datetime.datetime) -> list[uuid.UUID]:
    """Whom the sending side is told by: who sent it, else the team."""
    if found.from_post_id is not None:
        return [found.from_post_id]
    return [post.pk for post in posts_of(found.from_team, at)]


def shut_it_to_them(by: Viewer, found: Handover, at: datetime.datetime) -> None:
    """The other side no longer reads what it was asked about."""
    parts = Part.objects.filter(matter=found.matter_id, because=ASKED_TO_TAKE_IT, ends_at=None)
    for recipient in list(parts.values_list("recipient", flat=True)):
        end_part(
            by=by,
            matter_id=found.matter_id,
            recipient=recipient,
            at=at,
            because=ASKED_TO_TAKE_IT,
        )


def open_to_stand_ins(*, at: datetime.datetime) -> None:
    """Let whoever stands in for a named post read what it was asked to take on."""
    with transaction.atomic(), acting(WORKING):
        for found in Handover.objects.waiting().exclude(to_post=None):
            _open_to(WORKING, found, at)


def _open_to(by: Viewer, found: Handover, at: datetime.datetime) -> None:
    named = found.to_post_id
    posts = {named, who_answers(named, at).post} if named is not None else set()
    teams = [of_team(found.to_team_id)] if found.to_team_id else []
    for recipient in (*teams, *(of_post(post) for post in posts if post is not None)):
        give_part(
            by=by,
            matter_id=found.matter_id,
            recipient=recipient,
            level=PartLevel.WORK,
            because=ASKED_TO_TAKE_IT,
            at=at,
        )


def back_to_the_sender(by: Viewer, found: Handover, at: datetime.datetime) -> None:
    """What was sent for protection is answered for again by whoever did before it was sent."""
    if found.force != Force.PROTECTION:
        return
    before = Duty.objects.filter(matter=found.matter_id, ends_at=found.offered_at)
    last = before.order_by("-pk").first()
    post_id = (last.instead_of_id or last.post_id) if last else found.from_post_id
    if post_id is not None:
        post = Post.objects.select_related("team__agency").get(pk=post_id)
        move_duty(by, found.matter_id, post, "it came back", at)


def _open_it_to_them(by: Viewer, made: Handover, at: datetime.datetime) -> None:
    """The other side reads what it is asked about; the sender goes on hearing of it."""
    _open_to(by, made, at)
    for recipient in (of_team(made.from_team_id), *([of_post(by.post_id)] if by.post_id else [])):
        give_part(
            by=by,
            matter_id=made.matter_id,
            recipient=recipient,
            level=PartLevel.PROGRESS,
            because=HANDED_IT_OVER,
            at=at,
        )


def _tells(team_id: int | None) -> bool:
    """Whether the name of the team's agency tells something by itself (P17)."""
    if team_id is None:
        return False
    return Team.objects.filter(pk=team_id, agency__name_reveals=True).exists()


def _must_send_from(by: Viewer, from_team_id: int, matter_id: uuid.UUID) -> None:
    if not by.is_system and by.team_id != from_team_id:
        raise NoPart("Only your own team’s work is yours to hand over.")
    must_work_at(by, matter_id)


def _sides(
    matter_id: uuid.UUID,
    from_team_id: int,
    to_team_id: int,
    to_post_id: uuid.UUID | None,
    at: datetime.datetime,
) -> Sides:
    if from_team_id == to_team_id and to_post_id is None:
        raise CannotOffer("It is your own team’s already. Choose another team, or a colleague.")
    teams = Team.objects.select_related("agency").in_bulk([from_team_id, to_team_id])
    if to_team_id not in teams:
        raise CannotOffer("There is no such team. Choose another.")
    takers = fit(posts_of(teams[to_team_id], at), matter_id, at)
    if not takers:
        raise CannotOffer("Nobody in this team can take it on today. Choose another team.")
    named = next((post for post in takers if post.pk == to_post_id), None)
    if to_post_id is not None and named is None:
        raise CannotOffer("This post cannot take it on. Choose somebody else of the team.")
    return Sides(teams[from_team_id], teams[to_team_id], named, takers)


def _may_be_offered(matter_id: uuid.UUID, words: str) -> None:
    if locked(matter_id).closed_at is not None:
        raise CannotOffer("This is closed. Open it again before you hand it over.")
    if Handover.objects.waiting().filter(matter=matter_id).exists():
        raise CannotOffer("It is offered already and waits for an answer. Withdraw that first.")
    if not words.strip():
        raise CannotOffer("Say what is needed, in words the other side can act on.")
