"""A step up or down: two sides, one lead at every instant, nothing lost and nothing that must not go along."""

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.operations import approve, enter_function
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel, Rung, Settled, StepDirection, Telling
from joinedup.support.cases.models import (
    CaseStep,
    ReleaseSummary,
    SafeguardingGathered,
    StepTelling,
)
from joinedup.support.cases.operations.disagreeing import (
    CannotDisagree,
    CannotSettle,
    climb_disagreements,
    disagree,
    settle_disagreement,
)
from joinedup.support.cases.operations.stepping import (
    CannotStep,
    FamilyTold,
    accept_step,
    gather,
    give_back_step,
    step,
    tell_family,
    withdraw_step,
)
from joinedup.support.cases.queries.levels import levels_of_cases
from joinedup.support.cases.queries.steps import gathered_by_us
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.operations import NoPart
from tests.sharing import walled
from tests.unit.cases.steps_world import World, made
from tests.unit.handovers.sides import AT, later, post_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return made()


def test_until_the_receiver_accepts_the_sender_leads(world: World) -> None:
    """P34: nothing moves by being sent; with the yes lead, agency, programme, level and duty move at once."""
    sent = world.step(at=later(1))
    assert sent.direction == StepDirection.UP
    assert world.led_by() == [world.lead.post_id]
    assert world.case().programme == Programme.EARLY_HELP
    assert "school_step" not in told(world.named)
    accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(2))
    assert world.led_by() == [world.worker.post_id]
    assert world.on_duty() == world.worker.post_id
    assert (world.case().agency_id, world.case().programme) == (
        "children", Programme.CHILDRENS_SOCIAL_CARE,
    )  # fmt: skip
    assert world.levels() == [NeedLevel.EARLY_HELP, NeedLevel.STATUTORY]
    assert world.helping() == [world.lead.post_id], "early help stays beside"
    with acting(world.lead):
        assert part_of(world.lead, world.case_id) is PartLevel.WORK


def test_the_school_s_named_manager_is_told_and_somebody_else_is_allocated(world: World) -> None:
    """P34, S0-68."""
    sent = world.step(at=later(1))
    with pytest.raises(CannotStep, match="allocated worker is somebody else"):
        accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.named), at=later(1))
    accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(1))
    assert told(world.named)[-1] == "school_step"
    with acting(world.named):
        assert part_of(world.named, world.case_id) is PartLevel.PROGRESS


def test_a_protection_step_counts_from_when_it_is_sent(world: World) -> None:
    """P34: the receiver leads and answers at once, early help stays beside it."""
    sent = world.step(at=later(1), is_protection=True)
    assert world.led_by() == [world.on_duty()]
    assert world.on_duty() == world.manager.post_id, "a manager has it until a worker is named"
    assert world.helping() == [world.lead.post_id]
    assert world.levels()[-1] == NeedLevel.STATUTORY
    assert told(world.named) == ["school_step"]
    accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(2))
    assert world.led_by() == [world.worker.post_id]
    assert world.helping() == [world.lead.post_id]


def test_protection_is_refused_by_a_manager_s_disagreement_and_holds_meanwhile(
    world: World,
) -> None:
    """P34, P40: a refusal opens escalation; the receiver leads until that is settled."""
    sent = world.step(at=later(1), is_protection=True)
    with pytest.raises(CannotStep, match="disagree"):
        give_back_step(
            by=world.manager, step_id=sent.pk, reason=ReturnReason.OTHER, words="No", at=later(1)
        )
    with pytest.raises(CannotDisagree, match="Only a manager"):
        disagree(by=world.worker, step_id=sent.pk, because="Not ours", at=later(1))
    found = disagree(by=world.manager, step_id=sent.pk, because="No harm seen", at=later(1))
    assert found.rung == Rung.MANAGER
    assert world.led_by() == [world.manager.post_id]
    assert world.levels()[-1] == NeedLevel.STATUTORY
    assert "step_disagreed" in told(world.lead_manager)
    with pytest.raises(CannotStep, match="disagreed about"):
        withdraw_step(by=world.lead, step_id=sent.pk, words="Enough", at=later(1))
    with pytest.raises(CannotSettle, match="alone"):
        settle_disagreement(
            by=world.manager, disagreement_id=found.pk, settled=Settled.COMES_BACK, words="No",
            at=later(1),
        )  # fmt: skip
    settle_disagreement(
        by=world.lead_manager, disagreement_id=found.pk, settled=Settled.COMES_BACK,
        words="We go on together at level 2", at=later(1.5),
    )  # fmt: skip
    assert world.led_by() == [world.lead.post_id]
    assert world.on_duty() == world.lead.post_id
    assert world.helping() == []
    assert world.levels() == [2, 4, 2]
    with acting(world.manager):
        assert part_of(world.manager, world.case_id) is PartLevel.NOTHING


def test_an_ordinary_step_comes_back_and_the_ladder_climbs_by_itself(world: World) -> None:
    """P40: worker 1, manager 2, head 5 working days, then the partners; the safer level holds."""
    partner = walled.viewer("children", "safeguarding_lead", team="Safeguarding")
    sent = world.step(at=AT, to_programme=Programme.FAMILY_HELP, to_level=NeedLevel.INTENSIVE)
    give_back_step(
        by=world.worker,
        step_id=sent.pk,
        reason=ReturnReason.NOT_ELIGIBLE,
        words="No",
        at=later(0.1),
    )
    assert world.led_by() == [world.lead.post_id]
    found = disagree(by=world.lead, step_id=sent.pk, because="It is", at=later(0.2))
    assert world.levels()[-1] == NeedLevel.INTENSIVE
    assert climb_disagreements(at=later(0.3)) == 0
    rungs = []
    for days in (2, 8, 17, 40):
        climb_disagreements(at=later(days))
        with acting(walled.SYSTEM):
            found.refresh_from_db()
        rungs.append(found.rung)
    assert rungs == [Rung.MANAGER, Rung.HEAD, Rung.PARTNERS, Rung.PARTNERS]
    with pytest.raises(CannotSettle, match="safeguarding partners"):
        settle_disagreement(
            by=world.lead_manager, disagreement_id=found.pk, settled=Settled.GOES_AHEAD,
            words="Go", at=later(41),
        )  # fmt: skip
    settle_disagreement(
        by=partner, disagreement_id=found.pk, settled=Settled.GOES_AHEAD, words="Take it on",
        at=later(41),
    )  # fmt: skip
    with acting(walled.SYSTEM):
        again = CaseStep.objects.exclude(pk=sent.pk).get()
    accept_step(by=world.worker, step_id=again.pk, at=later(42))
    assert world.led_by() == [world.worker.post_id]


def test_a_duty_in_law_is_not_sent_back_for_want_of_capacity(world: World) -> None:
    """P20."""
    sent = world.step(at=AT)
    with pytest.raises(CannotStep, match="duty in law"):
        give_back_step(
            by=world.worker, step_id=sent.pk, reason=ReturnReason.NO_CAPACITY, words="Full", at=AT
        )


def test_a_step_taken_back_leaves_the_sender_where_they_were(world: World) -> None:
    sent = world.step(at=later(1), is_protection=True)
    withdraw_step(by=world.lead, step_id=sent.pk, words="It was another family", at=later(1.1))
    assert world.led_by() == [world.lead.post_id]
    assert world.on_duty() == world.lead.post_id
    assert world.case().agency_id == "link"
    assert world.helping() == []


def stepped_up(world: World) -> None:
    sent = world.step(at=later(1))
    accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(2))


def test_what_was_gathered_for_safeguarding_follows_no_step_down(world: World) -> None:
    """P11: the sender writes a release summary for the new purpose, and that is all that is read."""
    stepped_up(world)
    gather(
        by=world.worker, matter_id=world.case_id, source="Police, strategy meeting",
        words="His record", at=later(2.1),
    )  # fmt: skip
    down = {
        "to_team_id": world.lead.team_id, "to_programme": Programme.EARLY_HELP,
        "to_level": NeedLevel.EARLY_HELP, "reason": "Safe since March", "stays_beside": False,
        "beside_does": "",
    }  # fmt: skip
    with pytest.raises(CannotStep, match="release summary"):
        step(
            by=world.worker, matter_id=world.case_id, stepping=world.stepping(**down), at=later(2.2)
        )
    release = {"release": "No contact with him; ring us if he comes", "release_for": "Early help"}
    sent = step(
        by=world.worker, matter_id=world.case_id, stepping=world.stepping(**down, **release),
        at=later(2.2),
    )  # fmt: skip
    accept_step(by=world.lead, step_id=sent.pk, at=later(2.3))
    assert world.led_by() == [world.lead.post_id]
    assert world.levels() == [2, 4, 2]
    assert gathered_by_us(world.lead, world.case_id) == []
    with acting(world.lead):
        assert not SafeguardingGathered.objects.exists()
        assert ReleaseSummary.objects.get().words.startswith("No contact")
    with acting(world.worker):
        assert not SafeguardingGathered.objects.exists(), "a part in the case is needed as well"


def test_the_family_is_told_or_it_says_why_not_yet(world: World) -> None:
    """S0-69: who told whom, when, in what words."""
    with pytest.raises(CannotStep, match="Say why the family"):
        world.step(told=FamilyTold(Telling.NOT_YET, " "))
    with pytest.raises(CannotStep, match="who was told"):
        world.step(told=FamilyTold(Telling.TOLD, "All of it"))
    sent = world.step(told=FamilyTold(Telling.NOT_YET, "He reads her letters"))
    tell_family(
        by=world.lead, step_id=sent.pk, at=later(1),
        told=FamilyTold(Telling.TOLD, "At school, alone", "Her mother", AT.date()),
    )  # fmt: skip
    with acting(world.worker):
        assert list(StepTelling.objects.order_by("pk").values_list("telling", flat=True)) == [
            "not_yet", "told",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": ""}, "why it steps"),
        ({"evidence": " "}, "what shows it"),
        ({"is_protection": True, "to_level": NeedLevel.INTENSIVE}, "level 4"),
        ({"beside_does": ""}, "beside the new lead"),
    ],
)
def test_a_step_without_its_grounds_is_not_sent(
    world: World, more: dict[str, object], why: str
) -> None:
    with pytest.raises(CannotStep, match=why):
        world.step(**more)
    with acting(walled.SYSTEM):
        assert not CaseStep.objects.exists()


def test_only_the_leading_team_sends_and_only_the_asked_team_accepts(world: World) -> None:
    stranger = walled.viewer("link", "practitioner", team="Another team")
    with pytest.raises(NoPart):
        step(by=stranger, matter_id=world.case_id, stepping=world.stepping(), at=AT)
    sent = world.step()
    with pytest.raises(NoPart):
        accept_step(by=world.lead, step_id=sent.pk, at=AT)
    with pytest.raises(CannotStep, match="offered already"):
        world.step(at=later(0.1))


def test_a_lapsed_approval_is_allocated_no_case(world: World) -> None:
    """S4-21."""
    keeper = walled.SYSTEM
    children = walled.agency("children", "social_care")
    enter_function(
        by=keeper, function=FunctionCode.CHILD_IN_NEED, accountable=children, operating=children,
        route=Route.ITS_OWN, reference="", evidence="Scheme of delegation", at=AT,
        starts_on=AT.date(),
    )  # fmt: skip
    approve(
        by=keeper, holder_id=Post.objects.get(pk=world.worker.post_id).user_id,
        function=FunctionCode.CHILD_IN_NEED, given_by=children, evidence="SW 4711", at=AT,
        starts_on=AT.date(), ends_on=later(2).date(),
    )  # fmt: skip
    sent = world.step(at=later(1))
    with pytest.raises(CannotStep, match="ended before"):
        accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(2))
    accept_step(by=world.manager, step_id=sent.pk, post_id=post_of(world.worker), at=later(1.2))


def test_risk_is_rising_for_six_weeks_after_a_level_up(world: World) -> None:
    def now(viewer: Viewer, days: float) -> tuple[int, bool]:
        with acting(viewer):
            found = levels_of_cases([world.case_id], later(days))[world.case_id]
        return int(found.level), found.is_rising

    assert now(world.lead, 0) == (2, False)
    stepped_up(world)
    assert now(world.worker, 3) == (4, True)
    assert now(world.worker, 60) == (4, False)
    with acting(walled.viewer("children", team="Elsewhere")):
        assert levels_of_cases([world.case_id], later(3)) == {}
