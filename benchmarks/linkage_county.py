"""The county linked from scratch, and plain Splink beside it: seconds, peak memory, how they grow from the borough."""

import argparse
import sys
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.linkage_borough import AS_AT, figures, ours
from benchmarks.measured import Measured, measured
from benchmarks.plain_splink import THRESHOLDS, plain_splink
from benchmarks.standard_borough import KEPT, StandardBorough, standard_borough
from joinedup.pipeline.linkage import quality

BAR_GIB = 8.0
BEST = THRESHOLDS[-1]
"""Where plain Splink does best on every borough that was tried; it is clustered at that threshold alone."""


@dataclass(frozen=True)
class Run:
    """One linking of one size."""

    borough: StandardBorough
    seconds: float
    peak_gib: float
    f1: float

    def said(self, who: str) -> str:
        """In one line."""
        return (
            f"{who}, {self.borough.people:,} people, {self.borough.records:,} records,"
            f" seed {self.borough.seed}: {self.seconds:.1f} s, peak {self.peak_gib:.2f} GiB,"
            f" F1 {self.f1:.5f}"
        )


def run(borough: StandardBorough, memory: str) -> Run:
    """Link and say how it went."""
    with TemporaryDirectory(dir=KEPT) as folder:
        out = Path(folder)
        found: Measured = measured(ours, borough.standard, out, memory)
        measures = quality(
            out / "links.parquet", borough.truth, borough.true_people, as_at=AS_AT,
            possible=out / "possible.parquet",
        )  # fmt: skip
    done = Run(borough, found.seconds, found.peak_gib, figures(measures, "together")["f1"])
    print(done.said("ours"))
    for tier in ("certain", "together"):
        got = figures(measures, tier)
        print(
            f"  {tier}: F1 {got['f1']:.5f}, wrong merges {got['wrong_merges']:.1f} per 100,000",
            flush=True,
        )
    return done


def peer(borough: StandardBorough, memory: str, spill: str, within: int) -> Run | None:
    """Let plain Splink link the same records, and say how it went; None where it did not come to an end."""
    with TemporaryDirectory(dir=KEPT) as folder:
        try:
            found = measured(
                plain_splink, borough.standard, Path(folder), memory, (BEST,), spill, within=within
            ).result
        except BrokenProcessPool:
            print(f"plain Splink, {borough.people:,} people: not done in {within} s, or ended")
            return None
        except duckdb.Error as error:
            print(
                f"plain Splink, {borough.people:,} people: not done with {memory} and {spill} of disk: {error}"
            )
            return None
    measures = quality(found.links[BEST], borough.truth, borough.true_people, as_at=AS_AT)
    f1 = figures(measures, "certain")["f1"]
    done = Run(borough, found.seconds, found.peak_bytes / 2**30, f1)
    print(f"{done.said('plain Splink')}, {found.pairs:,} pairs kept", flush=True)
    return done


def exponent(small: Run, large: Run) -> float:
    """How the time grows: 1 where twice the records take twice as long."""
    return log(large.seconds / small.seconds) / log(large.borough.records / small.borough.records)


def main() -> int:
    """Print both sizes, the exponent between them, and the peer's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs=2, default=(150_000, 1_500_000))
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--memory", default="5GB", help="what DuckDB may hold before it spills")
    parser.add_argument(
        "--spill", default="20GB", help="what the peer may put on the disk beside it"
    )
    parser.add_argument("--no-peer", action="store_true", help="ours alone")
    parser.add_argument("--within", type=int, default=1800, help="seconds that the peer is given")
    asked = parser.parse_args()
    small, large = (standard_borough(people, asked.seed) for people in asked.people)
    one, two = run(small, asked.memory), run(large, asked.memory)
    print(
        f"exponent of our time over records: {exponent(one, two):.2f}; bar for memory {BAR_GIB} GiB"
    )
    within_bar = two.peak_gib <= BAR_GIB
    if asked.no_peer:
        return 0 if within_bar else 1
    its_one, its_two = (peer(of, asked.memory, asked.spill, asked.within) for of in (small, large))
    if its_two is None:
        print("so plain Splink has no figure to be held against at this size")
        return 0 if within_bar else 1
    if its_one:
        print(f"exponent of its time over records: {exponent(its_one, its_two):.2f}")
    print(f"plain Splink takes {its_two.seconds / two.seconds:.2f} times as long as we do")
    as_fast = its_two.seconds >= two.seconds and two.f1 > its_two.f1
    return 0 if within_bar and as_fast else 1


if __name__ == "__main__":
    sys.exit(main())
