"""Journey 6, as far as it stands without strata: a practice's care team meeting, from nomination to two roles."""

import os
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.panels import open_panels
from joinedup.demo.personas import persona
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.places.models import Practice
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import Case, Lead
from joinedup.support.panels.models import CareRole, Panel
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.keyboard import choose, go_to, press, type_into
from tests.journeys.walking import no_barriers, picture, sign_in

SYSTEM = Viewer.system("a test")
GP, NURSE, COORDINATOR = "Dr Anjali Rao", "Tomasz Zielinski", "Nadia Sealey"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in, with its panels open."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_care_team"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        open_panels(at=clock.now())
        yield PrivateDatabase(name, test_server)


@pytest.fixture
def patient(private_database: PrivateDatabase) -> Record:
    """A patient of the practice whose record no other patient's comes near."""
    practice = Panel.objects.get(code="care-team").practice
    with acting(SYSTEM):
        held = Record.objects.filter(
            agency="gp", gp_practice=practice.pk if practice else "", gone_on=None,
            born_on__isnull=False,
        )  # fmt: skip
        return held.exclude(given_name="").exclude(person__died_on__isnull=False).earliest("pk")


def sign_out(window: Page) -> None:
    """Leave the desk to the next."""
    window.get_by_role("button", name="Sign out").click()


def gp_nominates(window: Page, patient: Record) -> None:
    """The GP finds one of the practice's patients and says why the team should look at them."""
    sign_in(window, GP)
    window.goto("/panels/of/care-team/nominate/")
    expect(window.get_by_role("heading", name="Nominate patients", level=1)).to_be_visible()
    no_barriers(window)
    born = patient.born_on
    assert born is not None
    type_into(window, "Patient", f"{patient.given_name} {patient.family_name} {born:%d/%m/%Y}")
    press(window, "Search")
    choose(window, window.get_by_role("checkbox").first)
    type_into(
        window, "Why the team should look at them", "Three falls since summer, two admissions."
    )
    type_into(window, "What you ask of the team", "Who coordinates?")
    choose(window, window.get_by_role("radio", name="Knows of it and agrees"))
    no_barriers(window)
    picture(window, "care-team-nominate")
    press(window, "Nominate")
    expect(window.get_by_text("They stand in the queue of the next meeting")).to_be_visible()
    sign_out(window)


def team_agrees_two_roles(window: Page, item: uuid.UUID) -> None:
    """The coordinator writes down who coordinates care and who manages the case: two roles (P31)."""
    sign_in(window, COORDINATOR)
    for role, who in (("Care coordination", NURSE), ("Case management", GP)):
        window.goto(f"/panels/of/care-team/care-roles/of/{item}/")
        choose(window, window.get_by_role("radio", name=role))
        box = window.get_by_label("Who", exact=True)
        go_to(window, box)
        window.keyboard.type(who)
        no_barriers(window)
        press(window, "Write it down")
        expect(window.get_by_role("cell", name=who).or_(window.get_by_text(who)).first).to_be_visible()  # fmt: skip
    no_barriers(window)
    picture(window, "care-team-roles")
    window.goto("/panels/roll-out/")
    expect(
        window.get_by_role("heading", name="Care team meetings across practices")
    ).to_be_visible()
    no_barriers(window)
    assert window.get_by_role("row").count() > Practice.objects.count()


@pytest.mark.browser
def test_a_practice_nominates_and_its_team_agrees_two_roles(page: Page, patient: Record) -> None:
    """P31: care coordination and case management are two roles, agreed patient by patient."""
    gp_nominates(page, patient)
    with acting(SYSTEM):
        item = Panel.objects.get(code="care-team").items.get()
    team_agrees_two_roles(page, item.pk)
    with acting(SYSTEM):
        held = {role.kind: role.post_id for role in CareRole.objects.filter(item=item)}
        case = Case.objects.get(matter__persons__person=patient.person_id)
        leads = Lead.objects.get(case=case, ends_at__isnull=True).post_id
    assert len(set(held.values())) == 2
    gp = persona("gp")
    assert gp is not None
    assert leads == Post.objects.get(pk=gp.post_id).pk
