"""What stands beside the lead of a case, opened for real: who helps, other cases, the line, advice, beds, own words.

Each by who may (200, and a look on record) and by one that has no part in it (404, P8).
"""

import uuid

import pytest
from django.urls import reverse

from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.own import OwnKind
from joinedup.support.cases.models import OwnWords
from joinedup.support.cases.operations.in_reach import ask_for_advice
from joinedup.support.cases.operations.placements import place
from tests.pages.test_case_forms_pages import KEPT, Given, looks, read
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled
from tests.unit.cases import steps_world
from tests.unit.cases.test_beside_the_lead import site_with, stay
from tests.unit.handovers.sides import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> steps_world.World:
    return steps_world.made()


@pytest.fixture
def of(world: steps_world.World) -> Given:
    stranger = walled.viewer("children", "social_worker", team="Away")
    return Given(
        world.case_id, world.person, world.lead, world.lead_manager, world.worker, stranger
    )


def test_what_stands_beside_the_lead_opens_for_who_works_at_the_case(of: Given) -> None:
    """S0-20, S4-43: each opens before anything is written there."""
    for name, says, typed in (
        ("case-members", "Who helps", None),
        ("case-alongside", "Cases alongside", None),
        ("case-line", "Who answers for it", {"because": KEPT}),
        ("case-advice", "Advice", None),
        ("case-beds", "bed", None),
        ("case-own-words", "own words", None),
    ):
        of.ask(of.lead, name, says, typed)


def test_what_was_gathered_for_a_step_opens(of: Given) -> None:
    path, before = of.path("case-gathered"), looks(of.lead)
    assert "athered" in read(signed_in(of.lead).get(path), path)
    assert looks(of.lead) > before
    assert signed_in(of.stranger).get(path).status_code == 404


def test_a_stay_is_ended_from_its_page(of: Given, world: steps_world.World) -> None:
    made = place(by=of.lead, matter_id=of.case, stay=stay(world, site_with(1)), at=AT)
    of.ask(of.lead, "case-stay-end", "End", {"words": KEPT}, stay_id=made.pk)


def test_a_specialist_gives_advice_on_a_page_of_what_was_sent(of: Given) -> None:
    """In-reach: the question alone, a look at whom it is about, and shut to every other team."""
    walled.agency("trust", "health")
    nurse, other = (walled.viewer("trust", team=team) for team in ("Perinatal", "Another"))
    asked = ask_for_advice(
        by=of.lead, matter_id=of.case, to_team_id=nurse.team_id, question="How do I ask?",  # type: ignore[arg-type]
        sent="A mother of a baby", footing=Footing.AGREED, at=AT,
    )  # fmt: skip
    path, before = reverse("advice-give", args=[asked.pk]), looks(nurse)
    assert "A mother of a baby" in read(signed_in(nurse).get(path), path)
    assert looks(nurse) > before
    assert "govuk-error-summary" in read(signed_in(nurse).post(path, {"advice": " "}), path)
    assert signed_in(other).get(path).status_code == 404


def test_own_words_are_answered_on_their_page(of: Given) -> None:
    with acting(walled.SYSTEM):
        said = OwnWords.objects.create(
            case_id=of.case,
            person_id=of.person,
            kind=OwnKind.WORDS,
            at=AT,
            words="I would rather meet at home",
        )
    words: uuid.UUID = said.pk
    page = of.ask(
        of.lead, "case-own-words-answer", "rather meet at home", {"answer": " "}, words_id=words
    )
    assert "rather meet at home" in page
