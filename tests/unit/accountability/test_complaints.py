"""A person's complaint about their data: made, acknowledged in 30 days, answered, and read by two sides alone (P15)."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.models import Notice
from joinedup.identity.accountability import queries
from joinedup.identity.accountability.choices import ComplaintOutcome, ComplaintWay
from joinedup.identity.accountability.models import DataComplaint
from joinedup.identity.accountability.operations import complaints
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor, RestrictionKind
from joinedup.identity.sharing.models import OwnAccess, SubjectPart
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.own_access import hand_over_code
from joinedup.identity.sharing.operations.restrict import set_restriction
from joinedup.identity.sharing.operations.subject import ask_for_everything
from joinedup.single_view.queries.subject_held import held_of
from tests import audit_lines
from tests.sharing import walled

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


class Two:
    """A woman, who helps her, and who answers for the two agencies."""

    def __init__(self) -> None:
        self.care, self.police = (
            walled.agency("care", "social_care"),
            walled.agency("police", "police"),
        )
        self.worker = walled.viewer("care", "social_worker", team="Adults")
        self.duty = walled.viewer("care", "duty_manager")
        self.others = walled.viewer("police", "duty_manager")
        self.person = walled.person("care", born_on=datetime.date(1980, 3, 31))
        self.at = clock.now()
        begin_involvement(by=self.worker, person_id=self.person, because="her needs", at=self.at)
        self.access, _ = hand_over_code(
            by=self.worker, person_id=self.person, asked_about_coercion=True, at=self.at
        )
        self.herself = Viewer.of_person(self.access.pk)

    def complains(self, **more: Any) -> DataComplaint:
        said: dict[str, Any] = {
            "by": self.herself, "agency": self.care, "words": "You told my landlord", "at": self.at,
            **more,
        }  # fmt: skip
        return complaints.complain_on_own_page(**said)

    def by_phone(self, **more: Any) -> DataComplaint:
        said: dict[str, Any] = {
            "by": self.worker, "person_id": self.person, "agency": self.care, "words": "They told",
            "way": ComplaintWay.PHONE, "received_on": day_of(self.at), "at": self.at, **more,
        }  # fmt: skip
        return complaints.write_complaint_down(**said)


@pytest.fixture
def two() -> Two:
    return Two()


def read_by(viewer: Viewer) -> int:
    with acting(viewer):
        return DataComplaint.objects.count()


def test_it_is_read_by_the_person_and_by_who_answers_and_by_nobody_else(two: Two) -> None:
    made = two.complains()
    lead = walled.viewer("care", "ig_lead")
    seen = [read_by(viewer) for viewer in (two.herself, two.duty, two.worker, two.others, lead)]
    assert seen == [1, 1, 0, 0, 0]
    [line] = audit_lines.lines(subject_kind="data complaint")
    assert (line.person_id, line.holder, line.detail) == (two.person, "care", {})
    [notice] = Notice.objects.filter(kind="data_complaint")
    assert notice.post_id == two.duty.post_id
    for writes in (two.herself, two.duty):
        with acting(writes), transaction.atomic():
            assert DataComplaint.objects.filter(pk=made.pk).update(answer="Nothing") == 0


def test_whoever_is_kept_from_somebody_does_not_read_what_they_complain_of(two: Two) -> None:
    two.complains()
    set_restriction(
        by=walled.viewer("care", "duty_manager"), person_id=two.person, because="A cousin",
        kind=RestrictionKind.BARRED_POST, barred_id=two.duty.post_id, at=two.at,
    )  # fmt: skip
    assert queries.complaints(two.duty) == []


def test_from_complaint_to_answer(two: Two) -> None:
    """P15, DPA 2018 s164A: acknowledged, told where it stands, answered."""
    made, given = two.complains(), {"by": two.duty, "at": two.at + 2 * DAY}
    with pytest.raises(complaints.CannotAnswerComplaint, match="not later than today"):
        complaints.acknowledge_complaint(**given, complaint_id=made.pk, on=day_of(two.at + 3 * DAY))  # type: ignore[arg-type]
    complaints.acknowledge_complaint(**given, complaint_id=made.pk, on=day_of(two.at + DAY))  # type: ignore[arg-type]
    with pytest.raises(complaints.CannotAnswerComplaint, match="already"):
        complaints.acknowledge_complaint(**given, complaint_id=made.pk, on=day_of(two.at + DAY))  # type: ignore[arg-type]
    complaints.tell_progress(**given, complaint_id=made.pk, words="We have asked the landlord")  # type: ignore[arg-type]
    [hers] = queries.my_complaints(two.herself)
    assert (hers.progress, hers.outcome) == ("We have asked the landlord", None)
    with pytest.raises(complaints.CannotAnswerComplaint, match="Say what you found"):
        complaints.answer_complaint(
            **given, complaint_id=made.pk, outcome=ComplaintOutcome.UPHELD, words=" "
        )  # type: ignore[arg-type]
    complaints.answer_complaint(
        **given, complaint_id=made.pk, outcome=ComplaintOutcome.UPHELD, words="We are sorry"
    )  # type: ignore[arg-type]
    [hers] = queries.my_complaints(two.herself)
    assert (hers.outcome, hers.answer) == (ComplaintOutcome.UPHELD, "We are sorry")
    with pytest.raises(complaints.CannotAnswerComplaint, match="answered already"):
        complaints.tell_progress(**given, complaint_id=made.pk, words="More")  # type: ignore[arg-type]
    acts = {line.act for line in audit_lines.lines(subject_kind="data complaint")}
    assert acts == {
        "complained about their data", "acknowledged a complaint", "told where a complaint stands",
        "answered a complaint",
    }  # fmt: skip


def test_another_agency_answers_it_not(two: Two) -> None:
    made = two.complains()
    given = {"complaint_id": made.pk, "words": "It is well", "at": two.at}
    with pytest.raises(DataComplaint.DoesNotExist):
        complaints.tell_progress(by=two.others, **given)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        complaints.tell_progress(by=two.worker, **given)  # type: ignore[arg-type]


def test_one_made_by_phone_runs_from_the_day_it_came(two: Two) -> None:
    came = day_of(two.at - 10 * DAY)
    made = two.by_phone(received_on=came)
    assert (made.received_on, made.written_by_id) == (came, two.worker.post_id)
    with pytest.raises(complaints.CannotComplain, match="after today"):
        two.by_phone(received_on=day_of(two.at + DAY))
    with pytest.raises(complaints.CannotComplain, match="written there by themselves"):
        two.by_phone(way=ComplaintWay.OWN_PAGE)
    with pytest.raises(complaints.CannotComplain, match="Say what is wrong"):
        two.by_phone(words=" ")
    with pytest.raises(Person.DoesNotExist):
        two.by_phone(person_id=uuid.uuid4())


def test_a_carer_s_code_complains_not_in_their_place(two: Two) -> None:
    """P12: one adult never speaks for another."""
    with acting(walled.SYSTEM):
        OwnAccess.objects.filter(pk=two.access.pk).update(
            right=PageFor.AGREED, held_by="Her sister"
        )
    with pytest.raises(complaints.CannotComplain, match="Ring the agency"):
        two.complains()


def test_nobody_is_asked_to_answer_whom_the_product_does_not_reach(two: Two) -> None:
    quiet = walled.agency("charity", "voluntary")
    refuge = walled.agency("refuge", "voluntary", name_reveals=True)
    walled.viewer("refuge", "duty_manager")
    offered = set(queries.answering(two.at).values_list("pk", flat=True))
    assert offered == {"care", "police"}, "P39: no refuge is named on a page"
    for agency in (quiet, refuge):
        with pytest.raises(complaints.CannotComplain, match="Ring them"):
            two.complains(agency=agency)


def test_its_days_are_told_a_week_before_and_when_they_are_over_once_each(two: Two) -> None:
    two.complains()
    rounds = [
        complaints.tell_of_complaints_in_time(at=two.at + days * DAY)
        for days in (1, 22, 23, 28, 29, 30, 31)
    ]
    assert rounds == [0, 0, 1, 0, 0, 1, 0]


def test_an_answer_acknowledges_by_itself_and_the_database_asks_for_it(two: Two) -> None:
    made = two.complains()
    with pytest.raises(DatabaseError), transaction.atomic(), acting(walled.SYSTEM):
        DataComplaint.objects.filter(pk=made.pk).update(
            outcome="upheld", answer="Yes", answered_at=two.at, answered_by=two.duty.post_id
        )
    done = complaints.answer_complaint(
        by=two.duty, complaint_id=made.pk, outcome=ComplaintOutcome.PARTLY, words="In part",
        at=two.at,
    )  # fmt: skip
    assert done.acknowledged_on == day_of(two.at)
    assert complaints.tell_of_complaints_in_time(at=two.at + 60 * DAY) == 0


def test_it_is_among_what_the_agency_holds_on_her(two: Two) -> None:
    """UK GDPR 15: whoever asks for everything gets their complaint and what was answered."""
    made = two.complains()
    ask_for_everything(by=two.herself, words="", at=two.at)
    with acting(walled.SYSTEM):
        part = SubjectPart.objects.select_related("agency").get(agency="care")
    [words] = [
        item.words for group in held_of(part) for item in group.items if str(made.pk) in item.key
    ]
    assert "You told my landlord" in words
