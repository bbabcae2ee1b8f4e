"""A second key beside the code, by what right a code is held, and asking for everything held (P12, P39)."""

import datetime
import json
import uuid

import pytest
from pyotp import TOTP

from joinedup.foundations.accounts.operations.factors import new_seed
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import (
    Category,
    ConsentState,
    Method,
    OwnFactor,
    PageFor,
    Purpose,
    WhoSpoke,
)
from joinedup.identity.sharing.models import Consent, OwnAccess, SubjectPart
from joinedup.identity.sharing.operations.consents import (
    CannotRecordConsent,
    CannotWithdraw,
    give_again,
    withdraw_consent,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.own_access import (
    CannotHandOver,
    CannotOpenOwnPage,
    HeldBy,
    hand_over_code,
)
from joinedup.identity.sharing.operations.own_factor import (
    CannotChooseFactor,
    choose_app,
    choose_number,
    prove_factor,
)
from joinedup.identity.sharing.operations.subject import (
    CannotAnswerRequest,
    CannotAskForAll,
    ask_for_everything,
    extend,
    note_prepared,
    release,
)
from joinedup.identity.sharing.rules.subject import due_on, why_not_extend
from joinedup.single_view.queries.own_page import the_own_page
from joinedup.single_view.queries.subject import export_of, one_part, parts_to_answer
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later

D = datetime.date


@pytest.mark.parametrize(
    ("asked", "extended", "due"),
    [
        (D(2026, 1, 31), False, D(2026, 2, 28)),
        (D(2028, 1, 31), False, D(2028, 2, 29)),
        (D(2026, 11, 18), False, D(2026, 12, 18)),
        (D(2026, 11, 30), True, D(2027, 2, 28)),
        (D(2026, 12, 5), False, D(2027, 1, 5)),
    ],
)
def test_a_request_is_due_a_calendar_month_on(asked: D, extended: bool, due: D) -> None:
    """Standards 1.6."""
    assert due_on(asked, extended=extended) == due


def test_more_time_is_told_within_the_first_month_once_and_with_a_reason() -> None:
    asked = D(2026, 11, 18)
    assert why_not_extend(asked, D(2026, 12, 18), is_extended=False, because="Ten volumes") == ""
    assert "over" in why_not_extend(asked, D(2026, 12, 19), is_extended=False, because="Ten")
    assert "twice" in why_not_extend(asked, asked, is_extended=True, because="Ten")
    assert "Say why" in why_not_extend(asked, asked, is_extended=False, because=" ")


@pytest.fixture
def worker() -> Viewer:
    walled.agency("care", "social_care")
    return walled.viewer("care", "social_worker", Purpose.DIRECT_CARE, team="Adults")


@pytest.fixture
def person(worker: Viewer) -> uuid.UUID:
    made = walled.person("care", born_on=D(1980, 3, 31))
    begin_involvement(by=worker, person_id=made, because="Allocated", at=AT)
    return made


def handed(worker: Viewer, person: uuid.UUID, **held: object) -> OwnAccess:
    made, _ = hand_over_code(
        by=worker, person_id=person, asked_about_coercion=True, at=AT,
        held_by=HeldBy(**held),  # type: ignore[arg-type]
    )  # fmt: skip
    return made


@pytest.mark.django_db
def test_a_number_is_asked_for_each_time_and_guesses_are_counted(
    worker: Viewer, person: uuid.UUID
) -> None:
    access = handed(worker, person)
    for easy in ("12345", "111111", "123456", "121212"):
        with pytest.raises(CannotChooseFactor):
            choose_number(access_id=access.pk, number=easy, at=AT)
    kept = choose_number(access_id=access.pk, number="58 02 13", at=AT)
    assert kept.factor == OwnFactor.NUMBER
    assert "580213" not in kept.factor_secret
    assert prove_factor(access_id=access.pk, typed="580213", at=AT).pk == access.pk
    for _ in range(5):
        with pytest.raises(CannotOpenOwnPage):
            prove_factor(access_id=access.pk, typed="999999", at=AT)
    with pytest.raises(CannotOpenOwnPage, match="Too many"):
        prove_factor(access_id=access.pk, typed="580213", at=AT)
    with pytest.raises(CannotChooseFactor, match="already"):
        choose_number(access_id=access.pk, number="602917", at=AT)


@pytest.mark.django_db
def test_an_app_s_code_opens_once(worker: Viewer, person: uuid.UUID) -> None:
    access, seed = handed(worker, person), new_seed()
    codes = TOTP(seed)
    with pytest.raises(CannotChooseFactor, match="not right"):
        choose_app(access_id=access.pk, seed=seed, code="000000x", at=AT)
    choose_app(access_id=access.pk, seed=seed, code=codes.at(AT), at=AT)
    next_at = later(1)
    assert prove_factor(access_id=access.pk, typed=codes.at(next_at), at=next_at)
    with pytest.raises(CannotOpenOwnPage):
        prove_factor(access_id=access.pk, typed=codes.at(next_at), at=next_at)


@pytest.mark.django_db
def test_a_carer_holds_a_code_only_by_a_right_and_decides_nothing(
    worker: Viewer, person: uuid.UUID
) -> None:
    """P12: one adult never consents for another."""
    with pytest.raises(CannotHandOver, match="who is to hold"):
        handed(worker, person, right=PageFor.AGREED)
    with pytest.raises(CannotHandOver, match="document"):
        handed(worker, person, right=PageFor.ATTORNEY, name="Ama")
    themselves = handed(worker, person)
    carer = handed(worker, person, right=PageFor.AGREED, name="Her sister Ama")
    with acting(walled.SYSTEM):
        assert OwnAccess.objects.get(pk=themselves.pk).revoked_at is None
        said = Consent.objects.create(
            person_id=person, purpose=Purpose.EARLY_HELP, state=ConsentState.GIVEN,
            who_spoke=WhoSpoke.PERSON, method=Method.IN_PERSON, agency_id="care", said_at=AT,
        )  # fmt: skip
    by_carer = Viewer.of_person(carer.pk)
    with pytest.raises(CannotWithdraw, match="Only the person"):
        withdraw_consent(by=by_carer, consent_id=said.pk, at=later(1))
    assert not the_own_page(by_carer, at=later(1)).is_the_person
    me = Viewer.of_person(themselves.pk)
    with pytest.raises(CannotRecordConsent, match="already"):
        give_again(by=me, consent_id=said.pk, at=later(1))
    withdraw_consent(by=me, consent_id=said.pk, at=later(1))
    with pytest.raises(CannotRecordConsent, match="Only the person"):
        give_again(by=by_carer, consent_id=said.pk, at=later(2))
    assert give_again(by=me, consent_id=said.pk, at=later(2)).state == ConsentState.GIVEN


@pytest.mark.django_db
def test_everything_held_is_asked_for_read_by_the_controller_and_released(
    worker: Viewer, person: uuid.UUID
) -> None:
    walled.agency("gp", "health")
    walled.record(person, "gp")
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person, holder_id="care", category=Category.ADULT_SOCIAL_CARE,
            headline="Assessed", recorded_at=AT, starts_on=AT.date(),
        )  # fmt: skip
    me = Viewer.of_person(handed(worker, person).pk)
    asked = ask_for_everything(by=me, words="Who told the school?", at=AT)
    assert asked.due_on == D(2026, 12, 18)
    with pytest.raises(CannotAskForAll):
        ask_for_everything(by=me, words="", at=later(1))
    manager = walled.viewer("care", "duty_manager", Purpose.OWN_WORK)
    (part,) = parts_to_answer(manager)
    with pytest.raises(CannotAnswerRequest, match="Read the export"):
        release(by=manager, part_id=part.pk, withheld="", at=later(2))
    note_prepared(by=manager, part_id=part.pk, at=later(2))
    held = json.loads(export_of(one_part(manager, part.pk), later(2)))
    by_heading = {each["of"]: each["things"] for each in held["held"]}
    assert [each["what"] for each in by_heading["What is held about you"]] == [
        "Adult social care: Assessed"
    ]
    assert len(by_heading["Who you are, as it is written down"]) == 1
    extend(by=manager, request_id=asked.pk, because="Ten volumes of paper", at=later(3))
    release(by=manager, part_id=part.pk, withheld="A neighbour’s name", at=later(4))
    page = the_own_page(me, at=later(5))
    assert page.asked[0].due_on == D(2027, 2, 18)
    assert sorted((name, bool(at)) for name, at, *_ in page.asked[0].parts) == [
        ("Care", True), ("Gp", False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_another_controller_neither_sees_nor_takes_a_part(
    worker: Viewer, person: uuid.UUID
) -> None:
    walled.agency("gp", "health")
    me = Viewer.of_person(handed(worker, person).pk)
    ask_for_everything(by=me, words="", at=AT)
    with acting(walled.SYSTEM):
        part = SubjectPart.objects.get()
    stranger = walled.viewer("gp", "duty_manager", Purpose.OWN_WORK)
    assert parts_to_answer(stranger) == []
    with pytest.raises(SubjectPart.DoesNotExist):
        note_prepared(by=stranger, part_id=part.pk, at=AT)
