"""The plan of a case, its copies, its reviews and its closing, as those who work at it meet them."""

import datetime
import re
import uuid
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.demo.personas import persona
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Footing, ForWhom, Programme
from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.models import (
    Case,
    Goal,
    Intervention,
    PlanAction,
    PlanCopy,
    ReferredOut,
)
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.goals import set_goal, set_milestone
from joinedup.support.cases.operations.plan_actions import promise_action, start_intervention
from joinedup.support.cases.operations.planning import put_down_version
from joinedup.support.cases.operations.referring_out import Asking, refer_out
from tests.pages.signing_in import signed_in
from tests.pages.test_every_page import well_made
from tests.sharing import walled
from tests.unit.cases.planned import action, goal

WANTS = "I want to sleep in my own bed"
HIS = "Stay off the drink"


@dataclass(frozen=True)
class Given:
    """A family's case of the wellbeing service, with a plan of two adults' goals."""

    case: Case
    ada: uuid.UUID
    goal: Goal
    action: PlanAction
    lead: Viewer

    def page(self, rest: str = "plan/") -> str:
        return f"/cases/{self.case.pk}/{rest}"


def given() -> Given:
    at = timezone.now() - datetime.timedelta(days=3)
    posts = Post.objects.select_related("team__agency", "user")
    chosen = persona("wellbeing")
    assert chosen is not None
    lead = Viewer.of_post(posts.get(pk=chosen.post_id))
    ada, ben = (walled.person(lead.agency, given_name=name) for name in ("Ada", "Ben"))
    case = open_case(
        by=lead, person_ids=[ada, ben], programme=Programme.WELLBEING, at=at,
        lead_post_id=lead.post_id, for_whom=ForWhom.FAMILY,  # type: ignore[arg-type]
    )  # fmt: skip
    hers = set_goal(by=lead, matter_id=case.pk, values=goal(ada, words=WANTS), at=at)
    set_goal(by=lead, matter_id=case.pk, values=goal(ben, words=HIS), at=at)
    act = promise_action(
        by=lead, matter_id=case.pk, at=at,
        values=action(person_id=ada, owner_person_id=ada, goal_id=hers.pk, due_on=at.date()),
    )  # fmt: skip
    for by in ("Advice shop", "Library"):
        start_intervention(
            by=lead, matter_id=case.pk, kind=InterventionKind.ADVICE_ON_DEBT, provider=by, at=at,
            starts_on=at.date(),
        )  # fmt: skip
    put_down_version(by=lead, matter_id=case.pk, at=at)
    return Given(case, ada, hers, act, lead)


def text(client: Client, path: str, status: int = 200, **said: str) -> str:
    """The page as it reads, after posting to it where something is said."""
    response = client.post(path, said, follow=True) if said else client.get(path)
    assert response.status_code == status, (path, response.status_code)
    well_made(response)
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def what(empty: None) -> Given:
    return given()


def test_the_plan_is_on_one_page_with_what_each_agency_does(what: Given) -> None:
    """S0-27, S0-98: goals, actions, help given twice, and what each person says to it."""
    page = text(signed_in("wellbeing"), what.page())
    for told in (WANTS, HIS, "Overdue", "Debt advice is given twice", "Not asked yet", "Version 1"):
        assert told in page
    mine = text(signed_in("wellbeing"), "/my-work/")
    assert "Actions of plans that are yours" not in mine
    assert signed_in("gp").get(what.page()).status_code == 404


def test_my_work_calls_a_case_by_its_people_and_start_by_number_alone(what: Given) -> None:
    """Whoever signs in sees at once whether anything waits on them; who it is about is on the next page."""
    lead = signed_in("wellbeing")
    work, start = text(lead, "/my-work/"), text(lead, "/")
    answers_for = re.search(r"You answer for as well.*?</section>", work, re.DOTALL)
    assert answers_for
    called = re.findall(r'<a class="govuk-link" href="[^"]+">([^<]+)</a>', answers_for[0])
    assert set(called) == {"Ada Ashe, Ben Ashe"}
    waiting = re.findall(r'id="work-(\d)">([^<]+) <span class="work__count">(\d+)', work)
    for number, title, count in waiting:
        link = f'<a class="govuk-link" href="/my-work/#work-{number}">{title}</a>'
        assert f'{link} <span class="work__count">{count}</span>' in start
    assert "Ada" not in start
    assert "What waits on you" not in text(signed_in("analyst"), "/")


def test_what_is_to_do_in_two_cases_of_one_person_stands_in_one_list(what: Given) -> None:
    """S0-20, S0-98, S0-48: the other case's actions too, for who works at both; and what they manage themselves."""
    at = timezone.now()
    other = open_case(
        by=what.lead, person_ids=[what.ada], programme=Programme.HOUSING_SUPPORT, at=at,
        lead_post_id=what.lead.post_id,  # type: ignore[arg-type]
    )  # fmt: skip
    promise_action(
        by=what.lead, matter_id=other.pk, at=at,
        values=action(person_id=what.ada, owner_person_id=what.ada, words="Ring the landlord"),
    )  # fmt: skip
    values = goal(what.ada, words="Walk to the shop", is_self_managed=True)
    set_goal(by=what.lead, matter_id=what.case.pk, values=values, at=at)
    page = text(signed_in("wellbeing"), what.page())
    mine, _, elsewhere = page.partition("On the list of another case that you work at")
    assert "Ring the landlord" in elsewhere
    assert "Ring the landlord" not in mine
    assert "Works at it themselves" in mine
    there = text(signed_in("wellbeing"), f"/cases/{other.pk}/plan/")
    assert what.action.words in there.partition("On the list of another case")[2]


def test_each_page_of_a_plan_and_its_reviews_opens(what: Given) -> None:
    client = signed_in("wellbeing")
    for rest in (
        "plan/matters/", "plan/goals/new/", f"plan/goals/{what.goal.pk}/",
        f"plan/goals/{what.goal.pk}/became/", f"plan/goals/{what.goal.pk}/steps/new/",
        "plan/actions/new/", f"plan/actions/{what.action.pk}/", f"plan/actions/{what.action.pk}/ask/",
        "plan/help/new/", "plan/versions/1/", f"plan/versions/1/says/{what.ada}/", "plan/copies/",
        "reviews/", "reviews/book/", "close/",
    ):  # fmt: skip
        text(client, what.page(rest))
    with acting(what.lead):
        review = what.case.reviews.get()
        given = Intervention.objects.filter(case=what.case).first()
    text(client, what.page(f"reviews/{review.pk}/"))
    step = {
        "words": "Seen the adviser", "due_on": review.due_on, "agreed_by": "Ada and me",
        "met_on": None, "evidence": "", "given_up_because": "",
    }  # fmt: skip
    made = set_milestone(by=what.lead, goal_id=what.goal.pk, values=step, at=timezone.now())
    assert "Seen the adviser" in text(client, what.page(f"plan/steps/{made.pk}/"))
    assert given is not None
    assert "This help stopped" in text(client, what.page(f"plan/help/{given.pk}/stop/"))


def edited(client: Client, path: str) -> dict[str, str]:
    """What a form was opened with, as a browser would send it back."""
    html = client.get(path).content.decode()
    hidden = dict(re.findall(r'name="((?:was_\w+|edited))"[^>]*value="([^"]*)"', html))
    return {name: hidden.get(name, "") for name in re.findall(r'name="(was_\w+|edited)"', html)}


def test_two_clients_change_one_goal_and_the_second_chooses_field_by_field(what: Given) -> None:
    first, second = signed_in("wellbeing"), signed_in("wellbeing")
    path = what.page(f"plan/goals/{what.goal.pk}/")
    written = {
        "words": WANTS,
        "whose": "person",
        "person": str(what.ada),
        "aim": "home",
        "hidden": "",
    }
    opened_first, opened_second = edited(first, path), edited(second, path)
    assert set(opened_first) >= {"edited", "was_words", "was_aim"}
    text(first, path, **written | opened_first | {"words": "A key of my own", "aim": "safety"})
    mine = written | opened_second | {"words": "A quiet room"}
    page = text(second, path, 409, **mine)
    for told in ("A key of my own", "A quiet room", "Safety", "you had not changed it"):
        assert told in page
    hidden = dict(re.findall(r'name="(was_\w+|edited)" value="([^"]*)"', page))
    text(second, path, **written | hidden | {"words": "A quiet room", "aim": "safety"})
    with acting(what.lead):
        kept = Goal.objects.get(pk=what.goal.pk)
        assert (kept.words, kept.aim) == ("A quiet room", "safety")


def test_what_was_typed_stays_where_it_cannot_be_taken(what: Given) -> None:
    page = text(
        signed_in("wellbeing"), what.page("plan/actions/new/"), words="Ring the landlord",
        owner="", state="to_do",
    )  # fmt: skip
    assert "Choose who does it" in page
    assert 'value="Ring the landlord"' in page


def test_an_answer_is_written_down_and_stays_with_its_version(what: Given) -> None:
    """S0-62, P12."""
    client = signed_in("wellbeing")
    path = what.page(f"plan/versions/1/says/{what.ada}/")
    today = timezone.localdate().isoformat()
    said = {"said_now": "disagrees", "spoken_by": "itself", "said_on": today}
    assert "own words" in text(client, path, **said)
    assert "Disagrees" in text(client, path, **said, words="Not while he lives here")
    assert "Not while he lives here" in text(client, what.page("plan/versions/1/"))


def test_a_copy_is_taken_out_as_a_pdf_and_leaves_its_line(what: Given) -> None:
    """P35: it holds nothing of the other adult, and is audited as an export."""
    client = signed_in("wellbeing")
    page = text(client, what.page("plan/copies/"), person=str(what.ada), layout="large_print")
    assert WANTS in page
    assert HIS not in page.split("plan__copy")[1]
    with acting(what.lead):
        made = PlanCopy.objects.get()
    response = client.get(what.page(f"plan/copies/{made.pk}/plan.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response).startswith(b"%PDF")
    lines = Entry.objects.using("owner").filter(person_id=what.ada, act="looked")
    assert lines.filter(detail__page="plan_copy_taken_out").exists()
    copied = Entry.objects.using("owner").get(act="copied", subject_id=str(made.pk))
    assert copied.person_id == what.ada, (
        "P15: it is found when a source recalls what it says of her"
    )
    today = timezone.localdate().isoformat()
    given_page = text(client, what.page(f"plan/copies/{made.pk}/"), how="in_hand", on=today)
    assert "In hand" in given_page
    assert signed_in("gp").get(what.page(f"plan/copies/{made.pk}/plan.pdf")).status_code == 404


def test_a_service_is_asked_takes_it_on_and_says_what_became_of_it(what: Given) -> None:
    """S0-91."""
    client, asked = signed_in("wellbeing"), signed_in("gp")
    gp = persona("gp")
    assert gp is not None
    team = Post.objects.get(pk=gp.post_id).team_id
    ask = {
        "person": str(what.ada),
        "team": str(team),
        "words": "A talk about sleep",
        "footing": "agreed",
    }
    page = text(client, what.page(f"plan/actions/{what.action.pk}/ask/"), **ask)
    assert "waits for an answer" in page
    with acting(what.lead):
        path = f"/referred/{ReferredOut.objects.get().pk}/"
    read = text(asked, path)
    assert "A talk about sleep" in read
    assert WANTS not in read
    assert "taken it on" in text(asked, f"{path}take/", x="")
    assert "reads what became" in text(asked, path, words="She sleeps better")
    assert "She sleeps better" in text(client, what.page())


def test_what_a_service_cannot_take_on_goes_back_with_why(what: Given) -> None:
    """S0-91: nobody else answers for them; what was typed stands until the reason is chosen too."""
    asked, outsider = signed_in("gp"), signed_in("police")
    gp = persona("gp")
    assert gp is not None
    team = Post.objects.get(pk=gp.post_id).team_id
    asking = Asking(what.ada, "A talk about sleep", Footing.AGREED, to_team_id=team)
    made = refer_out(by=what.lead, action_id=what.action.pk, asking=asking, at=timezone.now())
    path = f"/referred/{made.pk}/"
    looks = Entry.objects.using("owner").filter(
        post_id=gp.post_id, act="looked", subject_id=str(made.pk)
    )
    mistaken = text(asked, f"{path}back/", **{"back-words": "No room until May"})
    assert looks.count() == 1
    assert "govuk-error-summary" in mistaken
    assert "<title>Error: " in mistaken
    assert "Choose why you send it back" in mistaken
    assert "No room until May" in mistaken
    for press in ("back/", "take/"):
        assert asked.get(f"{path}{press}").status_code == 405
        assert outsider.post(f"{path}{press}").status_code in {403, 404}
        assert Client().post(f"{path}{press}")["Location"].startswith("/sign-in/")
    said = {"back-reason_code": "no_capacity", "back-words": "No room until May"}
    assert "It is sent back" in text(asked, f"{path}back/", **said)
    assert asked.get(path).status_code == 404, "what is not theirs any more they read no more"
    assert "No room until May" in text(signed_in("wellbeing"), f"/handovers/{made.handover_id}/")


def test_what_became_of_a_way_that_was_shown_is_written_down(what: Given) -> None:
    """S0-91: of a service that has no desk here; an empty word is asked for again."""
    client = signed_in("wellbeing")
    asking = Asking(what.ada, "Company", Footing.AGREED, service="The allotment club")
    made = refer_out(by=what.lead, action_id=what.action.pk, asking=asking, at=timezone.now())
    path = what.page(f"plan/asked/{made.pk}/")
    looks = Entry.objects.using("owner").filter(post_id=what.lead.post_id, act="looked")
    before = looks.count()
    assert "What became of it?" in text(client, path)
    assert looks.count() > before
    assert signed_in("gp").get(path).status_code == 404
    assert client.get(what.page(f"plan/asked/{uuid.uuid4()}/")).status_code == 404
    assert "Say what became of it" in text(client, path, words=" ")
    assert "She goes on Fridays" in text(client, path, words="She goes on Fridays")


def test_a_case_is_closed_with_a_word_for_each_goal_and_opened_again(what: Given) -> None:
    client = signed_in("wellbeing")
    said = {"reason": "goals_reached", "words": "She keeps her home", "what_stays": "The library"}
    assert "Say of each goal" in text(client, what.page("close/"), **said)
    with acting(what.lead):
        goals = list(Goal.objects.filter(case=what.case))
    for each in goals:
        said |= {f"goal_{each.pk}": "maintained", f"goal_words_{each.pk}": "It held"}
    said |= {f"action_{what.action.pk}": "done"}
    closed = text(client, what.page("close/"), **said)
    assert "The library" in closed
    assert "Open this case again" in closed
    assert "closed, and so is its plan" in text(client, what.page())
    assert what.lead.post_id is not None
    again = {"because": "Arrears again", "lead": str(what.lead.post_id)}
    assert "open again" in text(client, what.page("reopen/"), **again)
    assert "Arrears again" in text(client, what.page("reviews/"))
