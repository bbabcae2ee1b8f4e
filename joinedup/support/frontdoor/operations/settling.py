"""Say whom a referral is about, where the spine was not sure; take that back where it was wrong."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.wording import moment
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting, canonical
from joinedup.identity.sharing.operations.matters import add_person, take_person_out
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.queries import open_cases_about
from joinedup.support.contacts.operations import follow_person, stop_following
from joinedup.support.frontdoor.choices import MatchAnswer, ReferralState
from joinedup.support.frontdoor.models import Match, Referral, Settling
from joinedup.support.frontdoor.operations.at_the_door import works_at
from joinedup.support.frontdoor.operations.closing_cases import close_what_it_opened
from joinedup.support.frontdoor.operations.fatigue import raise_alert_if_over
from joinedup.support.frontdoor.operations.high_risk import no_longer_about, now_about
from joinedup.support.frontdoor.operations.involving import end_front_door_with
from joinedup.support.frontdoor.operations.offers import offer_to_lead, withdraw_offer
from joinedup.support.frontdoor.operations.opening_cases import (
    CannotOpenCase,
    open_case_late,
)
from joinedup.support.frontdoor.operations.progress import work_page
from joinedup.support.frontdoor.operations.triaging import triage_referral
from joinedup.support.handovers.operations import keep_duty_from_the_barred
from joinedup.support.handovers.queries.seen import duty_of, open_handover

SETTLING = Viewer.system("settling whom a referral is about")
FOUND_AFTER_ALL = "Somebody was found after all."
OF_SOMEBODY_ELSE = "It is not about the person whom it was taken for."


class CannotSettle(Exception):
    """Why it cannot be settled, or taken back, fit for the page."""


@dataclass(frozen=True)
class Settled:
    """What was settled, and what followed from it."""

    settling: Settling
    went_to_lead: bool = False
    opened_case: bool = False


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, and whether a case was closed by that."""

    settling: Settling
    closed_case: bool = False


def settle(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    place: int,
    person_id: uuid.UUID | None,
    seen: int,
    at: datetime.datetime,
) -> Settled:
    """Say that somebody whom a referral is for is this person, or nobody who is known here.

    What follows is what would have followed had the spine been sure: contacts and needs go with the
    person, counts are read and triage is run again, a case that is open goes to its lead (P21). What
    the sender reads of the reason stays as it was, and they hear nothing of this (P17). `seen` is the
    last settling that the page showed: whoever comes second is told. Raises CannotSettle, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    by.must(Permission.FIND_PEOPLE)
    if by.post_id is None:
        raise CannotSettle("A post of the front door says whom it is about.")
    with transaction.atomic(), acting(SETTLING):
        works_at(by, matter_id, CannotSettle)
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        if referral.state in {ReferralState.CLOSED, ReferralState.WITHDRAWN}:
            raise CannotSettle("This referral is closed. Nothing was changed by you.")
        match = _locked(matter_id, place)
        live = _nobody_else_was_here(match, seen)
        if match.answer == MatchAnswer.OURS:
            raise CannotSettle("It is settled whom this is about. Take that back first.")
        if live is not None:
            if person_id is None:
                raise CannotSettle("It is settled already that nobody known here fits.")
            _end(live, by, FOUND_AFTER_ALL, at)
        person = _whom(by, person_id) if person_id else None
        settling = Settling.objects.create(
            matter_id=matter_id, subject_id=match.subject_id, person_id=person, by_post_id=by.post_id,
            answer=MatchAnswer.OURS if person else MatchAnswer.NOT_FOUND, at=at,
        )  # fmt: skip
        _answer(match, MatchAnswer(settling.answer), person, by.post_id, at)
        _leave_a_line(by, matter_id, "settled whom a referral is about", person, at)
        if person is None:
            return Settled(settling)
        return _follow(by, referral, settling, person, at)


def take_back(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    place: int,
    reason: str,
    seen: int,
    at: datetime.datetime,
) -> TakenBack:
    """Take back whom a referral was taken to be about, whoever said so, the spine included.

    The matter is no longer about that person and the front door no longer involved with them; what
    was offered to the lead of their case is withdrawn; a case that it opened about them is closed;
    what was kept of them before holds again.
    Raises CannotSettle, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    if by.post_id is None:
        raise CannotSettle("A post of the front door takes it back.")
    if not reason.strip():
        raise CannotSettle("Say how it came out: whoever works at this next reads it.")
    with transaction.atomic(), acting(SETTLING):
        works_at(by, matter_id, CannotSettle)
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        match = _locked(matter_id, place)
        live = _nobody_else_was_here(match, seen)
        if live is None and match.answer != MatchAnswer.OURS:
            raise CannotSettle("Nothing is settled here that could be taken back.")
        settling = live or Settling.objects.create(
            matter_id=matter_id, subject_id=match.subject_id, person_id=match.person_id,
            answer=MatchAnswer.OURS, at=match.at, by_post_id=match.by_post_id,
        )  # fmt: skip
        person = match.person_id
        _end(settling, by, reason.strip(), at)
        _answer(match, MatchAnswer.MAYBE, None, None, at)
        _leave_a_line(by, matter_id, "took back whom a referral is about", person, at)
        closed = _let_go(by, referral, person, settling.at, at) if person is not None else 0
    return TakenBack(settling, closed_case=closed > 0)


def _follow(
    by: Viewer, referral: Referral, settling: Settling, person: uuid.UUID, at: datetime.datetime
) -> Settled:
    matter_id = referral.pk
    add_person(by=by, matter_id=matter_id, person_id=person, at=at)
    follow_person(by=by, matter_id=matter_id, person_id=person, at=at)
    now_about(by=by, matter_id=matter_id, person_id=person, at=at)
    keep_duty_from_the_barred(matter_id=matter_id, at=at)
    triage_referral(by=by, matter_id=matter_id, at=at)
    offered = offer_to_lead(by=SETTLING, matter_id=matter_id, at=at)
    try:
        opened = open_case_late(matter_id=matter_id, at=at)
    except CannotOpenCase as why:
        raise CannotSettle(str(why)) from why
    raise_alert_if_over(by=by, matter_id=matter_id, at=at)
    return Settled(settling, went_to_lead=offered is not None, opened_case=opened)


def _let_go(
    by: Viewer,
    referral: Referral,
    person: uuid.UUID,
    since: datetime.datetime,
    at: datetime.datetime,
) -> int:
    """Undo what followed from its being about this person; how many cases were closed by that."""
    matter_id = referral.pk
    known = identifiers_of(person)
    if Match.objects.filter(matter=matter_id, person__in=known).exists():
        return 0
    _withdraw_from_lead(by, matter_id, person, at)
    stop_following(by=by, matter_id=matter_id, person_id=person, since=since, at=at)
    for each in known:
        take_person_out(by=by, matter_id=matter_id, person_id=each, at=at)
        no_longer_about(by=by, matter_id=matter_id, person_id=each, at=at)
    end_front_door_with(person, matter_id, at)
    closed = close_what_it_opened(by=by, matter_id=matter_id, known=frozenset(known), at=at)
    triage_referral(by=by, matter_id=matter_id, at=at)
    duty = duty_of(SETTLING, matter_id)
    if duty is not None and duty.post_id != by.post_id:
        # Whoever has taken it on, perhaps with a case about somebody else, must hear of it now.
        tell(
            by=by.post_id, posts=[duty.post_id], kind=NoticeKind.REFERRAL_OF_SOMEBODY_ELSE,
            link=work_page(matter_id), at=at,
        )  # fmt: skip
    return closed


def _withdraw_from_lead(
    by: Viewer, matter_id: uuid.UUID, person: uuid.UUID, at: datetime.datetime
) -> None:
    """Whoever leads the case of somebody else reads this no longer."""
    waiting = open_handover(SETTLING, matter_id)
    leads = {case.lead_team_id for case in open_cases_about(person, at)}
    if waiting is not None and waiting.to_team_id in leads:
        withdraw_offer(by=SETTLING, matter_id=matter_id, reason=OF_SOMEBODY_ELSE, at=at)


def _locked(matter_id: uuid.UUID, place: int) -> Match:
    found = Match.objects.select_for_update(of=("self",)).select_related("subject")
    match = found.filter(matter=matter_id, subject__place=place).first()
    if match is None:
        raise CannotSettle("This referral is for nobody by that number.")
    return match


def _nobody_else_was_here(match: Match, seen: int) -> Settling | None:
    """The settling that stands; refuses whoever acts on a page that is older than the last one."""
    last = (
        Settling.objects.filter(subject=match.subject_id)
        .select_related("by_post__user", "taken_back_by__user")
        .order_by("-pk")
        .first()
    )
    if last is None or last.pk == seen:
        return last if last and last.taken_back_at is None else None
    who = (last.taken_back_by or last.by_post) if last.taken_back_at else last.by_post
    did = "took this back" if last.taken_back_at else "settled this"
    when = moment(last.taken_back_at or last.at)
    name = who.user.name if who else "Somebody"
    raise CannotSettle(f"{name} {did} on {when}. Nothing was changed by you: look again.")


def _whom(by: Viewer, person_id: uuid.UUID) -> uuid.UUID:
    """The person whom that identifier stands for today, where this post may see them."""
    try:
        with acting(by):
            return canonical(by, person_id).pk
    except Person.DoesNotExist as why:
        raise CannotSettle("There is nobody here whom you could choose. Look again.") from why


def _end(settling: Settling, by: Viewer, because: str, at: datetime.datetime) -> None:
    settling.taken_back_at, settling.taken_back_by_id = at, by.post_id
    settling.taken_back_because = because
    settling.save()


def _answer(
    match: Match,
    answer: MatchAnswer,
    person: uuid.UUID | None,
    by_post: uuid.UUID | None,
    at: datetime.datetime,
) -> None:
    match.answer, match.person_id, match.by_post_id, match.at = answer, person, by_post, at
    match.save()


def _leave_a_line(
    by: Viewer, matter_id: uuid.UUID, act: str, person: uuid.UUID | None, at: datetime.datetime
) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="referral", subject_id=str(matter_id),
        purpose=by.purpose, agency=by.agency, role=by.role, person_id=person,
        detail={"known": person is not None},
    )  # fmt: skip
