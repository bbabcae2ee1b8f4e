"""Small numbers are suppressed, others rounded, and nothing can be reckoned back (P44)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.pipeline.disclosure import breakdown, limit_of, share, shown, table, words


@pytest.mark.parametrize(
    ("count", "seen"), [(0, None), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (1234, 1235)]
)
def test_seven_or_fewer_are_suppressed_and_others_rounded_to_five(
    count: int, seen: int | None
) -> None:
    """P44."""
    assert shown(count) == seen


def test_a_local_setting_may_only_tighten() -> None:
    """P44."""
    assert (limit_of(3), limit_of(10)) == (7, 10)
    assert shown(9, limit=3) == 10
    assert shown(9, limit=10) is None


def test_what_one_could_reckon_from_the_total_is_suppressed_as_well() -> None:
    """P44: secondary suppression."""
    assert breakdown({"a": 3, "b": 40, "c": 20}) == {"a": None, "b": 40, "c": None}
    assert breakdown({"a": 3, "b": 2, "c": 20}) == {"a": None, "b": None, "c": 20}
    assert breakdown({"a": 30}) == {"a": 30}


@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(
            st.lists(st.integers(0, 60), min_size=wide, max_size=wide), min_size=1, max_size=5
        )
    )
)
def test_no_line_of_a_table_is_left_with_one_suppressed_alone(counts: list[list[int]]) -> None:
    """P44: secondary suppression both ways."""
    seen = table(counts)
    for line in [*seen, *map(list, zip(*seen, strict=True))]:
        assert line.count(None) != 1 or len(line) == 1
    for row, told in zip(counts, seen, strict=True):
        for count, one in zip(row, told, strict=True):
            assert one is None or (count > 7 and abs(one - count) <= 2)


def test_a_share_of_few_or_of_all_but_few_is_suppressed() -> None:
    """P44."""
    assert share(50, 100) == 50
    assert share(7, 100) is None
    assert share(95, 100) is None


def test_what_is_withheld_says_so_in_words() -> None:
    assert words(None) == "7 or fewer, or withheld"
    assert words(1235) == "1,235"
