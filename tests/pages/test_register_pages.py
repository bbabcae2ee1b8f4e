"""The forms that end what the register of functions and of approvals says (S4-19 to S4-21)."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.operations import approve, enter_function
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in, text
from tests.sharing import walled
from tests.unit.handovers.sides import told

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def keeper() -> Viewer:
    walled.agency("partners", "partnership")
    return walled.viewer("partners", "partnership_administrator", team="Office")


@pytest.fixture
def entered(keeper: Viewer) -> StatutoryFunction:
    """The council's function, which the trust has carried out for a month."""
    council, trust = walled.agency("council", "social_care"), walled.agency("trust", "health")
    at = clock.now()
    return enter_function(
        by=keeper, function=FunctionCode.AMHP, accountable=council, operating=trust,
        route=Route.SECTION_75, reference="S75-2", evidence="Cabinet minute 12",
        starts_on=day_of(at) - 30 * DAY, at=at,
    )  # fmt: skip


@pytest.fixture
def approved(keeper: Viewer, entered: StatutoryFunction) -> Approval:
    nurse, at = walled.viewer("trust", "practitioner"), clock.now()
    assert nurse.user_id is not None
    return approve(
        by=keeper, holder_id=nurse.user_id, function=FunctionCode.AMHP,
        given_by=entered.accountable, evidence="W-77", starts_on=day_of(at) - 20 * DAY,
        ends_on=day_of(at) + 300 * DAY, at=at,
    )  # fmt: skip


def test_the_end_of_a_function_is_a_day_and_is_entered_once(
    keeper: Viewer, entered: StatutoryFunction
) -> None:
    """S4-19: who answered for what on which day stays known."""
    client, here = signed_in(keeper), f"/functions/{entered.pk}/end/"
    page = client.get(here)
    well_made(page)
    assert "It no longer holds" in text(page)
    for typed, says in (
        ("31/2/2026", "Enter a day like 23/11/2026"),
        (f"{entered.starts_on - DAY:%d/%m/%Y}", "It ends no earlier than it started."),
    ):
        again = client.post(here, {"ends_on": typed})
        well_made(again)
        assert says in text(again)
        assert f'value="{typed}"' in text(again), "what was typed is kept"
    today = day_of(clock.now())
    assert client.post(here, {"ends_on": f"{today:%d/%m/%Y}"})["Location"] == "/functions/"
    entered.refresh_from_db()
    assert entered.ends_on == today
    twice = client.post(here, {"ends_on": f"{today + DAY:%d/%m/%Y}"})
    assert "This entry has its end already." in text(twice)
    assert len(lines(post_id=keeper.post_id, act="ended a function")) == 1


def test_an_approval_ends_with_its_reason_and_managers_are_told(
    keeper: Viewer, approved: Approval
) -> None:
    """S4-21: from that day the act that it was for is refused."""
    client, here = signed_in(keeper), f"/approvals/{approved.pk}/withdraw/"
    page = client.get(here)
    well_made(page)
    assert approved.holder.name in text(page)
    today = f"{day_of(clock.now()):%d/%m/%Y}"
    lacking = client.post(here, {"ends_on": today, "because": " "})
    well_made(lacking)
    assert "Say why it ends" in text(lacking)
    late = f"{approved.ends_on + DAY:%d/%m/%Y}"
    assert "on that day or before it already" in text(
        client.post(here, {"ends_on": late, "because": "Left the rota"})
    )
    done = client.post(here, {"ends_on": today, "because": "Left the rota"}, follow=True)
    assert "It ends on that day. Managers are told." in text(done)
    approved.refresh_from_db()
    assert (approved.ends_on, approved.withdrawn_because) == (day_of(clock.now()), "Left the rota")
    holder = Viewer.of_post(
        Post.objects.select_related("team__agency", "user").get(user=approved.holder_id)
    )
    assert told(holder) == ["approval_ends"]
    assert len(lines(post_id=keeper.post_id, act="withdrew an approval")) == 1


@pytest.mark.parametrize("address", ["/functions/{}/end/", "/approvals/{}/withdraw/"])
def test_the_register_is_kept_by_the_administrator_alone(
    approved: Approval, keeper: Viewer, entered: StatutoryFunction, address: str
) -> None:
    here = address.format(entered.pk if "functions" in address else approved.pk)
    nurse = walled.viewer("trust", "practitioner", team="Others")
    said = {"ends_on": "1/1/2027", "because": "Mine"}
    assert signed_in(nurse).get(here).status_code == 403
    assert signed_in(nurse).post(here, said).status_code == 403
    assert {each.outcome for each in lines(post_id=nurse.post_id)} == {"refused"}
    assert signed_in(keeper).get(address.format(999_999)).status_code == 404
    entered.refresh_from_db()
    assert entered.ends_on is None
