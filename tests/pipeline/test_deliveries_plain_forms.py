"""What passes for a whole column at once is what each value alone would be judged to be."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.pipeline.contracts.columns import Kind
from joinedup.pipeline.deliveries.judging.cells import EMPTY, judge
from joinedup.pipeline.deliveries.judging.columns import ColumnReader

day = st.dates(date(1, 1, 1), date(9999, 12, 31))
LIKELY = {
    Kind.PAST_DATE: st.one_of(
        day.map(date.isoformat),
        day.map(lambda d: f"{d.day:02d}/{d.month:02d}/{d.year:04d}"),
        st.from_regex(r"[0-3][0-9]/[01][0-9]/[0-9]{4}", fullmatch=True),
        st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True),
        st.from_regex(r"[0-9/x-]{10}", fullmatch=True),
    ),
    Kind.NHS_NUMBER: st.one_of(
        st.from_regex(r"[0-9]{10}", fullmatch=True),
        st.from_regex(r"[01]{10}|123456788[0-9]|9[0-9]{2} [0-9]{3} [0-9]{4}", fullmatch=True),
        st.integers(100_000_000, 999_999_999).map(lambda n: f"{n}{check_digit(n)}"),
        st.integers(100_000_000, 999_999_999).map(lambda n: spaced(f"{n}{check_digit(n)}")),
        st.from_regex(r"[0-9]{2,3} [0-9]{3,4} [0-9]{4}|[0-9 ]{12}", fullmatch=True),
    ),
    Kind.POSTCODE: st.from_regex(
        r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|ZZ99 ?[0-9][A-Z]{2}|[A-Z0-9 ]{5,9}|[A-Z0-9]{2,4} [0-9A-Z]{3}",
        fullmatch=True,
    ),
    Kind.PHONE: st.from_regex(r"(0[0-9 ]{8,13})|(\+44 ?7[0-9]{9})|0{11}|0(12){5}", fullmatch=True),
    Kind.EMAIL: st.emails()
    | st.from_regex(r"[a-z.no-]{1,9}@[a-z.-]{1,9}\.[a-z]{1,4}", fullmatch=True),
    Kind.UPRN: st.from_regex(r"[0-9]{1,14}(\.0)?", fullmatch=True),
}
ANY = st.text(st.sampled_from("abZ09 -'=+@.,/\t\né’\u200b\xa0null#"), max_size=12)


def check_digit(nine: int) -> int:
    total = sum(int(d) * w for d, w in zip(str(nine), range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 % 10


def spaced(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def test_numbers_and_postcodes_as_most_are_written_are_read_at_once() -> None:
    numbers = pa.array(["943 476 5919", None, "9434765919", "943 476 5918", "943 4765 919"])
    postcodes = pa.array(["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"])
    reader, areas = ColumnReader(Kind.NHS_NUMBER), ColumnReader(Kind.POSTCODE)

    read = reader.read(numbers)

    assert read.values.to_pylist() == ["9434765919", None, "9434765919", None, "9434765919"]
    assert areas.read(postcodes).values.to_pylist() == postcodes.to_pylist()
    # Only what is written otherwise was looked at by itself.
    assert set(reader.judged) == {"943 476 5918", "943 4765 919"}
    assert not areas.judged


@pytest.mark.parametrize("kind", Kind)
def test_a_column_is_read_as_its_cells_are(kind: Kind) -> None:
    @settings(deadline=None, max_examples=150)
    @given(st.lists(st.none() | ANY.filter(bool) | LIKELY.get(kind, ANY).filter(bool), max_size=20))
    def holds(cells: list[str | None]) -> None:
        # A slice, because Arrow hands on columns that do not begin where their buffers do.
        column = pa.array(["before", *cells], pa.string()).slice(1)

        verdict = ColumnReader(kind).read(column)

        judged = [EMPTY if text is None else judge(kind, text) for text in cells]
        assert verdict.values.to_pylist() == [j.value for j in judged]
        for place, one in enumerate(judged):
            told = {reason for reason, rows in verdict.aside.items() if rows[place]}
            wrong = {reason for reason, rows in verdict.wrong.items() if rows[place]}
            assert (told, wrong) == ({one.aside} - {None}, {one.wrong} - {None})

    holds()


def test_every_day_of_400_years_is_read() -> None:
    days = [date(1700, 1, 1) + timedelta(n) for n in range(146_097)]
    column = pa.array([f"{d.day:02d}/{d.month:02d}/{d.year}" for d in days])

    values = ColumnReader(Kind.PAST_DATE).read(column).values

    assert values.to_pylist() == days
    assert np.all(np.diff(values.cast(pa.int32()).to_numpy()) == 1)
