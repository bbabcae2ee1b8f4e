"""Clerical review: the queue, a pair side by side, and how far reviewers agree (P4)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting, looking, nhs_number_for
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of
from joinedup.intelligence.linkage.choices import Answer, PairStatus
from joinedup.intelligence.linkage.models import ReviewDecision, ReviewPair
from joinedup.intelligence.linkage.queries.standard_records import evidence_between
from joinedup.intelligence.linkage.rules import Agreement, agreement, likeness
from joinedup.pipeline.linkage import Evidence

SHOWN = {
    "given_name": "Given name",
    "middle_names": "Middle names",
    "family_name": "Family name",
    "previous_family_name": "Earlier family name",
    "known_as": "Known as",
    "sex": "Sex",
    "born_on": "Born",
    "died_on": "Died",
    "nhs_number": "NHS number",
    "address": "Address",
    "postcode": "Postcode",
    "previous_address": "Earlier address",
    "previous_postcode": "Earlier postcode",
    "uprn": "UPRN",
    "phone": "Telephone",
    "email": "E-mail",
}
"""Identity fields only. Neither agency, its own identifier nor the practice: each tells the agency (P4)."""


@dataclass(frozen=True)
class FieldPair:
    """One field of both records, and how they stand to each other."""

    field: str
    label: str
    left: str
    right: str
    likeness: str
    """same, different, one_side or neither."""


@dataclass(frozen=True)
class PairToReview:
    """Two records for one reviewer."""

    id: int
    hard: bool
    status: str
    weight: float
    same_agency: bool
    fields: tuple[FieldPair, ...]
    evidence: tuple[Evidence, ...]
    my_answer: str
    my_decision_id: int | None


@dataclass(frozen=True)
class ReviewProgress:
    """Where the queue stands."""

    open: int
    second_opinion: int
    decided: int
    answered_by_me: int
    agreement: Agreement | None


def progress(viewer: Viewer) -> ReviewProgress:
    """How many pairs wait and how many are decided; raises NotPermitted."""
    viewer.must(Permission.REVIEW_LINKS)
    with acting(viewer):
        pairs = _counts()
        mine = ReviewDecision.objects.filter(by_id=viewer.post_id, undone_at__isnull=True)
        return ReviewProgress(
            open=pairs.get(PairStatus.OPEN, 0),
            second_opinion=pairs.get(PairStatus.SECOND_OPINION, 0),
            decided=pairs.get(PairStatus.DECIDED, 0),
            answered_by_me=mine.count(),
            agreement=_agreement(),
        )


def next_pair(viewer: Viewer, *, at: datetime.datetime) -> PairToReview | None:
    """The pair this reviewer should answer next, or None; raises NotPermitted."""
    viewer.must(Permission.REVIEW_LINKS)
    with acting(viewer):
        following = _waiting_for(viewer).first()
        return pair(viewer, following.pk, at=at) if following else None


def pair(viewer: Viewer, pair_id: int, *, at: datetime.datetime) -> PairToReview:
    """One pair, the agency masked; showing it is a look at both persons, and leaves their lines.

    Raises ReviewPair.DoesNotExist, also for who is barred from either person and, once it is
    decided, for who gives no second opinion; NotPermitted.
    """
    viewer.must(Permission.REVIEW_LINKS)
    with looking(viewer, at=at, subject_kind="review pair", subject_id=str(pair_id)):
        found = ReviewPair.objects.select_related("record_a", "record_b").get(pk=pair_id)
        told_of(people=persons_of(found), categories=[Category.IDENTITY])
        mine = found.decisions.filter(by_id=viewer.post_id, undone_at__isnull=True).first()
        return PairToReview(
            id=found.pk,
            hard=found.hard,
            status=found.status,
            weight=found.weight,
            same_agency=found.record_a.agency_id == found.record_b.agency_id,
            fields=tuple(_field(viewer, name, found) for name in SHOWN),
            evidence=evidence_between(found.record_a, found.record_b),
            my_answer=mine.answer if mine else "",
            my_decision_id=mine.pk if mine else None,
        )


def persons_of(of: ReviewPair) -> list[uuid.UUID]:
    """The persons a pair is of: two, or one where it is whether they are."""
    return list(dict.fromkeys([of.record_a.person_id, of.record_b.person_id]))


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, pairs FROM linkage_review_counts()")
        return dict(cursor.fetchall())


def _waiting_for(viewer: Viewer) -> QuerySet[ReviewPair]:
    """Second opinions first where the post may give them; never a pair it has answered itself."""
    states = [PairStatus.OPEN]
    if viewer.may(Permission.SECOND_REVIEW):
        states.insert(0, PairStatus.SECOND_OPINION)
    waiting = ReviewPair.objects.filter(status__in=states)
    if viewer.post_id:
        answered = ReviewDecision.objects.filter(by_id=viewer.post_id, undone_at__isnull=True)
        waiting = waiting.exclude(pk__in=answered.values("pair_id"))
    return waiting.order_by("-status", "-weight", "pk")


def _field(viewer: Viewer, name: str, of: ReviewPair) -> FieldPair:
    left, right = (_said(viewer, record, name) for record in (of.record_a, of.record_b))
    return FieldPair(name, SHOWN[name], left, right, likeness(left, right))


def _said(viewer: Viewer, record: Record, name: str) -> str:
    value = getattr(record, name)
    if name == "nhs_number":
        return nhs_number_for(viewer, value)
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    return str(value or "")


def _agreement() -> Agreement | None:
    """Over pairs that two posts answered: the first opinion against the second."""
    answers: dict[int, list[Answer]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pair, answer FROM linkage_review_answers()")
        for pair_id, answer in cursor.fetchall():
            answers.setdefault(pair_id, []).append(Answer(answer))
    return agreement((given[0], given[1]) for given in answers.values() if len(given) > 1)
