"""How long the synthetic borough takes to make, and how much memory: python benchmarks/synthetic_borough.py."""

import argparse
import tempfile
import threading
import time
from pathlib import Path

import psutil

from joinedup.pipeline.synthetic import make_borough

SIZES = ((20_000, None), (150_000, None))
COUNTY = (1_500_000, 3.33)
BOROUGH_SECONDS = 60.0
"""The bar: the borough of 150,000 people in under a minute."""


class Peak:
    """The most memory that this process and its workers hold together while watched."""

    def __init__(self) -> None:
        self.bytes = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Peak":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.1):
            held = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    held += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.bytes = max(self.bytes, held)


def measure(people: int, records_per_person: float | None, seed: int, nights: int) -> float:
    """Make one, print its line, and return the seconds."""
    with tempfile.TemporaryDirectory() as folder, Peak() as peak:
        started = time.perf_counter()
        borough = make_borough(
            people, seed, Path(folder), nights=nights, records_per_person=records_per_person
        )
        seconds = time.perf_counter() - started
    print(
        f"{people:>10,} people {borough.records:>10,} records {nights} nights"
        f" {seconds:>8.1f} s {peak.bytes / 2**20:>8,.0f} MiB"
    )
    return seconds


def main() -> None:
    """Measure the demo and the borough, and the county where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--nights", type=int, default=0)
    parser.add_argument("--county", action="store_true", help="1,500,000 people too")
    asked = parser.parse_args()
    seconds = {
        people: measure(people, records, asked.seed, asked.nights)
        for people, records in (*SIZES, *((COUNTY,) if asked.county else ()))
    }
    borough = seconds[150_000]
    print(
        f"bar: the borough in under {BOROUGH_SECONDS:.0f} s: {borough / BOROUGH_SECONDS:.2f} of it"
    )


if __name__ == "__main__":
    main()
