"""Two acting are two people, nobody barred answers, and a code dies under every identifier."""

import datetime
import uuid
from dataclasses import replace
from typing import Any

import pytest

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, marks
from joinedup.identity.sharing.choices import (
    EmergencyOutcome,
    EmergencyReason,
    Purpose,
    RestrictionKind,
)
from joinedup.identity.sharing.models import AddressRelease, Consent, EmergencyAccess, Restriction
from joinedup.identity.sharing.operations.address_release import (
    CannotRelease,
    agree_to_release,
    ask_for_address,
    refuse_release,
    relay_instead,
)
from joinedup.identity.sharing.operations.emergency import (
    CannotOpenEmergencyAccess,
    CannotReviewEmergencyAccess,
    open_emergency_access,
    review_emergency_access,
)
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.own_access import (
    CannotOpenOwnPage,
    hand_over_code,
    open_own_page,
    revoke_codes,
)
from joinedup.identity.sharing.queries.consents import what_was_said
from joinedup.identity.sharing.queries.emergency import (
    accesses,
    one_access,
    one_release,
    releases,
)
from joinedup.single_view.queries.own_page import the_own_page
from tests.sharing import walled

pytestmark = pytest.mark.django_db
BORN = datetime.date(1985, 2, 3)


@pytest.fixture(autouse=True)
def _agencies() -> None:
    walled.agency("gp", "health")
    walled.agency("housing", "housing")
    walled.agency("police", "police")
    walled.agency("haven", "voluntary", name_reveals=True)


@pytest.fixture
def him() -> uuid.UUID:
    return walled.person("gp", "housing", born_on=BORN)


@pytest.fixture
def officer() -> Viewer:
    return walled.viewer("police", "police_liaison", Purpose.CRIME_DISORDER)


def other_post_of(somebody: Viewer, of: str, role: str) -> Viewer:
    """A second post of the same person."""
    made = walled.post(of, role, team="Another team")
    Post.objects.filter(pk=made.pk).update(user_id=somebody.user_id)
    return Viewer.of_post(Post.objects.select_related("team__agency", "user").get(pk=made.pk))


def asked(by: Viewer, about: uuid.UUID) -> AddressRelease:
    return ask_for_address(
        by=by, person_id=about, holder="housing", why="a warning", at=clock.now()
    )


def opened(by: Viewer, about: uuid.UUID) -> EmergencyAccess:
    return open_emergency_access(
        by=by, person_id=about, reason=EmergencyReason.LIFE_AT_RISK,
        words="He has rung and says goodbye", at=clock.now(),
    )  # fmt: skip


def bar(post_id: uuid.UUID | None, person: uuid.UUID) -> None:
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=person, kind=RestrictionKind.BARRED_POST, holder_id="housing",
            barred_id=post_id, because="a relative",
            starts_at=clock.now() - datetime.timedelta(days=1),
        )  # fmt: skip


def merged_into(person: uuid.UUID) -> uuid.UUID:
    """An identifier that was merged into this one."""
    with acting(walled.SYSTEM):
        return Person.objects.create(
            first_seen_on=datetime.date(2026, 1, 1), merged_into_id=person
        ).pk


def test_one_person_in_two_posts_releases_nothing_alone(officer: Viewer, him: uuid.UUID) -> None:
    """P13: two people acting, not two posts of one."""
    first = walled.viewer("housing", "duty_manager")
    again = other_post_of(first, "housing", "duty_manager")
    request = asked(officer, him)
    agree_to_release(by=first, release_id=request.pk, at=clock.now())
    with pytest.raises(CannotRelease, match="second duty manager"):
        agree_to_release(by=again, release_id=request.pk, at=clock.now())
    mine = other_post_of(officer, "housing", "duty_manager")
    with pytest.raises(CannotRelease, match="asked yourself"):
        agree_to_release(by=mine, release_id=request.pk, at=clock.now())


def test_nobody_reviews_from_another_post_what_they_opened(officer: Viewer, him: uuid.UUID) -> None:
    made = opened(officer, him)
    with pytest.raises(CannotReviewEmergencyAccess, match="Somebody else"):
        review_emergency_access(
            by=other_post_of(officer, "gp", "caldicott_guardian"), access_id=made.pk,
            outcome=EmergencyOutcome.JUSTIFIED, words="It was right", at=clock.now(),
        )  # fmt: skip


def test_who_is_barred_neither_reads_nor_answers_what_is_asked(
    officer: Viewer, him: uuid.UUID
) -> None:
    """Kept away from somebody, a post has no hand in their address or their emergency either."""
    manager = walled.viewer("housing", "duty_manager")
    guardian = walled.viewer("gp", "caldicott_guardian")
    at, request, access = clock.now(), asked(officer, him), opened(officer, him)
    bar(manager.post_id, him)
    bar(guardian.post_id, him)
    assert releases(manager, at=at) == ()
    assert accesses(guardian, at=at, waiting=True) == ()
    with pytest.raises(AddressRelease.DoesNotExist):
        one_release(manager, request.pk, at=at)
    for answer in (agree_to_release, relay_instead, refuse_release):
        with pytest.raises(AddressRelease.DoesNotExist):
            answer(by=manager, release_id=request.pk, at=at)
    for reader in (manager, guardian):
        with pytest.raises(EmergencyAccess.DoesNotExist):
            one_access(reader, access.pk, at=at)
    with pytest.raises(EmergencyAccess.DoesNotExist):
        review_emergency_access(
            by=guardian, access_id=access.pk, outcome=EmergencyOutcome.JUSTIFIED, words="Right",
            at=at,
        )  # fmt: skip


def test_a_barred_post_does_not_get_in_by_an_earlier_identifier(
    officer: Viewer, him: uuid.UUID
) -> None:
    before = merged_into(him)
    bar(officer.post_id, before)
    with pytest.raises(CannotOpenEmergencyAccess, match="somebody else can"):
        opened(officer, him)
    with acting(walled.SYSTEM):
        line = Entry.objects.get(post_id=officer.post_id)
    assert (line.outcome, line.person_id, line.basis) == ("refused", him, "vital_interest")


def test_to_read_what_was_written_of_an_emergency_is_a_look(
    officer: Viewer, him: uuid.UUID
) -> None:
    """Every look at data about a person leaves its line: also a reviewer's and a duty manager's."""
    guardian = walled.viewer("gp", "caldicott_guardian")
    manager = walled.viewer("housing", "duty_manager")
    at, request, access = clock.now(), asked(officer, him), opened(officer, him)
    one_access(guardian, access.pk, at=at)
    one_release(manager, request.pk, at=at)
    with acting(walled.SYSTEM):
        looks = Entry.objects.filter(act="looked", person_id=him)
        assert set(looks.values_list("post_id", "subject_kind")) == {
            (guardian.post_id, "emergency access"),
            (manager.post_id, "address release"),
        }


def test_a_code_dies_and_opens_under_every_identifier(him: uuid.UUID) -> None:
    """P39: instant revoke, also of a code handed over before two entries were found to be one."""
    nurse, at = walled.viewer("gp", "practitioner"), clock.now()
    earlier = walled.person("gp", born_on=BORN)
    begin_involvement(by=nurse, person_id=earlier, because="a patient", at=at)
    made, code = hand_over_code(by=nurse, person_id=earlier, asked_about_coercion=True, at=at)
    with acting(walled.SYSTEM):
        Record.objects.filter(person=earlier).update(person=him)
        Person.objects.filter(pk=earlier).update(merged_into=him)
    assert open_own_page(code=code, born_on=BORN, at=at).pk == made.pk
    assert revoke_codes(by=nurse, person_id=him, at=at) == 1
    with pytest.raises(CannotOpenOwnPage):
        open_own_page(code=code, born_on=BORN, at=at)
    with pytest.raises(NotPermitted), acting(Viewer.of_person(made.pk)):
        pass


def test_a_no_that_names_a_refuge_is_read_by_who_wrote_it_alone(him: uuid.UUID) -> None:
    """P8: that somebody said no to a refuge telling the GP tells the GP of the refuge."""
    at = clock.now()
    worker, nurse = walled.viewer("haven"), walled.viewer("gp", purpose=Purpose.OWN_WORK)
    said = {"purpose": "direct_care", "who_spoke": "person", "method": "in_person", "said_at": at}
    with acting(walled.SYSTEM):
        for state, categories, holder in (
            ("declined", [], "haven"),
            ("declined", ["sexual_health"], "housing"),
            ("declined", ["care_plan"], "housing"),
            ("given", [], "haven"),
        ):
            Consent.objects.create(
                **said, person_id=him, holder_id=holder, recipient_id="gp", categories=categories,
                state=state, agency_id=holder, recorded_by_id=worker.post_id,
            )  # fmt: skip
    read = what_was_said(nurse, him, at=at).consents
    # To whom a no is told, it is not told at all: the policy itself leaves it out.
    assert {(each.consent.state, each.consent.holder_id) for each in read} == {("given", "haven")}


def test_two_own_pages_that_differ_by_a_refuge_alone_are_the_same(him: uuid.UUID) -> None:
    """P8, P39: somebody may be made to open the page before another."""
    nurse, at = walled.viewer("gp", "practitioner"), clock.now()
    worker = walled.viewer("haven", "practitioner", Purpose.SAFEGUARD_ADULT)
    her = walled.person("gp", born_on=BORN)
    pages = []
    for person in (him, her):
        begin_involvement(by=nurse, person_id=person, because="a patient", at=at)
        code, _ = hand_over_code(by=nurse, person_id=person, asked_about_coercion=True, at=at)
        look: dict[str, Any] = {
            "at": at, "subject_kind": "person", "subject_id": str(person), "purpose": "direct_care",
        }  # fmt: skip
        shown = (
            ("care_plan", "domestic_abuse", "sexual_health") if person == him else ("care_plan",)
        )
        with acting(walled.SYSTEM):
            record_look(**{**look, **marks(nurse), "categories": shown}, post_id=nurse.post_id)
            if person == him:
                record_look(**{**look, **marks(worker)}, post_id=worker.post_id)
                Consent.objects.create(
                    person_id=him, purpose="direct_care", holder=Agency.objects.get(code="haven"),
                    recipient_id="gp", categories=[], state="declined", who_spoke="person",
                    method="in_person", agency_id="haven", recorded_by_id=worker.post_id,
                    said_at=at,
                )  # fmt: skip
        page = the_own_page(Viewer.of_person(code.pk), at=at)
        told = tuple(replace(one, entry_id=uuid.UUID(int=0)) for one in page.looks.looks)
        pages.append((page.helpers, page.said, told, page.held))
    assert pages[0] == pages[1]
    assert [one.categories for one in pages[0][2]] == [("Care plan",)]
