"""What the pages of reviews ask: what is booked and was held, supervision, sign-off, and what is late."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.review import SignedThing
from joinedup.support.cases.models import (
    CaseReview,
    CaseSupervision,
    Closing,
    PlanVersion,
    SignOff,
)
from joinedup.support.cases.queries.plan_said import said_of
from joinedup.support.cases.rules.reviewing import Compared, compared


@dataclass(frozen=True)
class ReviewsFound:
    """The reviews of a case, its supervision, its sign-offs and its closings."""

    booked: CaseReview | None
    held: tuple[CaseReview, ...]
    supervisions: tuple[CaseSupervision, ...]
    sign_offs: tuple[SignOff, ...]
    closings: tuple[Closing, ...]
    last_version: PlanVersion | None


def reviews_of(viewer: Viewer, matter_id: uuid.UUID) -> ReviewsFound:
    """All of it for a case that the viewer works at, newest first."""
    with acting(viewer):
        rows = list(
            CaseReview.objects.filter(case=matter_id)
            .select_related("held_by__user", "before", "after")
            .order_by("-held_on")
        )
        return ReviewsFound(
            booked=next((row for row in rows if row.held_on is None), None),
            held=tuple(row for row in rows if row.held_on is not None),
            supervisions=tuple(
                CaseSupervision.objects.filter(case=matter_id)
                .select_related("of_post__user", "by_post__user")
                .order_by("-asked_at")
            ),
            sign_offs=tuple(
                SignOff.objects.filter(case=matter_id)
                .select_related(
                    "author__user", "asked_of__user", "answered_by__user", "version", "review"
                )
                .order_by("-asked_at")
            ),
            closings=tuple(
                Closing.objects.filter(case=matter_id)
                .select_related("closed_by__user", "reopened_by__user")
                .order_by("-closed_at")
            ),
            last_version=PlanVersion.objects.filter(case=matter_id).order_by("-number").first(),
        )


def one_review(viewer: Viewer, matter_id: uuid.UUID, review_id: uuid.UUID) -> CaseReview:
    """One review of the case; raises CaseReview.DoesNotExist."""
    with acting(viewer):
        found = CaseReview.objects.select_related("held_by__user", "before", "after")
        return found.get(pk=review_id, case=matter_id)


def plan_since(viewer: Viewer, review: CaseReview) -> list[Compared]:
    """The plan as it stood last time beside now, or beside what was reviewed where it was held."""
    with acting(viewer):
        if review.held_on is not None:
            then, now = review.before, review.after
            return compared(then.said if then else {}, now.said if now else {})
        last = PlanVersion.objects.filter(case=review.case_id).order_by("-number").first()
        return compared(last.said if last else {}, said_of(review.case_id))


def last_held_before(viewer: Viewer, review: CaseReview) -> CaseReview | None:
    """The review that was held last before this one."""
    with acting(viewer):
        held = CaseReview.objects.filter(case=review.case_id, held_on__isnull=False)
        held = held.exclude(pk=review.pk)
        if review.held_on is not None:
            held = held.filter(held_on__lte=review.held_on)
        return held.order_by("-held_on").first()


def for_overview(viewer: Viewer, matter_id: uuid.UUID) -> CaseReview | None:
    """The review that is booked next."""
    with acting(viewer):
        return CaseReview.objects.booked().filter(case=matter_id).first()


def next_reviews_of_cases(matter_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime.date]:
    """When the next review of each of these cases is due; inside `acting(viewer)`, one query."""
    booked = CaseReview.objects.booked().filter(case__in=matter_ids)
    return dict(booked.values_list("case_id", "due_on"))


def unsigned_of_cases(matter_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many sign-offs wait in each of these cases; inside `acting(viewer)`, one query."""
    waiting = SignOff.objects.waiting().filter(case__in=matter_ids)
    return dict(waiting.order_by().values_list("case").annotate(Count("pk")))


@dataclass(frozen=True)
class MyReviews:
    """What of reviewing waits on a post: reviews of cases it leads, what it is to sign and to supervise."""

    reviews: tuple[CaseReview, ...]
    sign_offs: tuple[SignOff, ...]
    supervisions: tuple[CaseSupervision, ...]


def reviews_of_post(viewer: Viewer, today: datetime.date) -> MyReviews:
    """What waits on the viewer's own post within a fortnight; inside `acting(viewer)`."""
    if viewer.post_id is None:
        return MyReviews((), (), ())
    soon = today + datetime.timedelta(days=14)
    return MyReviews(
        tuple(
            CaseReview.objects.booked()
            .filter(
                due_on__lte=soon,
                case__leads__post=viewer.post_id,
                case__leads__ends_at__isnull=True,
                case__closed_at__isnull=True,
            )
            .order_by("due_on", "pk")
        ),
        tuple(SignOff.objects.waiting().filter(asked_of=viewer.post_id).order_by("asked_at")),
        tuple(
            CaseSupervision.objects.filter(by_post=viewer.post_id, held_on__isnull=True).order_by(
                "asked_at"
            )
        ),
    )


@dataclass(frozen=True)
class ToSign:
    """Something of a case that can be put to a manager to sign off."""

    thing: SignedThing
    version_id: uuid.UUID | None = None
    review_id: uuid.UUID | None = None


def to_sign_off(found: ReviewsFound, *, is_open: bool) -> list[ToSign]:
    """What nobody has been asked to sign off yet: the last plan, the last review, the closing."""
    able = []
    if is_open and found.last_version is not None:
        able.append(ToSign(SignedThing.PLAN, version_id=found.last_version.pk))
    if is_open and found.held:
        able.append(ToSign(SignedThing.REVIEW, review_id=found.held[0].pk))
    if not is_open and found.closings:
        able.append(ToSign(SignedThing.CLOSING))
    closed_at = found.closings[0].closed_at if found.closings else None
    there = {
        (each.thing, each.version_id, each.review_id)
        for each in found.sign_offs
        if (each.answered_at is None or each.is_signed)
        and (each.thing != SignedThing.CLOSING or (closed_at and each.asked_at >= closed_at))
    }
    return [each for each in able if (each.thing, each.version_id, each.review_id) not in there]
