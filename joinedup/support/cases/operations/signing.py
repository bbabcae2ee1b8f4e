"""Ask for supervision and for sign-off, give them, send back; two acts of two people where P37 says."""

import datetime
import uuid

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.review import SignedThing
from joinedup.support.cases.models import Case, CaseSupervision, SignOff
from joinedup.support.cases.operations.editing import WORKING, CannotPlan, at_work_on, case_of
from joinedup.support.cases.rules.signing import (
    Author,
    kept_apart,
    why_not_signed,
    why_not_supervised,
)
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at
from joinedup.support.handovers.queries.answering import barred_posts, who_answers
from joinedup.support.handovers.rules.roles import MANAGERS

SIGNS, SUPERVISES = "is asked to sign off", "supervises the work"


class CannotSign(CannotPlan):
    """It cannot be signed off or supervised so; says why."""


def ask_to_sign_off(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    thing: SignedThing,
    at: datetime.datetime,
    version_id: uuid.UUID | None = None,
    review_id: uuid.UUID | None = None,
) -> SignOff:
    """Ask the author's operational manager, or whoever stands in for them, to sign off.

    The author is whoever wrote it, also where they have left since. Whoever is asked may read the case
    until they have answered. Raises CannotSign, CannotPlan, NoPart.
    """
    of_closing = thing is SignedThing.CLOSING
    with at_work_on(by, matter_id, closed_too=of_closing) as case:
        if of_closing and case.closed_at is None:
            raise CannotSign("Close the case first.")
        post_id = _author(case, thing, version_id, review_id) or by.post_id
        if post_id is None:
            raise CannotSign("Nobody is known to have written this, so nobody can sign it off.")
        author = _post(post_id)
        if author.operational_manager_id is None:
            raise CannotSign(
                f"{author.user.name} has no operational manager. Ask an administrator to name one."
            )
        signer = who_answers(
            author.operational_manager_id, at, unfit=barred_posts(matter_id, at)
        ).post
        if signer == author.pk:
            raise CannotSign("Nobody else answers for this work today. Ask a manager of the team.")
        waiting = SignOff.objects.waiting().filter(
            case=case, thing=thing, version=version_id, review=review_id
        )
        there = waiting.first()
        if there is not None:
            return there
        made = SignOff.objects.create(
            case=case, thing=thing, version_id=version_id, review_id=review_id, author=author,
            asked_of_id=signer, asked_at=at,
        )  # fmt: skip
        _let_read(by, matter_id, signer, SIGNS, at)
        tell(
            by=by.post_id, posts=[signer], kind=NoticeKind.SIGN_OFF_ASKED,
            link=f"/cases/{matter_id}/reviews/", at=at,
        )  # fmt: skip
        leave_a_line(by, matter_id, "asked for a sign-off", at, {"thing": thing})
    return made


def answer_sign_off(
    *, by: Viewer, sign_off_id: uuid.UUID, sign: bool, words: str, at: datetime.datetime
) -> SignOff:
    """Sign somebody's work off, or send it back with words; where the author has left, it says so.

    Raises CannotSign, NoPart, SignOff.DoesNotExist.
    """
    if not sign and not words.strip():
        raise CannotSign("Say what is to be mended before you sign.")
    matter_id = case_of(by, SignOff, sign_off_id)
    must_work_at(by, matter_id)
    if by.post_id is None:
        raise CannotSign("A sign-off is given by a post, in its name.")
    with acting(WORKING):
        locked(matter_id)
        found = SignOff.objects.select_for_update(of=("self",)).get(pk=sign_off_id)
        if found.answered_at is not None:
            raise CannotSign("This has been answered already. Nothing was changed by you.")
        author, signer = _post(found.author_id), _post(by.post_id)
        told = author_of(author, at)
        refused = why_not_signed(
            signer.user_id,
            told,
            is_manager=signer.role in MANAGERS and _stands_for(author, signer, found, at),
            apart=kept_apart(told, _programme(matter_id), day_of(at)),
            supervised_by=frozenset(
                CaseSupervision.objects.filter(
                    case=matter_id, of_post=author, held_on__isnull=False
                ).values_list("by_post__user_id", flat=True)
            ),
        )
        if refused:
            raise CannotSign(refused)
        found.answered_at, found.answered_by = at, signer
        found.is_signed, found.words = sign, words.strip()
        found.author_had_left = told.has_left
        found.save()
        end_part(
            by=by, matter_id=matter_id, recipient=of_post(found.asked_of_id), at=at, because=SIGNS
        )
        if not told.has_left:
            tell(
                by=by.post_id, posts=[author.pk], kind=NoticeKind.SIGN_OFF_ANSWERED,
                link=f"/cases/{matter_id}/reviews/", at=at,
            )  # fmt: skip
        leave_a_line(by, matter_id, "answered a sign-off", at, {"signed": sign})
    return found


def ask_for_supervision(
    *, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime
) -> CaseSupervision:
    """Ask one's own professional supervisor to look at one's work at a case; they may read it from now on.

    Raises CannotSign, CannotPlan, NoPart.
    """
    with at_work_on(by, matter_id) as case:
        if by.post_id is None:
            raise CannotSign("Supervision is asked for by a post.")
        author = _post(by.post_id)
        if author.professional_supervisor_id is None:
            raise CannotSign(
                "You have no professional supervisor. Ask an administrator to name one."
            )
        asked, new = CaseSupervision.objects.get_or_create(
            case=case, of_post=author, by_post_id=author.professional_supervisor_id,
            held_on__isnull=True, defaults={"asked_at": at},
        )  # fmt: skip
        if new:
            _let_read(by, matter_id, asked.by_post_id, SUPERVISES, at)
            tell(
                by=by.post_id, posts=[asked.by_post_id], kind=NoticeKind.SUPERVISION_ASKED,
                link=f"/cases/{matter_id}/reviews/", at=at,
            )  # fmt: skip
            leave_a_line(by, matter_id, "asked for supervision", at)
    return asked


def record_supervision(
    *,
    by: Viewer,
    supervision_id: uuid.UUID,
    held_on: datetime.date,
    words: str,
    agreed: str,
    at: datetime.datetime,
) -> CaseSupervision:
    """Write down, as the supervisor, what was thought through and agreed. It signs nothing off (P37).

    Raises CannotSign, NoPart, CaseSupervision.DoesNotExist.
    """
    if not words.strip():
        raise CannotSign("Write down what was thought through.")
    matter_id = case_of(by, CaseSupervision, supervision_id)
    must_work_at(by, matter_id)
    with acting(WORKING):
        locked(matter_id)
        found = CaseSupervision.objects.select_for_update(of=("self",)).get(pk=supervision_id)
        if found.held_on is not None:
            raise CannotSign("This supervision is written down already.")
        if by.post_id != found.by_post_id:
            raise CannotSign("Only the supervisor writes supervision down.")
        if held_on > day_of(at):
            raise CannotSign("The day it was held is still to come.")
        told = author_of(_post(found.of_post_id), at)
        refused = why_not_supervised(
            _post(found.by_post_id).user_id,
            told,
            apart=kept_apart(told, _programme(matter_id), day_of(at)),
            signed_by=frozenset(
                SignOff.objects.filter(
                    case=matter_id, author=found.of_post_id, is_signed=True
                ).values_list("answered_by__user_id", flat=True)
            ),
        )
        if refused:
            raise CannotSign(refused)
        found.held_on, found.words, found.agreed = held_on, words.strip(), agreed.strip()
        found.recorded_at = at
        found.save()
        end_part(
            by=by, matter_id=matter_id, recipient=of_post(found.by_post_id), at=at,
            because=SUPERVISES,
        )  # fmt: skip
        leave_a_line(by, matter_id, "wrote supervision down", at)
    return found


def author_of(post: Post, at: datetime.datetime) -> Author:
    """Whoever wrote something, as the rules of signing ask of them."""
    day = day_of(at)
    held = (post.ends_on is None or post.ends_on > day) and post.user.is_active
    manager, supervisor = post.operational_manager, post.professional_supervisor
    return Author(
        user=post.user_id,
        manager_user=manager.user_id if manager else None,
        supervisor_user=supervisor.user_id if supervisor else None,
        employer=post.employer.code,
        host=post.team.agency_id,
        has_left=not held,
    )


def _post(post_id: uuid.UUID) -> Post:
    return Post.objects.select_related(
        "user", "team__agency", "home_agency", "operational_manager", "professional_supervisor"
    ).get(pk=post_id)


def _programme(matter_id: uuid.UUID) -> Programme:
    return Programme(Case.objects.values_list("programme", flat=True).get(pk=matter_id))


def _author(
    case: Case, thing: SignedThing, version_id: uuid.UUID | None, review_id: uuid.UUID | None
) -> uuid.UUID | None:
    if thing is SignedThing.PLAN:
        version = case.plan_versions.filter(pk__in=[version_id]).first()
        if version is None:
            raise CannotSign("Put the plan down as a version first.")
        return version.by_post_id
    if thing is SignedThing.REVIEW:
        review = case.reviews.filter(pk__in=[review_id], held_on__isnull=False).first()
        if review is None:
            raise CannotSign("Hold the review first.")
        return review.held_by_id
    closing = case.closings.filter(reopened_at__isnull=True).first()
    return closing.closed_by_id if closing else None


def _stands_for(author: Post, signer: Post, found: SignOff, at: datetime.datetime) -> bool:
    """Whether a manager answers for the author's manager today, or is the one who was asked."""
    if found.asked_of_id == signer.pk:
        return True
    manager = author.operational_manager_id
    return manager is not None and who_answers(manager, at).post == signer.pk


def _let_read(
    by: Viewer, matter_id: uuid.UUID, post_id: uuid.UUID, because: str, at: datetime.datetime
) -> None:
    if post_id in barred_posts(matter_id, at):
        raise CannotSign("This post may not work with this person. Ask an administrator.")
    give_part(
        by=by, matter_id=matter_id, recipient=of_post(post_id), level=PartLevel.WORK,
        because=because, at=at,
    )  # fmt: skip
