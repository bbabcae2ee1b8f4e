"""Who may carry out a function of the law: the register, and an approval that holds on that very day."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.partnership.workforce import rules
from joinedup.partnership.workforce.choices import FunctionCode, Route
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.operations import (
    CannotApprove,
    CannotEnterFunction,
    approve,
    end_function,
    enter_function,
    warn_of_lapsing_approvals,
    withdraw_approval,
)
from joinedup.partnership.workforce.queries import may_do, register, who_answers_for
from joinedup.partnership.workforce.rules import Held
from tests.sharing import walled
from tests.unit.handovers.sides import AT, later, post_of

DAY = AT.date()
YEAR = datetime.timedelta(days=365)


def answer(
    function: FunctionCode = FunctionCode.AMHP,
    *approvals: Held,
    operates: bool = True,
    somebody: bool = True,
) -> rules.Answer:
    return rules.may_do(
        function, DAY, name="Grace", operates=operates, somebody_operates=somebody,
        approvals=approvals,
    )  # fmt: skip


def held(starts: int, ends: int) -> Held:
    return Held(DAY + datetime.timedelta(days=starts), DAY + datetime.timedelta(days=ends))


def test_an_act_kept_for_an_approved_role_is_refused_to_others() -> None:
    """S4-20."""
    assert answer(FunctionCode.AMHP, held(-10, 10))
    refused = answer()
    assert not refused
    assert refused.why == (
        "This is kept for an approved mental health professional (AMHP), and Grace is not entered as one."
    )
    assert "kept for a Care Act assessor" in answer(FunctionCode.CARE_ACT_ASSESSMENT).why


def test_a_lapsed_approval_is_refused_from_its_last_midnight_on() -> None:
    """S4-21: the day it ends is no longer a day of it, nor the day before it starts."""
    assert answer(FunctionCode.AMHP, held(-10, 1))
    lapsed = answer(FunctionCode.AMHP, held(-10, 0))
    assert not lapsed
    assert lapsed.lapsed_on == DAY
    assert "ended before 18 November 2026" in lapsed.why
    assert not answer(FunctionCode.AMHP, held(1, 10))
    assert answer(FunctionCode.AMHP, held(-20, -10), held(-5, 5)), "renewed"


def test_an_agency_that_is_not_in_the_register_does_not_carry_it_out() -> None:
    """S4-19."""
    assert "not carried out by Grace’s agency" in answer(operates=False).why
    assert "Nobody is entered" in answer(operates=False, somebody=False).why
    assert answer(FunctionCode.PREVENTION), "no approval is asked for what is kept for nobody"


@pytest.mark.parametrize(
    ("left", "warning"), [(91, None), (90, 90), (31, 90), (30, 30), (7, 7), (1, 1), (0, 0), (-3, 0)]
)
def test_warnings_come_before_the_end(left: int, warning: int | None) -> None:
    assert rules.warning_due(DAY + datetime.timedelta(days=left), DAY) == warning


def test_the_law_limits_how_long_an_amhp_is_approved() -> None:
    leap = datetime.date(2024, 2, 29)
    assert rules.why_no_approval(FunctionCode.AMHP, leap, datetime.date(2029, 3, 1)) is None
    five = rules.why_no_approval(FunctionCode.AMHP, DAY, DAY + 6 * YEAR)
    assert five is not None
    assert "5 years" in five
    assert rules.why_no_approval(FunctionCode.PREVENTION, DAY, DAY + YEAR) is not None
    assert rules.why_no_approval(FunctionCode.AMHP, DAY, DAY) is not None


@pytest.fixture
def keeper() -> Viewer:
    walled.agency("partners", "partnership")
    return walled.viewer("partners", "partnership_administrator", team="Office")


@pytest.fixture
def council() -> Agency:
    return walled.agency("council", "social_care")


@pytest.fixture
def trust() -> Agency:
    return walled.agency("trust", "health")


def delegated(keeper: Viewer, council: Agency, trust: Agency, **more: object) -> StatutoryFunction:
    said = {
        "function": FunctionCode.AMHP, "accountable": council, "operating": trust,
        "route": Route.SECTION_75, "reference": "S75-2", "evidence": "Cabinet minute 12",
        "starts_on": DAY, "at": AT,
    }  # fmt: skip
    return enter_function(by=keeper, **(said | more))  # type: ignore[arg-type]


def approved(keeper: Viewer, holder: Viewer, council: Agency, **more: object) -> Approval:
    said = {
        "holder_id": holder.user_id, "function": FunctionCode.AMHP, "given_by": council,
        "evidence": "W-77", "starts_on": DAY, "ends_on": DAY + YEAR, "at": AT,
    }  # fmt: skip
    return approve(by=keeper, **(said | more))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_council_answers_for_what_the_trust_carries_out(
    keeper: Viewer, council: Agency, trust: Agency
) -> None:
    """S4-19, S4-20, S4-21: register and approval together, in the trust's own post."""
    nurse = walled.viewer("trust", "practitioner")
    delegated(keeper, council, trust)
    assert not may_do(post_of(nurse), FunctionCode.AMHP, AT)
    found = approved(keeper, nurse, council)
    assert may_do(post_of(nurse), FunctionCode.AMHP, AT)
    entry = who_answers_for(FunctionCode.AMHP, "trust", AT)
    assert entry is not None
    assert (entry.accountable_id, entry.reference) == ("council", "S75-2")
    withdraw_approval(
        by=keeper, approval_id=found.pk, ends_on=DAY, because="Left the rota", at=later(0)
    )
    assert not may_do(post_of(nurse), FunctionCode.AMHP, AT)
    end_function(by=keeper, entry_id=entry.pk, ends_on=DAY, at=AT)
    assert who_answers_for(FunctionCode.AMHP, "trust", AT) is None


@pytest.mark.django_db
def test_the_register_refuses_what_cannot_be(
    keeper: Viewer, council: Agency, trust: Agency
) -> None:
    with pytest.raises(CannotEnterFunction, match="reference"):
        delegated(keeper, council, trust, reference="")
    with pytest.raises(CannotEnterFunction, match="route"):
        delegated(keeper, council, trust, route=Route.ITS_OWN)
    with pytest.raises(CannotEnterFunction, match="written"):
        delegated(keeper, council, trust, evidence=" ")
    first = delegated(keeper, council, trust)
    with pytest.raises(CannotEnterFunction, match="no earlier"):
        delegated(keeper, council, trust, starts_on=DAY - YEAR)
    delegated(keeper, council, trust, reference="S75-3", starts_on=DAY + YEAR)
    first.refresh_from_db()
    assert first.ends_on == DAY + YEAR
    with pytest.raises(NotPermitted):
        register(walled.viewer("trust", "practitioner"))


@pytest.mark.django_db
def test_nobody_enters_their_own_approval_nor_two_at_once(keeper: Viewer, council: Agency) -> None:
    nurse = walled.viewer("council", "social_worker")
    with pytest.raises(CannotApprove, match="own approval"):
        approved(keeper, keeper, council)
    approved(keeper, nurse, council)
    with pytest.raises(CannotApprove, match="some of these days"):
        approved(keeper, nurse, council)
    with pytest.raises(CannotApprove, match="number"):
        approved(keeper, nurse, council, evidence="")
    with pytest.raises(NotPermitted):
        approved(nurse, nurse, council)


@pytest.mark.django_db
def test_whoever_it_concerns_is_warned_once_before_an_approval_ends(
    keeper: Viewer, council: Agency
) -> None:
    nurse = walled.viewer("council", "social_worker")
    manager = walled.viewer("council", "team_manager")
    Post.objects.filter(pk=nurse.post_id).update(operational_manager=manager.post_id)
    first = approved(keeper, nurse, council, ends_on=DAY + datetime.timedelta(days=20))
    assert warn_of_lapsing_approvals(at=AT) == 1
    assert warn_of_lapsing_approvals(at=AT) == 0
    told = Notice.objects.filter(kind="approval_ends")
    assert set(told.values_list("post_id", flat=True)) == {nurse.post_id, manager.post_id}
    assert warn_of_lapsing_approvals(at=later(15)) == 1
    approved(keeper, nurse, council, starts_on=first.ends_on, ends_on=DAY + YEAR)
    assert warn_of_lapsing_approvals(at=later(20)) == 0, "renewed"
