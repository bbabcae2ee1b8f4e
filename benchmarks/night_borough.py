"""The night of a borough: six deliveries to a committed spine, beside plain Splink that only links."""

import argparse
import datetime
import os
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


def our_nights(borough: Path, days: int = 1) -> None:
    """Run in a process of its own: a server of its own, an empty spine, then each night alone is timed."""
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
    from joinedup.intelligence.linkage.operations.night import COMMITTED, NightWork, run_the_night
    from joinedup.pipeline.inbox import files_in

    by, at = Viewer.system("a benchmark"), timezone.now()
    load_place(folder=borough / "place", by=None, purpose=by.purpose, at=at)
    join_usual_agencies(by=None, purpose=by.purpose, at=at)
    agree_usual_flows(by=by, basis="a benchmark", starts_on=datetime.date(2026, 4, 1), at=at)
    for folder in sorted((borough / "deliveries").iterdir())[:days]:
        work = NightWork(
            files=files_in(folder),
            data=settings.DATA,
            as_at=datetime.date.fromisoformat(folder.name),
        )
        began = time.perf_counter()
        reached: dict[str, float] = {}
        done = run_the_night(
            by=by, work=work, clock=timezone.now,
            progress=lambda stage, _: reached.update({stage: time.perf_counter()}),  # noqa: B023
        )  # fmt: skip
        whole, rows = time.perf_counter() - began, reached[COMMITTED] - began
        print(f"seconds {whole:.1f} of which {rows:.1f} until all rows were committed")
        kept = [model.objects.using("owner").count() for model in (Person, Record)]
        print(f"people {kept[0]:,} records {kept[1]:,}")
        print(" ".join(f"{stage}: {took:.1f} s;" for stage, took in done.night.seconds.items()))
        print({name: count for name, count in done.night.counts.items() if count})


def plain_splink(borough: Path) -> None:
    """The peer: the same standard records, the same saved model and blocking, pairs and clusters in memory.

    No gate, no change detection, no constraints, no identifiers kept, nothing written to a database.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from benchmarks import plain_splink as peer
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
        standard = Path(folder) / "standard.parquet"
        pq.write_table(pa.concat_tables(parts), standard)
        print(f"seconds {peer.plain_splink(standard, Path(folder)).seconds:.1f}")


def alone(
    part: str, borough: Path, data: Path, *, module: str = "benchmarks.night_borough"
) -> tuple[list[float], float, str]:
    """Run a part of a module in a process of its own: seconds of each run, peak GiB, what it said."""
    environment = {**os.environ, "JOINEDUP_DATA": str(data), "JOINEDUP_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", module, "--part", part, "--borough", str(borough)]
    with subprocess.Popen(words, env=environment, text=True, stdout=subprocess.PIPE) as process:
        said = process.stdout.read() if process.stdout else ""
        # Waited for by hand: this tells the peak of this one process.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    subprocess.run(
        [sys.executable, "-m", "joinedup.config", "database", "stop"],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    if process.returncode:
        raise SystemExit(f"{part} failed")
    seconds = [float(line.split()[1]) for line in said.splitlines() if line.startswith("seconds")]
    return seconds, used.ru_maxrss / (1 << 30 if sys.platform == "darwin" else 1 << 20), said


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
        {"ours": our_nights, "peer": plain_splink}[asked.part](asked.borough)
        return 0
    people = 20_000 if asked.small else asked.people
    with tempfile.TemporaryDirectory() as scratch:
        borough = asked.borough or Path(scratch) / "borough"
        if not borough.exists():
            make(people, asked.seed, borough)
        [seconds], memory, said = alone("ours", borough, Path(scratch) / "data")
        print(said.strip())
        [peer], peer_memory, _ = alone("peer", borough, Path(scratch) / "data")
    print(f"night, files to committed spine: {seconds:.1f} s, {memory:.2f} GiB (our process)")
    print(f"plain Splink, pairs and clusters only: {peer:.1f} s, {peer_memory:.2f} GiB")
    print(f"ratio to the peer: {seconds / peer:.2f}")
    held = people > 150_000 or (seconds <= SECONDS_BAR and memory <= MEMORY_BAR)
    print(f"bar: {SECONDS_BAR:.0f} s and {MEMORY_BAR:.0f} GiB: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
