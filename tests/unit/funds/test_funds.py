"""What needs are worth is published in versions; who authorises how much goes by scheme (S4-28)."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.partnership.funds.forms import LimitForm, PointsTableForm
from joinedup.partnership.funds.operations import (
    CannotPublishTable,
    CannotSetLimit,
    LimitSaid,
    Worth,
    publish_table,
    set_limit,
)
from joinedup.partnership.funds.queries import may_authorise, table_on
from joinedup.partnership.funds.rules import Limit, indicative, pounds
from joinedup.partnership.funds.rules import may_authorise as rule
from tests.sharing import walled
from tests.unit.handovers.sides import AT, post_of

DAY = datetime.date(2026, 11, 18)
LIMIT = Limit(1_000_00, 200_00, "scheme 4.2")


@pytest.mark.parametrize(
    ("limit", "pence", "is_maker", "may", "why"),
    [
        (None, 1, False, False, "No scheme"),
        (LIMIT, 1_000_00, False, True, "Up to £1,000 a year"),
        (LIMIT, 1_000_01, False, False, "higher limit"),
        (LIMIT, 200_00, True, True, "Up to"),
        (LIMIT, 200_01, True, False, "second person"),
    ],
)
def test_maker_is_not_checker_above_the_limit(
    limit: Limit | None, pence: int, is_maker: bool, may: bool, why: str
) -> None:
    found = rule(limit, pence, is_maker=is_maker, role_name="Team manager", agency_name="Housing")
    assert found.may is may
    assert why in found.why


def test_points_and_pounds() -> None:
    assert indicative([3, 5], 210_00) == 1_680_00
    assert [pounds(each) for each in (0, 5, 123_456, -100)] == ["£0", "£0.05", "£1,234.56", "−£1"]


@pytest.fixture
def keeper() -> Viewer:
    walled.agency("partnership", "partnership")
    return walled.viewer("partnership", "pooled_fund_manager")


def publish(keeper: Viewer, starts_on: datetime.date, *lines: Worth) -> None:
    publish_table(
        by=keeper, lines=lines or [Worth("Meals", "Needs help daily", 4)], pence_a_point=200_00,
        source="Cabinet, minute 41", starts_on=starts_on, at=AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_next_version_ends_the_one_before(keeper: Viewer) -> None:
    publish(keeper, DAY)
    publish(keeper, DAY + datetime.timedelta(days=30), Worth("Meals", "Needs help daily", 6))
    now, then = table_on(DAY), table_on(DAY + datetime.timedelta(days=30))
    assert now is not None
    assert then is not None
    assert (now.table.number, then.table.number) == (1, 2)
    assert table_on(DAY - datetime.timedelta(days=1)) is None


@pytest.mark.django_db
def test_a_table_is_published_whole_by_whoever_keeps_the_funds(keeper: Viewer) -> None:
    twice = Worth("Meals", "Daily", 4)
    with pytest.raises(CannotPublishTable, match="twice"):
        publish(keeper, DAY, twice, twice)
    publish(keeper, DAY)
    with pytest.raises(CannotPublishTable, match="starts after"):
        publish(keeper, DAY)
    walled.agency("housing", "housing")
    with pytest.raises(NotPermitted):
        publish(walled.viewer("housing", "team_manager"), DAY)


@pytest.mark.django_db
def test_a_seconded_manager_authorises_by_the_scheme_of_their_employer(keeper: Viewer) -> None:
    """S4-28: across employers, the limit goes by who employs, not by where they sit."""
    walled.agency("trust", "health")
    walled.agency("council", "council")
    manager = walled.viewer("trust", "team_manager")
    said = LimitSaid("council", "team_manager", 5_000_00, 0, "Council scheme 7")
    set_limit(by=keeper, said=said, starts_on=DAY, at=AT)
    assert not may_authorise(post_of(manager), 100, is_maker=False, at=AT)
    Post.objects.filter(pk=manager.post_id).update(home_agency_id="council")
    found = may_authorise(post_of(manager), 100, is_maker=False, at=AT)
    assert (found.may, found.scheme) == (True, "Council scheme 7")
    with pytest.raises(CannotSetLimit, match="later day"):
        set_limit(by=keeper, said=said, starts_on=DAY, at=AT)


@pytest.mark.parametrize(
    "line", ["Meals", "Meals | daily", "Meals | daily | four", "a | b | 10001"]
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    form = PointsTableForm(
        {
            "lines": f"Fine | yes | 1\n{line}",
            "pence_a_point": "£200",
            "source": "x",
            "starts_on": "1/12/2026",
        }
    )
    assert "Line 2" in form.errors["lines"][0]


def test_amounts_are_read_as_people_write_them() -> None:
    form = LimitForm(
        [("a", "A")],
        {"agency": "a", "role": "team_manager", "up_to": "£1,250.50", "alone": "", "scheme": "S",
         "starts_on": "1 Dec 2026"},
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.said().up_to_pence == 1_250_50
