"""Pages of allocation, of the proposal, of moved cases and of the register, as each side meets them."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundations.accounts.models import User
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.operations import open_case
from joinedup.support.panels.choices import AllocationState
from joinedup.support.panels.models import Allocation
from joinedup.support.panels.operations.allocating import allocate
from tests.pages.test_every_page import well_made
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.allocations import can, decided, item
from tests.unit.panels.panelled import Table, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Table:
    return table()


def signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def text(client: Client, path: str, **said: object) -> str:
    """The page as it reads, after posting to it where something is said."""
    response = client.post(path, said, follow=True) if said else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return response.content.decode()


def waiting(panel: Table) -> Allocation:
    return allocate(
        by=panel.chair, decision_id=decided(panel, item(panel), "housing").pk, at=timezone.now()
    )


def test_the_manager_reads_why_and_names_who_leads(panel: Table) -> None:
    """P27: refused with a sentence and what was typed kept; accepted, the lead stands there."""
    made = waiting(panel)
    path, manager = f"/panels/allocations/{made.pk}/", signed_in(panel.housing_manager)
    shown = text(manager, path)
    assert "They know her best." in shown
    assert "Ada Ashe" in shown
    able = can(
        walled.viewer("housing", "housing_officer", team="Tenancies"), CompetenceCode.LEADS_ADULTS
    )
    refused = text(manager, path, post=str(panel.housing.post_id), words="")
    assert f"{able.name} is entered for it" in refused
    assert "The chair has been told" in text(manager, path, post=str(able.post_id), words="")
    assert "Accept, and name" not in text(manager, path)
    for other in (panel.care_manager, panel.police):
        assert signed_in(other).get(path).status_code == 404
    assert "Where it stands" in text(signed_in(panel.chair), path)


def test_sent_back_with_a_reason_the_chair_reads_it(panel: Table) -> None:
    made = waiting(panel)
    path, manager = f"/panels/allocations/{made.pk}/return/", signed_in(panel.housing_manager)
    assert "Choose why it comes back" in text(manager, path, reason="", words="Two are ill")
    text(manager, path, reason="no_capacity", words="Two are ill")
    chair = text(signed_in(panel.chair), f"/panels/allocations/{made.pk}/")
    assert AllocationState.RETURNED.label in chair
    assert "Ask another agency, by correcting the decision" in chair
    assert "Ask another agency" not in text(
        signed_in(panel.coordinator), f"/panels/allocations/{made.pk}/"
    )
    assert signed_in(panel.housing).get(path).status_code == 404


def test_the_chair_proposes_changes_and_sees_the_gaps(panel: Table) -> None:
    """S0-95, S4-11; a member who only sits there does not read who is proposed."""
    found, chair = item(panel), signed_in(panel.chair)
    able = can(panel.housing, CompetenceCode.LEADS_ADULTS)
    assert "Propose who leads" in text(chair, "/panels/of/tl/leads/")
    chair.post("/panels/of/tl/leads/")
    assert able.name in text(chair, "/panels/of/tl/leads/")
    one = f"/panels/of/tl/leads/{found.pk}/"
    assert "Agencies that could lead" in text(chair, one)
    assert "Say why" in text(chair, one, post=str(able.post_id), why="")
    assert "as the chair chose" in text(
        chair, one, post=str(able.post_id), why="She asked for her."
    )
    kept = text(
        chair, f"{one}needs/", competences=["leads_adults", "mixed_need"], language="urdu",
        function="", worker_sex="woman",
    )  # fmt: skip
    assert "It is kept" in kept
    assert "Cases that fewer than two" in text(chair, "/panels/of/tl/leads/gaps/")
    for path in ("/panels/of/tl/leads/", one, f"{one}needs/", "/panels/of/tl/leads/gaps/"):
        assert signed_in(panel.police).get(path).status_code == 404


def test_a_manager_previews_a_move_and_it_is_done(panel: Table) -> None:
    """S0-97: nothing moves before the reason is given; another team's manager reads nothing of it."""
    manager, worker = panel.housing_manager, panel.housing
    there = walled.viewer("housing", "team_manager", team="North")
    takes = walled.viewer("housing", "housing_officer", team="North")
    case = open_case(
        by=worker, person_ids=[walled.person("housing")], programme=Programme.HOUSING_SUPPORT,
        lead_post_id=post_of(worker), at=timezone.now() - datetime.timedelta(hours=1),
    )  # fmt: skip
    client = signed_in(manager)
    assert "See what this does" in text(client, "/cases/moves/")
    asked = f"/cases/moves/?team={there.team_id}&programme=&locality="
    preview = text(client, asked)
    assert takes.name in preview
    assert "Say why they move" in text(client, asked, reason=" ")
    done = text(client, asked, reason="One team for the north")
    assert "Moved" in done
    with_titles = [row for row in done.splitlines() if str(case.pk) in row]
    assert with_titles or "A case you do not work at" in done
    move = signed_in(there).get("/cases/moves/").content.decode().split("/cases/moves/")[1][:36]
    assert "One team for the north" in text(signed_in(there), f"/cases/moves/{move}/")
    assert signed_in(panel.care_manager).get(f"/cases/moves/{move}/").status_code == 404
    assert "A manager of the team" in text(signed_in(worker), "/cases/moves/")


def test_another_team_is_asked_to_let_its_cases_go_too(panel: Table) -> None:
    """S0-97: its manager sees its own cases, and the first reads no name of them."""
    there = walled.viewer("housing", "team_manager", team="North")
    walled.viewer("housing", "housing_officer", team="North")
    at = timezone.now() - datetime.timedelta(hours=1)
    for worker, name in ((panel.housing, "housing"), (panel.care, "care")):
        open_case(
            by=worker, person_ids=[walled.person(name, family_name=f"Quill{name}")],
            programme=Programme.HOUSING_SUPPORT, lead_post_id=post_of(worker), at=at,
        )  # fmt: skip
    client, other = signed_in(panel.housing_manager), signed_in(panel.care_manager)
    asked = f"/cases/moves/?team={there.team_id}&programme=&locality="
    assert "Do other teams’ cases go there too?" in text(client, asked)
    joint = text(client, asked, reason="One team", others=[str(panel.care_manager.team_id)])
    assert "Every open case of this move has its lead" in joint
    assert "Asked" in joint
    path = re.search(r"/cases/moves/together/[0-9a-f-]{36}/", text(other, "/cases/moves/"))
    assert path
    theirs = text(other, path[0])
    assert "Quillcare" in theirs
    assert "Quillcare" not in text(client, path[0])
    assert "Say why your team’s cases stay" in text(other, path[0], because="")
    assert "They stay" in text(other, path[0], because="He moves house")
    assert "He moves house" in text(client, path[0])
    assert signed_in(panel.police).get(path[0]).status_code == 404


def test_the_register_is_kept_by_managers_for_their_own_staff(panel: Table) -> None:
    """S0-96, S4-46: a manager enters, oneself enters leave, another agency's manager finds nobody."""
    client, path = signed_in(panel.housing_manager), f"/workforce/people/{panel.housing.post_id}/"
    assert panel.housing.name in text(client, "/workforce/")
    wrong = text(
        client, path, what="competence", code="leads_adults", evidence="", starts_on="1/1/2026"
    )
    assert "Say what it rests on" in wrong
    said = {
        "what": "competence",
        "code": "leads_adults",
        "evidence": "Seen",
        "starts_on": "1/1/2026",
    }
    assert "Can lead with an adult" in text(client, path, **said)
    ends = re.search(r"/workforce/competences/\d+/end/", text(client, path))
    assert ends
    assert "It ends today" in text(client, ends[0])
    assert signed_in(panel.care_manager).get(ends[0]).status_code == 404
    own = signed_in(panel.housing)
    assert "Enter what they can lead" not in text(own, path)
    text(own, path, what="leave", starts_on="24/12/2026", ends_on="4/1/2027")
    assert "24 December 2026" in text(own, path)
    assert "Front-line managers" in text(client, "/workforce/courses/")
    assert signed_in(panel.care_manager).get(path).status_code == 404
