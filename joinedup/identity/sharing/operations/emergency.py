"""Emergency access: one post, one person, some hours; told to each holder, reviewed by another."""

import datetime
import uuid

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.operations import record_change, record_look
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, marks
from joinedup.identity.sharing.choices import EmergencyOutcome, EmergencyReason, Purpose
from joinedup.identity.sharing.models import EmergencyAccess
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.telling import posts_that_may, tell_posts, who_answers
from joinedup.identity.sharing.queries.emergency import holders_of
from joinedup.identity.sharing.queries.facts import is_barred

LASTS = datetime.timedelta(hours=4)
FEWEST_WORDS = 4
DECIDING = Viewer.system("opening and reviewing emergency access")


class CannotOpenEmergencyAccess(Exception):
    """Why the door stays shut, fit for the page."""


class CannotReviewEmergencyAccess(Exception):
    """Why it cannot be reviewed so, fit for the page."""


def open_emergency_access(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    reason: EmergencyReason,
    words: str,
    at: datetime.datetime,
) -> EmergencyAccess:
    """See what vital interests need of this person for four hours; each holder is told at once.

    What may never be told at all, and an address restricted for safety, stay shut even so (P13).
    Raises CannotOpenEmergencyAccess, or NotPermitted.
    """
    by.must(Permission.EMERGENCY_ACCESS)
    if by.post_id is None:
        raise NotPermitted("Emergency access is for a post, never for the system.")
    said = " ".join(words.split())
    if len(said.split()) < FEWEST_WORDS:
        raise CannotOpenEmergencyAccess(
            "Say in a few words what the emergency is: who is in danger, and of what."
        )
    if is_barred(by.post_id, person_id, at=at):
        # Outside any savepoint that the refusal would undo: the attempt stays on record.
        refused = marks(by, Outcome.REFUSED)
        refused["basis"] = "vital_interest"
        record_look(
            at=at,
            post_id=by.post_id,
            subject_kind="person",
            subject_id=str(person_id),
            purpose=by.purpose,
            **refused,
        )
        raise CannotOpenEmergencyAccess(
            "Your post may not look at this person. Ring your duty manager: somebody else can."
        )
    with acting(DECIDING):
        opened = EmergencyAccess.objects.create(
            person_id=person_id,
            post_id=by.post_id,
            agency_id=by.agency,
            reason=reason.value,
            words=said,
            starts_at=at,
            ends_at=at + LASTS,
        )
        derive.people([person_id], at=at)
        record_change(
            at=at,
            post_id=by.post_id,
            act="opened emergency access",
            subject_kind="emergency access",
            subject_id=str(opened.pk),
            purpose=Purpose.VITAL_INTEREST.value,
            person_id=person_id,
            agency=by.agency,
            basis="vital_interest",
            detail={"reason": reason.value},
        )
        link = f"/emergency/{opened.pk}/"
        tell_posts(
            by=by,
            posts=who_answers(at, holders_of(person_id)),
            kind=NoticeKind.EMERGENCY_ACCESS_USED,
            link=link,
            at=at,
        )
        tell_posts(
            by=by,
            posts=posts_that_may(Permission.REVIEW_EMERGENCY, at=at),
            kind=NoticeKind.EMERGENCY_ACCESS_TO_REVIEW,
            link=link,
            at=at,
        )
    return opened


def review_emergency_access(
    *,
    by: Viewer,
    access_id: uuid.UUID,
    outcome: EmergencyOutcome,
    words: str,
    at: datetime.datetime,
) -> EmergencyAccess:
    """Say what the review found; never by who opened it.

    Raises CannotReviewEmergencyAccess, EmergencyAccess.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.REVIEW_EMERGENCY)
    said = " ".join(words.split())
    if not said:
        raise CannotReviewEmergencyAccess("Say what you found and what follows from it.")
    with acting(DECIDING):
        found = EmergencyAccess.objects.select_for_update().get(pk=access_id)
        if is_barred(by.post_id, found.person_id, at=at):
            raise EmergencyAccess.DoesNotExist("Somebody else reviews this.")
        opener = Post.objects.get(pk=found.post_id).user_id
        if opener == by.user_id:
            raise CannotReviewEmergencyAccess("Somebody else reviews what you opened yourself.")
        if found.reviewed_at is not None:
            raise CannotReviewEmergencyAccess("This has been reviewed already; the outcome stands.")
        found.outcome = outcome.value
        found.outcome_words = said
        found.reviewed_by_id = by.post_id
        found.reviewed_at = at
        found.save()
        record_change(
            at=at,
            post_id=by.post_id,
            act="reviewed emergency access",
            subject_kind="emergency access",
            subject_id=str(found.pk),
            purpose=by.purpose,
            person_id=found.person_id,
            agency=by.agency,
            detail={"outcome": outcome.value},
        )
        tell_posts(
            by=by,
            posts=[found.post_id],
            kind=NoticeKind.EMERGENCY_ACCESS_REVIEWED,
            link=f"/emergency/{found.pk}/",
            at=at,
        )
    return found
