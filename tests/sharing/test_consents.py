"""What people say is written down, counts at once, and is taken back at once (P12)."""

import datetime
import uuid
from dataclasses import dataclass, replace

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, Person, Relationship
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import (
    CapacityOutcome,
    Category,
    ConsentState,
    Method,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.models import Consent, OwnAccess, Visibility
from joinedup.identity.sharing.operations.capacity import CannotAssess, record_capacity
from joinedup.identity.sharing.operations.consents import (
    CannotRecordConsent,
    CannotWithdraw,
    Words,
    record_consent,
    record_service_answer,
    withdraw_consent,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.queries.consents import what_was_said
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY

pytestmark = pytest.mark.django_db

YES = Words(purpose=Purpose.HOMELESSNESS, state=ConsentState.GIVEN, holder="care", recipient="housing")  # fmt: skip
ADULT, CHILD = datetime.date(1984, 3, 3), TODAY - 9 * 365 * DAY


@dataclass(frozen=True)
class Case:
    """A social worker with a person in front of them, whom housing works with too."""

    worker: Viewer
    officer: Viewer
    person: uuid.UUID

    def say(self, words: Words, at: datetime.datetime = AT) -> Consent:
        return record_consent(by=self.worker, person_id=self.person, words=words, at=at)


def case(born_on: datetime.date = ADULT) -> Case:
    walled.agency("care", "social_care")
    walled.agency("housing", "housing")
    worker = walled.viewer("care", "social_worker", "own_work")
    officer = walled.viewer("housing", "housing_officer", "homelessness")
    person = walled.person("care", "housing", born_on=born_on)
    found = Case(worker, officer, person)
    for viewer in (worker, officer):
        begin_involvement(by=viewer, person_id=person, because="allocated", at=AT - DAY)
    return found


def housing_sees(found: Case, at: datetime.datetime = AT) -> bool:
    """Whether housing sees that care is involved, under the homelessness duty to refer."""
    with acting(walled.SYSTEM):
        rows = Visibility.objects.filter(
            person=found.person, holder="care", purpose=Purpose.HOMELESSNESS,
            recipient=f"team:{found.officer.team_id}", starts_at__lte=at, ends_at__gt=at,
        )  # fmt: skip
        return any(row.headline & Category.HOUSING.bit for row in rows)


def test_a_yes_opens_at_once_and_shuts_at_once_when_it_is_taken_back() -> None:
    found = case()
    assert not housing_sees(found)
    said = found.say(YES)
    assert housing_sees(found)
    withdraw_consent(by=found.worker, consent_id=said.pk, at=AT)
    assert not housing_sees(found)
    with pytest.raises(CannotWithdraw, match="taken back already"):
        withdraw_consent(by=found.worker, consent_id=said.pk, at=AT)


def test_a_yes_with_an_end_runs_out_at_midnight_by_itself() -> None:
    found = case()
    found.say(replace(YES, expires_on=TODAY + 7 * DAY))
    midnight = start_of(TODAY + 7 * DAY)
    assert housing_sees(found, midnight - datetime.timedelta(seconds=1))
    assert not housing_sees(found, midnight)
    with pytest.raises(CannotRecordConsent, match="in the future"):
        found.say(replace(YES, expires_on=TODAY))


def test_a_no_after_a_yes_shuts_and_is_not_taken_back() -> None:
    found = case()
    found.say(YES)
    no = found.say(replace(YES, state=ConsentState.DECLINED), AT + datetime.timedelta(hours=1))
    later = AT + datetime.timedelta(hours=2)
    assert not housing_sees(found, later)
    with pytest.raises(CannotWithdraw, match="It was a no"):
        withdraw_consent(by=found.worker, consent_id=no.pk, at=later)


def told(viewer: Viewer) -> int:
    """How often that post was told that somebody's word has changed."""
    return Notice.objects.filter(post=viewer.post_id, kind=NoticeKind.CONSENT_CHANGED).count()


def visits(found: Case) -> None:
    """The officer is themself involved, and not their team alone."""
    begin_involvement(
        by=found.officer, person_id=found.person, because="a visit", at=AT - DAY,
        post_id=found.officer.post_id,
    )  # fmt: skip


def test_who_a_yes_is_for_is_told_when_it_is_given_and_when_it_is_taken_back() -> None:
    found = case()
    visits(found)
    said = found.say(YES)
    assert told(found.officer) == 1
    withdraw_consent(by=found.worker, consent_id=said.pk, at=AT)
    assert told(found.officer) == 2
    assert told(found.worker) == 0


def test_a_no_is_not_told_to_whom_it_is_said_unless_it_shuts_something_to_them() -> None:
    """P8: it tells to whom somebody would rather not be known; what shuts before their eyes they see."""
    found = case()
    visits(found)
    found.say(replace(YES, state=ConsentState.DECLINED))
    assert told(found.officer) == 0
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=found.person, holder_id="care", category=Category.HOUSING, headline="Held",
            recorded_at=AT, starts_on=TODAY,
        )  # fmt: skip
    later = [AT + datetime.timedelta(hours=hours) for hours in (1, 2)]
    found.say(YES, later[0])
    assert told(found.officer) == 1
    found.say(replace(YES, state=ConsentState.DECLINED), later[1])
    assert told(found.officer) == 2


def test_people_take_their_own_yes_back_and_nobody_elses() -> None:
    found = case()
    said = found.say(YES)
    stranger = walled.person("care")
    with acting(walled.SYSTEM):
        own, other = (
            OwnAccess.objects.create(
                person_id=person, code_hash=str(person), agency_id="care",
                handed_over_by_id=found.worker.post_id, handed_over_at=AT - 2 * DAY, asked_about_coercion=True,
            )
            for person in (found.person, stranger)
        )  # fmt: skip
    with pytest.raises(CannotWithdraw, match="no such consent"):
        withdraw_consent(by=Viewer.of_person(other.pk), consent_id=said.pk, at=AT)
    withdraw_consent(by=Viewer.of_person(own.pk), consent_id=said.pk, at=AT)
    assert not housing_sees(found)
    with acting(walled.SYSTEM):
        assert Consent.objects.get().withdrawn_by_id is None


def test_a_practitioner_of_an_agency_it_is_not_between_takes_nothing_back() -> None:
    found = case()
    said = found.say(YES)
    walled.agency("fire", "fire")
    with pytest.raises(CannotWithdraw, match="no such consent"):
        withdraw_consent(by=walled.viewer("fire"), consent_id=said.pk, at=AT)
    with pytest.raises(NotPermitted):
        withdraw_consent(by=walled.viewer("care", "analyst"), consent_id=said.pk, at=AT)


def test_nobody_writes_down_the_word_of_somebody_they_may_not_see() -> None:
    found = case()
    walled.agency("fire", "fire")
    with pytest.raises(Person.DoesNotExist):
        record_consent(by=walled.viewer("fire"), person_id=found.person, words=YES, at=AT)


def tied(found: Case, kind: str, **known: object) -> int:
    """Somebody new who stands so to the person."""
    with acting(walled.SYSTEM):
        other = Person.objects.create(first_seen_on=TODAY - 99 * DAY)
        tie = Relationship.objects.create(
            person=other, other_id=found.person, kind=kind, source_id="care",
            **{"starts_on": TODAY - 99 * DAY, "document_seen_on": TODAY - 9 * DAY, **known},
        )  # fmt: skip
        return tie.pk


@pytest.mark.parametrize(
    ("kind", "who", "says"),
    [
        ("partner", WhoSpoke.ATTORNEY, "gives nobody the right"),
        ("carer", WhoSpoke.ATTORNEY, "gives nobody the right"),
        ("deputy_property_and_affairs", WhoSpoke.ATTORNEY, "property and affairs"),
        ("attorney_health_and_welfare", WhoSpoke.ATTORNEY, "only where an assessment"),
        ("parental_responsibility", WhoSpoke.PARENTAL_RESPONSIBILITY, "for an adult"),
    ],
)
def test_one_adult_never_consents_for_another(kind: str, who: WhoSpoke, says: str) -> None:
    """P12: one adult never consents for another."""
    found = case()
    spoke = tied(found, kind)
    with pytest.raises(CannotRecordConsent, match=says):
        found.say(replace(YES, who_spoke=who, responsible_id=spoke))
    assert not housing_sees(found)


def test_the_tie_of_somebody_to_another_person_does_not_count() -> None:
    found = case()
    with acting(walled.SYSTEM):
        another = Person.objects.create(first_seen_on=TODAY)
    spoke = tied(replace(found, person=another.pk), "attorney_health_and_welfare")
    with pytest.raises(CannotRecordConsent, match="Choose the attorney"):
        found.say(replace(YES, who_spoke=WhoSpoke.ATTORNEY, responsible_id=spoke))


def test_a_childs_consent_names_competence_or_responsibility() -> None:
    """P12: a child's consent names competence or who holds parental responsibility."""
    found = case(CHILD)
    with pytest.raises(CannotRecordConsent, match="Under 16"):
        found.say(YES)
    spoke = tied(found, "parental_responsibility")
    by_parent = replace(YES, who_spoke=WhoSpoke.PARENTAL_RESPONSIBILITY, responsible_id=spoke)
    assert found.say(by_parent).responsible_id == spoke
    with acting(walled.SYSTEM):
        Relationship.objects.create(
            person=Relationship.objects.get(pk=spoke).person, other_id=found.person,
            kind="non_contact_order", source_id="care", starts_on=TODAY - DAY,
            document_seen_on=TODAY,
        )  # fmt: skip
    with pytest.raises(CannotRecordConsent, match="non-contact"):
        found.say(by_parent)
    competent = replace(YES, who_spoke=WhoSpoke.COMPETENT_CHILD, competence="Could say it back")
    assert found.say(competent).competence == "Could say it back"


def test_capacity_is_of_one_decision_and_best_interests_rest_on_it() -> None:
    """P12: capacity is decision-specific (assessor, date, best interests)."""
    found = case()
    asked = {
        "by": found.worker, "person_id": found.person, "decision": "Whether housing is told",
        "purpose": Purpose.HOMELESSNESS, "outcome": CapacityOutcome.LACKS_CAPACITY,
        "best_interests": "Told, agreed with the advocate", "assessed_on": TODAY, "at": AT,
    }  # fmt: skip
    by_interests = replace(YES, who_spoke=WhoSpoke.BEST_INTERESTS)
    for change in ({"best_interests": " "}, {"decision": " "}, {"assessed_on": TODAY + DAY}):
        with pytest.raises(CannotAssess):
            record_capacity(**{**asked, **change})
    record_capacity(**{**asked, "purpose": Purpose.EARLY_HELP})
    with pytest.raises(CannotRecordConsent, match="another decision does not count"):
        found.say(by_interests)
    assessment = record_capacity(**asked)
    assert found.say(by_interests).capacity_id == assessment.pk
    with pytest.raises(CannotRecordConsent, match="could not decide this"):
        found.say(YES)


def test_a_child_is_not_assessed_for_capacity() -> None:
    found = case(CHILD)
    with pytest.raises(CannotAssess, match="Under 16"):
        record_capacity(
            by=found.worker, person_id=found.person, decision="x", purpose=None, best_interests="",
            outcome=CapacityOutcome.HAS_CAPACITY, assessed_on=TODAY, at=AT,
        )  # fmt: skip


def test_a_yes_to_a_service_opens_nothing() -> None:
    """Three separate things: agreement to a service is no consent to share."""
    found = case()
    record_service_answer(
        by=found.worker, person_id=found.person, service="Floating support",
        answer=ServiceAnswer.AGREED, method=Method.IN_PERSON, at=AT,
    )  # fmt: skip
    assert not housing_sees(found)
    page = what_was_said(found.worker, found.person, at=AT)
    assert (page.consents, len(page.services)) == ((), 1)


def test_what_was_said_is_shown_with_what_became_of_it() -> None:
    found = case()
    found.say(YES)
    found.say(replace(YES, state=ConsentState.OBJECTED), AT + DAY)
    page = what_was_said(found.worker, found.person, at=AT + 2 * DAY)
    assert [(each.state, each.latest) for each in page.consents] == [
        (ConsentState.OBJECTED, True),
        (ConsentState.GIVEN, False),
    ]
