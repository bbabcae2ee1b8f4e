"""A person's complaint about their data: made, acknowledged, told where it stands, answered (P15)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.accountability.choices import ComplaintOutcome, ComplaintWay
from joinedup.identity.accountability.models import DataComplaint
from joinedup.identity.accountability.queries import answering
from joinedup.identity.accountability.rules import WARNED_DAYS, acknowledge_by
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, people
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess
from joinedup.identity.sharing.operations.telling import posts_that_may

COMPLAINING = Viewer.system("a person’s complaint about what was done with their data")


class CannotComplain(Exception):
    """Why it is not written down, fit for the page."""


class CannotAnswerComplaint(Exception):
    """Why it is not answered so, fit for the page; says how to mend it."""


def complain_on_own_page(
    *, by: Viewer, agency: Agency, words: str, at: datetime.datetime
) -> DataComplaint:
    """Complain about an agency, as the person on their own page; the clock starts now. Not as their carer (P12).

    Raises CannotComplain, NotPermitted.
    """
    if by.own_access_id is None:
        raise NotPermitted("Somebody complains for themselves on their own page.")
    with acting(by):
        ids = sorted(Person.objects.values_list("pk", flat=True))
        mine = OwnAccess.objects.filter(pk=by.own_access_id, right=PageFor.PERSON)
        if not mine.exists():
            raise CannotComplain(
                "Whoever the page is about complains here. Ring the agency to complain for them."
            )
    with transaction.atomic(), acting(COMPLAINING):
        person = Person.objects.filter(pk__in=ids, merged_into=None).get()
        return _write(by, person.pk, agency, words, ComplaintWay.OWN_PAGE, day_of(at), at)


def write_complaint_down(
    *, by: Viewer, person_id: uuid.UUID, agency: Agency, words: str, way: ComplaintWay,
    received_on: datetime.date, at: datetime.datetime,
) -> DataComplaint:  # fmt: skip
    """Write down what somebody complained of in person, by phone or in writing; the clock runs from its day.

    Raises CannotComplain, Person.DoesNotExist, NotPermitted.
    """
    by.must(Permission.RECORD_CONSENT)
    if way is ComplaintWay.OWN_PAGE:
        raise CannotComplain("What came on their own page was written there by themselves.")
    if received_on > day_of(at):
        raise CannotComplain("It cannot have come in after today.")
    with acting(by):
        person = people(by).get(pk=person_id)
    with transaction.atomic(), acting(COMPLAINING):
        return _write(by, person.pk, agency, words, way, received_on, at)


def acknowledge_complaint(
    *, by: Viewer, complaint_id: uuid.UUID, on: datetime.date, at: datetime.datetime
) -> DataComplaint:
    """Write down on which day the person was told that it has come in.

    Raises CannotAnswerComplaint, DataComplaint.DoesNotExist, NotPermitted.
    """
    with transaction.atomic():
        complaint = _of_mine(by, complaint_id)
        with acting(COMPLAINING):
            if complaint.acknowledged_on is not None:
                raise CannotAnswerComplaint("It is acknowledged already.")
            if not complaint.received_on <= on <= day_of(at):
                raise CannotAnswerComplaint(
                    "That day is after it came in, and not later than today."
                )
            complaint.acknowledged_on, complaint.acknowledged_by_id = on, by.post_id
            complaint.save()
            _line(by, "acknowledged a complaint", complaint, at)
    return complaint


def tell_progress(
    *, by: Viewer, complaint_id: uuid.UUID, words: str, at: datetime.datetime
) -> DataComplaint:
    """Tell the person where it stands: s164A(5)(b).

    Raises CannotAnswerComplaint, DataComplaint.DoesNotExist, NotPermitted.
    """
    with transaction.atomic():
        complaint = _of_mine(by, complaint_id)
        with acting(COMPLAINING):
            if not words.strip():
                raise CannotAnswerComplaint("Say where it stands, in words for them.")
            complaint.progress, complaint.progress_at = words.strip(), at
            complaint.save()
            _line(by, "told where a complaint stands", complaint, at)
    return complaint


def answer_complaint(
    *, by: Viewer, complaint_id: uuid.UUID, outcome: ComplaintOutcome, words: str,
    at: datetime.datetime,
) -> DataComplaint:  # fmt: skip
    """Tell the person what was found and what follows; an answer acknowledges by itself.

    Raises CannotAnswerComplaint, DataComplaint.DoesNotExist, NotPermitted.
    """
    with transaction.atomic():
        complaint = _of_mine(by, complaint_id)
        with acting(COMPLAINING):
            if not words.strip():
                raise CannotAnswerComplaint(
                    "Say what you found and what follows, in words for them."
                )
            if complaint.acknowledged_on is None:
                complaint.acknowledged_on, complaint.acknowledged_by_id = day_of(at), by.post_id
            complaint.outcome, complaint.answer = outcome.value, words.strip()
            complaint.answered_at, complaint.answered_by_id = at, by.post_id
            complaint.save()
            _line(by, "answered a complaint", complaint, at)
    return complaint


def tell_of_complaints_in_time(*, at: datetime.datetime) -> int:
    """Tell each agency of a complaint to be acknowledged within the week, and of one past its day; once each."""
    told, today = 0, day_of(at)
    with acting(COMPLAINING):
        for each in DataComplaint.objects.filter(acknowledged_on=None):
            last = acknowledge_by(each.received_on)
            if today > last:
                told += _tell_the_agency(each, at, once="over")
            elif today > last - datetime.timedelta(days=WARNED_DAYS):
                told += _tell_the_agency(each, at, once="soon")
    return told


def _write(
    by: Viewer, person_id: uuid.UUID, agency: Agency, words: str, way: ComplaintWay,
    received_on: datetime.date, at: datetime.datetime,
) -> DataComplaint:  # fmt: skip
    said = words.strip()
    if not said:
        raise CannotComplain("Say what is wrong.")
    if not answering(at).filter(pk=agency.pk).exists():
        raise CannotComplain(
            f"Nobody answers complaints for {agency.name} here yet. Ring them, or write to them."
        )
    complaint = DataComplaint.objects.create(
        person_id=person_id, agency=agency, words=said, way=way.value, received_on=received_on,
        written_at=at, written_by_id=by.post_id,
    )  # fmt: skip
    _line(by, "complained about their data", complaint, at)
    _tell_the_agency(complaint, at, once="new")
    return complaint


def _of_mine(by: Viewer, complaint_id: uuid.UUID) -> DataComplaint:
    """A complaint that waits for an answer of the viewer's agency, held until this ends."""
    by.must(Permission.RELEASE_RESTRICTED)
    with acting(by):
        DataComplaint.objects.get(pk=complaint_id, agency=by.agency)
    with acting(COMPLAINING):
        complaint = DataComplaint.objects.select_for_update(of=("self",)).get(pk=complaint_id)
    if complaint.answered_at is not None:
        raise CannotAnswerComplaint("It has been answered already.")
    return complaint


def _tell_the_agency(complaint: DataComplaint, at: datetime.datetime, *, once: str) -> int:
    posts = posts_that_may(Permission.RELEASE_RESTRICTED, at=at, agencies=[complaint.agency_id])
    return tell(
        by=None, posts=posts, kind=NoticeKind.DATA_COMPLAINT, link="/data-complaints/", at=at,
        once=f"{complaint.pk} {once}",
    )  # fmt: skip


def _line(by: Viewer, act: str, complaint: DataComplaint, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="data complaint",
        subject_id=str(complaint.pk), purpose=by.purpose, person_id=complaint.person_id,
        agency=by.agency, role=by.role, holder=complaint.agency_id,
    )  # fmt: skip
