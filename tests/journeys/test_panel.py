"""Journey 3: the panel, with three browsers at once: the chair, a member who writes, one with an interest."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from joinedup.demo.personas import persona
from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import MinutesState
from joinedup.foundations.meetings.models import Action, Minutes
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.support.cases.models import Lead
from joinedup.support.panels.choices import AllocationState, PanelTemplate
from joinedup.support.panels.models import Allocation, Decision, ItemText, PanelItem, PanelMeeting
from joinedup.support.panels.operations.panel import open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from tests.databases import PrivateDatabase
from tests.journeys.keyboard import choose, press, type_into
from tests.journeys.walking import (
    PATIENCE,
    PHONE,
    WIDE,
    Watch,
    no_barriers,
    no_barriers_in_any_window,
    picture,
    sign_in,
)
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.allocations import can
from tests.unit.panels.panelled import BASIS, Table, words
from tests.unit.panels.queued import offered

COORDINATOR, CHAIR, MEMBER, GP = "Nadia Sealey", "Marian Okoye", "Dean Whitlock", "Dr Anjali Rao"
MANAGER, LEAD = "Helen Marsh", "Grace Adeyemi"
HELPS = "She answers in the mornings."
MEMBERS = (
    ("panel-chair", Discipline.COORDINATION), ("police", Discipline.POLICE),
    ("housing", Discipline.HOUSING), ("social-worker", Discipline.SOCIAL_WORK_ADULTS),
    ("gp", Discipline.GP),
)  # fmt: skip
OFFLINE = "ERR_INTERNET_DISCONNECTED"


@dataclass(frozen=True)
class Desks:
    """Three who sit at one meeting, each with a window of their own; the member's is a phone's."""

    chair: Page
    member: Page
    gp: Page


def viewer_of(code: str) -> Viewer:
    """A persona at work."""
    found = persona(code)
    assert found is not None
    return Viewer.of_post(Post.objects.select_related("team__agency", "user").get(pk=found.post_id))


@pytest.fixture
def panel(private_database: PrivateDatabase) -> Table:
    """A panel that meets in some days, with two referrals offered to it."""
    at = clock.now()
    walled.agency("care", "social_care")
    coordinator, chair = viewer_of("panel-coordinator"), viewer_of("panel-chair")
    made = open_panel(
        by=coordinator, code="tl", template=PanelTemplate.TRANSFORMING_LIVES,
        words=words(coordinator, chair, before_agreement_basis=BASIS),
        starts_on=day_of(at) - datetime.timedelta(days=60), at=at,
    )  # fmt: skip
    for code, discipline in MEMBERS:
        seat_member(
            by=coordinator, panel_id=made.pk, post_id=post_of(viewer_of(code)),
            discipline=discipline, at=at,
        )  # fmt: skip
    table = Table(
        made, coordinator, chair, viewer_of("police"), viewer_of("housing"),
        viewer_of("social-worker"), viewer_of("team-manager"), viewer_of("team-manager"),
    )  # fmt: skip
    can(table.care, CompetenceCode.LEADS_ADULTS)
    offered(table, "Ada", at=at - datetime.timedelta(hours=1))
    offered(table, "Ben", at=at)
    return table


@pytest.fixture
def desks(chromium: Browser, site: str) -> Iterator[Desks]:
    """The chair and one with an interest at desks; the member who writes on a phone."""
    contexts, pages, watches = [], [], []
    for width, height in (WIDE, PHONE, WIDE):
        context = chromium.new_context(
            base_url=site, viewport={"width": width, "height": height}, locale="en-GB"
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        contexts.append(context)
        pages.append(page)
        watches.append(Watch(page, site))
    yield Desks(*pages)
    for context in contexts:
        context.close()
    # The network of one of them was taken away, and Chromium says so.
    errors = [each for watch in watches for each in watch.errors if OFFLINE not in each]
    assert errors == []
    assert [each for watch in watches for each in watch.elsewhere] == []


def coordinator_builds_the_agenda(page: Page) -> str:
    """Takes in what is offered, and builds the next agenda in one press; gives the address of the room."""
    sign_in(page, COORDINATOR)
    page.goto("/panels/of/tl/queue/")
    no_barriers(page)
    for _ in range(2):
        page.get_by_role("button", name="Take it into the queue").first.click()
        expect(page.get_by_text("waits for the panel now")).to_be_visible()
    expect(page.get_by_role("link", name="Ada Ashe")).to_be_visible()
    picture(page, "panel-queue")
    press(page, "Build the next agenda")
    expect(page.get_by_text("The agenda is out")).to_be_visible()
    no_barriers(page)
    page.get_by_role("link", name="Go to the room").click()
    address = page.url
    page.get_by_role("button", name="Sign out").click()
    return address


def member_answers_for_their_agency(page: Page) -> None:
    """S0-86: one check in the short form, opened to the table; nothing known of the rest, by one key."""
    page.goto("/panels/checks/")
    expect(page.get_by_role("button", name="Nothing known of Ada Ashe")).to_be_focused()
    no_barriers_in_any_window(page)
    page.get_by_role("link", name="Ada Ashe").click()
    choose(page, page.get_by_role("radio", name="Known now"))
    type_into(page, "What helps?", HELPS)
    no_barriers_in_any_window(page)
    press(page, "Answer")
    expect(page.get_by_text("Your agency’s answer is kept.")).to_be_visible()
    press(page, "Nothing known of Ben Ashe")
    expect(page.get_by_text("All 2 are answered.")).to_be_visible()


def everybody_comes(page: Page, room: str) -> None:
    """The chair finds no quorum, and says who is there."""
    sign_in(page, CHAIR)
    page.goto(room)
    expect(page.get_by_text("It cannot open yet.")).to_be_visible()
    for name in (CHAIR, "Sam Hartley", MEMBER, LEAD, GP):
        page.get_by_role("button", name=re.compile(f"Is there.*{name}")).click()
        expect(page.get_by_role("button", name=re.compile(f"Has left.*{name}"))).to_be_visible()
    expect(page.get_by_text("Enough are there.")).to_be_visible()
    no_barriers(page)


def open_ada(desks: Desks, room: str) -> str:
    """The chair opens the first item; it is open on the other screens at once."""
    for page in (desks.member, desks.gp):
        page.goto(room)
        expect(page.get_by_role("heading", name="1. Ada Ashe")).to_be_visible()
    press(desks.chair, "Open this item")
    expect(desks.chair.get_by_role("heading", name="Decide")).to_be_visible()
    for page in (desks.member, desks.gp):
        expect(page.get_by_role("heading", name="1. Ada Ashe")).to_contain_text("Open now")
    return desks.chair.url


def gp_has_an_interest(desks: Desks, item: str) -> None:
    """S4-53: once declared the item is gone from that screen, and no address brings it back."""
    gp = desks.gp
    gp.get_by_text("Declare an interest", exact=True).click()
    choose(gp, gp.get_by_role("radio", name="Lives with or near somebody it is about"))
    press(gp, "Declare it")
    expect(gp.get_by_text("You have an interest in it.")).to_be_visible()
    expect(gp.get_by_text("Ada")).to_have_count(0)
    no_barriers(gp)
    gp.goto(item)
    expect(gp.get_by_text("Ada")).to_have_count(0)
    expect(desks.chair.get_by_text("The item is closed to them.")).to_be_visible()


def two_write_at_once(desks: Desks) -> None:
    """Both type in one box; each sees the other do so, and nothing is lost, nor without a connection."""
    notes = [page.get_by_label("Notes of the discussion") for page in (desks.chair, desks.member)]
    notes[0].click()
    desks.chair.keyboard.type("He owes rent.")
    expect(notes[1]).to_have_value("He owes rent.")
    expect(desks.member.get_by_text("types in “Notes of the discussion” of item 1")).to_be_visible()
    notes[0].press("Home")
    notes[1].click()
    notes[1].press("End")
    for number in range(4):
        desks.chair.keyboard.type(f"A{number} ")
        desks.member.keyboard.type(f" B{number}")
    for box in notes:
        expect(box).to_have_value("A0 A1 A2 A3 He owes rent. B0 B1 B2 B3")
    desks.member.context.set_offline(True)
    desks.member.keyboard.type(" No connection.")
    expect(desks.member.get_by_text("There is no connection.")).to_be_visible()
    notes[0].press("Home")
    desks.chair.keyboard.type("Then: ")
    desks.member.context.set_offline(False)
    for box in notes:
        expect(box).to_have_value("Then: A0 A1 A2 A3 He owes rent. B0 B1 B2 B3 No connection.")


def chair_decides(desks: Desks) -> None:
    """Reasons, lead agency, a dissent in its words; an action with owner and day."""
    chair = desks.chair
    type_into(chair, "Reasons for the decision", "Adult social care can begin tomorrow.")
    choose(chair, chair.get_by_role("radio", name="Allocate to a lead agency"))
    chair.get_by_label("Lead agency", exact=True).select_option(label="Adult social care")
    choose(chair, chair.get_by_role("group", name="Police").get_by_role("radio", name="Dissents"))
    press(chair, "Write down the decision")
    expect(chair.get_by_role("heading", name="There is a problem")).to_be_visible()
    type_into(chair, "Words of Police, where it dissents", "Not before she is asked.")
    picture(chair, "panel-room")
    no_barriers(chair)
    press(chair, "Write down the decision")
    for page in (chair, desks.member):
        expect(page.get_by_text("“Not before she is asked.”")).to_be_visible()
    type_into(chair, "What is to be done", "Ring the landlord")
    chair.get_by_label("Who does it", exact=True).select_option(label=f"{MEMBER}, Housing")
    due = clock.now() + datetime.timedelta(days=7)
    type_into(chair, "By when", f"{due:%d %m %Y}")
    press(chair, "Add the action")
    expect(desks.member.get_by_text("Ring the landlord").first).to_be_visible()
    no_barriers_in_any_window(desks.member)
    picture(desks.member, "panel-room-phone")


def member_leaves(desks: Desks) -> None:
    """Sight is lost at once."""
    desks.chair.get_by_text("Who is there").click()
    desks.chair.get_by_role("button", name=re.compile(f"Has left.*{MEMBER}")).click()
    expect(desks.member.get_by_text("Ada")).to_have_count(0)
    expect(desks.member.get_by_text("You do not sit at it.")).to_be_visible()


def chair_ends_the_meeting(page: Page) -> None:
    """P29: the minutes are a draft from that moment, with the dissent in its words."""
    page.get_by_role("link", name="End the meeting").click()
    no_barriers(page)
    press(page, "End the meeting")
    expect(page.get_by_text("its minutes are a draft")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/panels/meetings/[0-9a-f-]+/minutes/$"))
    expect(page.get_by_text("Not before she is asked.")).to_be_visible()
    no_barriers(page)


def owner_finds_the_action(page: Page) -> None:
    """P29: it is out, in their own work, though they left before the end."""
    page.goto("/my-work/")
    expect(page.get_by_role("heading", name="Actions from meetings")).to_be_visible()
    no_barriers_in_any_window(page)
    page.get_by_role("link", name="Ring the landlord").click()
    expect(page.get_by_role("heading", name="Ring the landlord")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Meeting of \d+ [A-Z]"))).to_be_visible()
    no_barriers_in_any_window(page)


def manager_names_who_leads(page: Page) -> None:
    """P27: the agency’s own manager accepts and names the lead case manager; the case is there."""
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, MANAGER)
    page.goto("/my-work/")
    page.get_by_role("link", name="Somebody whom a panel allocated to your team").click()
    expect(page.get_by_role("heading", name="Allocation Ada Ashe")).to_be_visible()
    no_barriers(page)
    choose(page, page.get_by_role("radio", name=LEAD))
    press(page, "Accept, and name who leads")
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    expect(page.get_by_role("link", name="Open the case")).to_be_visible()


def after_the_meeting(desks: Desks) -> None:
    """Actions are out, minutes drafted, the lead named; then a case with that lead exists."""
    chair_ends_the_meeting(desks.chair)
    owner_finds_the_action(desks.member)
    manager_names_who_leads(desks.gp)
    with acting(walled.SYSTEM):
        assert Action.objects.get().out_at is not None
        assert Minutes.objects.get().state == MinutesState.DRAFT
        made = Allocation.objects.get(item__people__name="Ada Ashe")
        assert made.state == AllocationState.ACCEPTED
        led = Lead.objects.get(case=made.case_id, ends_at__isnull=True)
    assert led.post_id == viewer_of("social-worker").post_id


@pytest.mark.empty_product
def test_the_panel(panel: Table, desks: Desks) -> None:
    """P26, P27, P28, P29, S0-86, S4-53."""
    room = coordinator_builds_the_agenda(desks.chair)
    sign_in(desks.member, MEMBER)
    sign_in(desks.gp, GP)
    member_answers_for_their_agency(desks.member)
    everybody_comes(desks.chair, room)
    item = open_ada(desks, room)
    expect(desks.chair.get_by_text(f"Helps: {HELPS}")).to_be_visible()
    gp_has_an_interest(desks, item)
    two_write_at_once(desks)
    chair_decides(desks)
    member_leaves(desks)
    with acting(walled.SYSTEM):
        assert PanelMeeting.objects.count() == 1
        ada = PanelItem.objects.get(people__name="Ada Ashe")
        made = Decision.objects.get(item=ada)
        assert (made.kind, made.lead_agency_id) == ("allocate", "adult_care")
        assert sorted(made.agencies_present) == ["adult_care", "council", "housing", "police"]
        assert ItemText.objects.get(item=ada, box="notes").words.startswith("Then: A0")
    after_the_meeting(desks)
