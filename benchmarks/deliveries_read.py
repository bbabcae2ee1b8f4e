"""How fast a delivery is read, checked and renamed, beside plain readers that check nothing."""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.csv as arrow_csv

from joinedup.pipeline.contracts.identity import GP
from joinedup.pipeline.deliveries import check

NAME = "gp_registrations__whole-register__full__2026-11-20.csv"
AS_AT = date(2026, 11, 21)


def write_delivery(path: Path, rows: int, seed: int) -> None:
    """A clean file of the widest contract: invented names, NHS numbers from the test range."""
    pick = random.Random(seed)
    surnames = [
        "".join(pick.choices("abcdefghijklmnop", k=pick.randint(4, 9))).title() for _ in range(9000)
    ]
    forenames = [
        "".join(pick.choices("abcdefghijklmnop", k=pick.randint(3, 8))).title() for _ in range(3000)
    ]
    streets = [
        f"{pick.choice(surnames)} {kind}" for kind in ("Road", "Street", "Lane") for _ in range(700)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        headings = [c.heading for c in GP.columns if c.field != "change"]
        file.write(",".join(headings) + "\n")
        for n in range(rows):
            born = f"{pick.randint(1, 28):02d}/{pick.randint(1, 12):02d}/{pick.randint(1931, 2025)}"
            cells = (
                f"Y99{n % 29:03d}", f"{4_000_000 + n}", nhs_number(pick), "01", pick.choice(surnames),
                pick.choice(forenames), pick.choice(forenames) if n % 3 else "", "", "", pick.choice("FM"),
                born, "", f'"{pick.randint(1, 250)} {pick.choice(streets)}, Overby"',
                f"ZY{n % 18 + 1} {n % 9 + 1}{pick.choice('ABDEF')}{pick.choice('GHJLN')}", "", "",
                str(990_000_000_000 + n // 3), f"07700 {pick.randint(900_000, 900_999)}",
                f"{pick.choice(forenames).lower()}{n}@example.org" if n % 2 else "", "", "2026-10-01",
            )  # fmt: skip
            file.write(",".join(cells) + "\n")


def nhs_number(pick: random.Random) -> str:
    """A valid number from the range kept for tests; with so many people some come twice."""
    while True:
        nine = f"999{pick.randint(200_000, 899_999)}"
        check_digit = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check_digit < 10 and len(set(nine)) > 3:
            return f"{nine}{check_digit}"
        if check_digit == 11:
            return f"{nine}0"


def joined_up(path: Path) -> None:
    """Ours: read, check, rename, write Parquet."""
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        checked = check(path, as_at=AS_AT, scratch=Path(scratch))
        assert checked.refused is None, checked.refused
        assert checked.rows_kept_back == 0, checked.quarantine.slice(0, 3)


def plain_duckdb(path: Path) -> None:
    """The peer: every column as text into a table, nothing checked."""
    with duckdb.connect(":memory:") as database:
        database.execute("SET threads = 2")
        database.execute(
            "CREATE TABLE rows AS SELECT * FROM read_csv(?, all_varchar = true)", [str(path)]
        )


def plain_arrow(path: Path) -> None:
    """The other peer: every column as text, nothing checked."""
    headings = [c.heading for c in GP.columns]
    arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(headings, "string")),
    )


READERS: dict[str, Callable[[Path], None]] = {
    "joined_up": joined_up,
    "duckdb": plain_duckdb,
    "arrow": plain_arrow,
}
TITLES = {
    "joined_up": "Joined Up: read, check, rename, write Parquet",
    "duckdb": "DuckDB read_csv(all_varchar), nothing checked",
    "arrow": "pyarrow.csv, text, nothing checked",
}


def alone(reader: str, path: Path) -> None:
    """Run one reader in this process and print its seconds and peak memory."""
    READERS[reader](path)  # once to load what is loaded once
    started = time.perf_counter()
    READERS[reader](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(time.perf_counter() - started, peak // (1024 if sys.platform != "darwin" else 1024**2))


def main() -> None:
    """Print rows a second for us and for the peers, each in a process of its own, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=600_000)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--alone", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        alone(asked.alone[0], Path(asked.alone[1]))
        return
    with tempfile.TemporaryDirectory(prefix="joinedup-bench-") as folder:
        path = Path(folder, NAME)
        write_delivery(path, asked.rows, asked.seed)
        print(
            f"{asked.rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB, seed {asked.seed}; best of {asked.repeat}"
        )
        best: dict[str, tuple[float, int]] = {}
        for _ in range(asked.repeat):
            for reader in READERS:
                words = [sys.executable, __file__, "--alone", reader, str(path)]
                out = subprocess.run(
                    words, capture_output=True, text=True, check=True
                ).stdout.split()
                best[reader] = min(best.get(reader, (1e9, 0)), (float(out[0]), int(out[1])))
    ours = best["joined_up"][0]
    for reader, (seconds, peak) in best.items():
        print(
            f"{TITLES[reader]:48} {seconds:7.2f} s {asked.rows / seconds:12,.0f} rows/s {peak:6,} MB"
            f"   ours takes {ours / seconds:.2f} times as long"
        )


if __name__ == "__main__":
    main()
