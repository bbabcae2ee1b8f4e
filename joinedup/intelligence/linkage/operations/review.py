"""Clerical review: a reviewer answers a pair, and can take the answer back (P4)."""

import datetime
import uuid

from django.utils import timezone

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.choices import Answer, PairStatus
from joinedup.intelligence.linkage.models import ReviewDecision, ReviewPair
from joinedup.intelligence.linkage.operations.night_lock import WAIT, may_answer
from joinedup.intelligence.linkage.operations.spine import (
    ByHand,
    join_people,
    split_record,
    take_back,
    why_not_join,
)
from joinedup.intelligence.linkage.queries.night_facts import answer_of

REVIEWING = Viewer.system("bringing the spine to what reviewers answered")
"""An answer is the reviewer's; what follows from it reaches every agency's records."""


class CannotDecide(Exception):
    """The answer was not taken; the message says why."""


class CannotUndo(Exception):
    """The answer stays; the message says why."""


def decide(
    *, by: Viewer, pair_id: int, answer: str, at: datetime.datetime, reason: str = ""
) -> ReviewDecision:
    """Answer a pair; what it comes to holds at once, and for every night to come.

    Raises CannotDecide, NotPermitted, ReviewPair.DoesNotExist.
    """
    by.must(Permission.REVIEW_LINKS)
    with acting(by):
        if not may_answer():
            raise CannotDecide(WAIT)
        post = _who_answers(by)
        with acting(REVIEWING):
            pair = _locked(pair_id)
            _check_open(by, post, pair)
            before = answer_of(pair)
        if pair.status == PairStatus.OPEN and not ReviewPair.objects.filter(pk=pair_id).exists():
            raise ReviewPair.DoesNotExist("A pair that is not for this reviewer (P4).")
        decision = ReviewDecision.objects.create(
            pair=pair,
            by_id=post,
            answer=Answer(answer).value,
            second=pair.status == PairStatus.SECOND_OPINION,
            reason=reason,
            at=at,
        )
        with acting(REVIEWING):
            _apply(by, pair, before, at=at)
        _tell(by, pair, "decided", at=at, detail={"answer": decision.answer})
    return decision


def undo_decision(*, by: Viewer, decision_id: int, at: datetime.datetime) -> int:
    """Take an answer back, and what it did to the spine with it; return the pair's identifier.

    One's own, or anybody's for those who give second opinions. Raises CannotUndo, NotPermitted.
    """
    by.must(Permission.REVIEW_LINKS)
    with acting(by):
        if not may_answer():
            raise CannotUndo(WAIT)
        with acting(REVIEWING):
            standing = ReviewDecision.objects.filter(pk=decision_id, undone_at__isnull=True)
            decision = standing.first()
        if decision is None:
            raise CannotUndo("That answer was taken back already.")
        if decision.by_id != by.post_id:
            by.must(Permission.SECOND_REVIEW)
        # A pair that is decided is read no more by whoever decided it; the answer is theirs to take.
        with acting(REVIEWING):
            pair = _locked(decision.pair_id)
            before = answer_of(pair)
            ReviewDecision.objects.filter(pk=decision.pk).update(undone_at=max(at, decision.at))
            _apply(by, pair, before, at=at)
        _tell(by, pair, "took back", at=at, detail={"answer": decision.answer})
    return pair.pk


def undo_last(*, by: Viewer, at: datetime.datetime) -> int:
    """Take back the last answer this post gave; return the pair's identifier. Raises CannotUndo."""
    by.must(Permission.REVIEW_LINKS)
    with acting(by):
        standing = ReviewDecision.objects.filter(by_id=by.post_id, undone_at__isnull=True)
        last = standing.order_by("-at", "-pk").first()
        if last is None:
            raise CannotUndo("You have given no answer that could be taken back.")
        return undo_decision(by=by, decision_id=last.pk, at=at)


def _locked(pair_id: int) -> ReviewPair:
    pairs = ReviewPair.objects.select_for_update(of=("self",))
    return pairs.select_related("record_a__person", "record_b__person").get(pk=pair_id)


def _who_answers(by: Viewer) -> uuid.UUID:
    if by.post_id is None:
        raise CannotDecide("Only a post can answer a pair.")
    return by.post_id


def _check_open(by: Viewer, post: uuid.UUID, pair: ReviewPair) -> None:
    """Raise CannotDecide unless the pair waits for an answer that this post may give."""
    if pair.decisions.filter(by_id=post, undone_at__isnull=True).exists():
        raise CannotDecide("You have answered this pair. Take your answer back first.")
    if pair.status == PairStatus.SECOND_OPINION and not by.may(Permission.SECOND_REVIEW):
        raise CannotDecide("This pair waits for a second opinion, which your role does not give.")
    if pair.status == PairStatus.DECIDED:
        raise CannotDecide("This pair was decided by another reviewer in the meantime.")
    if pair.status == PairStatus.VANISHED:
        raise CannotDecide("These records have changed, and the pair is no longer in question.")


def _apply(by: Viewer, pair: ReviewPair, before: Answer | None, *, at: datetime.datetime) -> None:
    """Bring the spine and the pair's status to what the standing answers now come to."""
    now = answer_of(pair)
    if now is not before:
        hand = ByHand(by=by, at=at, on=timezone.localtime(at).date(), pair=pair)
        if before in (Answer.SAME, Answer.NOT_SAME):
            take_back(hand)
            pair = hand.pair = _locked(pair.pk)
        if now is Answer.SAME:
            if apart := why_not_join(pair):
                raise CannotDecide(apart)
            join_people(hand)
        elif now is Answer.NOT_SAME:
            split_record(hand)
    waits = pair.decisions.filter(undone_at__isnull=True).exists()
    status = PairStatus.SECOND_OPINION if waits else PairStatus.OPEN
    pair.status = (PairStatus.DECIDED if now is not None else status).value
    pair.save(update_fields=["status"])


def _tell(
    by: Viewer, pair: ReviewPair, act: str, *, at: datetime.datetime, detail: dict[str, str]
) -> None:
    """A line for each of the persons it is about, as they now are."""
    with acting(REVIEWING):
        records = Record.objects.filter(pk__in=[pair.record_a_id, pair.record_b_id])
        persons = sorted(set(records.values_list("person_id", flat=True)))
    for person in persons:
        record_change(
            at=at,
            post_id=by.post_id,
            act=act,
            subject_kind="review pair",
            subject_id=str(pair.pk),
            purpose=by.purpose,
            person_id=person,
            agency=by.agency,
            role=by.role,
            detail=detail,
        )
