"""How somebody opens their own page: a code, their birth date, a second thing of their choosing (journey 12, P39)."""

import datetime
import re

import pytest
from django.test import Client
from pyotp import TOTP

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import OwnAccess, SubjectRequest
from joinedup.identity.sharing.operations.involve import begin_involvement
from joinedup.identity.sharing.operations.own_access import hand_over_code, revoke_codes
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import text
from tests.sharing import walled

pytestmark = pytest.mark.django_db
BORN = datetime.date(1980, 3, 31)
CHOOSE, SECOND, ALL = "/my-page/choose/", "/my-page/second/", "/my-page/everything/"


class Somebody:
    """A woman whom social care knows, with the card that she was handed."""

    def __init__(self) -> None:
        walled.agency("care", "social_care")
        self.worker: Viewer = walled.viewer("care", "social_worker", team="Adults")
        self.person = walled.person("care", born_on=BORN)
        begin_involvement(
            by=self.worker, person_id=self.person, because="her needs", at=clock.now()
        )
        self.access, self.code = hand_over_code(
            by=self.worker, person_id=self.person, asked_about_coercion=True, at=clock.now()
        )

    def opens(self) -> Client:
        """A browser in which the code and the birth date were right."""
        client = Client()
        said = {"code": self.code, "born_on": "31 3 1980"}
        assert client.post("/my-page/open/", said).status_code == 302
        return client


@pytest.fixture
def somebody() -> Somebody:
    return Somebody()


def read(client: Client, path: str, **said: str) -> str:
    """The page, which opened and is well made, after posting to it where something is said."""
    response = client.post(path, said) if said else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return text(response)


def test_a_number_is_chosen_once_and_asked_for_from_then_on(somebody: Somebody) -> None:
    """P39: neither the card nor the birth date alone opens what is held about them."""
    client = somebody.opens()
    assert "Choose a second key" in read(client, CHOOSE)
    assert client.get("/my-page/")["Location"] == "/my-page/open/"
    for number, told in (
        ("", "Choose a number"),
        ("4711", "Choose at least 6 digits"),
        ("111222", "easy to guess"),
        ("345678", "easy to guess"),
    ):
        assert told in read(client, CHOOSE, way="number", number=number)
    assert client.post(CHOOSE, {"way": "number", "number": "47 11 08"})["Location"] == "/my-page/"
    assert "govuk-heading" in read(client, "/my-page/")
    again = somebody.opens()
    assert "Your second key" in read(again, SECOND)
    assert "Write your number" in read(again, SECOND, typed=" ")
    assert "That is not it" in read(again, SECOND, typed="471109")
    assert again.get("/my-page/")["Location"] == "/my-page/open/"
    assert again.post(SECOND, {"typed": "471108"})["Location"] == "/my-page/"
    assert "govuk-heading" in read(again, "/my-page/")
    assert "chosen already" in read(somebody.opens(), CHOOSE, way="number", number="908172")
    assert len(lines(person_id=somebody.person, act="chose a second factor")) == 1


@pytest.mark.parametrize("number", ["31031980", "310380", "1980 03 31", "03/31/1980"])
def test_a_birthday_is_no_second_key(somebody: Somebody, number: str) -> None:
    """P39: it opened the first lock already; whoever harms somebody at home knows it."""
    client = somebody.opens()
    assert "That is your birthday" in read(client, CHOOSE, way="number", number=number)
    with acting(walled.SYSTEM):
        assert OwnAccess.objects.get().factor == ""


def test_an_app_is_chosen_by_its_first_code(somebody: Somebody) -> None:
    """P39: the seed stands on the page until a code of it was right; it is the same after a wrong one."""
    client = somebody.opens()
    shown = [read(client, CHOOSE), read(client, CHOOSE, way="app", code="000000")]
    assert "That code is not right" in shown[1]
    first, second = (re.findall(r"<strong>([A-Z2-7 ]{16,})</strong>", page)[0] for page in shown)
    assert first == second
    seed = first.replace(" ", "")
    code = TOTP(seed).at(clock.now())
    assert client.post(CHOOSE, {"way": "app", "code": code})["Location"] == "/my-page/"
    later = somebody.opens()
    assert "That is not it" in read(later, SECOND, typed=code), "a code works once"


def test_a_code_taken_back_opens_nothing_even_half_way(somebody: Somebody) -> None:
    """P39: shut at once on a worry, also for whoever has just typed the code."""
    client = somebody.opens()
    assert revoke_codes(by=somebody.worker, person_id=somebody.person, at=clock.now()) == 1
    assert "This code works no more" in read(client, CHOOSE, way="number", number="471108")
    assert client.get("/my-page/")["Location"] == "/my-page/open/"


def test_without_a_code_both_lead_to_where_it_is_typed(somebody: Somebody) -> None:
    for path in (CHOOSE, SECOND):
        assert Client().get(path)["Location"] == "/my-page/open/"
        assert Client().post(path, {"typed": "471108"})["Location"] == "/my-page/open/"


def test_everything_held_is_asked_for_once_and_says_by_when(somebody: Somebody) -> None:
    """UK GDPR, Article 12(3): within one month, and the person is told the day."""
    client = somebody.opens()
    client.post(CHOOSE, {"way": "number", "number": "471108"})
    assert "It costs nothing" in read(client, ALL)
    long = "What the school wrote. " * 100
    assert long.strip() in read(client, ALL, words=long), "what was typed is kept"
    sent = client.post(ALL, {"words": "What the school wrote"}, follow=True)
    with acting(walled.SYSTEM):
        asked = SubjectRequest.objects.get()
    assert f"You get it by {asked.due_on.day} {asked.due_on:%B %Y}." in text(sent)
    assert "You have asked already" in read(client, ALL, words="And the police?")
    assert Client().get(ALL)["Location"] == "/my-page/open/"
    assert Client().post(ALL, {"words": ""})["Location"] == "/my-page/open/"


def test_the_page_is_left_by_one_press_for_one_that_anybody_might_read(somebody: Somebody) -> None:
    """P39: whoever looks over a shoulder sees the weather; the browser holds nothing of it."""
    client = somebody.opens()
    client.post(CHOOSE, {"way": "number", "number": "471108"})
    left = client.get("/my-page/leave/")
    assert left.status_code == 302
    assert "weather" in left["Location"]
    assert client.get("/my-page/")["Location"] == "/my-page/open/"
