"""The pages of a practice's care team: nominating, who holds which care role, the end of one (P31, S0-55)."""

import pytest

from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.choices import CareRoleKind
from joinedup.support.panels.models import PanelItem
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled
from tests.unit.panels.panelled import AT
from tests.unit.panels.test_practice import Team, team

pytestmark = pytest.mark.django_db
__all__ = ["team"]
HERE = "/panels/of/mill/"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def item(team: Team) -> PanelItem:
    """Edna, nominated."""
    return team.item(asked="Who coordinates?")


def read(viewer: Viewer, path: str, **said: object) -> str:
    """The page as this post reads it, after posting where something is said."""
    client = signed_in(viewer)
    response = client.post(path, said) if said else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return " ".join(response.content.decode().split())


def looks(viewer: Viewer) -> int:
    """How often this post looked at somebody by now."""
    return len(lines(post_id=viewer.post_id, act="looked"))


def test_roles_are_named_on_the_page_and_each_look_is_on_record(
    team: Team, item: PanelItem
) -> None:
    """P31: two roles; whoever is named is told, and the page says who holds what."""
    roles, agree = f"{HERE}care-roles/", f"{HERE}care-roles/of/{item.pk}/"
    before = looks(team.coordinator)
    assert "No role is agreed yet." in read(team.coordinator, roles)
    assert "Edna Ashe" in read(team.coordinator, agree)
    assert looks(team.coordinator) == before + 2
    lacking = read(team.coordinator, agree, post=str(team.nurse.post_id))
    assert "Choose the role" in lacking
    assert f'value="{team.nurse.post_id}" selected' in lacking, "what was chosen is kept"
    said = {"kind": CareRoleKind.CARE_COORDINATION.value, "post": str(team.nurse.post_id)}
    done = signed_in(team.coordinator).post(agree, said, follow=True)
    assert "The role is theirs from now, and they are told." in done.content.decode()
    assert Notice.objects.filter(post=team.nurse.post_id, kind="duty_given").exists()
    nurse = read(team.nurse, roles)
    assert "Edna Ashe" in nurse
    assert f'href="{agree}"' not in nurse, "only the coordinator names"
    assert signed_in(team.nurse).get(agree).status_code == 404
    assert signed_in(walled.viewer("gp", team="Elsewhere")).get(roles).status_code == 404


def test_a_role_that_may_not_be_is_said_with_what_would_open_it(
    team: Team, item: PanelItem
) -> None:
    """P31: a charity joins only on a yes."""
    with acting(walled.SYSTEM):
        PanelItem.objects.filter(pk=item.pk).update(agreement="not_informed")
    said = {"kind": CareRoleKind.CARE_COORDINATION.value, "post": str(team.charity.post_id)}
    refused = read(team.coordinator, f"{HERE}care-roles/of/{item.pk}/", **said)
    assert "govuk-error-summary" in refused
    assert "has said yes" in refused


def test_a_role_is_ended_by_who_holds_it_with_its_reason(team: Team, item: PanelItem) -> None:
    said = {"kind": CareRoleKind.CARE_COORDINATION.value, "post": str(team.nurse.post_id)}
    signed_in(team.coordinator).post(f"{HERE}care-roles/of/{item.pk}/", said)
    roles = read(team.nurse, f"{HERE}care-roles/")
    [end] = {part.split('"')[0] for part in roles.split('href="') if "/end/" in part.split('"')[0]}
    before = looks(team.nurse)
    assert "Edna Ashe" in read(team.nurse, end)
    assert looks(team.nurse) == before + 1
    assert "Say why it ends" in read(team.nurse, end, because=" ")
    assert signed_in(team.charity).get(end).status_code == 404, "neither hers nor hers to keep"
    done = signed_in(team.nurse).post(end, {"because": "She is well."}, follow=True)
    assert "The role has ended." in done.content.decode()
    assert signed_in(team.nurse).get(end).status_code == 404


def test_a_search_that_finds_nobody_says_how_to_go_on(team: Team) -> None:
    """P3: two identifying elements before anybody is shown."""
    assert "Nominate patients" in read(team.gp, f"{HERE}nominate/")
    short = read(team.gp, f"{HERE}nominate/", text="Edna")
    assert 'value="Edna"' in short
    assert 'name="person"' not in short
    nobody = read(team.gp, f"{HERE}nominate/", text="Zebedee Quarmby 1/1/1951")
    assert "Nobody fits." in nobody
    assert (
        signed_in(walled.viewer("gp", team="Elsewhere")).get(f"{HERE}nominate/").status_code == 404
    )
