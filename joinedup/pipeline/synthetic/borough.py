"""The whole synthetic borough: blocks made side by side and put together in one folder."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import TRUE_PEOPLE, TRUTH
from joinedup.pipeline.synthetic import sheets
from joinedup.pipeline.synthetic.block import Block, Plan, make_block
from joinedup.pipeline.synthetic.days import day_of, number_of
from joinedup.pipeline.synthetic.nights import Changes, make_night
from joinedup.pipeline.synthetic.place import Place, make_place
from joinedup.pipeline.synthetic.population.nhs_numbers import allocate
from joinedup.pipeline.synthetic.population.people import Supply
from joinedup.pipeline.synthetic.randomness import Numbers, stream
from joinedup.pipeline.synthetic.rates import BoroughRates, Rates, draw
from joinedup.pipeline.synthetic.records.agencies import AGENCIES, Habits

FIRST_DAY = date(2026, 11, 20)
_PEOPLE_PER_BLOCK = 50_000
_LARGEST_HOSTEL = 400
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Borough:
    """What was made."""

    people: int
    seed: int
    as_at: date
    out: Path
    rows: tuple[dict[str, int], ...]
    """Of each day, the first one first: rows delivered by each agency."""
    rates: BoroughRates

    @property
    def records(self) -> int:
        """Rows of the first day's deliveries."""
        return sum(self.rows[0].values())


@dataclass(frozen=True)
class _Made:
    """What a worker hands back of its block."""

    block: int
    rows: tuple[dict[str, int], ...]
    population: Numbers
    people: int = field(default=0)


def make_borough(
    people: int,
    seed: int,
    out: Path,
    *,
    nights: int = 0,
    as_at: date = FIRST_DAY,
    records_per_person: float | None = None,
    rates: Rates | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Borough:
    """Make a synthetic borough in `out`: deliveries, truth and place; the same for the same arguments.

    `records_per_person` scales what agencies other than the GPs hold; left out, the rates decide.
    Raises ValueError for fewer than 500 people, or more than there are unused NHS numbers for.
    """
    if people < 500:
        raise ValueError("A synthetic borough needs at least 500 people.")
    drawn = draw(rates or Rates(), stream(seed, "rates"))
    drawn = _scaled(drawn, records_per_person)
    place = make_place(people, seed)
    plans = list(_plans(people, seed, number_of(as_at), nights, len(place.lsoa_codes)))
    parts = out / ".parts"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    made = []
    for each in _run(partial(_make_part, place=place, rates=drawn, parts=parts), plans, workers):
        made.append(each)
        if progress:
            progress("Making people and their records", len(made), len(plans))
    rows = _put_together(out, parts, [plan.block for plan in plans], made, as_at)
    population = np.sum([each.population for each in made], axis=0)
    sheets.write_place(out / "place", place, population)
    shutil.rmtree(parts)
    borough = Borough(people, seed, as_at, out, rows, drawn)
    sheets.write_summary(out / "borough.json", _summary(borough))
    return borough


def _scaled(rates: BoroughRates, records_per_person: float | None) -> BoroughRates:
    if records_per_person is None:
        return rates
    usual = (
        2.75  # records of agencies other than GPs for each person, over the middle of the ranges
    )
    factor = (records_per_person - 1.0) / usual
    held = ("adults", "older", "under_18")
    agencies = {
        code: group
        if code == "gp"
        else {n: v * factor if n in held else v for n, v in group.items()}
        for code, group in rates.agencies.items()
    }
    return replace(rates, agencies=agencies)


def _plans(people: int, seed: int, as_at: int, nights: int, lsoas: int) -> Iterator[Plan]:
    blocks = max(1, round(people / _PEOPLE_PER_BLOCK))
    sizes = [len(part) for part in np.array_split(np.arange(people), blocks)]
    areas = np.array_split(np.arange(lsoas), blocks)
    # Earlier identities are a few in a thousand; a night's arrivals and births one or two.
    room = max(sizes) + max(sizes) // 200 + 60
    later = nights * (max(sizes) // 600 + 12)
    nhs = allocate(seed, (room + later) * blocks)
    for block in range(blocks):
        supply = _supply(nhs, block * room, room)
        # After everybody's first numbers, so that further nights leave the first day as it was.
        newcomers = _supply(nhs, blocks * room + block * later, later)
        hostel = min(_LARGEST_HOSTEL, max(40, people // 400)) if block == 0 else 0
        yield Plan(
            block, blocks, sizes[block], areas[block], seed, as_at, nights, supply, newcomers, hostel
        )  # fmt: skip


def _supply(nhs: Numbers, first: int, count: int) -> Supply:
    return Supply(first + 1, nhs[first : first + count])


def _run(make: Callable[[Plan], _Made], plans: list[Plan], workers: int | None) -> Iterator[_Made]:
    workers = min(workers or os.cpu_count() or 1, len(plans))
    if workers == 1:
        yield from map(make, plans)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(make, plans)


def _make_part(plan: Plan, *, place: Place, rates: BoroughRates, parts: Path) -> _Made:
    block = make_block(plan, place, rates)
    rows = [_write_day(block, parts, 0)]
    lsoa = block.world(plan.as_at).lsoa
    population = np.bincount(
        lsoa[(lsoa >= 0) & ~block.people.sealed & (block.people.died > plan.as_at)],
        minlength=len(place.lsoa_codes),
    )
    for night in range(1, plan.nights + 1):
        rows.append(_write_day(block, parts, night, make_night(block, night)))
    records, people = sheets.truth_of(block)
    pq.write_table(records, parts / f"records.{plan.block}.parquet")
    pq.write_table(people, parts / f"people.{plan.block}.parquet")
    return _Made(plan.block, tuple(rows), population)


def _write_day(
    block: Block, parts: Path, night: int, changes: Changes | None = None
) -> dict[str, int]:
    """Write the block's part of each agency's delivery of a day."""
    rows = {}
    for habits in AGENCIES:
        held = block.held[habits.code]
        path = _part(parts, habits, night, block.plan.block)
        if changes is None or habits.full_every_night:
            rows[habits.code] = sheets.write_part(path, held, np.flatnonzero(held.live), None)
        else:
            at = np.flatnonzero(changes[habits.code] != "")
            rows[habits.code] = sheets.write_part(path, held, at, changes[habits.code][at])
    return rows


def _part(parts: Path, habits: Habits, night: int, block: int) -> Path:
    return parts / f"{habits.code}.{night}.{block}.csv"


def _put_together(
    out: Path, parts: Path, blocks: list[int], made: list[_Made], as_at: date
) -> tuple[dict[str, int], ...]:
    days = len(made[0].rows)
    for folder in ("deliveries", "truth"):
        shutil.rmtree(out / folder, ignore_errors=True)
    for night in range(days):
        day = day_of(number_of(as_at) + night)
        for habits in AGENCIES:
            changes = night > 0 and not habits.full_every_night
            name = sheets.delivery_name(habits, day, changes=changes)
            sheets.join_parts(
                out / "deliveries" / day.isoformat() / name,
                habits,
                [_part(parts, habits, night, block) for block in blocks],
                changes=changes,
            )
    for name, schema in (("records", TRUTH), ("people", TRUE_PEOPLE)):
        files = [parts / f"{name}.{block}.parquet" for block in blocks]
        sheets.join_truth(out / "truth", files, f"{name}.parquet", schema)
    return tuple(
        {habits.code: sum(m.rows[night][habits.code] for m in made) for habits in AGENCIES}
        for night in range(days)
    )


def _summary(borough: Borough) -> dict[str, object]:
    return {
        "people": borough.people,
        "seed": borough.seed,
        "as_at": borough.as_at.isoformat(),
        "records": borough.records,
        "rows": [
            {"day": day_of(number_of(borough.as_at) + night).isoformat(), **rows}
            for night, rows in enumerate(borough.rows)
        ],
        "rates": borough.rates.as_plain(),
    }
