"""The forms of one case, opened for real: its money, its plan and reviews, its story, its sections, its risks.

Each by a post that may (200, and a look on record) and by one that has no part in it (404, P8); sent with a mistake
it tells so and keeps what was typed.
"""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.funds.operations import LimitSaid, Worth, publish_table, set_limit
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.budget import BudgetRoute
from joinedup.support.cases.choices.plan import CopyLayout, GoalOutcome
from joinedup.support.cases.choices.review import ClosingReason
from joinedup.support.cases.models import (
    Case,
    CaseSupervision,
    Goal,
    PlanVersion,
    SignOff,
    StoryPin,
)
from joinedup.support.cases.operations import close_case, open_case
from joinedup.support.cases.operations.budget import make_budget, write_support_plan
from joinedup.support.cases.operations.ending import ClosingSaid
from joinedup.support.cases.operations.goals import set_goal
from joinedup.support.cases.operations.plan_copies import make_copy
from joinedup.support.cases.rules.budget import PlanLine
from joinedup.support.safeguarding.operations import write_plan
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled
from tests.unit.cases import assessed, steps_world, stories
from tests.unit.cases.planned import goal
from tests.unit.cases.test_budget import DAY, said
from tests.unit.handovers.sides import AT, post_of
from tests.unit.safeguarding.test_risk_plans import said as risk

pytestmark = pytest.mark.django_db
KEPT = "Kept as it was typed"
"""What somebody writes into a form that lacks something else."""


@dataclass(frozen=True)
class Given:
    """A case of social care, whoever leads it, signs its work off, supervises it, and has no part in it."""

    case: uuid.UUID
    person: uuid.UUID
    lead: Viewer
    manager: Viewer
    supervisor: Viewer
    stranger: Viewer

    def path(self, name: str, **more: Any) -> str:
        """The address of that name in this case."""
        return reverse(name, kwargs={"matter_id": self.case, **more})

    def ask(
        self, by: Viewer, name: str, say: str, typed: dict[str, str] | None = None, **more: Any
    ) -> str:
        """Open a page with a look on record, and shut to the stranger; then send it with a mistake."""
        path = self.path(name, **more) + ("?who=Assess" if name == "case-step-send" else "")
        before = looks(by)
        page = read(signed_in(by).get(path), path)
        assert say in page, path
        assert looks(by) > before, f"{path} left no look"
        gone = signed_in(self.stranger)
        assert gone.get(path).status_code == 404, path
        if typed is not None:
            page = read(signed_in(by).post(path, typed), path)
            assert "govuk-error-summary" in page, path
            for each in typed.values():
                assert each.strip() in page, (path, each)
            assert gone.post(path, typed).status_code == 404, path
        return page

    def press(self, by: Viewer, name: str, says: str, **more: Any) -> None:
        """Press what is never done by following a link, nor by the stranger; it leads on, and tells so."""
        path = self.path(name, **more)
        assert signed_in(by).get(path).status_code == 405, path
        assert signed_in(self.stranger).post(path).status_code == 404, path
        assert says in read(signed_in(by).post(path, follow=True), path), path


def looks(by: Viewer) -> int:
    """How often this post looked at somebody by now."""
    return len(lines(post_id=by.post_id, act="looked"))


def read(response: HttpResponse, path: str) -> str:
    """The page, which opened and is well made."""
    assert response.status_code == 200, (path, response.status_code)
    well_made(response)
    return " ".join(response.content.decode().split())


@pytest.fixture
def of() -> Given:
    walled.agency("care", "social_care")
    keeper = walled.viewer("care", "pooled_fund_manager")
    publish_table(
        by=keeper, lines=[Worth("Meals", "Daily help", 4), Worth("Meals", "None", 0)],
        pence_a_point=200_00, source="Cabinet", starts_on=DAY, at=AT,
    )  # fmt: skip
    limit = LimitSaid("care", "team_manager", 1_000_00, 0, "Scheme 7")
    set_limit(by=keeper, said=limit, starts_on=DAY, at=AT)
    lead, supervisor, stranger = (
        walled.viewer("care", "social_worker", team=team) for team in ("Adults", "Practice", "Away")
    )
    manager = walled.viewer("care", "team_manager", team="Adults")
    Post.objects.filter(pk=lead.post_id).update(
        operational_manager=manager.post_id, professional_supervisor=supervisor.post_id
    )
    person = walled.person("care", born_on=datetime.date(1950, 1, 1))
    case = open_case(
        by=lead, person_ids=[person], programme=Programme.SOCIAL_CARE, lead_post_id=post_of(lead),
        at=AT,
    )  # fmt: skip
    return Given(case.pk, person, lead, manager, supervisor, stranger)


def test_the_money_of_a_case_is_asked_planned_and_authorised_from_its_pages(of: Given) -> None:
    """S4-28, S4-39."""
    of.ask(of.lead, "case-money", "Nobody has asked")
    of.ask(of.lead, "case-money-ask", "Ask about self-directed support", {"because": KEPT})
    of.ask(of.lead, "case-money-new", "Begin a personal budget", {"why_other": KEPT})
    budget = make_budget(by=of.lead, matter_id=of.case, said=said(of.person), at=AT)
    one: dict[str, Any] = {"budget_id": budget.pk}
    typed = {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0", "line-0-what": KEPT}
    of.ask(of.lead, "case-money-plan", 'name="edited"', **one)
    path = of.path("case-money-plan", **one)
    refused = read(signed_in(of.lead).post(path, typed), path)
    assert f'value="{KEPT}"' in refused
    assert "Write an amount" in refused
    of.press(of.lead, "case-money-send", "Write the support plan", **one)
    planned = [PlanLine("Cooked meals", budget.agreed_pence, BudgetRoute.DIRECT_PAYMENT)]
    write_support_plan(by=of.lead, budget_id=budget.pk, lines=planned, edited=0, at=AT)
    of.press(of.lead, "case-money-send", "It waits to be authorised.", **one)
    of.ask(of.manager, "case-money-send-back", "Send the budget back", {"words": " "}, **one)
    of.press(of.lead, "case-money-authorise", "No scheme", **one)
    of.press(of.manager, "case-money-authorise", "It is authorised.", **one)
    of.ask(of.lead, "case-money", "Authorised")
    for name, says, more in (
        ("case-money-spend", "Write down what was spent", {"words": KEPT, "pence": "much"}),
        ("case-money-taper", "Less from a day on", {"because": KEPT}),
        ("case-money-end", "End the budget", {"words": KEPT}),
        ("case-money-year-on", "How they are a year on", {"words": KEPT}),
    ):
        of.ask(of.lead, name, says, more, **one)


def test_a_plan_is_put_down_signed_off_supervised_and_its_case_opened_again(of: Given) -> None:
    """P35, P37."""
    of.press(of.lead, "case-supervision-ask", "may read this case")
    with acting(of.lead):
        supervision = CaseSupervision.objects.get()
    asked = {"supervision_id": supervision.pk}
    of.ask(of.supervisor, "case-supervision", "signs nothing off", {"agreed": KEPT}, **asked)
    set_goal(by=of.lead, matter_id=of.case, values=goal(of.person), at=AT)
    of.press(of.lead, "case-plan-put-down", "Version 1 is put down")
    of.press(of.lead, "case-sign-off-ask", "is asked to sign it off", thing="plan")
    with acting(of.lead):
        signs, version = SignOff.objects.get(), PlanVersion.objects.get()
    of.ask(
        of.manager, "case-sign-off", "I sign it off", {"answer": "back", "words": " "},
        sign_off_id=signs.pk,
    )  # fmt: skip
    copy = make_copy(
        by=of.lead, version_id=version.pk, person_id=of.person, layout=CopyLayout.PLAIN, at=AT
    )
    pdf, before = of.path("case-plan-pdf", copy_id=copy.pk), looks(of.lead)
    given = signed_in(of.lead).get(pdf)
    assert (given.status_code, given["Content-Type"]) == (200, "application/pdf")
    assert looks(of.lead) > before
    assert signed_in(of.stranger).get(pdf).status_code == 404
    assert signed_in(of.lead).get(of.path("case-reopen")).status_code == 302, "it is open"
    with acting(of.lead):
        goals = {each.pk: (GoalOutcome.MAINTAINED, "It held") for each in Goal.objects.all()}
    ended = ClosingSaid(ClosingReason.GOALS_REACHED, "The library", goals=goals)
    close_case(by=of.lead, matter_id=of.case, words="Manages", said=ended, at=timezone.now())
    of.ask(of.lead, "case-reopen", "Open this case again", {"because": KEPT, "lead": ""})


def test_what_matters_is_pinned_and_a_signed_section_corrected(of: Given) -> None:
    """S0-89, S3-16."""
    with acting(of.lead):
        case = Case.objects.get(pk=of.case)
    entry = stories.written(of.lead, case, "Moved in", source="care")
    line = {"kind": "entry", "key": entry.pk}
    of.ask(of.lead, "case-story-pin", "Pin to what matters", {"why": KEPT + "!" * 300}, **line)
    assert signed_in(of.lead).post(of.path("case-story-pin", **line)).status_code == 200
    signed_in(of.lead).post(of.path("case-story-pin", **line), {"why": "Ring first"})
    with acting(of.lead):
        pin = StoryPin.objects.get()
    of.press(of.lead, "case-story-unpin", "no longer pinned", pin_id=pin.pk)

    assessed.ask("assessment-strengths", "assessment-self")
    world = assessed.World(of.case, of.person, of.lead, of.lead)
    section = world.section(world.begin(), assessed.STRENGTHS)
    one = {"section_id": section.pk}
    keep = of.path("case-section-keep", **one)
    assert signed_in(of.lead).get(keep).status_code == 405
    assert signed_in(of.stranger).post(keep, {"version": "1"}).status_code == 404
    before = looks(of.lead)
    assert signed_in(of.lead).post(keep, {"version": "1", "q-matters": KEPT}).json()["saved"]
    assert looks(of.lead) > before
    world.sign(of.lead, section, matters="Her garden")
    of.ask(of.lead, "case-section-correct", "Correct “", {"because": " "}, **one)


def test_a_plan_for_a_risk_is_reviewed_and_ended_from_its_pages(of: Given) -> None:
    """S0-32: what it said before stands in the boxes."""
    plan = write_plan(
        by=of.lead, matter_id=of.case, said=risk(), person_id=of.person, at=timezone.now()
    )
    for name, says, typed in (
        ("risk-plan-review", "Two visit together", {"warning": KEPT}),
        ("risk-plan-end", "End the plan", {"words": " "}),
    ):
        path, before = of.path(name, plan_id=plan.pk), looks(of.lead)
        assert says in read(signed_in(of.lead).get(path), path)
        assert looks(of.lead) - before == 1, f"{path} tells of whoever the plan is about"
        refused = read(signed_in(of.lead).post(path, typed), path)
        assert "govuk-error-summary" in refused
        assert all(each.strip() in refused for each in typed.values())
        for answer in (signed_in(of.stranger).get(path), signed_in(of.stranger).post(path, typed)):
            assert answer.status_code == 404


def test_a_case_steps_from_its_pages_and_each_answer_to_it_is_asked() -> None:
    """S0-69: by whoever sends it, and by whoever it is sent to."""
    made = steps_world.made()
    stranger = walled.viewer("children", "social_worker", team="Away")
    of = Given(made.case_id, made.person, made.lead, made.lead_manager, made.worker, stranger)
    of.ask(of.lead, "case-steps", "Level of need")
    found = read(signed_in(of.lead).get(of.path("case-step-send")), "send")
    assert "Find the team first" in found
    of.ask(of.lead, "case-step-send", "Why it steps", {"reason": KEPT})
    one: dict[str, Any] = {"step_id": made.step().pk}
    of.ask(of.lead, "case-step", "Take it back", **one)
    of.ask(made.worker, "case-step", "Take it on", **one)
    acts = (
        (of.lead, "withdraw", "Why you take it back", {"words": " "}),
        (of.lead, "answer", "Answer the question", {"words": " "}),
        (of.lead, "tell", "The family is told", {"telling": "told", "told_words": KEPT, "told_on": ""}),
        (made.worker, "take", "Take it on", {"post": "nobody"}),
        (made.worker, "back", "Send it back", {"words": KEPT}),
        (made.worker, "ask", "Your question", {"words": " "}),
        (made.worker, "disagree", "Why you disagree", {"words": " "}),
    )  # fmt: skip
    for by, what, says, typed in acts:
        of.ask(by, "case-step-act", says, typed, what=what, **one)
    assert signed_in(of.lead).get(of.path("case-step-act", what="burn", **one)).status_code == 404
    back, disagree = (of.path("case-step-act", what=what, **one) for what in ("back", "disagree"))
    went = signed_in(made.worker).post(back, {"reason": "another_team", "words": "It is not ours"})
    assert went.status_code == 302
    went = signed_in(of.lead).post(disagree, {"words": "It is harm"})
    assert went.status_code == 302
    of.ask(of.lead, "case-step", "Disagreed about", **one)
    for what, says in (
        ("say", "What you have to say"),
        ("up", "Why it goes up"),
        ("settle", "Settle it"),
    ):
        of.ask(of.lead, "case-step-act", says, {"words": " "}, what=what, **one)
