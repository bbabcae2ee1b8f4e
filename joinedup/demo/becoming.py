"""What becomes of the demo’s referrals: handed over, sent back, taken on, helped, or ended at the door."""

import datetime
import random
from collections.abc import Iterator

from joinedup.demo.personas import persona
from joinedup.demo.stories import Story
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.operations import (
    CannotRecordContact,
    ContactSaid,
    NotSafe,
    record_contact,
)
from joinedup.support.frontdoor.choices import EntryRoute, FoundKind, OutcomeKind, ReferralState
from joinedup.support.frontdoor.models import Referral, Route, Triage
from joinedup.support.frontdoor.operations.offers import CannotSend, offer_route
from joinedup.support.frontdoor.operations.outcomes import (
    CannotAnswerReferral,
    CannotClose,
    accept_referral,
    close_referral,
    return_referral,
)
from joinedup.support.frontdoor.operations.queue import assign
from joinedup.support.frontdoor.operations.triaging import find_out
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.models import Handover

LOOKING = Viewer.system("choosing people for the demo")
Moment = datetime.datetime | None
_OUTCOMES = (
    OutcomeKind.HELPED,
    OutcomeKind.HELPED,
    OutcomeKind.HELP_GOES_ON,
    OutcomeKind.SETTLED_AT_FIRST_CONTACT,
    OutcomeKind.NOT_WANTED,
    OutcomeKind.NOT_REACHED,
)
_WORKERS = ("front-door", "front-door", "front-door-manager")


def viewer_as(code: str) -> Viewer | None:
    """Whoever stands in that persona's post; None where there is no such persona."""
    made_up = persona(code) if code else None
    if made_up is None:
        return None
    return Viewer.of_post(
        Post.objects.select_related("team__agency", "user").get(pk=made_up.post_id)
    )


def become(
    referral: Referral,
    story: Story,
    moment: datetime.datetime,
    chance: random.Random,
    now: datetime.datetime,
) -> None:
    """What is done about it, as far as its age lets it have come; the newest wait in the queue."""
    later = _later(moment, chance, now)
    manager, worker = viewer_as("front-door-manager"), viewer_as(chance.choice(_WORKERS))
    if manager is None or worker is None or worker.post_id is None:
        return
    at = next(later)
    if at is None:
        return
    assign(by=manager, matter_ids=[referral.pk], post_id=worker.post_id, at=at)
    at = next(later)
    if at is None:
        return
    for need in story.found:
        find_out(
            by=worker, matter_id=referral.pk, kind=FoundKind.NEED, code=need,
            words="Asked on the phone.", at=at,
        )  # fmt: skip
    if _goes_to_a_team(worker, referral, chance, later, at):
        _taken_on(referral, chance, later)
    else:
        _end_at_the_door(worker, referral, story, later)


def _goes_to_a_team(
    worker: Viewer,
    referral: Referral,
    chance: random.Random,
    later: Iterator[Moment],
    at: datetime.datetime,
) -> bool:
    """By the first route, now and then by the next; and by the next where the first sends it back."""
    if not _send(worker, referral, at, place=int(chance.random() < 0.1)):
        return _send(worker, referral, at, place=0)
    if not _comes_back(referral, chance, later):
        return True
    again = next(later)
    return again is not None and _send(worker, referral, again, place=1)


def _comes_back(referral: Referral, chance: random.Random, later: Iterator[Moment]) -> bool:
    """Whether the team that was asked sends it back, as now and then it does."""
    if chance.random() >= 0.08:
        return False
    taker, at = _taker(referral, chance), next(later)
    if taker is None or at is None:
        return False
    try:
        return_referral(
            by=taker, matter_id=referral.pk, reason=ReturnReason.ANOTHER_TEAM,
            words="This is not what our team does.", at=at,
        )  # fmt: skip
    except CannotAnswerReferral:
        return False  # a duty in law is not sent back (P20)
    return True


def _taken_on(referral: Referral, chance: random.Random, later: Iterator[Moment]) -> None:
    taker, at = _taker(referral, chance), next(later)
    if taker is None or at is None:
        return
    try:
        accept_referral(by=taker, matter_id=referral.pk, at=at, words="We take this on.")
    except CannotAnswerReferral:
        return
    _help(taker, referral, chance, later)


def _end_at_the_door(
    worker: Viewer, referral: Referral, story: Story, later: Iterator[Moment]
) -> None:
    """What no team takes does not lie at the front door for a year: somebody goes, or rings, and says so."""
    next(later)
    at = next(later)
    if at is None:
        return
    outcome, words = (
        (OutcomeKind.NOT_REACHED, "Outreach went there twice and found nobody.")
        if story.entry is EntryRoute.ANONYMOUS
        else (OutcomeKind.SETTLED_AT_FIRST_CONTACT, "We rang, and it could be settled with them.")
    )
    try:
        close_referral(by=worker, matter_id=referral.pk, outcome=outcome, words=words, at=at)
    except CannotClose:
        return  # a duty in law, or an exit that nobody has acknowledged, stays open


def _send(worker: Viewer, referral: Referral, at: datetime.datetime, *, place: int) -> bool:
    """By the first route that the rule found, or the next with a reason; whether it has left the door."""
    with acting(LOOKING):
        triage = Triage.objects.filter(matter=referral.pk).order_by("-at").first()
        codes = [each["code"] for each in triage.routes if each["fits"]] if triage else []
        routes = {route.code: route.pk for route in Route.objects.filter(code__in=codes)}
        waits = Referral.objects.get(pk=referral.pk).state == ReferralState.WITH_FRONT_DOOR
    if not waits or place >= len(codes):
        return not waits
    try:
        offer_route(
            by=worker, matter_id=referral.pk, route_id=routes[codes[place]], at=at,
            words="Please take this on.",
            reason="She knows the people there and asked for them." if place else "",
        )  # fmt: skip
    except CannotSend:
        return False
    return True


def _taker(referral: Referral, chance: random.Random) -> Viewer | None:
    """Somebody of the team that was asked."""
    with acting(LOOKING):
        waiting = Handover.objects.waiting().filter(matter=referral.pk).first()
        if waiting is None or waiting.to_team is None:
            return None
        posts = list(
            Post.objects.select_related("team__agency", "user")
            .filter(team=waiting.to_team_id, ends_on__isnull=True)
            .order_by("pk")
        )
    able = [post for post in map(Viewer.of_post, posts) if post.may(Permission.TAKE_HANDOVERS)]
    return chance.choice(able) if able else None


def _help(
    taker: Viewer, referral: Referral, chance: random.Random, later: Iterator[Moment]
) -> None:
    at = next(later)
    if at is None:
        return
    how = chance.choice((How.PHONE, How.VISIT, How.MEETING, How.LETTER))
    seen = (
        chance.choice((Seen.SEEN, Seen.SEEN_ALONE)) if how.is_face_to_face else Seen.NOT_APPLICABLE
    )
    said = ContactSaid(how=how, at=at, seen=seen, with_whom="", words="First contact made.")
    try:
        record_contact(by=taker, matter_id=referral.pk, said=said, at=at)
    except (CannotRecordContact, NotSafe):
        return  # a letter to somebody who reads none: the next contact is another day's
    at = next(later)
    if at is None or chance.random() < 0.4:
        return
    close_referral(
        by=taker, matter_id=referral.pk, outcome=chance.choice(_OUTCOMES),
        words="Somebody has been in touch, and knows what comes next.", at=at,
    )  # fmt: skip


def _later(
    moment: datetime.datetime, chance: random.Random, now: datetime.datetime
) -> Iterator[Moment]:
    """The moments at which something is done about it; None from where it would be in the future."""
    while True:
        moment += datetime.timedelta(hours=chance.uniform(3, 40))
        yield moment if moment < now else None
