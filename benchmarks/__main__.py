"""Every benchmark in turn, each in a process of its own: python -m benchmarks [--small] [NAME ...]."""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass

_OWN_BOROUGH = 20_000
"""People in a borough that is small enough to try a benchmark on."""


@dataclass(frozen=True)
class Benchmark:
    """A module of this folder, what it measures, and the words that make it small."""

    name: str
    measures: str
    small: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark("febrl4", "FEBRL 4 through our own contracts"),
    Benchmark("synthetic_borough", "making the borough", full=("--county",)),
    Benchmark("allocation", "proposing who leads an agenda", small=("--seeds", "5")),
    Benchmark(
        "wall_decide", "deciding who may see what", small=("--facts", "20000", "--peers", "50")
    ),
    Benchmark(
        "wall_lapse",
        "an agreement that closes",
        small=("--people", "3000", "--posts", "60", "--involved", "400"),
    ),
    Benchmark("wall_pages", "pages under row security", small=("--small",)),
    Benchmark("combined_check", "what bears on a child, found", small=("--people", "3000")),
    Benchmark("frontdoor_killed", "sending while the server dies", small=("--submissions", "60")),
    Benchmark("deliveries_read", "checking deliveries", small=("--rows", "60000")),
    Benchmark("linkage_borough", "linking the borough", small=("--people", str(_OWN_BOROUGH))),
    Benchmark("wrong_merges", "wrong merges", small=("--people", str(_OWN_BOROUGH))),
    Benchmark("night_borough", "the night of the borough", small=("--small",)),
    Benchmark(
        "find",
        "finding a person",
        small=(
            "--people",
            str(_OWN_BOROUGH),
            "--questions",
            "300",
            "--peers",
            "30",
            "--splink",
            "5",
        ),
        full=("--people", "1500000"),
    ),
    Benchmark("linkage_county", "linking the county", small=("--people", "20000", "150000")),
    Benchmark(
        "audit_tree",
        "the audit's tree",
        small=("--lines", "20000"),
        full=("--lines", "1000000"),
    ),
    Benchmark("night_delta", "a night of changes at county scale", small=("--small",)),
)
"""From quick to slow. `find_in_browser` needs a site that is served, so it is started by hand."""


def main() -> int:
    """Run those asked for; 1 when any of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=", ".join(b.name for b in BENCHMARKS)
    )
    parser.add_argument("--small", action="store_true", help="minutes, on small boroughs")
    asked = parser.parse_args()
    unknown = set(asked.names) - {b.name for b in BENCHMARKS}
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    failed = [
        b.name for b in BENCHMARKS if _wanted(b, asked.names) and not _run(b, small=asked.small)
    ]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _wanted(benchmark: Benchmark, names: list[str]) -> bool:
    return not names or benchmark.name in names


def _run(benchmark: Benchmark, *, small: bool) -> bool:
    print(f"\n== {benchmark.measures} ({benchmark.name})", flush=True)
    began = time.perf_counter()
    words = benchmark.small if small else benchmark.full
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark.name}", *words], check=False
    )
    print(f"== took {time.perf_counter() - began:,.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
