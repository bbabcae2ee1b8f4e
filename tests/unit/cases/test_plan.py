"""A plan is written with the person, kept as it was agreed, and nobody's words are lost."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import acting
from joinedup.support.cases.choices import Footing, MemberKind
from joinedup.support.cases.choices.plan import (
    ActionState,
    CopyLayout,
    GivenHow,
    InterventionKind,
    OwnerKind,
    PlanAnswer,
)
from joinedup.support.cases.models import (
    Case,
    Goal,
    Intervention,
    PlanAction,
    PlanAgreement,
    PlanVersion,
    ReferredOut,
)
from joinedup.support.cases.operations import Joining, join_case
from joinedup.support.cases.operations.editing import CannotPlan, ChangedMeanwhile
from joinedup.support.cases.operations.goals import (
    edit_goal,
    edit_milestone,
    set_goal,
    set_milestone,
)
from joinedup.support.cases.operations.plan_actions import (
    edit_action,
    promise_action,
    start_intervention,
    stop_intervention,
    tick,
)
from joinedup.support.cases.operations.plan_copies import give_copy, make_copy
from joinedup.support.cases.operations.planning import (
    put_down_version,
    record_answer,
    write_plan,
)
from joinedup.support.cases.operations.plans_brought_over import (
    ActionBefore,
    GoalBefore,
    bring_plans_over,
)
from joinedup.support.cases.operations.referring_out import (
    Asking,
    answer_referral,
    hear_result,
    refer_out,
)
from joinedup.support.cases.presenters.alongside import asked_twice
from joinedup.support.cases.presenters.plan_pdf import pdf_of
from joinedup.support.cases.queries.alongside import same_service_elsewhere
from joinedup.support.cases.queries.frame import frame_of
from joinedup.support.cases.queries.plan import (
    actions_due_of_cases,
    actions_of_post,
    for_overview,
    plan_of,
)
from joinedup.support.cases.queries.plan_copies import content_for, copies_of
from joinedup.support.cases.rules.plan_answers import Answered
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.operations import NoPart, accept
from tests.sharing import walled
from tests.tagged_pdf import faults_of
from tests.unit.cases.planned import AT, Planned, action, goal, planned
from tests.unit.handovers.sides import later, on_duty, post_of, told

pytestmark = pytest.mark.django_db
DAY = AT.date()
WRITTEN = {
    "kind": "support", "what_matters": "My daughter and the garden", "signs": "I stop opening post",
    "what_to_do": "Ring Ama", "whom_to_ring": "Ama, 07700 900123",
}  # fmt: skip


@pytest.fixture
def of() -> Planned:
    return planned()


def test_family_and_the_person_promise_actions_without_signing_in(of: Planned) -> None:
    """S0-61: and of the two who work at it, only a practitioner who works at it can own one."""
    sister = join_case(
        by=of.lead, matter_id=of.case.pk,
        joining=Joining(kind=MemberKind.FAMILY, name="Ama", relation="her sister", does="lifts"), at=AT,
    )  # fmt: skip
    hers = promise_action(
        by=of.lead, matter_id=of.case.pk, at=AT,
        values=action(owner="member", owner_member_id=sister.pk, words="Drive to the adviser"),
    )  # fmt: skip
    assert (hers.owner, of.action().owner) == (OwnerKind.MEMBER, OwnerKind.PERSON)
    with pytest.raises(CannotPlan, match="does not work at the case"):
        promise_action(
            by=of.lead, matter_id=of.case.pk, at=AT,
            values=action(owner="practitioner", owner_post_id=of.other.post_id),
        )  # fmt: skip
    with pytest.raises(CannotPlan, match="one owner"):
        promise_action(
            by=of.lead, matter_id=of.case.pk, at=AT,
            values=action(owner="practitioner", owner_person_id=of.ada),
        )  # fmt: skip
    with pytest.raises(CannotPlan, match="about"):
        set_goal(by=of.lead, matter_id=of.case.pk, values=goal(walled.person("housing")), at=AT)


def test_whoever_does_not_work_at_the_case_reads_and_writes_none_of_its_plan(of: Planned) -> None:
    of.goal()
    with pytest.raises(NoPart):
        set_goal(by=of.other, matter_id=of.case.pk, values=goal(of.ada), at=AT)
    with acting(of.other):
        assert not Goal.objects.exists()
        assert not PlanVersion.objects.exists()


def test_a_colleague_is_told_of_an_action_that_is_theirs_and_sees_it_due(of: Planned) -> None:
    promise_action(
        by=of.lead, matter_id=of.case.pk, at=AT,
        values=action(owner="practitioner", owner_post_id=of.manager.post_id, due_on=DAY),
    )  # fmt: skip
    assert told(of.manager) == ["plan_action_yours"]
    with acting(of.manager):
        assert [each.words for each in actions_of_post(of.manager)] == ["Keep the post in one box"]
        due = actions_due_of_cases([of.case.pk], DAY + datetime.timedelta(days=1))
        assert (due[of.case.pk].overdue, due[of.case.pk].next_on) == (1, DAY)
        found = frame_of(of.manager, of.case.pk, at=later(1), page="plan")
    assert for_overview(of.manager, found, later(1)).overdue == 1


def test_of_two_who_change_a_row_at_once_the_second_is_told_and_nothing_is_lost(
    of: Planned,
) -> None:
    found = of.goal()
    opened = found.edited
    edit_goal(
        by=of.lead, goal_id=found.pk, values=goal(of.ada, words="I want a key of my own"),
        edited=opened, at=AT,
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        edit_goal(
            by=of.manager, goal_id=found.pk, values=goal(of.ada, words="A quiet room"), edited=opened,
            at=AT,
        )  # fmt: skip
    assert meanwhile.value.saved.words == "I want a key of my own"
    plan = write_plan(by=of.lead, matter_id=of.case.pk, values=WRITTEN, edited=1, at=AT)
    with pytest.raises(ChangedMeanwhile):
        write_plan(by=of.manager, matter_id=of.case.pk, values=WRITTEN, edited=1, at=AT)
    act = of.action()
    tick(by=of.manager, action_id=act.pk, became="It is in the hall", at=later(1))
    values = action(person_id=of.ada, owner_person_id=of.ada, words="Keep it by the door")
    with pytest.raises(ChangedMeanwhile):
        edit_action(by=of.lead, action_id=act.pk, values=values, edited=act.edited, at=later(1))
    assert plan.edited == 2


def test_what_ends_says_why_and_a_milestone_is_met_by_evidence(of: Planned) -> None:
    """S0-90."""
    act = of.action()
    dropped = action(person_id=of.ada, owner_person_id=of.ada, state=ActionState.DROPPED)
    with pytest.raises(CannotPlan, match="why it was dropped"):
        edit_action(by=of.lead, action_id=act.pk, values=dropped, edited=1, at=AT)
    edit_action(
        by=of.lead, action_id=act.pk, values=dropped | {"became": "She moved"}, edited=1, at=AT
    )
    step = {
        "words": "Seen the adviser", "due_on": DAY, "agreed_by": "Ada and me", "met_on": None,
        "evidence": "", "given_up_because": "",
    }  # fmt: skip
    made = set_milestone(by=of.lead, goal_id=of.goal().pk, values=step, at=AT)
    with pytest.raises(CannotPlan, match="by what it shows"):
        edit_milestone(
            by=of.lead, milestone_id=made.pk, values=step | {"met_on": DAY}, edited=1, at=AT
        )
    with pytest.raises(CannotPlan, match="to come"):
        edit_milestone(
            by=of.lead, milestone_id=made.pk, edited=1, at=AT,
            values=step | {"met_on": DAY + datetime.timedelta(days=1), "evidence": "letter"},
        )  # fmt: skip


def test_what_was_agreed_stays_readable_and_disagreement_is_kept(of: Planned) -> None:
    """S0-62, P12: each version has its own answers; an answer said anew supersedes."""
    with pytest.raises(CannotPlan, match="one goal at least"):
        put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    found = of.goal()
    first = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    assert put_down_version(by=of.lead, matter_id=of.case.pk, at=later(1)).pk == first.pk
    no = Answered(PlanAnswer.DISAGREES, DAY, words="Not while he lives here")
    record_answer(by=of.lead, version_id=first.pk, person_id=of.ada, answer=no, at=AT)
    yes = Answered(PlanAnswer.AGREES, DAY)
    record_answer(by=of.lead, version_id=first.pk, person_id=of.ada, answer=yes, at=later(1))
    with pytest.raises(CannotPlan, match="own words"):
        record_answer(
            by=of.lead, version_id=first.pk, person_id=of.ben,
            answer=Answered(PlanAnswer.DISAGREES, DAY), at=AT,
        )  # fmt: skip
    edit_goal(
        by=of.lead, goal_id=found.pk, values=goal(of.ada, words="A key of my own"), edited=1, at=AT
    )
    frame = frame_of(of.lead, of.case.pk, at=later(2), page="plan")
    page = plan_of(of.lead, frame, later(2))
    assert page.is_changed
    assert page.answers[of.ada].said == PlanAnswer.AGREES
    second = put_down_version(by=of.lead, matter_id=of.case.pk, at=later(2))
    with acting(of.lead):
        kept = PlanVersion.objects.get(pk=first.pk)
        assert kept.said["goals"][0]["words"] == "I want to sleep in my own bed"
        assert second.number == 2
        assert PlanAgreement.objects.filter(person=of.ada).count() == 2


def test_a_copy_is_made_for_one_adult_and_tells_nothing_of_the_other(of: Planned) -> None:
    """P35: Ben's goal is not in Ada's copy until he releases it; what is hidden never is."""
    of.goal()
    his = set_goal(
        by=of.lead, matter_id=of.case.pk, at=AT, values=goal(of.ben, words="Stay off the drink")
    )
    of.goal(words="Do not tell her of the tip", hidden_from_person="third_party")
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    hers = content_for(of.lead, version.pk, of.ada, CopyLayout.PLAIN)
    assert [each["words"] for each in hers.data["goals"]] == ["I want to sleep in my own bed"]
    assert "drink" not in str(hers.data)
    assert "tip" not in str(hers.data)
    released = goal(of.ben, words="Stay off the drink, says Ben", is_released=True)
    edit_goal(by=of.lead, goal_id=his.pk, values=released, edited=1, at=AT)
    again = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    hers = content_for(of.lead, again.pk, of.ada, CopyLayout.EASY_READ)
    assert "Stay off the drink, says Ben" in str(hers.data)
    assert hers.also_named == ("Ben Ashe",)
    for layout in CopyLayout:
        copy = content_for(of.lead, again.pk, of.ada, layout)
        assert faults_of(pdf_of(copy.data)) == [], layout


def test_each_copy_says_who_was_given_which_when_and_how(of: Planned) -> None:
    of.goal()
    version = put_down_version(by=of.lead, matter_id=of.case.pk, at=AT)
    made = make_copy(
        by=of.lead, version_id=version.pk, person_id=of.ada, layout=CopyLayout.LARGE_PRINT, at=AT
    )
    with pytest.raises(CannotPlan, match="after it was made"):
        give_copy(
            by=of.lead, copy_id=made.pk, how=GivenHow.IN_HAND, on=DAY - datetime.timedelta(days=1),
            at=AT,
        )  # fmt: skip
    give_copy(by=of.lead, copy_id=made.pk, how=GivenHow.IN_HAND, on=DAY, at=AT)
    (shown,) = copies_of(of.lead, of.case.pk)
    assert (shown.number, shown.copy.given_how) == (1, GivenHow.IN_HAND)


def test_what_each_agency_does_is_on_one_page_and_two_of_one_sort_are_pointed_out(
    of: Planned,
) -> None:
    """S0-27."""
    debt = InterventionKind.ADVICE_ON_DEBT
    first = start_intervention(
        by=of.lead, matter_id=of.case.pk, kind=debt, starts_on=DAY, agency_code="care", at=AT
    )
    start_intervention(
        by=of.lead, matter_id=of.case.pk, kind=debt, starts_on=DAY, provider="Advice shop", at=AT
    )
    frame = frame_of(of.lead, of.case.pk, at=AT, page="plan")
    assert [each.by for each in plan_of(of.lead, frame, AT).twice] == [("Advice shop", "Care")]
    stop_intervention(by=of.lead, intervention_id=first.pk, ends_on=DAY, why="One is enough", at=AT)
    assert plan_of(of.lead, frame, AT).twice == ()
    with acting(of.other):
        assert not Intervention.objects.exists()


def asking(of: Planned, **more: object) -> Asking:
    return Asking(
        person_id=of.ada, words="A debt adviser on a weekday", footing=Footing.AGREED,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_team_that_is_asked_reads_what_was_asked_and_nothing_of_the_case(of: Planned) -> None:
    """S0-91: its acceptance and its result stand beside the action; P33: somebody answers throughout."""
    act = of.action()
    made = refer_out(
        by=of.lead, action_id=act.pk, asking=asking(of, to_team_id=of.other.team_id), at=AT
    )
    assert made.matter_id is not None
    assert on_duty(made.matter_id) == of.lead.post_id
    with acting(of.other):
        assert ReferredOut.objects.get().words == "Ada Ashe: A debt adviser on a weekday"
        assert not PlanAction.objects.exists()
        assert not Case.objects.exists()
    with pytest.raises(CannotPlan, match="Accept it first"):
        answer_referral(by=of.other, referred_id=made.pk, words="Seen", at=AT)
    accept(by=of.other, handover_id=made.handover_id, at=later(1), post_id=post_of(of.other))
    assert on_duty(made.matter_id) == of.other.post_id
    answer_referral(
        by=of.other, referred_id=made.pk, words="Seen twice, arrears agreed", at=later(9)
    )
    frame = frame_of(of.lead, of.case.pk, at=later(9), page="plan")
    (shown,) = plan_of(of.lead, frame, later(9)).actions
    assert shown.row.state == ActionState.DOING
    assert shown.asked[0].state is HandoverState.ACCEPTED
    assert shown.asked[0].row.result == "Seen twice, arrears agreed"
    assert on_duty(of.case.pk) == of.lead.post_id


def test_a_service_outside_is_shown_the_way_to_and_its_result_is_heard(of: Planned) -> None:
    act = of.action()
    with pytest.raises(CannotPlan, match="without the person"):
        refer_out(
            by=of.lead, action_id=act.pk, at=AT,
            asking=Asking(of.ada, "Company", Footing.NOT_INFORMED, service="The allotment club"),
        )  # fmt: skip
    made = refer_out(
        by=of.lead, action_id=act.pk, asking=asking(of, service="The allotment club"), at=AT
    )
    again = refer_out(
        by=of.lead, action_id=act.pk, asking=asking(of, service="the allotment club"), at=AT
    )
    (twice,) = same_service_elsewhere(of.lead, again, at=AT)
    assert asked_twice(twice, again).startswith("the allotment club was asked in this case before")
    heard = hear_result(by=of.lead, referred_id=made.pk, words="She goes on Fridays", at=later(9))
    assert same_service_elsewhere(of.lead, again, at=later(9)) == []
    assert heard.result == "She goes on Fridays"


def test_an_action_of_somebody_whose_post_ended_can_still_be_ticked(of: Planned) -> None:
    made = promise_action(
        by=of.lead, matter_id=of.case.pk, at=AT,
        values=action(owner="practitioner", owner_post_id=of.manager.post_id),
    )  # fmt: skip
    Post.objects.filter(pk=of.manager.post_id).update(ends_on=DAY)
    assert tick(by=of.lead, action_id=made.pk, became="", at=later(1)).state == ActionState.DONE


def test_goals_and_actions_of_the_system_before_are_taken_over_once(of: Planned) -> None:
    """P41: each says where it is recorded, and a second run adds nothing."""
    goals = [GoalBefore(of.case.pk, "Housing system G1", "A key of my own", DAY, of.ada)]
    acts = [
        ActionBefore(
            of.case.pk, "Housing system A1", "Ring the landlord", DAY, goal="Housing system G1",
            owner_post_id=of.lead.post_id,
        )
    ]  # fmt: skip
    first = bring_plans_over(by=walled.SYSTEM, goals=goals, actions=acts, at=AT)
    again = bring_plans_over(by=walled.SYSTEM, goals=goals, actions=acts, at=later(1))
    assert (first.goals, first.actions, again.there_already) == (1, 1, 2)
    frame = frame_of(of.lead, of.case.pk, at=AT, page="plan")
    (shown,) = plan_of(of.lead, frame, AT).goals
    assert shown.row.recorded_in == "Housing system G1"
    assert [each.row.words for each in shown.actions] == ["Ring the landlord"]
