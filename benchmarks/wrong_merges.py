"""Wrong merges, F1, review and fairness on people never tuned on; plain Splink beside it where asked."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.linkage_borough import AS_AT, figures, of_plain, ours
from benchmarks.measured import measured
from benchmarks.plain_splink import plain_splink
from benchmarks.standard_borough import KEPT, StandardBorough, standard_borough
from joinedup.pipeline.linkage import Measure, quality

BARS = "bars: certain 3, together 10 per 100,000; F1 .990; review 1.5 %; gap between name origins 1 point"


def gap(measures: list[Measure], tier: str) -> tuple[float, str, str]:
    """The gap in missed links between name-origin groups: points, the best off, the worst off."""
    shares = {
        m.group: m.value or 0.0
        for m in measures
        if m.tier == tier and m.group_kind == "name_origin"
    }
    best, worst = min(shares, key=lambda g: shares[g]), max(shares, key=lambda g: shares[g])
    return shares[worst] - shares[best], best, worst


def report(borough: StandardBorough, *, peer: bool) -> bool:
    """Link one place and print its figures; whether every bar held."""
    with TemporaryDirectory(dir=KEPT) as folder:
        out = Path(folder)
        counts = measured(ours, borough.standard, out).result
        measures = quality(
            out / "links.parquet", borough.truth, borough.true_people, as_at=AS_AT,
            possible=out / "possible.parquet",
        )  # fmt: skip
        plain = measured(plain_splink, borough.standard, out).result if peer else None
    certain, both = figures(measures, "certain"), figures(measures, "together")
    points, best, worst = gap(measures, "together")
    review = counts["review"] / borough.people
    print(f"{borough.people:,} people, {borough.records:,} records, seed {borough.seed}")
    print(f"  certain: {certain['wrong_merges']:.1f} people in wrong merges per 100,000,"
          f" F1 {certain['f1']:.5f}; {certain['recall']:.2%} of true pairs are certain")  # fmt: skip
    print(f"  together: {both['wrong_merges']:.1f} per 100,000, precision {both['precision']:.5f},"
          f" recall {both['recall']:.5f}, F1 {both['f1']:.5f}")  # fmt: skip
    print(f"  review {review:.2%} of people; gap {points:.2%} ({best} to {worst})", flush=True)
    if plain:
        threshold, found = of_plain(plain, borough)
        print(
            f"  plain Splink at {threshold}: {found['wrong_merges']:.1f} per 100,000, F1 {found['f1']:.5f}"
        )
    return (
        certain["wrong_merges"] <= 3 and both["wrong_merges"] <= 10 and both["f1"] >= 0.99
        and review <= 0.015 and points <= 0.01
    )  # fmt: skip


def main() -> int:
    """Print the figures of each seed against the bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=600_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101])
    parser.add_argument("--no-peer", action="store_true", help="leave plain Splink out")
    parser.add_argument(
        "--harder", action="store_true", help="agencies send only what they must (rates.sparse)"
    )
    asked = parser.parse_args()
    print(BARS)
    held = [
        report(standard_borough(asked.people, s, harder=asked.harder), peer=not asked.no_peer)
        for s in asked.seeds
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
