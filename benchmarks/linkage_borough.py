"""The borough linked from scratch, constraints and tiers and all, against plain Splink 5 without them."""

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import measured
from benchmarks.plain_splink import Plain, plain_splink
from benchmarks.standard_borough import KEPT, StandardBorough, standard_borough
from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage import Measure, link, quality

AS_AT = date(2026, 11, 20)


def ours(standard: Path, out: Path, memory: str = "4GB") -> dict[str, int]:
    """Link from scratch; how much was found."""
    with on_this_machine(memory=memory, scratch=out) as engine:
        return link(standard, out=out, as_at=AS_AT, engine=engine).counts


def figures(measures: list[Measure], tier: str) -> dict[str, float]:
    """The measures of everybody, by name."""
    return {m.measure: m.value or 0.0 for m in measures if m.tier == tier and not m.group_kind}


def of_plain(plain: Plain, borough: StandardBorough) -> tuple[float, dict[str, float]]:
    """The threshold at which plain Splink does best, and its figures there."""
    found = {
        threshold: figures(
            quality(links, borough.truth, borough.true_people, as_at=AS_AT), "certain"
        )
        for threshold, links in plain.links.items()
    }
    best = max(found, key=lambda threshold: found[threshold]["f1"])
    return best, found[best]


def main() -> int:
    """Print our seconds, memory and quality, the peer's, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=101, help="one never tuned on (1 to 9 are)")
    asked = parser.parse_args()
    borough = standard_borough(asked.people, asked.seed)
    print(f"{asked.people:,} people, {borough.records:,} records, seed {asked.seed}", flush=True)
    with TemporaryDirectory(dir=KEPT) as folder:
        out = Path(folder)
        we = measured(ours, borough.standard, out)
        measures = quality(
            out / "links.parquet", borough.truth, borough.true_people, as_at=AS_AT,
            possible=out / "possible.parquet",
        )  # fmt: skip
        _say("ours, certain", figures(measures, "certain"))
        both = figures(measures, "together")
        _say("ours, certain and probable", both)
        print(f"ours: {we.seconds:.1f} s, peak {we.peak_gib:.2f} GiB,"
              f" review {we.result['review'] / asked.people:.2%} of people", flush=True)  # fmt: skip
        peer = measured(plain_splink, borough.standard, out)
    threshold, plain = of_plain(peer.result, borough)
    _say(f"plain Splink at its best threshold, {threshold}", plain)
    print(f"plain Splink: {peer.result.seconds:.1f} s from the same standard records"
          f" ({peer.result.preparing:.1f} s of it preparing columns), peak {peer.peak_gib:.2f} GiB,"
          f" {peer.result.pairs:,} pairs kept")  # fmt: skip
    print(f"plain Splink takes {peer.result.seconds / we.seconds:.2f} times as long as we do")
    return 0 if peer.result.seconds >= we.seconds and both["f1"] > plain["f1"] else 1


def _say(what: str, found: dict[str, float]) -> None:
    print(
        f"{what}: precision {found['precision']:.5f}  recall {found['recall']:.5f}  F1 {found['f1']:.5f}"
        f"  wrong merges {found['wrong_merges']:.1f} per 100,000", flush=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
