"""What stands beside the lead: who coordinates, stays, advice, functions of the law, the threshold document."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import Category, PartLevel, Purpose
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.operations import approve, enter_function
from joinedup.support.cases.choices import Footing, Programme
from joinedup.support.cases.choices.level import LevelSource, NeedLevel, StepDirection
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.models import (
    BedSite,
    Case,
    Coordination,
    InReach,
    Placement,
    ThresholdDocument,
)
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.coordinating import (
    CannotCoordinate,
    answer_coordination,
    ask_to_coordinate,
)
from joinedup.support.cases.operations.functions import CannotUseFunction, use_function
from joinedup.support.cases.operations.in_reach import (
    CannotAdvise,
    CannotAskForAdvice,
    ask_for_advice,
    give_advice,
    withdraw_question,
)
from joinedup.support.cases.operations.levels import CannotSetLevel, set_level
from joinedup.support.cases.operations.placements import (
    CannotKeepPlaces,
    CannotPlace,
    Stay,
    end_stay,
    keep_places,
    place,
)
from joinedup.support.cases.operations.plan_actions import promise_action, start_intervention
from joinedup.support.cases.operations.referring_out import Asking, refer_out
from joinedup.support.cases.operations.thresholds import (
    CannotPropose,
    CannotPublish,
    LevelSaid,
    propose_thresholds,
    publish_thresholds,
)
from joinedup.support.cases.queries.alongside import (
    cases_alongside,
    same_help_elsewhere,
    same_programme,
    same_programme_about,
    same_service_elsewhere,
)
from joinedup.support.cases.queries.in_reach import asked_of_us
from joinedup.support.cases.queries.levels import document_in_force
from joinedup.support.cases.queries.line_of import line_of
from joinedup.support.cases.queries.overlap import overlap
from tests.sharing import walled
from tests.unit.cases.planned import action
from tests.unit.cases.steps_world import World, made
from tests.unit.handovers.sides import AT, later, post_of, told

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def world() -> World:
    return made()


def housing(world: World, programme: Programme = Programme.HOUSING_SUPPORT) -> tuple[Viewer, Case]:
    """Housing opens a case on the same person."""
    walled.agency("housing", "housing")
    lead = walled.viewer("housing", "housing_officer", Purpose.EARLY_HELP, team="Tenancies")
    case = open_case(
        by=lead, person_ids=[world.person], programme=programme, lead_post_id=post_of(lead),
        at=later(0.5),
    )  # fmt: skip
    return lead, case


def let_both_know() -> None:
    for one, other in (("link", "housing"), ("housing", "link")):
        walled.let_see(
            one, other, Category.INVOLVEMENT, purpose=Purpose.EARLY_HELP, level="headline"
        )


def test_other_cases_are_told_only_where_a_gateway_lets_them_be(world: World) -> None:
    """S0-20, P8, P17: nothing without one, and no gap; an agency whose name tells is never told."""
    housing(world)
    shut = replace(world.lead, purpose=Purpose.VITAL_INTEREST)
    nothing = cases_alongside(shut, world.case_id, at=later(1))
    assert (nothing.cases, nothing.coordinates) == ([], {})
    let_both_know()
    found = cases_alongside(world.lead, world.case_id, at=later(1))
    assert [(each.agency, each.works_at_it) for each in found.cases] == [("housing", False)]
    assert found.matter_ids == [world.case_id], "one list of actions, of what the viewer works at"
    same = same_programme(world.lead, world.case_id, Programme.HOUSING_SUPPORT, at=later(1))
    assert len(same) == 1
    with acting(world.lead):
        assert Case.objects.count() == 1
    Agency.objects.filter(code="housing").update(name_reveals=True)
    hidden = cases_alongside(world.lead, world.case_id, at=later(1))
    assert (hidden.cases, hidden.coordinates) == ([], {})


def test_a_second_agency_is_warned_of_the_same_programme_and_of_the_same_help(
    world: World,
) -> None:
    """S0-27: as it opens its own case, and as it begins help; help that tells by itself is not told (P8)."""
    officer, case = housing(world, Programme.EARLY_HELP)
    shut = replace(officer, purpose=Purpose.VITAL_INTEREST)
    assert same_programme_about(shut, case.pk, at=later(1)) == []
    let_both_know()
    assert [each.agency for each in same_programme_about(officer, case.pk, at=later(1))] == ["link"]
    for kind in (InterventionKind.ADVICE_ON_DEBT, InterventionKind.SUBSTANCE_MISUSE):
        start_intervention(
            by=officer, matter_id=case.pk, kind=kind, starts_on=DAY, provider="A service", at=later(1)
        )  # fmt: skip
    told_of = {
        kind: len(same_help_elsewhere(world.lead, world.case_id, kind, at=later(2)))
        for kind in (
            InterventionKind.ADVICE_ON_DEBT,
            InterventionKind.ADVOCACY,
            InterventionKind.SUBSTANCE_MISUSE,
        )
    }
    assert list(told_of.values()) == [1, 0, 0]
    values = action(owner="practitioner", owner_post_id=world.lead.post_id)
    act = promise_action(by=world.lead, matter_id=world.case_id, values=values, at=later(2))
    asking = Asking(world.person, "Their debts", Footing.AGREED, service="a service")
    made = refer_out(by=world.lead, action_id=act.pk, asking=asking, at=later(2))
    (also,) = same_service_elsewhere(world.lead, made, at=later(2))
    assert (also.agency, also.works_at_it) == ("housing", False)


def test_the_leads_agree_who_coordinates_and_there_is_one(world: World) -> None:
    """S0-20, P27."""
    officer, case = housing(world)
    let_both_know()
    found = cases_alongside(world.lead, world.case_id, at=later(1))
    assert found.coordinates[world.person].matter_id == world.case_id, "open longest, until agreed"
    asked = ask(world, other=case.pk, at=later(1))
    assert told(officer)[-1] == "coordination"
    with pytest.raises(CannotCoordinate, match="why not"):
        answer_coordination(
            by=officer, matter_id=case.pk, coordination_id=asked.pk, agrees=False, at=later(1.1)
        )
    answer_coordination(
        by=officer, matter_id=case.pk, coordination_id=asked.pk, agrees=True, at=later(1.1)
    )
    for viewer, key in ((world.lead, world.case_id), (officer, case.pk)):
        found = cases_alongside(viewer, key, at=later(1.2))
        assert found.coordinates[world.person].matter_id == case.pk
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        Coordination.objects.create(
            person_id=world.person, case_id=world.case_id, because="Me too",
            asked_by_id=post_of(world.lead), asked_at=AT, agreed_at=AT,
        )  # fmt: skip


def ask(world: World, **more: object) -> Coordination:
    return ask_to_coordinate(
        by=world.lead, matter_id=world.case_id, person_id=world.person,
        because="They know the family longest", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_leads_of_other_cases_are_asked_for_the_lead_of_this_one(world: World) -> None:
    """S0-20: the page offers this case first among them; a case that nobody may know of is never one."""
    officer, case = housing(world)
    let_both_know()
    asked = ask(world, at=later(1), other=world.case_id)
    assert asked.case_id == world.case_id
    assert told(officer) == ["coordination"]
    with pytest.raises(CannotCoordinate, match="stand here"):
        ask(world, at=later(1.1), other=world.person)
    with acting(walled.SYSTEM):
        assert set(asked.voices.values_list("case", "agrees")) == {
            (world.case_id, True), (case.pk, None),
        }  # fmt: skip


def test_a_statutory_lead_coordinates_by_rule(world: World) -> None:
    """P27."""
    _, case = housing(world, Programme.SOCIAL_CARE)
    let_both_know()
    found = cases_alongside(world.lead, world.case_id, at=later(1)).coordinates[world.person]
    assert (found.matter_id, found.by_rule) == (case.pk, True)
    with pytest.raises(CannotCoordinate, match="by rule"):
        ask(world, at=later(1))


def test_the_overlap_is_counted_without_small_numbers(world: World) -> None:
    """S0-21, P44."""
    housing(world)
    counts = overlap(Viewer.system("a test"), later(1))
    assert {one for row in counts for one in row} == {None}
    with pytest.raises(NotPermitted):
        overlap(world.lead, later(1))


def site_with(places: int) -> BedSite:
    walled.agency("trust", "health")
    keeper = walled.viewer("trust", "team_manager", team="Beds")
    return keep_places(
        by=keeper, name="Fern Lodge", kind=BedKind.COMMUNITY_BED, places=places, starts_on=DAY,
        at=AT,
    ).site  # fmt: skip


def stay(world: World, site: BedSite) -> Stay:
    return Stay(
        world.person, site.pk, StepDirection.DOWN, "To walk again", DAY,
        DAY + datetime.timedelta(days=14),
    )  # fmt: skip


def test_there_are_never_more_stays_than_places(world: World) -> None:
    """S0-47: refused by the operation, and by the database to whoever goes round it."""
    site = site_with(1)
    first = place(by=world.lead, matter_id=world.case_id, stay=stay(world, site), at=AT)
    assert (world.led_by(), world.levels()) == ([world.lead.post_id], []), "it is no step"
    other = walled.person("link")
    second = open_case(
        by=world.lead, person_ids=[other], programme=Programme.EARLY_HELP,
        lead_post_id=post_of(world.lead), at=AT,
    )  # fmt: skip
    wanted = Stay(other, site.pk, StepDirection.UP, "Falls", DAY, DAY)
    with pytest.raises(CannotPlace, match="No place is free"):
        place(by=world.lead, matter_id=second.pk, stay=wanted, at=AT)
    with acting(walled.SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            case=second, person_id=other, site=site, direction="up", because="Falls",
            starts_on=DAY, planned_end_on=DAY, recorded_at=AT,
        )  # fmt: skip
    end_stay(
        by=world.lead, placement_id=first.pk, ends_on=DAY, outcome=StayOutcome.HOME, words="",
        at=later(0.1),
    )  # fmt: skip
    place(by=world.lead, matter_id=second.pk, stay=wanted, at=later(0.2))
    with pytest.raises(CannotPlace, match="ended already"):
        end_stay(
            by=world.lead, placement_id=first.pk, ends_on=DAY, outcome=StayOutcome.HOME,
            words="", at=later(0.2),
        )  # fmt: skip
    with pytest.raises(CannotKeepPlaces, match="More people stay"):
        site_with(0)


def test_a_specialist_reads_what_was_sent_and_nothing_else(world: World) -> None:
    """In-reach: advice without transfer; the lead stays."""
    walled.agency("trust", "health")
    nurse = walled.viewer("trust", team="Perinatal")
    other = walled.viewer("trust", team="Another team")
    said = {
        "by": world.lead, "matter_id": world.case_id, "to_team_id": nurse.team_id,
        "question": "How do I ask her?", "sent": "A mother of a baby of three months", "at": AT,
    }  # fmt: skip
    with pytest.raises(CannotAskForAdvice, match="disclosure"):
        ask_for_advice(**said, footing=Footing.INFORMED)  # type: ignore[arg-type]
    asked = ask_for_advice(**said, footing=Footing.AGREED)  # type: ignore[arg-type]
    assert told(nurse) == ["advice_asked"]
    with acting(nurse):
        assert [each.sent for each in asked_of_us(nurse)] == ["A mother of a baby of three months"]
        assert not Case.objects.exists()
        assert part_of(nurse, world.case_id) is PartLevel.NOTHING
    with acting(other):
        assert not InReach.objects.exists()
    with pytest.raises(InReach.DoesNotExist):
        give_advice(by=other, in_reach_id=asked.pk, advice="Ask", at=AT)
    give_advice(by=nurse, in_reach_id=asked.pk, advice="Ask open questions", at=later(1))
    assert world.led_by() == [world.lead.post_id]
    assert told(world.lead)[-1] == "advice_given"
    with pytest.raises(CannotAdvise, match="does not wait"):
        give_advice(by=nurse, in_reach_id=asked.pk, advice="More", at=later(1))
    again = ask_for_advice(**said, footing=Footing.AGREED)  # type: ignore[arg-type]
    withdraw_question(by=world.lead, in_reach_id=again.pk, at=later(1))
    with acting(nurse):
        assert len(asked_of_us(nurse)) == 1, "what was taken back is not read any more"


def test_a_function_of_the_law_is_used_by_who_may_and_for_who_answers(world: World) -> None:
    """S0-33, S4-20, S4-43: the line of accountability names the body that answers in law."""
    said = {
        "by": world.lead, "matter_id": world.case_id, "post_id": post_of(world.lead),
        "because": "She cares for her father", "at": AT,
    }  # fmt: skip
    carers = FunctionCode.CARERS_ASSESSMENT
    with pytest.raises(CannotUseFunction, match="Nobody is entered"):
        use_function(function=carers, **said)  # type: ignore[arg-type]
    council, link = walled.agency("council", "social_care"), Agency.objects.get(code="link")
    enter_function(
        by=walled.SYSTEM, function=carers, accountable=council, operating=link,
        route=Route.CONTRACT, reference="C-9", evidence="Minute 4", starts_on=DAY, at=AT,
    )  # fmt: skip
    with pytest.raises(CannotUseFunction, match="Care Act assessor"):
        use_function(function=carers, **said)  # type: ignore[arg-type]
    approve(
        by=walled.SYSTEM, holder_id=world.lead.user_id, function=carers, given_by=council,  # type: ignore[arg-type]
        evidence="A-1", starts_on=DAY, ends_on=DAY + datetime.timedelta(days=2), at=AT,
    )  # fmt: skip
    use_function(function=carers, **said)  # type: ignore[arg-type]
    found = line_of(world.lead, world.case_id, AT)
    assert found.lead is not None
    assert found.lead.post.operational_manager_id == world.lead_manager.post_id
    (used,) = found.functions
    assert used.entry is not None
    assert (used.entry.accountable_id, bool(used.answer)) == ("council", True)
    (lapsed,) = line_of(world.lead, world.case_id, later(3)).functions
    assert lapsed.answer.lapsed_on is not None


def test_a_second_person_publishes_the_threshold_document(world: World) -> None:
    """S0-72: by version, from a day on; a level keeps the words that it was set in."""
    words = {level: LevelSaid(f"Name {level}", "", "Seen", "") for level in NeedLevel}
    said = {
        "title": "Ours", "source": "Board, minute 7", "because": "Our own words", "levels": words,
        "starts_on": later(1).date(), "at": AT,
    }  # fmt: skip
    with pytest.raises(CannotPropose, match="team manager"):
        propose_thresholds(by=world.lead, **said)  # type: ignore[arg-type]
    short = {level: words[level] for level in list(NeedLevel)[:3]}
    with pytest.raises(CannotPropose, match="level 4"):
        propose_thresholds(by=world.manager, **(said | {"levels": short}))  # type: ignore[arg-type]
    made_ = propose_thresholds(by=world.manager, **said)  # type: ignore[arg-type]
    with pytest.raises(CannotPublish, match="Somebody else"):
        publish_thresholds(by=world.manager, version=made_.pk, at=AT)
    set_level(
        by=world.lead, matter_id=world.case_id, level=NeedLevel.INTENSIVE, because="Arrears", at=AT
    )
    publish_thresholds(by=world.lead_manager, version=made_.pk, at=AT)
    assert document_in_force(DAY) == ThresholdDocument.objects.get(pk=1)
    assert document_in_force(later(1).date()) == made_
    now = set_level(
        by=world.lead, matter_id=world.case_id, level=NeedLevel.EARLY_HELP, because="Paid",
        at=later(1), source=LevelSource.REVIEW,
    )  # fmt: skip
    assert now.document_id == made_.pk
    assert world.levels() == [2, 3, 2]
    with pytest.raises(CannotPublish, match="published already"):
        publish_thresholds(by=world.lead_manager, version=made_.pk, at=AT)
    with pytest.raises(CannotSetLevel, match="what shows"):
        set_level(
            by=world.lead, matter_id=world.case_id, level=NeedLevel.STATUTORY, because=" ", at=AT
        )
