"""The pages of a breach: told by anybody at work, dealt with step by step, its clock in sight (P15)."""

import datetime

import pytest
from django.test import Client

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import LONDON
from joinedup.identity.accountability.choices import BreachKind
from joinedup.identity.accountability.models import DataBreach
from joinedup.identity.accountability.operations.breaches import tell_of_breach
from joinedup.identity.sharing.access import acting
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled

pytestmark = pytest.mark.django_db
ALL, NEW = "/data-breaches/", "/data-breaches/new/"


def read(client: Client, path: str, said: dict[str, object] | None = None) -> str:
    """The page, which opened and is well made, after posting to it where something is said."""
    response = client.get(path) if said is None else client.post(path, said)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return text(response)


def breach() -> DataBreach:
    with acting(walled.SYSTEM):
        return DataBreach.objects.get()


@pytest.fixture
def officer() -> Client:
    walled.agency("housing", "housing")
    walled.agency("all", "partnership")
    walled.agency("pub", "licensed_premises")
    return signed_in(walled.viewer("housing", "housing_officer"))


@pytest.fixture
def lead(officer: Client) -> Client:
    return signed_in(walled.viewer("all", "ig_lead"))


def now() -> dict[str, object]:
    return {"known_on": f"{clock.now():%d %m %Y}", "known_time": "00:00"}


def test_somebody_tells_of_it_and_reads_where_it_is(officer: Client, lead: Client) -> None:
    assert "There is none that you deal with or told of" in read(officer, ALL)
    asked = read(officer, NEW)
    assert "Pub" not in asked, "who only refers answers for no data"
    today = clock.now().astimezone(LONDON)
    assert f'value="{today.day} {today.month} {today.year}"' in asked, "as it is typed"
    assert 'href="/data-breaches/"' in read(officer, "/my-work/"), "from every page"
    wrong = read(officer, NEW, {"what": "A list went out", "agency": "housing", **now()})
    assert "A list went out" in wrong, "what was typed stays"
    assert "Choose what became of the data" in wrong
    late = {**now(), "known_on": "1 1 2031", "kinds": "confidentiality", "agency": "housing"}
    assert "later than now" in read(officer, NEW, {**late, "what": "A list went out"})
    said = {"what": "A list went out", "kinds": ["confidentiality"], "agency": "housing", **now()}
    assert officer.post(NEW, said)["Location"] == ALL
    mine = read(officer, ALL)
    assert "To be assessed" in mine
    assert "The 72 hours end on" in mine
    assert officer.get(f"{ALL}{breach().pk}/").status_code == 404, (
        "who told of it deals with it not"
    )
    assert f"{ALL}{breach().pk}/" in read(lead, ALL)


def test_it_is_dealt_with_from_its_pages(officer: Client, lead: Client) -> None:
    officer.post(
        NEW, {"what": "A list", "kinds": ["confidentiality"], "agency": "housing", **now()}
    )
    at = f"{ALL}{breach().pk}/"
    page = read(lead, at)
    assert "Assess it" in page
    assert "UK GDPR article 33" in page
    assert "Say why you judge it so" in read(lead, f"{at}assess/", {"risk": "high"})
    many = {"risk": "high", "because": "Names", "people_about": "dozen"}
    assert "Write the number in figures" in read(lead, f"{at}assess/", many)
    assert lead.post(f"{at}assess/", {**many, "people_about": "12"})["Location"] == at
    assert "Assess it again" in read(lead, at)
    assert 'value="12"' in read(lead, f"{at}assess/"), "what stands is mended, not typed anew"
    assert "Commissioner has not been told" in read(lead, f"{at}close/", {"learned": "Much"})
    told = {"told_on": "1 1 2031", "told_time": "9am"}
    assert "not later than now" in read(lead, f"{at}commissioner/", told)
    moment = clock.now().astimezone(datetime.UTC)
    assert breach().aware_at <= moment
    said = moment.astimezone(LONDON)
    told = {"told_on": f"{said:%d %m %Y}", "told_time": f"{said:%H:%M}", "reference": "IC-7"}
    assert lead.post(f"{at}commissioner/", told)["Location"] == at
    assert "The Commissioner was told on" in read(lead, at)
    assert "Say how they were told" in read(lead, f"{at}people/", {"how": "told"})
    people = {"how": "told", "told_words": "By letter", "told_people_on": f"{said:%d %m %Y}"}
    assert lead.post(f"{at}people/", people)["Location"] == at
    assert "Say what was learned" in read(lead, f"{at}close/", {"learned": ""})
    assert lead.post(f"{at}close/", {"learned": "Lists go by link"})["Location"] == at
    closed = read(lead, at)
    assert "Lists go by link" in closed
    assert "Assess it" not in closed
    assert "It is closed" in read(lead, f"{at}close/", {"learned": "Again"})
    assert lead.get(f"{at}elsewhere/").status_code == 404


def test_past_its_hours_the_page_says_so_and_asks_why(officer: Client, lead: Client) -> None:
    at = clock.now()
    long_ago = at - datetime.timedelta(hours=100)
    told = tell_of_breach(
        by=walled.viewer("housing", "practitioner"), controller=walled.agency("housing"),
        kinds=[BreachKind.AVAILABILITY], what="A laptop", aware_at=long_ago, at=at,
    )  # fmt: skip
    page = f"{ALL}{told.pk}/"
    assert "The 72 hours ended on" in read(lead, page)
    said = {"told_on": f"{at:%d %m %Y}", "told_time": "00:00"}
    assert "Say why it took longer" in read(lead, f"{page}commissioner/", said)


def test_no_agency_reads_of_another_s(officer: Client) -> None:
    walled.agency("police", "police")
    officer.post(
        NEW, {"what": "A list", "kinds": ["confidentiality"], "agency": "housing", **now()}
    )
    at = f"{ALL}{breach().pk}/"
    for of, status in (("housing", 200), ("police", 404)):
        client = signed_in(walled.viewer(of, "duty_manager"))
        assert client.get(at).status_code == status
        assert client.get(f"{at}assess/").status_code == status
        assert ("A list" in read(client, ALL)) == (status == 200)
