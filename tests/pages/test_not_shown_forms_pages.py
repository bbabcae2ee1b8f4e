"""What was typed stays where a form is sent that the page would not show just then, and while a team is looked for.

Between reading a page and pressing its button another case closes, a team goes, the last bed is taken.
"""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.models import Post as StaffPost
from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.models import Case, CaseStep, Coordination, InReach
from joinedup.support.cases.operations import close_case
from joinedup.support.cases.operations.ending import ClosingSaid
from joinedup.support.cases.operations.reviews import book_review
from tests.pages.test_case_forms_pages import KEPT, Given, read
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.unit.cases import steps_world
from tests.unit.cases.test_beside_the_lead import housing, let_both_know, site_with

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def world() -> steps_world.World:
    return steps_world.made()


@pytest.fixture
def of(world: steps_world.World) -> Given:
    stranger = walled.viewer("children", "social_worker", team="Away")
    return Given(
        world.case_id, world.person, world.lead, world.lead_manager, world.worker, stranger
    )


def test_the_reason_stays_when_the_other_case_is_gone_meanwhile(of: Given) -> None:
    """S0-20: nobody is asked, the page says why, and what was written stands there still; P8: of no other case more."""
    _, other = housing_beside(of)
    path, client = of.path("case-alongside"), signed_in(of.lead)
    page = read(client.get(path), path)
    assert "Ask that one lead coordinates" in page
    empty = read(client.post(path, {"person": str(of.person), "because": KEPT}), path)
    assert "Choose whose lead" in empty
    assert KEPT in empty
    Agency.objects.filter(code="housing").update(name_reveals=True)
    said = {"person": str(of.person), "other": str(other.pk), "because": KEPT}
    gone = read(client.post(path, said), path)
    assert "govuk-error-summary" in gone
    assert "Choose whose lead" in gone
    assert KEPT in gone
    assert str(other.pk) not in gone
    assert "No other case of these people is open that you may know of." in gone
    own = read(client.post(path, said | {"other": str(of.case)}), path)
    assert "No other case of theirs is open that you may know of." in own
    assert KEPT in own
    assert "Ask that one lead coordinates" not in read(client.get(path), path)
    with acting(walled.SYSTEM):
        assert not Coordination.objects.exists()


def test_the_lead_of_this_very_case_is_asked_for_from_the_page(of: Given) -> None:
    """S0-20: the page offers this case's own lead beside the others; whoever has no part in it asks nothing."""
    housing_beside(of)
    path = of.path("case-alongside")
    said = {"person": str(of.person), "other": str(of.case), "because": "She knows them longest"}
    assert signed_in(of.stranger).post(path, said).status_code == 404
    page = read(signed_in(of.lead).post(path, said, follow=True), path)
    assert "The other leads are asked." in page
    assert "She knows them longest" in page
    with acting(walled.SYSTEM):
        assert Coordination.objects.get().case_id == of.case


def housing_beside(of: Given) -> tuple[object, Case]:
    """Housing's case of the same person, of which both may know."""
    world = steps_world.World(
        of.case, of.person, of.lead, of.manager, of.supervisor, of.manager, of.stranger
    )
    made = housing(world)
    let_both_know()
    return made


def test_a_question_stays_while_the_team_is_looked_for(of: Given) -> None:
    """A press without a team says what comes first; finding one keeps every word, and none stands in an address."""
    walled.agency("trust", "health")
    nurse = walled.viewer("trust", team="Perinatal")
    path, client = of.path("case-advice"), signed_in(of.lead)
    said = {"question": KEPT, "sent": "A mother of a baby", "footing": "agreed"}
    lacking = read(client.post(path, said), path)
    assert "Find the team first" in lacking
    nobody = read(client.post(path, said | {"who": "Zzz", "find": "1"}), path)
    assert "No team is called so." in nobody
    assert "govuk-error-summary" not in nobody, "looking for a team is no mistake"
    found = read(client.post(path, said | {"who": "Perinatal", "find": "1"}), path)
    assert f'value="{nurse.team_id}"' in found
    for page in (lacking, nobody, found):
        assert KEPT in page
        assert "A mother of a baby" in page
    with acting(walled.SYSTEM):
        assert not InReach.objects.exists(), "finding asks nobody"
    assert signed_in(of.stranger).post(path, said).status_code == 404
    asked = said | {"who": "Perinatal", "to_team": str(nurse.team_id)}
    assert "They are asked." in read(client.post(path, asked, follow=True), path)
    # The team takes no more work between the page and the press.
    StaffPost.objects.filter(team=nurse.team_id).update(role="analyst")
    late = read(client.post(path, asked), path)
    assert "Find the team first" in late
    assert KEPT in late


def test_a_step_stays_as_it_was_typed_while_another_team_is_looked_for(of: Given) -> None:
    """P34: also what was unticked; nothing is sent by looking."""
    path, client = of.path("case-step-send"), signed_in(of.lead)
    assert "Find the team first." in read(client.get(path), path)
    said = {"reason": KEPT, "evidence": "Seen on Monday", "school": "Elsewhere School"}
    lacking = read(client.post(path, said), path)
    assert "Find the team first, by its name" in lacking
    found = read(client.post(path, said | {"who": "Assess", "find": "1"}), path)
    assert "govuk-error-summary" not in found
    [ticked] = [part for part in found.split("<input") if 'name="stays_beside"' in part]
    assert " checked" not in ticked
    for page in (lacking, found):
        for each in said.values():
            assert each in page
    with acting(walled.SYSTEM):
        assert not CaseStep.objects.exists()


def test_what_a_helper_does_stays_while_the_practitioner_is_looked_for(of: Given) -> None:
    """Nobody joins by being found, and who they are is chosen already once somebody is."""
    walled.agency("trust", "health")
    nurse = walled.viewer("trust", "practitioner", team="Perinatal")
    path, client = of.path("case-members"), signed_in(of.lead)
    said = {"does": KEPT, "footing": "agreed"}
    nobody = read(client.post(path, said | {"who": "Zzz", "find": "1"}), path)
    assert "Nobody is called so." in nobody
    found = read(client.post(path, said | {"who": "Perinatal", "find": "1"}), path)
    assert f'value="{nurse.post_id}"' in found
    for page in (nobody, found):
        assert KEPT in page
        assert "govuk-error-summary" not in page
    assert "Nobody helps beside the lead yet." in found
    assert signed_in(of.stranger).post(path, said | {"find": "1"}).status_code == 404
    chosen = said | {"who": "Perinatal", "post": str(nurse.post_id)}
    lacking = read(client.post(path, chosen), path)
    assert "Choose who they are" in lacking
    assert f'value="{nurse.post_id}" checked' in lacking
    done = read(client.post(path, chosen | {"kind": "practitioner"}, follow=True), path)
    assert "They help from now on." in done


def closed(of: Given) -> None:
    """The case has come to its end between the page and the press."""
    ended = ClosingSaid(ClosingReason.GOALS_REACHED, "The library")
    close_case(by=of.lead, matter_id=of.case, words="They manage", said=ended, at=timezone.now())


def test_a_goal_stays_when_the_case_is_closed_meanwhile(of: Given) -> None:
    """The page leads to where the case is opened again; the words are there to be taken along."""
    closed(of)
    path = of.path("case-goal-new")
    assert "<textarea" not in read(signed_in(of.lead).get(path), path)
    page = read(signed_in(of.lead).post(path, {"words": KEPT}), path)
    assert "govuk-error-summary" in page
    assert KEPT in page
    assert f'href="{of.path("case-reopen")}"' in page
    assert signed_in(of.stranger).post(path, {"words": KEPT}).status_code == 404


def test_what_was_written_of_a_review_outlives_the_case(of: Given) -> None:
    """What was booked goes as the case is closed; whoever was just writing it down takes the words along."""
    at = timezone.now()
    booked = book_review(by=of.lead, matter_id=of.case, due_on=at.date() + WEEK, at=at)
    path = of.path("case-review", review_id=booked.pk)
    closed(of)
    client = signed_in(of.lead)
    assert client.get(path).status_code == 404
    response = client.post(path, {"edited": "1", "person_words": KEPT})
    assert response.status_code == 409
    well_made(response)
    page = text(response)
    assert "This case is closed. Open it again first." in page
    assert KEPT in page
    assert signed_in(of.stranger).post(path, {"person_words": KEPT}).status_code == 404


def test_what_was_typed_stays_when_the_case_is_closed_meanwhile(of: Given) -> None:
    """Each page says that it is closed; what was typed can still be taken from it."""
    walled.agency("trust", "health")
    nurse = walled.viewer("trust", team="Perinatal")
    closed(of)
    for name, typed in (
        ("case-advice", {
            "who": "Perinatal", "to_team": str(nurse.team_id), "question": KEPT, "sent": "A baby",
            "footing": "agreed",
        }),
        ("case-members", {"kind": "family", "name": "Ama", "does": KEPT, "footing": "agreed"}),
    ):  # fmt: skip
        path = of.path(name)
        page = read(signed_in(of.lead).post(path, typed), path)
        assert "This case is closed. Open it again first." in page, path
        assert KEPT in page, path


def test_a_stay_stays_as_it_was_typed_when_the_last_place_is_taken(of: Given) -> None:
    """S0-47."""
    site_with(0)
    path = of.path("case-beds")
    assert "No place is free today." in read(signed_in(of.lead).get(path), path)
    page = read(signed_in(of.lead).post(path, {"because": KEPT, "site": "1"}), path)
    assert "No place is free now" in page
    assert KEPT in page
