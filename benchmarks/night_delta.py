"""A night of changes beside the full run it spares: from files to committed rows, at county scale."""

import argparse
import tempfile
from pathlib import Path

from benchmarks.night_borough import alone, our_nights

BAR = 10.0
COUNTY = 1_500_000


def main() -> int:
    """Print the full run, the night of changes, and how many times less it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=COUNTY)
    parser.add_argument("--seed", type=int, default=901)
    parser.add_argument("--small", action="store_true", help="20,000 people: shows that it runs")
    parser.add_argument(
        "--folder", "--borough", type=Path, help="a place with two nights, made before"
    )
    parser.add_argument("--part", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        our_nights(asked.folder, days=2)
        return 0
    people = 20_000 if asked.small else asked.people
    with tempfile.TemporaryDirectory() as scratch:
        place = asked.folder or _made(people, asked.seed, Path(scratch) / "place")
        [full, changes], memory, said = alone(
            "ours", place, Path(scratch) / "data", module="benchmarks.night_delta"
        )
    print(said.strip())
    rows = [float(line.split()[4]) for line in said.splitlines() if line.startswith("seconds")]
    ratio = rows[0] / rows[1]
    print(f"from files to committed rows: the full run {rows[0]:.1f} s, changes {rows[1]:.1f} s")
    print(
        f"to the end of the night: {full:.1f} s, {changes:.1f} s, {full / changes:.1f} times less"
    )
    print(f"ratio: {ratio:.1f} times less; {memory:.2f} GiB")
    held = people < COUNTY or ratio >= BAR
    print(f"bar: {BAR:.0f} times less: {'held' if held else 'MISSED'}")
    return 0 if held else 1


def _made(people: int, seed: int, out: Path) -> Path:
    from joinedup.pipeline.synthetic import make_borough

    make_borough(people, seed, out, nights=1)
    return out


if __name__ == "__main__":
    raise SystemExit(main())
