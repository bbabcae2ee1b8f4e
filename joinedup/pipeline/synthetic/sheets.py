"""Files: deliveries in each agency's manner, the truth, and the place."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import TRUE_PEOPLE, TRUTH
from joinedup.pipeline.synthetic.block import Block, Held
from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.population import origins
from joinedup.pipeline.synthetic.randomness import Numbers, Words
from joinedup.pipeline.synthetic.records.agencies import AGENCIES, Habits
from joinedup.pipeline.synthetic.vocabulary import places

IMD_RELEASE = "2025"


def delivery_name(habits: Habits, day: date, *, changes: bool) -> str:
    """The file name of a delivery."""
    coverage = "changes" if changes else "full"
    return f"{habits.contract.code}__{habits.population}__{coverage}__{day.isoformat()}.csv"


def write_part(path: Path, held: Held, rows: Numbers, changes: Words | None) -> int:
    """Write these rows of an agency's records, without the heading; how many there were."""
    columns = []
    for column in held.habits.contract.columns:
        if column.field == "change":
            if changes is not None:
                columns.append(changes.tolist())
        elif column.field == "record_id":
            columns.append(held.identifiers[rows].tolist())
        else:
            columns.append(held.sheet[column.field][rows].tolist())
    encoding = "utf-8" if held.habits.encoding == "utf-8-sig" else held.habits.encoding
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file, delimiter=held.habits.delimiter).writerows(zip(*columns, strict=True))
    return len(rows)


def join_parts(path: Path, habits: Habits, parts: list[Path], *, changes: bool) -> None:
    """Make a delivery of its parts, under the agency's headings."""
    headings = [c.heading for c in habits.contract.columns if changes or c.field != "change"]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write((habits.delimiter.join(headings) + "\r\n").encode(habits.encoding))
        for part in parts:
            with part.open("rb") as opened:
                shutil.copyfileobj(opened, file, 1 << 20)
            part.unlink()


def true_person(numbers: Numbers) -> list[str]:
    """The identifiers of people in the truth."""
    return [f"P{number:08d}" for number in numbers.tolist()]


def truth_of(block: Block) -> tuple[pa.Table, pa.Table]:
    """Whom each record of the block is really of, and its people."""
    agencies, identifiers, people = [], [], []
    for habits in AGENCIES:
        held = block.held[habits.code]
        agencies += [habits.code] * len(held)
        identifiers += held.identifiers.tolist()
        people += true_person(block.people.number[held.who])
    records = pa.table([agencies, identifiers, people], schema=TRUTH)
    return records, _true_people(block)


def _true_people(block: Block) -> pa.Table:
    at = np.flatnonzero(~block.people.sealed)
    people, place = block.people.take(at), block.place
    lsoa = block.world(block.plan.as_at).lsoa[at]
    known = (lsoa >= 0) & ~people.no_address
    return pa.table(
        [
            true_person(people.number),
            np.where(people.female, "F", "M").tolist(),
            pa.array(people.born.astype("datetime64[D]")),
            np.array(origins.CODES, dtype=object)[people.origin].tolist(),
            pa.array(place.lsoa_decile[lsoa].astype(np.int8), mask=~known),
            pa.array(place.lsoa_codes[lsoa].tolist(), mask=~known),
            [f"H{block.plan.block:03d}{home:06d}" for home in people.home.tolist()],
        ],
        schema=TRUE_PEOPLE,
    )


def join_truth(out: Path, parts: list[Path], name: str, schema: pa.Schema) -> None:
    """Make one truth file of the blocks' parts."""
    out.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(out / name, schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(pq.read_table(part))
            part.unlink()


def write_place(folder: Path, place: Place, population: Numbers) -> None:
    """Write the place's files: localities, LSOAs, practices, postcodes."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = place.locality_codes
    _write(folder / "localities.csv", ["code", "name", "starts_on"],
           zip(codes, places.LOCALITIES, ["2019-04-01"] * 4, strict=True))  # fmt: skip
    order = np.arange(len(place.lsoa_codes))
    first = np.searchsorted(place.lsoa_locality, place.lsoa_locality)
    names = [
        f"{places.TOWNS[locality][0]} {within // 5 + 1:03d}{'ABCDE'[within % 5]}"
        for locality, within in zip(place.lsoa_locality, order - first, strict=True)
    ]
    _write(folder / "lsoas.csv", ["code", "name", "locality", "population", "imd_decile", "imd_release"],
           zip(place.lsoa_codes, names, codes[place.lsoa_locality], population, place.lsoa_decile,
               [IMD_RELEASE] * len(order), strict=True))  # fmt: skip
    _write(folder / "practices.csv", ["ods_code", "name", "locality"],
           zip(place.practice_codes, place.practice_names, codes[place.practice_locality], strict=True))  # fmt: skip
    inside = place.postcode_lsoa >= 0
    _write(folder / "postcodes.csv", ["postcode", "lsoa"],
           zip(place.postcodes[inside], place.lsoa_codes[place.postcode_lsoa[inside]], strict=True))  # fmt: skip


def _write(path: Path, headings: list[str], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)  # type: ignore[arg-type]


def write_summary(path: Path, summary: dict[str, object]) -> None:
    """Write what was made, with the rates of this borough."""
    path.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
