"""A block of rows judged: which load, which are kept back and why, which values are set aside."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.contracts.columns import Kind
from joinedup.pipeline.contracts.stages import DELIVERED
from joinedup.pipeline.deliveries.file_name import DeliveryName
from joinedup.pipeline.deliveries.judging.columns import ColumnReader
from joinedup.pipeline.deliveries.judging.plain_forms import Flags
from joinedup.pipeline.deliveries.reading.blocks import Block, Heading, KeptBack, raw_row

OLDEST = 120
"""Years; who was born before that and is not known to have died is a typing error."""

_DEFAULT_BIRTH_DATES = (
    date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1901, 1, 1), date(1800, 1, 1),
)  # fmt: skip
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Wrong:
    """Rows for which one thing holds, and the column it is about."""

    heading: str | None
    reason: str
    rows: Flags


@dataclass
class JudgedBlock:
    """The rows that load, and what was found on the way."""

    records: pa.Table
    kept_back: list[KeptBack] = field(default_factory=list)
    aside: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many values of a column were set aside, by reason."""
    without_identity: int = 0
    not_loaded: list[np.ndarray] = field(default_factory=list)
    """Numbers of the rows that are not in the records."""
    blank: int = 0


class RowJudge:
    """Judges the blocks of one delivery."""

    def __init__(self, name: DeliveryName, heading: Heading, as_at: date) -> None:
        self.name = name
        self.heading = heading
        self.as_at = as_at
        self._readers = {h: ColumnReader(c.kind) for h, c in heading.columns.items()}

    def judge(self, block: Block) -> JudgedBlock:
        """Judge one block."""
        table, numbers = block.table, block.numbers
        empty = self._empty_rows(table)
        if empty.any():
            keep = pa.array(~empty)
            table, blank = table.filter(keep), np.concatenate((block.blank, numbers[empty]))
            numbers = numbers[~empty]
        else:
            blank = block.blank
        values, aside, wrong = self._read(table)
        wrong += self._unfilled(values, wrong) + self._dates(values, aside) + self._deleted(values)
        wrong, forgiven = self._forgive(values, wrong, len(table))
        bad = _any([w.rows for w in wrong], len(table))
        result = JudgedBlock(self._records(values, len(table)))
        if bad.any():
            result.records = result.records.filter(pa.array(~bad))
            result.kept_back = list(self._kept_back(table, numbers, wrong, values["record_id"]))
        result.kept_back += block.misshapen
        for what in aside + forgiven:
            if count := int((what.rows & ~bad).sum()):
                result.aside[what.heading or "", what.reason] += count
        result.without_identity = _without_identity(result.records)
        outside = np.array([k.row for k in block.misshapen], np.int64)
        result.not_loaded = [part for part in (numbers[bad], outside, blank) if len(part)]
        result.blank = len(blank)
        return result

    def _read(self, table: pa.Table) -> tuple[dict[str, pa.Array], list[Wrong], list[Wrong]]:
        """Each column's values by field, and what its cells alone show to be wrong."""
        values: dict[str, pa.Array] = {}
        aside: list[Wrong] = []
        wrong: list[Wrong] = []
        for heading, column in self.heading.columns.items():
            verdict = self._readers[heading].read(_one(table.column(heading)))
            values[column.field] = verdict.values
            aside += [Wrong(heading, reason, rows) for reason, rows in verdict.aside.items()]
            found = [Wrong(heading, reason, rows) for reason, rows in verdict.wrong.items()]
            # The day of the last change says nothing of who somebody is: no row waits for it.
            (aside if column.field == "updated_on" else wrong).extend(found)
        return values, aside, wrong

    def _empty_rows(self, table: pa.Table) -> Flags:
        empty = np.ones(len(table), bool)
        for heading in self.heading.columns:
            if not empty.any():
                break
            empty &= np.asarray(pc.is_null(_one(table.column(heading))))
        return empty

    def _unfilled(self, values: dict[str, pa.Array], wrong: list[Wrong]) -> list[Wrong]:
        """Cells that every row must fill and some do not; what is wrong already is not told twice."""
        found = []
        for heading, column in self.heading.columns.items():
            if column.field == "change" and not self.name.is_full:
                reason = "is empty; a change-only delivery says A, C or D in each row"
            elif column.required:
                reason = "is empty; every row needs it"
            else:
                continue
            rows = np.asarray(pc.is_null(values[column.field]))
            rows &= ~_any([w.rows for w in wrong if w.heading == heading], len(rows))
            if rows.any():
                found.append(Wrong(heading, reason, rows))
        return found

    def _dates(self, values: dict[str, pa.Array], aside: list[Wrong]) -> list[Wrong]:
        """Dates that no living or dead person can have; default dates are set aside in the values."""
        heading = self.heading.by_field
        today = (self.as_at - _EPOCH).days
        wrong: list[Wrong] = []
        born = _days(values.get("born_on"))
        died = _days(values.get("died_on"))
        if born is not None:
            given = np.isin(born, [float((d - _EPOCH).days) for d in _DEFAULT_BIRTH_DATES])
            if given.any():
                aside.append(
                    Wrong(
                        heading["born_on"],
                        "is a date that systems fill in, not a birth date",
                        given,
                    )
                )
                values["born_on"] = pc.if_else(pa.array(given), None, values["born_on"])
                born = np.where(given, np.nan, born)
            wrong.append(
                Wrong(heading["born_on"], "is after the day of the delivery", born > today)
            )
            alive = np.isnan(died) if died is not None else np.ones(len(born), bool)
            oldest = float((_years_before(self.as_at, OLDEST) - _EPOCH).days)
            reason = f"is more than {OLDEST} years ago and no date of death is given"
            wrong.append(Wrong(heading["born_on"], reason, (born < oldest) & alive))
        if died is not None:
            wrong.append(
                Wrong(heading["died_on"], "is after the day of the delivery", died > today)
            )
            if born is not None:
                wrong.append(Wrong(heading["died_on"], "is before the date of birth", died < born))
        updated = _days(values.get("updated_on"))
        if updated is not None and (late := updated > today + 1).any():
            aside.append(Wrong(heading["updated_on"], "is after the day of the delivery", late))
            values["updated_on"] = pc.if_else(pa.array(late), None, values["updated_on"])
        return [w for w in wrong if w.rows.any()]

    def _deleted(self, values: dict[str, pa.Array]) -> list[Wrong]:
        """Rows of a full delivery that say they are not there."""
        if not self.name.is_full or "change" not in values:
            return []
        rows = np.asarray(pc.equal(values["change"], "D").fill_null(False))
        reason = "says deleted, and a full delivery holds only those present: leave the row out"
        return [Wrong(self.heading.by_field["change"], reason, rows)] if rows.any() else []

    def _forgive(
        self, values: dict[str, pa.Array], wrong: list[Wrong], height: int
    ) -> tuple[list[Wrong], list[Wrong]]:
        """A sealed or a deleted record is withdrawn by its identifier alone, whatever else is wrong.

        P2: a faulty birth date must not keep a sealed identity in sight for another night.
        """
        if not wrong:
            return wrong, []
        leave = np.zeros(height, bool)
        if "sealed" in values:
            leave |= np.asarray(values["sealed"].fill_null(False))
        if "change" in values and not self.name.is_full:
            leave |= np.asarray(pc.equal(values["change"], "D").fill_null(False))
        strict: list[Wrong] = []
        forgiven: list[Wrong] = []
        for what in wrong:
            column = self.heading.columns.get(what.heading or "")
            if column is None or column.required or column.kind in (Kind.YES_NO, Kind.CHANGE):
                strict.append(what)
                continue
            strict.append(Wrong(what.heading, what.reason, what.rows & ~leave))
            if (rows := what.rows & leave).any():
                forgiven.append(Wrong(what.heading, what.reason, rows))
                values[column.field] = pc.if_else(pa.array(rows), None, values[column.field])
        return [w for w in strict if w.rows.any()], forgiven

    def _records(self, values: dict[str, pa.Array], height: int) -> pa.Table:
        """The rows under the names every agency's rows have."""
        contract = self.name.contract
        agency = pa.repeat(pa.scalar(contract.agency), height)
        ready = dict(values)
        ready["agency"] = agency
        ready["controller"] = (
            values[contract.controller_field] if contract.controller_field else agency
        )
        if "sealed" in ready:
            ready["sealed"] = ready["sealed"].fill_null(False)
        else:
            ready["sealed"] = pa.repeat(pa.scalar(False), height)
        if self.name.is_full:
            ready.pop("change", None)
        columns = [ready.get(f.name, pa.nulls(height, f.type)) for f in DELIVERED]
        return pa.table(dict(zip(DELIVERED.names, columns, strict=True)))

    def _kept_back(
        self, table: pa.Table, numbers: np.ndarray, wrong: list[Wrong], record_ids: pa.Array
    ) -> Iterator[KeptBack]:
        """A line for each thing that is wrong with each row."""
        rows = np.flatnonzero(_any([w.rows for w in wrong], len(table)))
        sent = table.take(pa.array(rows)).to_pylist()
        for row, cells in zip(rows, sent, strict=True):
            raw = raw_row(cells)
            for what in wrong:
                if what.rows[row]:
                    yield KeptBack(
                        int(numbers[row]),
                        what.heading,
                        what.reason,
                        raw,
                        record_ids[int(row)].as_py(),
                    )


def _one(column: pa.ChunkedArray) -> pa.StringArray:
    """A column of a block as one array."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _any(flags: list[Flags], height: int) -> Flags:
    result = np.zeros(height, bool)
    for rows in flags:
        result |= rows
    return result


def _days(column: pa.Array | None) -> np.ndarray | None:
    """Days since 1970 as numbers, not-a-number where empty; None where the column was not sent."""
    if column is None:
        return None
    days = column.cast(pa.int32()).to_numpy(zero_copy_only=False)
    return np.asarray(days, np.float64)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _without_identity(records: pa.Table) -> int:
    """Rows that load and can be linked to nobody: no name, no birth date, no NHS number."""
    if not len(records):
        return 0
    present = pc.or_(records["sealed"], pc.equal(records["change"], "D").fill_null(False))
    for name in ("family_name", "given_name", "known_as", "born_on", "nhs_number"):
        if records[name].null_count == 0:
            return 0
        present = pc.or_(present, pc.is_valid(records[name]))
    return len(records) - int(pc.sum(present).as_py())
