"""Emergency access is loud and short; a restricted address needs two; a code opens one's own page."""

import datetime
import uuid

import pytest

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    EmergencyOutcome,
    EmergencyReason,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.models import (
    AddressRelease,
    EmergencyAccess,
    RestrictedAddress,
    Restriction,
)
from joinedup.identity.sharing.operations.address_release import (
    CannotRelease,
    agree_to_release,
    ask_for_address,
    refuse_release,
    relay_instead,
)
from joinedup.identity.sharing.operations.emergency import (
    LASTS,
    CannotOpenEmergencyAccess,
    CannotReviewEmergencyAccess,
    open_emergency_access,
    review_emergency_access,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.own_access import (
    CannotHandOver,
    CannotOpenOwnPage,
    hand_over_code,
    open_own_page,
    revoke_codes,
)
from joinedup.identity.sharing.queries.emergency import accesses, one_access, one_release
from joinedup.identity.sharing.queries.facts import decisions
from tests.sharing import walled

pytestmark = pytest.mark.django_db
BORN = datetime.date(1985, 2, 3)
LIFE = EmergencyReason.LIFE_AT_RISK
WORDS = "He has rung and says goodbye"


@pytest.fixture(autouse=True)
def _agencies() -> None:
    walled.agency("gp", "health")
    walled.agency("housing", "housing")
    walled.agency("police", "police")


@pytest.fixture
def officer() -> Viewer:
    return walled.viewer("police", "police_liaison", Purpose.CRIME_DISORDER)


@pytest.fixture
def him() -> uuid.UUID:
    return walled.person("gp", "housing", born_on=BORN, address="1 Mill Lane")


def opened(officer: Viewer, him: uuid.UUID) -> EmergencyAccess:
    return open_emergency_access(
        by=officer, person_id=him, reason=LIFE, words=WORDS, at=clock.now()
    )


def in_emergency(officer: Viewer) -> Viewer:
    return Viewer(**{**vars(officer), "purpose": Purpose.VITAL_INTEREST.value})


def sees_records(viewer: Viewer, person: uuid.UUID) -> set[str]:
    with acting(viewer):
        return set(Record.objects.filter(person=person).values_list("agency_id", flat=True))


def test_it_opens_for_one_post_and_one_person_and_shuts_by_itself(
    officer: Viewer, him: uuid.UUID
) -> None:
    other = walled.person("gp", "housing")
    colleague = walled.viewer("police", "police_liaison", Purpose.VITAL_INTEREST)
    assert sees_records(in_emergency(officer), him) == set()
    made = opened(officer, him)
    assert made.ends_at - made.starts_at == LASTS
    assert sees_records(in_emergency(officer), him) == {"gp", "housing"}
    assert sees_records(officer, him) == set()
    assert sees_records(in_emergency(officer), other) == set()
    assert sees_records(colleague, him) == set()
    later = clock.now() + LASTS
    health = decisions(in_emergency(officer), him, at=later)["gp", Category.HEALTH]
    assert not health.allowed


def test_its_reason_is_said_in_words(officer: Viewer, him: uuid.UUID) -> None:
    for words in ("", "   ", "urgent", "so very urgent"):
        with pytest.raises(CannotOpenEmergencyAccess, match="who is in danger"):
            open_emergency_access(
                by=officer, person_id=him, reason=LIFE, words=words, at=clock.now()
            )


def test_each_holder_and_the_reviewers_are_told_and_it_is_on_record(
    officer: Viewer, him: uuid.UUID
) -> None:
    duty = walled.post("housing", "duty_manager")
    elsewhere = walled.post("police", "duty_manager")
    guardian = walled.post("gp", "caldicott_guardian")
    made = opened(officer, him)
    told = set(Notice.objects.values_list("post_id", "kind"))
    assert told == {
        (duty.pk, "emergency_access_used"),
        (guardian.pk, "emergency_access_to_review"),
    }
    assert elsewhere.pk not in {post for post, _ in told}
    with acting(walled.SYSTEM):
        line = Entry.objects.get(act="opened emergency access")
    assert (line.subject_id, line.person_id, line.purpose) == (str(made.pk), him, "vital_interest")
    assert WORDS not in str(vars(line))


def test_who_holds_something_under_an_earlier_identifier_is_told_too(
    officer: Viewer, him: uuid.UUID
) -> None:
    """Two entries were found to be one person: what either agency holds is opened, and both are told."""
    earlier = walled.person("housing")
    with acting(walled.SYSTEM):
        Record.objects.filter(person=him, agency="housing").delete()
        Person.objects.filter(pk=earlier).update(merged_into=him)
    duty = walled.post("housing", "duty_manager")
    opened(officer, him)
    assert Notice.objects.filter(post=duty, kind="emergency_access_used").exists()


def test_an_agency_without_a_duty_manager_hears_of_it_all_the_same(
    officer: Viewer, him: uuid.UUID
) -> None:
    """Who manages its teams is told in their stead, and may read what they are told of; nobody else of it may."""
    manager = walled.viewer("housing", "team_manager")
    other = walled.viewer("housing", "housing_officer")
    made = opened(officer, him)
    assert Notice.objects.filter(post=manager.post_id, kind="emergency_access_used").exists()
    assert one_access(manager, made.pk, at=clock.now()).words == WORDS
    with pytest.raises(EmergencyAccess.DoesNotExist):
        one_access(other, made.pk, at=clock.now())
    walled.post("housing", "duty_manager")
    with pytest.raises(EmergencyAccess.DoesNotExist):
        one_access(manager, made.pk, at=clock.now())


def test_an_address_is_not_asked_for_where_nobody_could_answer(
    officer: Viewer, him: uuid.UUID
) -> None:
    """It would wait for ever; whether there is a duty manager tells nothing of the person (P8)."""
    walled.post("housing", "team_manager")
    with pytest.raises(CannotRelease, match="no duty manager here who could answer"):
        ask_for_address(by=officer, person_id=him, holder="housing", why="news", at=clock.now())
    assert not AddressRelease.objects.exists()


def test_a_barred_post_does_not_get_in_this_way_either(officer: Viewer, him: uuid.UUID) -> None:
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=him, kind=RestrictionKind.BARRED_POST, holder_id="police",
            barred_id=officer.post_id, because="a relative",
            starts_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(CannotOpenEmergencyAccess, match="somebody else can"):
        opened(officer, him)


def test_who_may_refer_only_has_no_emergency_access(him: uuid.UUID) -> None:
    walled.agency("pub", "licensed_premises")
    with pytest.raises(NotPermitted):
        opened(walled.viewer("pub", "referrer"), him)


def test_it_is_reviewed_once_and_by_another(officer: Viewer, him: uuid.UUID) -> None:
    made, at = opened(officer, him), clock.now()
    guardian = walled.viewer("gp", "caldicott_guardian")
    assert [each.pk for each in accesses(guardian, at=at, waiting=True)] == [made.pk]

    def review(by: Viewer, words: str = "It was right") -> EmergencyAccess:
        return review_emergency_access(
            by=by, access_id=made.pk, outcome=EmergencyOutcome.JUSTIFIED, words=words, at=at
        )

    with pytest.raises(NotPermitted):
        review(officer)
    with pytest.raises(CannotReviewEmergencyAccess, match="what you found"):
        review(guardian, words=" ")
    assert review(guardian).outcome == "justified"
    with pytest.raises(CannotReviewEmergencyAccess, match="already"):
        review(guardian)
    assert accesses(guardian, at=at, waiting=True) == ()
    assert Notice.objects.filter(post=officer.post_id, kind="emergency_access_reviewed").exists()


def test_it_is_read_by_those_whom_it_concerns_only(officer: Viewer, him: uuid.UUID) -> None:
    made, at = opened(officer, him), clock.now()
    assert one_access(walled.viewer("housing", "duty_manager"), made.pk, at=at).words == WORDS
    for stranger in ("police_liaison", "duty_manager"):
        with pytest.raises(EmergencyAccess.DoesNotExist):
            one_access(walled.viewer("police", stranger), made.pk, at=at)


@pytest.fixture
def hidden(him: uuid.UUID) -> uuid.UUID:
    """Put housing's address of him into the room of its own (P13)."""
    with acting(walled.SYSTEM):
        at = clock.now()
        Restriction.objects.create(
            person_id=him, kind=RestrictionKind.SAFETY_ADDRESS, holder_id="housing",
            because="fled", starts_at=at - datetime.timedelta(days=1),
        )  # fmt: skip
        mine = Record.objects.get(person=him, agency="housing")
        RestrictedAddress.objects.create(
            person_id=him, holder_id="housing", record_key=mine.record_id,
            address={"address": "9 Secret Street"}, kept_at=at,
        )  # fmt: skip
        Record.objects.filter(pk=mine.pk).update(address="")
    return him


def addresses(viewer: Viewer) -> list[str]:
    with acting(viewer):
        return [kept.address["address"] for kept in RestrictedAddress.objects.all()]


def test_emergency_access_never_shows_a_restricted_address(
    officer: Viewer, hidden: uuid.UUID
) -> None:
    """P13: the holder's duty manager relays or releases it, two people acting."""
    opened(officer, hidden)
    assert addresses(in_emergency(officer)) == []
    assert addresses(officer) == []
    assert addresses(walled.viewer("housing", "housing_officer", Purpose.OWN_WORK)) == []
    assert addresses(walled.viewer("police", "duty_manager")) == []


def test_two_duty_managers_release_it_to_who_asked_for_an_hour(
    officer: Viewer, hidden: uuid.UUID
) -> None:
    """P13: one alone releases nothing."""
    at = clock.now()
    first, second = (walled.viewer("housing", "duty_manager") for _ in range(2))
    asked = ask_for_address(by=officer, person_id=hidden, holder="housing", why="a warning", at=at)
    agree_to_release(by=first, release_id=asked.pk, at=at)
    assert addresses(officer) == []
    with pytest.raises(CannotRelease, match="second duty manager"):
        agree_to_release(by=first, release_id=asked.pk, at=at)
    assert addresses(officer) == []
    done = agree_to_release(by=second, release_id=asked.pk, at=at)
    assert done.ends_at == at + datetime.timedelta(hours=1)
    assert addresses(officer) == ["9 Secret Street"]
    assert addresses(walled.viewer("police", "police_liaison", Purpose.CRIME_DISORDER)) == []
    with acting(walled.SYSTEM):
        AddressRelease.objects.filter(pk=done.pk).update(ends_at=at)
    assert addresses(officer) == []


def test_asking_is_answered_alike_whether_there_is_such_an_address_or_not(
    officer: Viewer, hidden: uuid.UUID
) -> None:
    """P8: that there is a restricted address is neither confirmed nor denied."""
    nobody = walled.person("gp")
    walled.post("housing", "duty_manager")
    for person in (hidden, nobody):
        asked = ask_for_address(
            by=officer, person_id=person, holder="housing", why="a warning", at=clock.now()
        )
        assert (asked.refused_at, asked.relayed) == (None, False)


def test_only_the_holders_duty_managers_answer_and_only_once(
    officer: Viewer, hidden: uuid.UUID
) -> None:
    at = clock.now()
    manager = walled.viewer("housing", "duty_manager")
    asked = ask_for_address(by=officer, person_id=hidden, holder="housing", why="news", at=at)
    with pytest.raises(AddressRelease.DoesNotExist):
        agree_to_release(by=walled.viewer("gp", "duty_manager"), release_id=asked.pk, at=at)
    with pytest.raises(NotPermitted):
        agree_to_release(by=walled.viewer("housing", "housing_officer"), release_id=asked.pk, at=at)
    relay_instead(by=manager, release_id=asked.pk, at=at)
    assert one_release(manager, asked.pk, at=at).answered == "relayed"
    for again in (agree_to_release, relay_instead, refuse_release):
        with pytest.raises(CannotRelease, match="already"):
            again(by=manager, release_id=asked.pk, at=at)
    assert addresses(officer) == []


def test_a_code_is_handed_over_after_the_coercion_check_only(him: uuid.UUID) -> None:
    """P39: handed over in person, after asking alone about coercion."""
    nurse = walled.viewer("gp", "practitioner")
    with pytest.raises(CannotHandOver, match="alone with the person"):
        hand_over_code(by=nurse, person_id=him, asked_about_coercion=False, at=clock.now())


def working_with(him: uuid.UUID) -> Viewer:
    """A practitioner whose team is involved with him."""
    nurse = walled.viewer("gp", "practitioner")
    begin_involvement(by=nurse, person_id=him, because="a patient", at=clock.now())
    return nurse


def test_only_a_team_that_works_with_the_person_hands_over_a_code(him: uuid.UUID) -> None:
    """P39: a code would show to anybody who knows the birth date what they may not see."""
    nurse, at = walled.viewer("gp", "practitioner"), clock.now()
    with pytest.raises(CannotHandOver, match="works with the person"):
        hand_over_code(by=nurse, person_id=him, asked_about_coercion=True, at=at)


def test_a_code_opens_the_page_with_the_birth_date_and_nothing_else_does(him: uuid.UUID) -> None:
    nurse, at = working_with(him), clock.now()
    made, code = hand_over_code(by=nurse, person_id=him, asked_about_coercion=True, at=at)
    assert code not in str(vars(made))
    assert open_own_page(code=code.lower().replace("-", " "), born_on=BORN, at=at).pk == made.pk
    wrong = [(code, BORN + datetime.timedelta(days=1)), (code[:-1] + "!", BORN), ("", BORN)]
    said = set()
    for other_code, other_date in wrong:
        with pytest.raises(CannotOpenOwnPage) as refused:
            open_own_page(code=other_code, born_on=other_date, at=at)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_new_code_or_revoking_shuts_the_page_at_once(him: uuid.UUID) -> None:
    """P39: instant revoke."""
    nurse, at = working_with(him), clock.now()
    first, code = hand_over_code(by=nurse, person_id=him, asked_about_coercion=True, at=at)
    with acting(Viewer.of_person(first.pk)):
        assert list(Person.objects.values_list("pk", flat=True)) == [him]
    _, second = hand_over_code(by=nurse, person_id=him, asked_about_coercion=True, at=at)
    with pytest.raises(CannotOpenOwnPage):
        open_own_page(code=code, born_on=BORN, at=at)
    with pytest.raises(NotPermitted), acting(Viewer.of_person(first.pk)):
        pass
    assert revoke_codes(by=nurse, person_id=him, at=at) == 1
    with pytest.raises(CannotOpenOwnPage):
        open_own_page(code=second, born_on=BORN, at=at)
