"""The county linked from scratch: seconds, peak memory, and how they grow from the borough."""

import argparse
import sys
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.linkage_borough import AS_AT, figures, ours
from benchmarks.measured import Measured, measured
from benchmarks.standard_borough import KEPT, StandardBorough, standard_borough
from joinedup.pipeline.linkage import quality

BAR_GIB = 8.0


def run(borough: StandardBorough, memory: str) -> Measured:
    """Link and say how it went."""
    with TemporaryDirectory(dir=KEPT) as folder:
        out = Path(folder)
        found = measured(ours, borough.standard, out, memory)
        measures = quality(
            out / "links.parquet", borough.truth, borough.true_people, as_at=AS_AT,
            possible=out / "possible.parquet",
        )  # fmt: skip
    print(f"{borough.people:,} people, {borough.records:,} records, seed {borough.seed}:"
          f" {found.seconds:.1f} s, peak {found.peak_gib:.2f} GiB")  # fmt: skip
    for tier in ("certain", "together"):
        got = figures(measures, tier)
        print(
            f"  {tier}: F1 {got['f1']:.5f}, wrong merges {got['wrong_merges']:.1f} per 100,000",
            flush=True,
        )
    return found


def main() -> int:
    """Print both sizes and the exponent between them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs=2, default=(150_000, 1_500_000))
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--memory", default="5GB", help="what DuckDB may hold before it spills")
    asked = parser.parse_args()
    small, large = (standard_borough(people, asked.seed) for people in asked.people)
    one, two = run(small, asked.memory), run(large, asked.memory)
    exponent = log(two.seconds / one.seconds) / log(large.records / small.records)
    print(f"exponent of the time over records: {exponent:.2f}; bar for memory {BAR_GIB} GiB")
    return 0 if two.peak_gib <= BAR_GIB else 1


if __name__ == "__main__":
    sys.exit(main())
