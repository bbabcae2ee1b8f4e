"""The pages of pathways and of goals that people rate, as a practitioner and a manager go through them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import (
    ClientGroupTag,
    FamilyLink,
    FollowedPathway,
    GoalRating,
    Pathway,
    PathwayMark,
)
from joinedup.support.cases.models import PathwayStep as Step
from tests.sharing import walled
from tests.unit.cases.assessed import a_case
from tests.unit.cases.test_client_groups import of_age
from tests.unit.cases.test_generations import LET, Home
from tests.unit.cases.test_pathways import managers, published
from tests.unit.cases.test_recovery import goal

pytestmark = pytest.mark.django_db


def today() -> str:
    """The day that the pages know, as it is typed."""
    return f"{day_of(clock.now()):%d %m %Y}"


def at_work(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def test_a_manager_proposes_another_publishes_and_a_case_begins() -> None:
    """S1-33: from the words of a pathway to a step that is marked in a case."""
    one, other = map(at_work, managers())
    said = {
        "title": "Home from hospital", "for_whom": "Whoever leaves a ward.", "source": "The group.",
        "because": "New.", "starts_on": today(),
        "what_1": "Ring them", "who_1": "The lead", "days_1": "2", "counted_1": "start", "sign_1": "contact",
        "what_3": "Look for a bed", "who_3": "Coordinator", "days_3": "x", "counted_3": "step_before",
    }  # fmt: skip
    propose = reverse("pathway-propose")
    again = one.post(propose, said)
    assert b"Write a number of working days" in again.content
    assert b"Look for a bed" in again.content
    assert one.post(propose, said | {"days_3": "5"}).status_code == 302
    pathway = Pathway.objects.get()
    assert [(s.place, s.what, s.days) for s in Step.objects.all()] == [
        (1, "Ring them", 2), (2, "Look for a bed", 5),
    ]  # fmt: skip
    assert b"Publish it" not in one.get(reverse("pathways")).content
    other.post(reverse("pathway-decide", args=[pathway.pk, "publish"]))
    assert b"Look for a bed" in other.get(f"{propose}?of={pathway.pk}").content
    world = a_case()
    client = at_work(world.social)
    begin = reverse("case-pathway-begin", args=[world.case_id])
    assert b"Home from hospital" in client.get(begin).content
    client.post(begin, {"pathway": pathway.pk, "starts_on": today()})
    with acting(walled.SYSTEM):
        followed = FollowedPathway.objects.get()
    page = client.get(reverse("case-pathways", args=[world.case_id]))
    assert b"Actual against pathway" in page.content
    step = reverse("case-pathway-step", args=[world.case_id, followed.pk, pathway.steps.last().pk])
    left_out = {"became": "left_out", "on": today(), "words": ""}
    assert b"Say why" in client.post(step, left_out).content
    assert client.post(step, left_out | {"words": "No bed is wanted"}).status_code == 302
    with acting(walled.SYSTEM):
        assert PathwayMark.objects.get().words == "No bed is wanted"
    end = client.get(reverse("case-pathway-end", args=[world.case_id, followed.pk]))
    assert b"Home from hospital" in end.content
    overview = client.get(reverse("case", args=[world.case_id])).content.decode()
    assert "Home from hospital. Next: Ring them, by" in overview


def test_the_figures_are_for_who_counts() -> None:
    published()
    analyst = walled.viewer("care", "analyst", "measuring linkage quality")
    page = at_work(analyst).get(reverse("pathway-figures")).content.decode()
    assert "version 1. Cases: 7 or fewer, or withheld" in page
    social = walled.viewer("care", "social_worker")
    assert at_work(social).get(reverse("pathway-figures")).status_code == 403


def test_goals_are_rated_on_one_page_and_read_on_the_next() -> None:
    """S4-13: what was typed is kept where something is missing."""
    world = a_case()
    goal(world)
    client = at_work(world.social)
    rate = reverse("case-goals-rate", args=[world.case_id, world.person])
    said = {"q-goal-1": "4", "q-asked": "goal-1", "point": "start", "rated_on": today()}
    again = client.post(rate, said)
    assert b"Choose how they gave the numbers" in again.content
    assert client.post(rate, said | {"how": "in_the_room"}).status_code == 302
    with acting(walled.SYSTEM):
        row = GoalRating.objects.get()
    measures = client.get(reverse("case-measures", args=[world.case_id])).content.decode()
    assert "4 of 10" in measures
    assert "Nobody has published an error" in measures
    correct = reverse("case-goal-rating", args=[world.case_id, row.pk])
    assert client.get(correct).status_code == 200
    client.post(correct, {"number": "5", "words": "I misheard"})
    assert "5 of 10" in client.get(reverse("case-measures", args=[world.case_id])).content.decode()


def test_a_group_is_given_by_its_rule_and_narrows_the_cases() -> None:
    """S4-3: whoever sees no group of any case is not even asked for one (P8)."""
    world = a_case()
    of_age(world)
    client, nurse = at_work(world.social), at_work(world.nurse)
    said = {
        "person": str(world.person), "group": "severe_mental_illness", "affects": "Eats once a day.",
        "whose_word": "Her nurse", "starts_on": today(), "ill_since": "",
    }  # fmt: skip
    add = reverse("case-group-tag", args=[world.case_id])
    again = client.post(add, said).content.decode()
    assert "Not known to have lasted 2 years" in again
    assert "Eats once a day." in again
    assert client.post(add, said | {"ill_since": "1 3 2015"}).status_code == 302
    page = reverse("case-groups", args=[world.case_id])
    assert "Eats once a day." in client.get(page).content.decode()
    with acting(walled.SYSTEM):
        tag = ClientGroupTag.objects.get()
    end = reverse("case-group-end", args=[world.case_id, tag.pk])
    assert "No longer" in client.get(end).content.decode()
    assert nurse.get(end).status_code == 404, "whoever sees no group is told of none (P8)"
    assert "No group is shown to you" in nurse.get(page).content.decode()
    caseload = reverse("caseload")
    found = client.get(f"{caseload}?whose=team&group=severe_mental_illness").content.decode()
    assert "Severe mental illness" in found
    assert "1 case" in found
    assert 'name="group"' not in nurse.get(f"{caseload}?whose=team").content.decode()


def test_a_family_is_written_down_and_put_right(settings: Any) -> None:
    """S0-19: the page with its picture, a link by name, and one that is put right."""
    settings.PARENT_KNOWN_AS_CHILD_FROM = LET
    home = Home()
    client = at_work(home.worker)
    session = client.session
    session["purpose"] = "safeguard_child"
    session.save()
    add = reverse("case-family-link", args=[home.case_id])
    said = {
        "parent": "name", "parent_name": "", "child": str(home.mother), "kind": "birth",
        "told_by": "The mother", "told_on": today(),
    }  # fmt: skip
    assert "Write the name" in client.post(add, said).content.decode()
    assert client.post(add, said | {"parent_name": "Rose Ashe"}).status_code == 302
    page = client.get(reverse("case-family", args=[home.case_id])).content.decode()
    assert "<svg" in page
    assert "Rose Ashe, of Eve Ashe" in page
    with acting(walled.SYSTEM):
        row = FamilyLink.objects.get()
    correct = reverse("case-family-correct", args=[home.case_id, row.pk])
    assert "Rose Ashe" in client.get(correct).content.decode()
    put = said | {"parent_name": "Rosa Ashe", "because": "Her name is Rosa"}
    assert client.post(correct, put).status_code == 302
    assert (
        "Rosa Ashe, of" in client.get(reverse("case-family", args=[home.case_id])).content.decode()
    )
