"""Who is offered an assessment, by group, with small numbers withheld (S4-8, S4-35, S4-36, P44)."""

import pytest

from joinedup.support.frontdoor.choices import Need, OutcomeKind
from joinedup.support.frontdoor.operations.outcomes import close_referral
from joinedup.support.frontdoor.operations.queue import assign
from joinedup.support.frontdoor.queries.access import came_in
from joinedup.support.frontdoor.rules.access import (
    NOT_KNOWN,
    Came,
    Split,
    age_band,
    deprivation_band,
    lines,
)
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT


def came(
    group: str, count: int, *, assessed: int = 0, eligible: int = 0, waited: int | None = 3
) -> list[Came]:
    return [
        Came({Split.AGE: group}, n < assessed, n >= assessed, n < eligible, waited)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("age", "band"),
    [(None, NOT_KNOWN), (0, "Under 18"), (17, "Under 18"), (18, "18 to 64"), (64, "18 to 64"),
     (65, "65 and over"), (120, "65 and over")],
)  # fmt: skip
def test_ages_part_at_eighteen_and_at_sixty_five(age: int | None, band: str) -> None:
    """S4-35."""
    assert age_band(age) == band


@pytest.mark.parametrize(
    ("decile", "band"),
    [(None, NOT_KNOWN), (1, "Fifth 1 (most deprived)"), (2, "Fifth 1 (most deprived)"),
     (3, "Fifth 2"), (9, "Fifth 5 (least deprived)"), (10, "Fifth 5 (least deprived)")],
)  # fmt: skip
def test_deciles_go_by_fifths_the_most_deprived_first(decile: int | None, band: str) -> None:
    assert deprivation_band(decile) == band


def test_groups_are_told_side_by_side_and_the_unknown_last() -> None:
    """S4-36."""
    told = lines(
        [
            *came(NOT_KNOWN, 20, assessed=10),
            *came("18 to 64", 40, assessed=12),
            *came("65 and over", 50, assessed=35),
        ],
        Split.AGE,
    )
    assert [(each.group, each.referrals, each.assessed_share) for each in told] == [
        ("18 to 64", 40, 30), ("65 and over", 50, 70), (NOT_KNOWN, 20, 50),
    ]  # fmt: skip
    assert [each.median_wait for each in told] == [3, 3, 3]


@pytest.mark.parametrize("split", [Split.ENTRY, Split.ASSESSOR, Split.TEAM])
def test_how_many_are_found_eligible_is_told_by_way_in_by_worker_and_by_team(split: Split) -> None:
    """S4-8, S4-35: found the same way whoever assesses and wherever they enter, or not."""
    told = lines(
        [
            Came({split: group}, offered_assessment=False, open_access=False, eligible=n < eligible, waited_days=None)
            for group, eligible in (("one", 20), ("other", 40))
            for n in range(50)
        ],
        split,
    )  # fmt: skip
    assert [(each.group, each.eligible_share) for each in told] == [("one", 40), ("other", 80)]


def test_a_referral_for_several_needs_counts_under_each() -> None:
    """S4-36: what somebody is offered, by what they need."""
    told = lines(
        [
            Came(
                {}, offered_assessment=n < 10, open_access=False, eligible=False, waited_days=None,
                needs=needs,
            )
            for needs in (("Care", "Housing"), ("Housing",), ())
            for n in range(20)
        ],
        Split.NEED,
    )  # fmt: skip
    assert [(each.group, each.referrals, each.assessed_share) for each in told] == [
        ("Care", 20, 50), ("Housing", 40, 50), (NOT_KNOWN, 20, 50),
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_referral_is_counted_by_how_it_came_and_by_who_worked_at_it() -> None:
    """S4-8, S4-35."""
    door = referred.door()
    referred.route("wellbeing", door.taker)
    one, _ = referred.referral(door.sender), referred.referral(door.sender)
    assign(by=door.manager, matter_ids=[one.pk], post_id=door.worker.post_id, at=AT)
    counted = came_in(walled.viewer("care", "front_door_manager"), at=AT)
    assert [each.groups[Split.ENTRY] for each in counted] == ["A practitioner"] * 2
    assert sorted(each.groups[Split.TEAM] for each in counted) == ["Front door", "Nobody yet"]
    assert not any(each.eligible for each in counted)
    assert {each.groups[Split.OUTCOME] for each in counted} == {"It goes on"}
    close_referral(
        by=door.worker, matter_id=one.pk, outcome=OutcomeKind.HELPED, words="She was helped.", at=AT
    )
    counted = came_in(walled.viewer("care", "front_door_manager"), at=AT)
    assert sorted(each.groups[Split.OUTCOME] for each in counted) == [
        OutcomeKind.HELPED.label, "It goes on",
    ]  # fmt: skip
    assert {each.needs for each in counted} == {(Need.LONELINESS.label,)}


def test_a_small_group_is_withheld_whole_and_the_next_smallest_with_it() -> None:
    """P44: nothing of it can be reckoned from the rest."""
    told = lines(
        [*came("a", 5, assessed=5), *came("b", 30, assessed=15), *came("c", 60, assessed=30)],
        Split.AGE,
    )
    assert [(each.referrals, each.assessed_share, each.median_wait) for each in told] == [
        (None, None, None), (None, None, None), (60, 50, 3),
    ]  # fmt: skip


def test_a_share_of_nearly_all_is_withheld_and_so_is_the_wait_of_few() -> None:
    """P44."""
    [one] = lines([*came("a", 30, assessed=28, waited=None), *came("a", 4, waited=2)], Split.AGE)
    assert (one.referrals, one.assessed_share, one.median_wait) == (35, None, None)
