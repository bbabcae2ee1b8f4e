"""The night of a borough: six deliveries to a committed spine, beside plain Splink that only links."""

import argparse
import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_BAR, MEMORY_BAR = 60.0, 2.0
AS_AT = datetime.date(2026, 11, 20)


def make(people: int, seed: int, out: Path) -> None:
    """The invented borough; its error rates are drawn from a range by the seed."""
    from joinedup.pipeline.synthetic import make_borough

    make_borough(people, seed, out)


def our_night(borough: Path) -> None:
    """Run in a process of its own: a server of its own, an empty spine, then the night alone is timed."""
    from joinedup.config import start

    start.start()
    start.migrate()
    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.agencies.operations import join_usual_agencies
    from joinedup.foundations.places.operations import load_place
    from joinedup.identity.people.models import Person, Record
    from joinedup.identity.sharing.access import Viewer
    from joinedup.intelligence.linkage.operations.flows import agree_usual_flows
    from joinedup.intelligence.linkage.operations.night import NightWork, run_the_night
    from joinedup.pipeline.inbox import files_in

    by, at = Viewer.system("a benchmark"), timezone.now()
    load_place(folder=borough / "place", by=None, purpose=by.purpose, at=at)
    join_usual_agencies(by=None, purpose=by.purpose, at=at)
    agree_usual_flows(by=by, basis="a benchmark", starts_on=datetime.date(2026, 4, 1), at=at)
    work = NightWork(
        files=files_in(borough / "deliveries" / str(AS_AT)), data=settings.DATA, as_at=AS_AT
    )
    began = time.perf_counter()
    done = run_the_night(by=by, work=work, clock=timezone.now, progress=lambda *_: None)
    seconds = time.perf_counter() - began
    print(f"seconds {seconds:.1f}")
    print(f"people {Person.objects.count():,} records {Record.objects.count():,}")
    print(" ".join(f"{stage}: {took:.1f} s;" for stage, took in done.night.seconds.items()))


def plain_splink(borough: Path) -> None:
    """The peer: the same standard records, the same saved model and blocking, pairs and clusters in memory.

    No gate, no change detection, no constraints, no identifiers kept, nothing written to a database.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from benchmarks.plain_splink import cluster
    from joinedup.pipeline import deliveries, inbox
    from joinedup.pipeline.contracts.stages import RECORDS
    from joinedup.pipeline.standardise.table import standardise

    with tempfile.TemporaryDirectory() as folder:
        checked = [
            deliveries.check(path, as_at=AS_AT, scratch=Path(folder))
            for path in inbox.files_in(borough / "deliveries" / str(AS_AT))
        ]
        parts = [
            standardise(pq.read_table(c.records_path, columns=RECORDS.names))
            for c in checked
            if c.records_path
        ]
        standard = pa.concat_tables(parts)
    began = time.perf_counter()
    cluster(standard)
    print(f"seconds {time.perf_counter() - began:.1f}")


def alone(part: str, borough: Path, data: Path) -> tuple[float, float, str]:
    """Run a part of this module in a process of its own; seconds, peak GiB, what it said."""
    environment = {**os.environ, "JOINEDUP_DATA": str(data), "JOINEDUP_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.night_borough", "--part", part, "--borough", str(borough)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise SystemExit(ended.stderr)
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    scale = 1 << 30 if sys.platform == "darwin" else 1 << 20
    seconds = next(
        float(s.split()[1]) for s in ended.stdout.splitlines() if s.startswith("seconds")
    )
    return seconds, peak / scale, ended.stdout


def main() -> int:
    """Print our figure, the peer's and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--small", action="store_true", help="20,000 people, in a minute")
    parser.add_argument("--borough", type=Path, help="one that was made before")
    parser.add_argument("--part", choices=["ours", "peer"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        {"ours": our_night, "peer": plain_splink}[asked.part](asked.borough)
        return 0
    people = 20_000 if asked.small else asked.people
    with tempfile.TemporaryDirectory() as scratch:
        borough = asked.borough or Path(scratch) / "borough"
        if not borough.exists():
            make(people, asked.seed, borough)
        seconds, memory, said = alone("ours", borough, Path(scratch) / "data")
        subprocess.run(
            [sys.executable, "-m", "joinedup.config", "database", "stop"],
            env={**os.environ, "JOINEDUP_DATA": str(Path(scratch) / "data"), "JOINEDUP_DEMO": "1"},
            capture_output=True, check=False,
        )  # fmt: skip
        print(said.strip())
        peer, peer_memory, _ = alone("peer", borough, Path(scratch) / "data")
    print(f"night, files to committed spine: {seconds:.1f} s, {memory:.2f} GiB (our process)")
    print(f"plain Splink, pairs and clusters only: {peer:.1f} s, {peer_memory:.2f} GiB at most")
    print(f"ratio to the peer: {seconds / peer:.2f}")
    held = people > 150_000 or (seconds <= SECONDS_BAR and memory <= MEMORY_BAR)
    print(f"bar: {SECONDS_BAR:.0f} s and {MEMORY_BAR:.0f} GiB: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
