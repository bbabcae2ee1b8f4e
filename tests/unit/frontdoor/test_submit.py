"""One referral, taken in whole and once, seen by its sender as far as their way in goes."""

import dataclasses
import datetime
import uuid

import pytest

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.models import Matter, MatterPerson
from joinedup.support.frontdoor.choices import Agreement, EntryRoute, ForWhom, Source
from joinedup.support.frontdoor.models import Match, Progress, Receipt, Referral, Subject
from joinedup.support.frontdoor.operations.submit import CannotSubmit, submit
from joinedup.support.frontdoor.rules.typed import (
    TypedAnswers,
    TypedReferral,
    TypedSubject,
    month_after,
    reference_of,
)
from joinedup.support.questions.operations.ship import ensure_shipped
from joinedup.support.questions.queries.asking import version_for
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)
KEY = uuid.UUID("8f8dd4ce-2a5a-4c37-a1c2-7bb9e3f4a111")
ADA = TypedSubject(given_name="Ada", family_name="Ashe", age=70, address="3 Mill Lane")
TYPED = TypedReferral(subjects=(ADA,), going_on="Has not been out for weeks.")


@pytest.fixture
def worker(db: None) -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "front_door_worker", team="Front door")


@pytest.fixture
def officer(worker: Viewer) -> Viewer:
    walled.agency("police", "police")
    return walled.viewer("police", "police_liaison")


def sent(by: Viewer, typed: TypedReferral = TYPED, **more: object) -> Referral:
    how = {"submission_key": KEY, "entry": EntryRoute.PRACTITIONER, **more}
    return submit(by=by, source=Source.PRACTITIONER, typed=typed, at=AT, **how)  # type: ignore[arg-type]


def test_the_front_door_works_at_what_was_sent_and_the_sender_sees_what_they_typed(
    worker: Viewer, officer: Viewer
) -> None:
    """P17: whom the spine knows is never told to the sender."""
    referral = sent(officer)
    with acting(worker):
        assert Referral.objects.get() == referral
        assert Match.objects.get().subject.given_name == "Ada"
    with acting(officer):
        assert Subject.objects.get().address == "3 Mill Lane"
        assert Progress.objects.exists()
        assert not Match.objects.exists()
        assert not MatterPerson.objects.exists()
    with acting(walled.viewer("police", "police_liaison", team="Another")):
        assert not Referral.objects.exists()


def test_a_partner_who_only_refers_sees_the_receipt_and_nothing_more(worker: Viewer) -> None:
    """P18."""
    walled.agency("school", "education")
    office = walled.viewer("school", "referrer")
    referral = sent(office, entry=EntryRoute.REFER_ONLY)
    with acting(office):
        assert Receipt.objects.get().reference == referral.reference
        assert not Referral.objects.exists()
        assert not Subject.objects.exists()
        assert not Progress.objects.exists()


def test_the_same_submission_twice_is_one_referral(officer: Viewer) -> None:
    first = sent(officer)
    assert sent(officer, dataclasses.replace(TYPED, going_on="Again")) == first
    with acting(walled.SYSTEM):
        assert Matter.objects.count() == Referral.objects.count() == 1


def test_nothing_is_kept_of_a_referral_that_nobody_would_answer(db: None) -> None:
    walled.agency("police", "police")
    with pytest.raises(CannotSubmit, match="kept as a draft"):
        sent(walled.viewer("police", "police_liaison"))
    with acting(walled.SYSTEM):
        assert not Matter.objects.exists()


def test_who_may_not_refer_does_not(worker: Viewer) -> None:
    with pytest.raises(NotPermitted):
        sent(walled.viewer("care", "analyst"))


def test_a_person_who_was_not_told_is_told_within_a_month(officer: Viewer) -> None:
    """P24, Article 14."""
    typed = dataclasses.replace(
        TYPED, agreement=Agreement.NOT_INFORMED, agreement_because="It would put her at risk."
    )
    assert sent(officer, typed).inform_by == datetime.date(2026, 12, 20)


def test_several_people_are_a_family(officer: Viewer) -> None:
    son = TypedSubject(given_name="Ben", age=9, relation="son")
    referral = sent(officer, dataclasses.replace(TYPED, subjects=(ADA, son)))
    assert referral.for_whom == ForWhom.FAMILY
    with acting(officer):
        assert [s.place for s in Subject.objects.order_by("place")] == [1, 2]


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (datetime.date(2026, 1, 31), datetime.date(2026, 2, 28)),
        (datetime.date(2026, 12, 31), datetime.date(2027, 1, 31)),
        (datetime.date(2028, 1, 30), datetime.date(2028, 2, 29)),
    ],
)
def test_a_month_ends_no_later_than_the_month(day: datetime.date, after: datetime.date) -> None:
    assert month_after(day) == after


def test_a_reference_is_the_submission_s_own() -> None:
    others = {reference_of(uuid.UUID(int=number)) for number in range(1000)}
    assert len(others) == 1000
    assert all(len(each) <= 12 for each in others)


def test_danger_is_rung_about_even_where_nobody_would_answer_the_referral(db: None) -> None:
    """P19: no front door today; the exit is not lost with what could not be taken in."""
    ensure_shipped(at=AT)
    walled.agency("police", "police")
    version = version_for("front-door", AT.date())
    assert version is not None
    typed = TYPED.with_answers(TypedAnswers(version.id, {"danger": ["abuse"]}))
    with pytest.raises(CannotSubmit):
        sent(walled.viewer("police", "police_liaison"), typed)
    with acting(walled.SYSTEM):
        assert Exit.objects.get().words == "Has not been out for weeks."
        assert not Referral.objects.exists()
