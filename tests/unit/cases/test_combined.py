"""The combined-factor check: one lead of each holder, its own part alone, and nothing moves before they decide."""

import datetime
import re
import uuid
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.accounts.models import User
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, Household, HouseholdMember
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Disclosure, Restriction
from joinedup.support.cases.choices.combined import CombinedDecision
from joinedup.support.cases.models import CombinedAlert
from joinedup.support.cases.operations.combined import (
    CannotDecide,
    Deciding,
    decide_combined,
    recipients_for,
)
from joinedup.support.cases.operations.combined_check import check_combined_factors
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
"""Each answer has its own, whatever it shows."""
SHARE = Deciding(
    CombinedDecision.SHARE, "She is five and alone with him in the evenings",
    "He is in treatment for alcohol and missed the last four meetings.", "care",
)  # fmt: skip


@dataclass(frozen=True)
class Home:
    """A mother, a father and a child; a lead in the police and one in a clinic; a social worker."""

    mother: uuid.UUID
    father: uuid.UUID
    child: uuid.UUID
    police: Viewer
    clinic: Viewer
    deputy: Viewer
    social: Viewer


@pytest.fixture
def home() -> Home:
    for code, kind in (("police", "police"), ("clinic", "health"), ("care", "social_care")):
        walled.agency(code, kind)
    born = {"mother": datetime.date(1990, 1, 1), "child": datetime.date(2020, 5, 1)}
    mother = walled.person("police", born_on=born["mother"], given_name="Eve")
    father = walled.person("clinic", born_on=born["mother"], given_name="Max")
    child = walled.person("care", born_on=born["child"], given_name="Kit")
    with acting(walled.SYSTEM):
        at_home = Household.objects.create(address_key="one")
        for person, holder in ((mother, "police"), (father, "clinic"), (child, "care")):
            HouseholdMember.objects.create(
                household=at_home, person_id=person, holder_id=holder,
                starts_on=datetime.date(2026, 1, 1),
            )  # fmt: skip
    return Home(
        mother, father, child,
        walled.viewer("police", "safeguarding_lead", "safeguard_child", team="Protection"),
        walled.viewer("clinic", "safeguarding_lead", "safeguard_child", team="Safeguarding"),
        walled.viewer("clinic", "team_manager", team="Safeguarding"),
        walled.viewer("care", "social_worker", "safeguard_child", team="Children"),
    )  # fmt: skip


def holds(holder: str, person: uuid.UUID, category: str, **more: object) -> None:
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person, holder_id=holder, category=category, headline="Something",
            recorded_at=AT, starts_on=datetime.date(2026, 2, 1), **more,
        )  # fmt: skip


def found(home: Home) -> None:
    holds("police", home.mother, "domestic_abuse")
    holds("clinic", home.father, "substance_misuse")
    check_combined_factors(at=AT)


def seen(viewer: Viewer) -> list[tuple[uuid.UUID, list[str]]]:
    with acting(viewer):
        return list(CombinedAlert.objects.values_list("adult", "factors"))


def alert_of(viewer: Viewer) -> CombinedAlert:
    with acting(viewer):
        return CombinedAlert.objects.get()


def test_one_lead_of_each_holder_is_told_of_its_own_and_nothing_crosses(home: Home) -> None:
    """P36, S0-18: each lead reads its own adult and category; the wall gives it to nobody else."""
    found(home)
    assert seen(home.police) == [(home.mother, ["domestic_abuse"])]
    assert seen(home.clinic) == [(home.father, ["substance_misuse"])]
    assert seen(home.deputy) == seen(home.social) == []
    told = Notice.objects.filter(kind=NoticeKind.COMBINED_FACTORS)
    assert set(told.values_list("post_id", flat=True)) == {home.police.post_id, home.clinic.post_id}
    assert check_combined_factors(at=later(1)) == 0
    with acting(walled.SYSTEM):
        assert not Disclosure.objects.exists()
        assert not Exit.objects.exists()


@pytest.mark.parametrize("lacking", ["factor", "child", "over", "institution", "elsewhere"])
def test_nobody_is_told_where_something_is_lacking(home: Home, lacking: str) -> None:
    with acting(walled.SYSTEM):
        members = HouseholdMember.objects.all()
        if lacking == "child":
            members.filter(person=home.child).delete()
        if lacking == "elsewhere":
            members.filter(person=home.father).update(ends_on=datetime.date(2026, 6, 1))
        if lacking == "institution":
            Household.objects.update(is_institution=True)
    holds("police", home.mother, "domestic_abuse")
    if lacking != "factor":
        ended = {"ends_on": datetime.date(2026, 3, 1)} if lacking == "over" else {}
        holds("clinic", home.father, "substance_misuse", **ended)
    assert check_combined_factors(at=AT) == 0


def test_two_worlds_that_differ_only_in_an_alert_give_others_the_same_pages(home: Home) -> None:
    """P8: to everybody but the lead the pages are byte for byte those of a world without it."""

    def pages() -> list[tuple[int, bytes]]:
        answers = []
        for viewer in (home.deputy, home.social):
            client = Client()
            client.force_login(User.objects.get(pk=viewer.user_id))
            for address in ("/safeguarding/bears-on-a-child/", unknown, "/my-work/", "/notices/"):
                answer = client.get(address)
                answers.append((answer.status_code, TOKEN.sub(b"", answer.content)))
        return answers

    unknown = f"/safeguarding/bears-on-a-child/{uuid.UUID(int=1)}/"
    holds("police", home.mother, "domestic_abuse")
    holds("clinic", home.father, "substance_misuse")
    before = pages()
    check_combined_factors(at=AT)
    unknown = f"/safeguarding/bears-on-a-child/{alert_of(home.police).pk}/"
    assert pages() == before
    assert [status for status, _ in before] == [200, 404, 200, 200] * 2


def test_a_lead_reads_neither_what_others_hold_nor_whom_it_is_about(home: Home) -> None:
    found(home)
    client = Client()
    client.force_login(User.objects.get(pk=home.clinic.user_id))
    page = client.get(
        f"/safeguarding/bears-on-a-child/{alert_of(home.clinic).pk}/"
    ).content.decode()
    assert "Max" in page
    assert "Alcohol or drugs" in page
    for others in ("Eve", "Kit", "omestic abuse", "Police"):
        assert others not in page.split("<form")[0]


def test_what_is_shared_is_what_the_lead_wrote_and_why_is_kept(home: Home) -> None:
    """P36, s16LA: a human decides; only their words go, and they ring until somebody has them."""
    found(home)
    alert = alert_of(home.clinic)
    assert dict(recipients_for("clinic")) == {"care": "Care"}
    with pytest.raises(CombinedAlert.DoesNotExist):
        decide_combined(by=home.deputy, alert_id=alert.pk, said=SHARE, at=later(1))
    said = Deciding(CombinedDecision.SHARE, "", "words", "care")
    with pytest.raises(CannotDecide, match="proportionate"):
        decide_combined(by=home.clinic, alert_id=alert.pk, said=said, at=later(1))
    done = decide_combined(by=home.clinic, alert_id=alert.pk, said=SHARE, at=later(1))
    with acting(walled.SYSTEM):
        (disclosed,) = Disclosure.objects.all()
        assert (disclosed.recipient_id, disclosed.categories) == ("care", ["substance_misuse"])
        assert Exit.objects.get(pk=done.sent_as_id).door == "safeguarding"
    with pytest.raises(CannotDecide, match="already"):
        decide_combined(by=home.clinic, alert_id=alert.pk, said=SHARE, at=later(2))
    assert alert_of(home.police).decision == ""


def test_not_sharing_is_a_decision_with_its_reason(home: Home, settings: object) -> None:
    """Standards 1.1: a no-share without a reason is refused; under s16LA it must harm the child more."""
    found(home)
    alert = alert_of(home.police)
    no = CombinedDecision.DO_NOT_SHARE

    def decide(because: str, *, harms: bool = False) -> CombinedAlert:
        said = Deciding(no, because, more_detrimental=harms)
        return decide_combined(by=home.police, alert_id=alert.pk, said=said, at=later(1))

    with pytest.raises(CannotDecide, match="why it is not shared"):
        decide(" ")
    settings.DUTY_TO_SHARE_FROM = datetime.date(2026, 1, 1)  # type: ignore[attr-defined]
    with pytest.raises(CannotDecide, match="s16LA"):
        decide("She left him in May")
    assert decide("He would learn where she lives", harms=True).more_detrimental
    with acting(walled.SYSTEM):
        assert Disclosure.objects.get().decision == "do_not_disclose"
        assert not Exit.objects.exists()


def test_a_lead_who_is_kept_from_somebody_is_passed_over(home: Home) -> None:
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=home.father, kind="barred_post", holder_id="clinic", because="Her brother",
            barred_id=home.clinic.post_id, starts_at=later(-1),
        )  # fmt: skip
    found(home)
    assert seen(home.clinic) == []
    assert seen(home.deputy) == [(home.father, ["substance_misuse"])]


def test_that_a_parent_was_known_as_a_child_is_off_until_it_is_let(
    home: Home, settings: object
) -> None:
    """S0-19, P36: by default it is not looked for; let, it is told to its own holder's lead alone."""
    lead = walled.viewer("care", "safeguarding_lead", "safeguard_child", team="MASH")
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=home.mother, holder_id="care", category="childrens_social_care",
            headline="Child in need", recorded_at=AT, starts_on=datetime.date(2001, 3, 1),
            ends_on=datetime.date(2004, 3, 1),
        )  # fmt: skip
    found(home)
    assert seen(lead) == []
    settings.PARENT_KNOWN_AS_CHILD_FROM = datetime.date(2026, 1, 1)  # type: ignore[attr-defined]
    check_combined_factors(at=later(1))
    assert seen(lead) == [(home.mother, ["known_as_child"])]
    assert seen(home.police) == [(home.mother, ["domestic_abuse"])]


def test_a_night_asks_no_more_questions_of_two_homes_than_of_one(home: Home) -> None:
    """A borough is checked by the same few questions as a street."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert check_combined_factors(at=later(2)) == 0
        return len(queries)

    found(home)
    one = asked()
    with acting(walled.SYSTEM):
        next_door = Household.objects.create(address_key="two")
        for born in (datetime.date(1991, 1, 1), datetime.date(2021, 5, 1)):
            HouseholdMember.objects.create(
                household=next_door, person_id=walled.person("police", born_on=born),
                starts_on=datetime.date(2026, 1, 1),
            )  # fmt: skip
        grown = HouseholdMember.objects.filter(household=next_door).order_by("pk")[0].person_id
    for holder, factor in (("police", "domestic_abuse"), ("clinic", "substance_misuse")):
        holds(holder, grown, factor)
    assert check_combined_factors(at=later(1)) == 2
    assert asked() == one
