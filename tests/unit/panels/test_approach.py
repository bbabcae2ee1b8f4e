"""The first approach: states, endings, and what the wall shows to whom at each step (S0-88, P30)."""

import datetime

import pytest

from joinedup.identity.sharing.access import acting
from joinedup.support.cases.models import Case, Lead
from joinedup.support.frontdoor.choices import Agreement, ReferralState
from joinedup.support.frontdoor.models import Referral
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.choices import (
    AllocationState,
    ApproachOutcome,
    ApproachState,
    CapacityView,
)
from joinedup.support.panels.models import Allocation, Approach, Decline, PanelItem
from joinedup.support.panels.operations.approach import CannotApproach
from joinedup.support.panels.rules.approach import (
    Ending,
    Follows,
    Shared,
    what_follows,
    who_shared_what,
    why_not_ended,
)
from joinedup.support.safeguarding.models import Exit
from tests.sharing import walled
from tests.unit.handovers.sides import post_of
from tests.unit.panels.approaching import World, world
from tests.unit.panels.panelled import AT

_O, _C = ApproachOutcome, CapacityView
_DAYS = [datetime.date(2026, 11, day) for day in (19, 20, 23)]
YES = Ending(_O.AGREED, words="All right then.")
NO = Ending(_O.DECLINED, words="Leave me be.", capacity=_C.NO_DOUBT)
NO_IN_DOUBT = Ending(
    _O.DECLINED, words="Leave me be.", capacity=_C.IN_DOUBT, capacity_because="He lost the thread.",
    concern="No food in the house.", duty_decision="Adult social care assesses all the same.",
)  # fmt: skip
ELSE = Ending(_O.WANTS_ELSE, words="Not that.", wants="A dentist.")
LOST = Ending(_O.NOT_FOUND)


@pytest.mark.parametrize(
    ("ending", "tries", "reached", "told"),
    [
        (YES, _DAYS[:1], True, ""),
        (YES, [], False, "Write down the contact"),
        (Ending(_O.AGREED), _DAYS, True, "in their own words"),
        (ELSE, _DAYS, True, ""),
        (Ending(_O.WANTS_ELSE, words="Not that."), _DAYS, True, "what they want instead"),
        (NO, _DAYS, True, ""),
        (Ending(_O.DECLINED, words="No."), _DAYS, True, "capacity to decide this"),
        (Ending(_O.DECLINED, "No.", capacity=_C.LACKS), _DAYS, True, "makes you doubt"),
        (
            Ending(_O.DECLINED, "No.", capacity=_C.NO_DOUBT, concern="Bruises."), _DAYS, True,
            "section 11",
        ),
        (NO_IN_DOUBT, _DAYS, True, ""),
        (LOST, _DAYS, False, ""),
        (LOST, _DAYS[:2], False, "3 days at least"),
        (LOST, [_DAYS[0]] * 5, False, "3 days at least"),
        (LOST, _DAYS, True, "They were reached"),
    ],
)  # fmt: skip
def test_an_approach_ends_only_with_what_its_ending_needs(
    ending: Ending, tries: list[datetime.date], reached: bool, told: str
) -> None:
    """P30: a no where Care Act section 11(2) may apply carries the capacity view and the decision."""
    wrong = why_not_ended(ending, tries, reached)
    assert told in wrong if told else wrong == ""


@pytest.mark.parametrize(
    ("ending", "follows"),
    [
        (YES, Follows(opens_case=True)),
        (ELSE, Follows(goes_back=True)),
        (LOST, Follows(goes_back=True)),
        (NO, Follows(trims=True)),
        (NO_IN_DOUBT, Follows(trims=True, raises_exit=True)),
    ],
)
def test_what_follows_from_each_ending(ending: Ending, follows: Follows) -> None:
    assert what_follows(ending) == follows


def test_who_shared_what_names_no_agency_whose_name_tells() -> None:
    """P8, P30: the script says who shared what, but for who must not be named."""
    told = who_shared_what(
        [Shared("Borough police", "that you may want help"), Shared("", "of a worry")], "panel"
    )
    assert "Borough police told the panel that you may want help." in told
    assert "Somebody who worries about you told the panel of a worry." in told


BEFORE = {
    "lead": {"item", "people", "decision", "check", "referral", "approach", "whom"},
    "colleague": set(),
    "member": {"item", "people", "decision", "check"},
    "coordinator": {"item", "people", "decision"},
}
"""What each sees between allocation and the person's answer; only the lead's own team reads the referral."""


def _seen(of: World) -> dict[str, set[str]]:
    viewers = {
        "lead": of.table.housing,
        "colleague": of.colleague,
        "member": of.table.police,
        "coordinator": of.table.coordinator,
    }
    return {name: of.sees(viewer) for name, viewer in viewers.items()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ending", "lead", "member", "coordinator"),
    [
        (None, BEFORE["lead"], BEFORE["member"], BEFORE["coordinator"]),
        (YES, BEFORE["lead"], BEFORE["member"], BEFORE["coordinator"]),
        (NO, {"check", "approach", "whom"}, {"check"}, {"trace"}),
        (NO_IN_DOUBT, {"check", "approach", "whom"}, {"check"}, {"trace"}),
    ],
)
def test_the_wall_at_each_step(
    ending: Ending | None, lead: set[str], member: set[str], coordinator: set[str]
) -> None:
    """S0-88: sharing is minimal until they agree, and a no shrinks it in the same minute.

    After a no each agency still reads its own answer to the panel, the lead their own approach, and the
    coordinator the trace alone.
    """
    of = world()
    approach = of.begin()
    if ending is not None:
        of.reach(approach)
        of.end(approach, ending)
    seen = _seen(of)
    assert seen["colleague"] == set()
    assert seen["lead"] == lead
    assert seen["member"] - {"referral"} == member
    assert seen["coordinator"] - {"referral"} == coordinator


@pytest.mark.django_db
def test_a_yes_opens_the_case_with_its_lead_in_the_same_act() -> None:
    of = world()
    approach = of.begin()
    of.reach(approach)
    ended = of.end(approach, YES)
    with acting(walled.SYSTEM):
        case = Case.objects.get(matter__persons__person__in=[
            each.person_id for each in ended.people.all()
        ])  # fmt: skip
        assert Lead.objects.get(case=case, ends_at__isnull=True).post_id == of.table.housing.post_id
        assert Allocation.objects.get(item=of.item).case_id == case.pk
        assert PanelItem.objects.get(pk=of.item.pk).agreement == Agreement.AGREED
        assert Referral.objects.get(pk=of.item.referral_id).agreement == Agreement.AGREED
        assert not Duty.objects.current().filter(matter=approach.pk).exists()


@pytest.mark.django_db
def test_a_no_closes_the_referral_and_leaves_a_way_back() -> None:
    of = world()
    approach = of.begin()
    of.reach(approach)
    of.end(approach, NO)
    with acting(walled.SYSTEM):
        assert not Case.objects.exists()
        assert not Exit.objects.exists()
        referral = Referral.objects.get(pk=of.item.referral_id)
        assert referral.state == ReferralState.CLOSED
        assert Allocation.objects.get(item=of.item).state == AllocationState.WITHDRAWN
    with acting(of.table.coordinator):
        trace = Decline.objects.get(pk=of.item.pk)
        assert trace.reference == of.item.reference
        assert "ring the number" in trace.way_back


@pytest.mark.django_db
def test_a_no_that_is_in_doubt_goes_to_safeguarding_with_the_capacity_view() -> None:
    """P30: the no is written down, and the duty to assess is decided."""
    of = world()
    approach = of.begin()
    of.reach(approach)
    of.end(approach, NO_IN_DOUBT)
    with acting(walled.SYSTEM):
        exits = list(Exit.objects.all())
        kept = Approach.objects.get(pk=approach.pk)
    assert len(exits) == 1
    assert kept.capacity == CapacityView.IN_DOUBT
    assert kept.duty_decision.startswith("Adult social care")


@pytest.mark.django_db
@pytest.mark.parametrize("ending", [ELSE, LOST])
def test_something_else_and_not_found_go_back_to_the_coordinator(ending: Ending) -> None:
    of = world()
    approach = of.begin()
    for days in (1, 2, 3):
        of.reach(approach, reached=ending is ELSE, days=days)
    of.end(approach, ending)
    with acting(walled.SYSTEM):
        answers = Duty.objects.current().get(matter=of.item.referral_id)
        assert answers.post_id == post_of(of.table.coordinator)
        assert not Case.objects.exists()
        assert Approach.objects.get(pk=approach.pk).state == ApproachState.ENDED


@pytest.mark.django_db
def test_nobody_else_tries_or_ends_it_and_it_ends_once() -> None:
    of = world()
    approach = of.begin()
    of.reach(approach)
    other = World(of.table, of.item, of.colleague)
    for stranger in (of.table.police, of.colleague, of.table.coordinator):
        wrong = World(
            type(of.table)(**{**vars(of.table), "housing": stranger}), other.item, other.colleague
        )
        with pytest.raises(NoPart):
            wrong.end(approach, YES)
    of.end(approach, YES)
    with pytest.raises(CannotApproach, match="ended already"):
        of.end(approach, NO)


@pytest.mark.django_db
def test_an_approach_is_given_once_and_has_its_five_working_days() -> None:
    """P33: approach 5 working days, 2 if urgent."""
    of = world()
    approach = of.begin()
    with acting(walled.SYSTEM):
        duty = Duty.objects.current().get(matter=approach.pk)
    assert duty.post_id == post_of(of.table.housing)
    assert approach.due_at.date() == datetime.date(2026, 11, 26), "the end of the 25th"
    assert approach.given_at == AT
    assert "Borough" not in approach.who_shared_what
    assert "Police told the Transforming Lives panel" in approach.who_shared_what
