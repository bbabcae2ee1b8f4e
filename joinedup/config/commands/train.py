"""joinedup train: learn a linkage model from records, for people to review before it is used."""

import argparse
import csv
from pathlib import Path
from typing import Any

from joinedup.config import outcomes

_KEYS = ("agency_a", "record_id_a", "agency_b", "record_id_b")


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "train",
        help="learn a linkage model from standard records, as a file to review",
        description="Learns how much each likeness weighs from records that bear one verified NHS number, and "
        "from what reviewers decided. A night never trains: it scores with the latest model file kept with "
        "the code, or the one it is given. Read the file before you put it there.",
    )
    parser.add_argument("standard", type=Path, help="Parquet file of standard records")
    parser.add_argument(
        "--out", type=Path, required=True, help="the model file to write, ending in .json"
    )
    parser.add_argument(
        "--from", dest="source", required=True, help="what the records are, in words"
    )
    parser.add_argument("--seed", type=int, default=1, help="draws the random pairs (default: 1)")
    parser.add_argument(
        "--reviewed", type=Path,
        help="CSV of reviewed pairs: " + ", ".join(_KEYS) + ", same (Y or N)",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    """Learn and write; says what was learned of each field."""
    from joinedup.pipeline.engines import on_this_machine
    from joinedup.pipeline.linkage import save_model
    from joinedup.pipeline.linkage.training import train

    if not asked.standard.exists():
        print(f"There is no file {asked.standard}.")
        return outcomes.WRONG_USAGE
    reviewed = _reviewed(asked.standard, asked.reviewed) if asked.reviewed else []
    with on_this_machine() as engine:
        model = train(
            engine, asked.standard, name=asked.out.stem, trained_on=asked.source, seed=asked.seed,
            reviewed=reviewed,
        )  # fmt: skip
    save_model(model, asked.out)
    print(f"The model is written to {asked.out}. Read it before a night uses it.")
    for field, levels in model.m.items():
        told = ", ".join(f"{code} {model.weight(field, code):+.1f}" for code in levels)
        print(f"  {field}: {told}")
    return outcomes.FINE


def _reviewed(standard: Path, decisions: Path) -> list[tuple[dict[str, Any], dict[str, Any], bool]]:
    """The reviewed pairs, each side as its standard record; pairs no longer held are left out."""
    import pyarrow.parquet as pq

    with decisions.open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file))
    wanted = {(row[f"agency_{s}"], row[f"record_id_{s}"]) for row in asked for s in "ab"}
    found = {}
    for batch in pq.ParquetFile(standard).iter_batches():
        keys = zip(batch["agency"].to_pylist(), batch["record_id"].to_pylist(), strict=True)
        rows = [at for at, key in enumerate(keys) if key in wanted]
        for record in batch.take(rows).to_pylist():
            found[record["agency"], record["record_id"]] = record
    pairs = []
    for row in asked:
        a, b = ((row[f"agency_{s}"], row[f"record_id_{s}"]) for s in "ab")
        if a in found and b in found:
            pairs.append((found[a], found[b], row["same"].strip().upper().startswith("Y")))
    return pairs
