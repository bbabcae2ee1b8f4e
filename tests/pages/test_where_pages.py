"""The queue and the cases looked at by a part of the place (S0-1): it stays in the address, and counts tell no more."""

import datetime
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.operations import open_case
from tests.sharing import walled
from tests.unit.frontdoor.test_queue import referral
from tests.unit.handovers.sides import post_of
from tests.unit.parts_of_place import NORTH, SOUTH, two_localities

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place() -> None:
    walled.agency("housing", "housing")
    two_localities(datetime.date(2026, 2, 1))


def at_work(viewer: Viewer) -> Client:
    """A browser signed in and working in that post."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def words(response: HttpResponse) -> str:
    """What the page says, on one line."""
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def lead_with(*codes: str) -> Viewer:
    """Somebody who leads a case of a person at each of these postcodes."""
    lead = walled.viewer("housing", "housing_officer", team="Tenancies")
    for number, code in enumerate(codes):
        who = walled.person("housing", given_name=f"Ada{number}", postcode=code)
        open_case(
            by=lead, person_ids=[who], programme=Programme.HOUSING_SUPPORT,
            lead_post_id=post_of(lead), at=clock.now(),
        )  # fmt: skip
    return lead


def test_cases_are_looked_at_by_where_people_live() -> None:
    client = at_work(lead_with(NORTH, SOUTH, ""))
    shown = client.get("/cases/", {"where": "locality:north"})
    assert '<option value="locality:north" selected>' in shown.content.decode()
    assert "1 case of 3 that you may open" in words(shown)
    assert "Ada0 Ashe" in words(shown)
    assert "Ada1" not in words(shown)
    assert "Ada2 Ashe" in words(client.get("/cases/", {"where": "elsewhere"}))
    assert "Ada1 Ashe" in words(client.get("/cases/", {"where": "area:w1"}))
    kept = {"title": "Up north", "query": "where=locality%3Anorth"}
    client.post(reverse("caseload-keep"), kept)
    assert 'href="?where=locality%3Anorth">Up north' in client.get("/cases/").content.decode()


def test_no_case_there_is_said_and_an_unknown_part_narrows_nothing() -> None:
    client = at_work(lead_with(NORTH))
    assert "No case fits this" in words(client.get("/cases/", {"where": "locality:south"}))
    unknown = words(client.get("/cases/", {"where": "locality:'; --"}))
    assert "Ada0 Ashe" in unknown


def test_a_part_of_the_place_costs_the_list_of_cases_one_statement() -> None:
    def asked(client: Client, where: str) -> int:
        client.get("/cases/")
        with CaptureQueriesContext(connection) as found:
            client.get("/cases/", {"where": where})
        return len(found)

    few, many = at_work(lead_with(NORTH)), at_work(lead_with(*[NORTH] * 6))
    assert asked(few, "locality:north") == asked(few, "") + 1
    assert asked(many, "locality:north") == asked(few, "locality:north")


def test_the_queue_keeps_the_part_of_the_place_from_page_to_page() -> None:
    worker = walled.viewer("housing", "front_door_worker", team="Front door")
    for number in range(51):
        referral(worker, f"Bo{number}", postcode=NORTH)
    referral(worker, "Cal", postcode=SOUTH)
    client = at_work(worker)
    shown = client.get("/queue/", {"where": "locality:north"})
    assert "51 referrals wait as narrowed" in words(shown)
    assert "where=locality%3Anorth&amp;page=2" in shown.content.decode()
    second = words(client.get("/queue/", {"where": "locality:north", "page": "2"}))
    assert "Bo" in second
    assert "Cal" not in second
    assert "1 referral waits as narrowed" in words(client.get("/queue/", {"where": "area:w1"}))
    assert "Show all that waits" in words(client.get("/queue/", {"where": "elsewhere"}))
