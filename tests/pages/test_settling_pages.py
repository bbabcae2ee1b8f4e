"""The page on which the front door says whom a referral is about."""

import datetime
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.support.frontdoor.choices import MatchAnswer
from joinedup.support.frontdoor.models import Match, Referral
from joinedup.support.frontdoor.rules.typed import TypedSubject
from tests import audit_lines
from tests.pages.test_referral_pages import body, client_of, page
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import Door

pytestmark = pytest.mark.django_db
BORN = datetime.date(1950, 1, 1)
TYPED = TypedSubject(
    "Ada", "Ashe", datetime.date(1950, 1, 2), address="3 Mill Lane", postcode="LS1 4DY"
)


@pytest.fixture
def door() -> Door:
    made = referred.door()
    walled.let_see(
        "care", "hospital", Category.IDENTITY, Category.ADDRESS, purpose=Purpose.EARLY_HELP
    )
    return made


def found_by(*people: uuid.UUID) -> None:
    """Put these into what the find looks in."""
    with acting(walled.SYSTEM), connection.cursor() as cursor:
        refresh_find_index(cursor, [str(each) for each in people])


def lives(**more: object) -> uuid.UUID:
    said = {"born_on": BORN, "address": "5 Mill Lane", "postcode": "LS1 4DY", **more}
    return walled.person("hospital", **said)


def who(sent: Referral) -> str:
    return reverse("who", args=[sent.pk, 1])


def answer(sent: Referral) -> Match:
    with acting(walled.SYSTEM):
        return Match.objects.get(matter=sent.pk)


def as_sender(door: Door, sent: Referral) -> str:
    shown = client_of(door.sender).get(reverse("sent-referral", args=[sent.pk]))
    assert shown.status_code == 200
    body_of = shown.content.decode().partition("<main")[2]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body_of)


def test_candidates_stand_beside_what_was_typed_and_each_is_a_look(door: Door) -> None:
    """P3: no more than ten, of those this worker may see; P17: the sender's page stays as it was."""
    ada, hidden = lives(), walled.person("charity", born_on=BORN, postcode="LS1 4DY")
    many = [lives(given_name=f"Ada{'e' * n}") for n in range(1, 12)]
    found_by(ada, hidden, *many)
    sent = referred.referral(door.sender, subject=TYPED)
    before = as_sender(door, sent)
    client = client_of(door.worker)
    assert "Say who it is" in body(client, page(sent.pk))
    shown = body(client, who(sent))
    assert "5 Mill Lane" in shown
    assert "Differs" in shown
    assert shown.count("This is the person") <= 10
    assert str(hidden) not in shown
    looks = {each.subject_id for each in audit_lines.lines(act="looked", subject_kind="person")}
    assert str(ada) in looks
    assert looks == {str(each) for each in (ada, *many) if str(each) in shown}
    said = body(client, who(sent), {"person": str(ada), "seen": 0})
    assert "It is settled, and the rule was run again." in said
    assert answer(sent).person_id == ada
    assert as_sender(door, sent) == before
    late = body(client_of(door.manager), who(sent), {"person": "", "seen": 0})
    assert "Nothing was changed by you" in late
    wrong = body(client, who(sent), {"reason": "", "seen": 1})
    assert "Say how it came out" in wrong


def test_too_little_typed_shows_nobody(door: Door) -> None:
    """P3: two identifying elements, which the referral itself gives or does not."""
    ada = lives()
    found_by(ada)
    sent = referred.referral(door.sender, subject=TypedSubject("Ada", "Ashe"))
    shown = body(client_of(door.worker), who(sent))
    assert "Too little was typed" in shown
    assert "This is the person" not in shown
    assert audit_lines.lines(act="looked", subject_kind="person") == []


def test_somebody_found_by_the_product_s_own_find_is_attached_on_the_way_back(door: Door) -> None:
    other = lives(given_name="Grace", family_name="Okafor", postcode="LS9 9AA")
    found_by(other)
    sent = referred.referral(door.sender, subject=TYPED)
    client = client_of(door.worker)
    shown = body(client, reverse("who-find", args=[sent.pk, 1]), {})
    assert f'whom referral <a class="govuk-link" href="{who(sent)}">{sent.reference}</a>' in shown
    there = body(client, f"/people/{other}/")
    assert there.count("This is the person") == 1
    body(client, who(sent), {"person": str(other), "seen": 0})
    assert (answer(sent).answer, answer(sent).person_id) == (MatchAnswer.OURS, other)
    assert "whom referral" not in body(client, "/find/")


def test_only_the_front_door_that_has_it_is_asked(door: Door) -> None:
    sent = referred.referral(door.sender, subject=TYPED)
    for viewer, status in ((door.sender, 403), (door.taker, 403)):
        client: Client = client_of(viewer)
        assert client.get(who(sent)).status_code == status
        assert client.post(reverse("who-find", args=[sent.pk, 1])).status_code == status
    assert client_of(door.worker).get(reverse("who", args=[sent.pk, 2])).status_code == 404
    stranger = walled.viewer("care", "front_door_worker", team="Another door")
    assert client_of(stranger).get(who(sent)).status_code == 404
