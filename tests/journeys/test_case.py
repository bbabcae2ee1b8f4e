"""Journey 4: one story from all agencies, an assessment, a plan, a service asked, a review, an end."""

import datetime
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.held import THE_ONE
from joinedup.demo.personas import persona
from joinedup.foundations.core import clock
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.models import AssessmentSection, Case, Goal, PlanAction, ReferredOut
from joinedup.support.cases.operations import open_case
from joinedup.support.questions.operations.ship import ensure_shipped
from tests import borough
from tests.databases import PrivateDatabase, Server
from tests.journeys.walking import no_barriers, nothing_aside_zoomed, picture, sign_in, whole

SYSTEM = Viewer.system("a test")
LEAD = "Grace Adeyemi"


@pytest.fixture
def private_database(
    django_db_setup: None, test_server: Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the borough that is lived in."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{test_server.template}_{worker}_case"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name, lived=True):
        yield PrivateDatabase(name, test_server)


@pytest.fixture
def case(private_database: PrivateDatabase) -> Case:
    """The case of the man of whom everybody holds a piece, a few weeks old."""
    at = clock.now() - datetime.timedelta(days=20)
    found = persona("social-worker")
    assert found is not None
    ensure_shipped(at=at - datetime.timedelta(days=100))
    with acting(SYSTEM):
        held = Holding.objects.filter(headline=THE_ONE[0].headline).first()
        assert held is not None
        return open_case(
            by=SYSTEM, person_ids=[held.person_id], programme=Programme.SOCIAL_CARE,
            lead_post_id=found.post_id, at=at,
        )  # fmt: skip


def say(page: Page, **said: str) -> None:
    """Fill, choose or tick what a form asks, by the names of its boxes."""
    for name, value in said.items():
        box = page.locator(f"[name='{name}']")
        kind = box.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "select":
            box.select_option(value)
        else:
            box.fill(value)


def send(page: Page, button: str = "") -> None:
    """Press the form's own button."""
    if button:
        page.get_by_role("button", name=button).first.click()
    else:
        page.locator("main form:not(.link-form) button.govuk-button").last.click()


@pytest.mark.parametrize("width", ["page", "phone"])
def test_the_case_from_its_story_to_its_end(
    width: str, case: Case, request: pytest.FixtureRequest
) -> None:
    """S0-62, S0-89 to S0-91, S1-32, S1-34, S3-16, S4-9, P8, P35: at a desk, and on a phone."""
    page: Page = request.getfixturevalue(width)
    # Barriers are looked for once, at the desk; on the phone, and zoomed, nothing runs out of the side.
    looked_at = no_barriers if width == "page" else nothing_aside_zoomed
    here = f"/cases/{case.pk}"
    sign_in(page, LEAD)
    page.goto("/cases/")
    looked_at(page)
    page.locator(f"a[href='{here}/']").click()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    looked_at(page)
    if width == "page":
        picture(page, "case-overview")

    # One story: what her own agency holds is read, and what no gateway tells of leaves no trace.
    page.get_by_role("link", name="Story", exact=True).first.click()
    expect(page.get_by_text("Assessment of needs under way").first).to_be_visible()
    told = whole(page)
    assert "Attended a clinic" not in told
    assert "Visitors at the address" not in told
    page.goto(f"{here}/story/write/")
    say(page, when="about June 2026", what="Stopped cooking after the funeral", topic="care")
    say(page, significance="notable")
    send(page)
    expect(page.get_by_text("Stopped cooking after the funeral").first).to_be_visible()
    looked_at(page)

    # Strengths first, signed by their author.
    page.goto(f"{here}/assessment/begin/")
    looked_at(page)
    say(page, because="Asked for help with meals")
    page.locator("[name='about']").first.check()
    page.locator("[name='professions'][value='social_care']").check()
    send(page)
    with acting(SYSTEM):
        strengths = AssessmentSection.objects.get(profession="strengths")
    page.goto(f"{here}/assessment/sections/{strengths.pk}/")
    page.locator("[name='q-matters']").fill("His allotment, and Sunday lunch")
    expect(page.locator("#kept")).to_contain_text("Saved")
    send(page, "Sign “Strengths”")
    expect(page.get_by_text("“Social care” is not signed.")).to_be_visible()
    expect(page.get_by_text("“Strengths” is not signed.")).to_have_count(0)
    looked_at(page)

    # A goal in his words, a promise, a service asked without telling it the case.
    page.goto(f"{here}/plan/")
    page.get_by_role("button", name="Add a goal").or_(
        page.get_by_role("link", name="Add a goal")
    ).first.click()
    say(page, words="Cook for myself again", whose="person", aim="independence")
    page.locator("[name='person']").select_option(index=1)
    looked_at(page)
    send(page)
    page.get_by_role("link", name="Add an action", exact=True).click()
    say(page, words="Ring the debt adviser", state="to_do")
    page.locator("[name='owner']").select_option(index=1)
    send(page)
    with acting(SYSTEM):
        action = PlanAction.objects.get(case=case)
        goal = Goal.objects.get(case=case)
    page.goto(f"{here}/plan/actions/{action.pk}/ask/")
    say(
        page,
        service="Skills swap: gardening",
        words="Two mornings on the allotment",
        footing="agreed",
    )
    send(page)
    with acting(SYSTEM):
        assert ReferredOut.objects.filter(case=case).count() == 1
    page.goto(f"{here}/plan/")
    expect(page.get_by_text("Cook for myself again").first).to_be_visible()
    looked_at(page)
    if width == "page":
        picture(page, "case-plan")

    # A review asks whether less would do; then it closes, with an outcome for the goal.
    page.goto(f"{here}/reviews/")
    looked_at(page)
    today = clock.now()
    page.goto(f"{here}/reviews/book/")
    say(page, due_on=f"{today:%d/%m/%Y}")
    send(page)
    page.goto(f"{here}/reviews/")
    page.get_by_role("link", name="Hold the review").or_(
        page.get_by_role("button", name="Hold the review")
    ).first.click()
    say(
        page, held_on=f"{today:%d/%m/%Y}", present="He and I", person_words="Less of you, please",
        least_step="less",
    )  # fmt: skip
    send(page, "Write the review down")
    page.goto(f"{here}/close/")
    looked_at(page)
    say(
        page, reason="goals_reached", words="He cooks again", what_stays="Rings us if it gets worse",
        **{
            f"goal_{goal.pk}": "improved", f"goal_words_{goal.pk}": "Soup on the stove",
            f"action_{action.pk}": "done",
        },
    )  # fmt: skip
    send(page, "Close the case")
    expect(page.get_by_text("Closed").first).to_be_visible()
    with acting(SYSTEM):
        closed = Case.objects.get(pk=case.pk)
        assert closed.closed_at is not None
        assert Goal.objects.get(pk=goal.pk).outcome == "improved"
