"""Take a referral in: once, whole, in one transaction, and acknowledged only when it is committed."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting, in_one_piece
from joinedup.identity.sharing.choices import MatterKind, PartLevel
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.operations.matters import (
    Given,
    give_parts,
    leave_the_change,
    of_post,
    of_team,
    open_matter,
)
from joinedup.intelligence.linkage.queries.find import (
    Identity,
    Matched,
    OneOfOurs,
    match_identity,
)
from joinedup.support.frontdoor.choices import (
    Agreement,
    EntryRoute,
    ForWhom,
    MatchAnswer,
    ReferralState,
    Source,
)
from joinedup.support.frontdoor.models import (
    Attachment,
    Draft,
    Match,
    Progress,
    Receipt,
    Referral,
    Subject,
    Venue,
)
from joinedup.support.frontdoor.operations.at_the_door import FRONT_DOOR
from joinedup.support.frontdoor.operations.sending_on import meanings_of, ring_all_the_same, send_on
from joinedup.support.frontdoor.rules.typed import (
    TypedReferral,
    TypedSubject,
    as_answered,
    month_after,
    reference_of,
)

TAKING_IN = Viewer.system("taking in a referral")
SENT_IT = "sent it"
"""Why its sender has a part in a referral."""

WORKS_AT_THE_DOOR = roles_that_may(Permission.WORK_FRONT_DOOR)
MANAGES_THE_DOOR = roles_that_may(Permission.MANAGE_FRONT_DOOR)
_ANSWERS = {
    OneOfOurs.YES: MatchAnswer.OURS,
    OneOfOurs.NO: MatchAnswer.NOT_FOUND,
    OneOfOurs.UNSURE: MatchAnswer.MAYBE,
}


class CannotSubmit(Exception):
    """Why a referral was not taken in and what to do instead, fit for the page."""


@dataclass(frozen=True)
class _Door:
    """The teams that work at the front door, and the post that answers for a new referral."""

    teams: tuple[int, ...]
    on_duty: Post


def submit(
    *,
    by: Viewer,
    submission_key: uuid.UUID,
    entry: EntryRoute,
    source: Source,
    typed: TypedReferral,
    at: datetime.datetime,
    draft_id: uuid.UUID | None = None,
    venue: Venue | None = None,
) -> Referral:
    """Take a referral in and send it on its way; the same submission twice is the same referral.

    A referral that nobody may see is made by nobody: `by` is the post that sends it, or the system for
    whoever is not signed in. Raises CannotSubmit, NotPermitted; then nothing is kept but the draft, and
    whoever is in danger is rung about all the same (P19).
    """
    if not by.is_system:
        by.must(Permission.REFER)
    try:
        return _submit(by, submission_key, entry, source, typed, at, draft_id, venue)
    except CannotSubmit:
        ring_all_the_same(by=by, typed=typed, key=submission_key, at=at)
        raise


def _submit(
    by: Viewer,
    submission_key: uuid.UUID,
    entry: EntryRoute,
    source: Source,
    typed: TypedReferral,
    at: datetime.datetime,
    draft_id: uuid.UUID | None,
    venue: Venue | None,
) -> Referral:
    with in_one_piece(), acting(TAKING_IN):
        _one_at_a_time(submission_key)
        before = Referral.objects.filter(submission_key=submission_key).first()
        if before is not None:
            return before
        door = _door(at)
        typed = as_answered(typed, meanings_of(typed))
        matched = [_matched(subject, at) for subject in typed.subjects]
        matter = open_matter(
            by=by, kind=MatterKind.REFERRAL, at=at, about=_sure(typed.subjects, matched)
        )
        referral = _write(by, matter, submission_key, entry, source, typed, at, venue)
        _write_subjects(by, matter, typed.subjects, matched, at)
        _give_parts(by, matter, entry, door, at)
        if draft_id is not None and by.post_id is not None:
            _end_draft(by.post_id, matter, draft_id)
        _tell(referral, matter, at)
        send_on(by=by, referral=referral, typed=typed, duty_post_id=door.on_duty.pk, at=at)
        leave_the_change(
            by=by, matter_ids=[matter.pk], act="referred", at=at, kind="referral",
            detail={"entry": entry, "source": source, "people": len(typed.subjects)},
        )  # fmt: skip
    return referral


def _one_at_a_time(submission_key: uuid.UUID) -> None:
    """Let the same submission wait for itself: whoever pressed twice gets the first one's answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [submission_key.hex]
        )


def _door(at: datetime.datetime) -> _Door:
    """Who works at the front door today, and of them the one with the fewest referrals to answer for."""
    held = Post.objects.held_on(day_of(at)).filter(role__in=WORKS_AT_THE_DOOR, user__is_active=True)
    waiting = Count("duties", filter=Q(duties__ends_at__isnull=True))
    posts = sorted(
        held.annotate(waiting=waiting),
        key=lambda post: (post.role in MANAGES_THE_DOOR, post.waiting, str(post.pk)),
    )
    if not posts:
        raise CannotSubmit(
            "Nobody works at the front door today, so nobody would answer this. It is kept as a draft: "
            "ring the council, and send it when somebody is there."
        )
    return _Door(tuple(sorted({post.team_id for post in posts})), posts[0])


def _matched(subject: TypedSubject, at: datetime.datetime) -> Matched:
    identity = Identity(
        given_name=subject.given_name,
        family_name=subject.family_name,
        born_on=subject.born_on,
        postcode=subject.postcode,
    )
    found = match_identity(TAKING_IN, identity, at=at)
    if subject.person_id in found.people:
        return Matched(OneOfOurs.YES, (subject.person_id,))
    return found


def _sure(subjects: Iterable[TypedSubject], matched: Iterable[Matched]) -> list[uuid.UUID]:
    """The people a matter is about from the start: those the spine, or the referrer, is sure of."""
    sure = (m.people[0] for m in matched if m.verdict is OneOfOurs.YES)
    return list(dict.fromkeys(sure))


def _write(
    by: Viewer,
    matter: Matter,
    submission_key: uuid.UUID,
    entry: EntryRoute,
    source: Source,
    typed: TypedReferral,
    at: datetime.datetime,
    venue: Venue | None,
) -> Referral:
    told = typed.agreement is not Agreement.NOT_INFORMED
    return Referral.objects.create(
        matter=matter,
        reference=reference_of(submission_key),
        submission_key=submission_key,
        entry=entry,
        source=source,
        state=ReferralState.SUBMITTED,
        for_whom=typed.for_whom if len(typed.subjects) == 1 else _several(typed),
        by_post_id=by.post_id,
        by_agency_id=by.agency or None,
        venue=venue,
        purpose=by.purpose[:40] if by.post_id else "",
        going_on=typed.going_on,
        wanted=typed.wanted,
        needs=[need.value for need in typed.needs],
        agencies_needed=list(typed.agencies_needed),
        agreement=typed.agreement,
        agreement_because=typed.agreement_because,
        inform_by=None if told else month_after(day_of(at)),
        is_urgent=typed.is_urgent,
        sender_name=typed.sender_name,
        sender_reach=typed.sender_reach,
        hand_offs_before=typed.hand_offs_before,
        submitted_at=at,
        state_at=at,
    )


def _several(typed: TypedReferral) -> ForWhom:
    return ForWhom.FAMILY if typed.for_whom is ForWhom.PERSON else typed.for_whom


def _write_subjects(
    by: Viewer,
    matter: Matter,
    subjects: Iterable[TypedSubject],
    matched: Iterable[Matched],
    at: datetime.datetime,
) -> None:
    written = Subject.objects.bulk_create(
        Subject(
            matter=matter, place=place, given_name=s.given_name, family_name=s.family_name,
            born_on=s.born_on, age=s.age if s.born_on is None else None, address=s.address,
            postcode=s.postcode, no_fixed_address=s.no_fixed_address, phone=s.phone,
            relation=s.relation, school=s.school,
        )
        for place, s in enumerate(subjects, 1)
    )  # fmt: skip
    Match.objects.bulk_create(
        Match(
            matter=matter,
            subject=subject,
            answer=_ANSWERS[found.verdict],
            person_id=found.people[0] if found.verdict is OneOfOurs.YES else None,
            by_post_id=by.post_id if typed.person_id in found.people else None,
            at=at,
        )
        for subject, typed, found in zip(written, subjects, matched, strict=True)
    )


def _give_parts(
    by: Viewer, matter: Matter, entry: EntryRoute, door: _Door, at: datetime.datetime
) -> None:
    """The sender hears of it, as far as their way in goes (P17, P18); the front door works at it."""
    parts = [Given(of_team(team), PartLevel.WORK, FRONT_DOOR) for team in door.teams]
    if by.post_id is not None:
        level = PartLevel.RECEIVED if entry is EntryRoute.REFER_ONLY else PartLevel.PROGRESS
        parts.append(Given(of_post(by.post_id), level, SENT_IT))
    give_parts(by=by, matter_id=matter.pk, parts=parts, at=at)


def _end_draft(post_id: uuid.UUID, matter: Matter, draft_id: uuid.UUID) -> None:
    """What was typed is the referral's now, its files with it; the draft keeps nothing."""
    Attachment.objects.filter(draft_id=draft_id, by_post_id=post_id).update(
        matter=matter, draft=None
    )
    Draft.objects.filter(pk=draft_id, post_id=post_id).update(draft={}, sent_as=matter)


def _tell(referral: Referral, matter: Matter, at: datetime.datetime) -> None:
    Receipt.objects.create(matter=matter, reference=referral.reference, received_at=at)
    Progress.objects.create(
        matter=matter,
        at=at,
        words="Received by the front door, which answers within one working day.",
    )
