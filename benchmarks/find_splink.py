"""Splink used as a search: one record described like the others and compared with those it blocks with."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np
import pyarrow as pa
from splink import Linker, block_on

from joinedup.intelligence.linkage.operations import find_said
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.engines import on_this_machine
from joinedup.pipeline.linkage.by_splink import splink_on, splink_settings
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS, describe, put_names
from joinedup.pipeline.linkage.model import load_model
from joinedup.pipeline.standardise.table import standardise

FIXED = {"agency": "", "record_id": "", "sealed": False, "died_on": None, "updated_on": None}
READ = tuple(name for name in RECORDS.names if name not in FIXED)
BLOCKING = (
    ("born_on",),
    ("postcode", "given"),
    ("postcode", "family"),
    ("given", "family"),
)
ENOUGH = -10.0


def splink_search(cursor: Any) -> Callable[[Any], list[str]]:
    """Describe everybody once; return the function that asks."""
    query = f"SELECT person_id, {', '.join(f'r.{n}' for n in READ)} FROM people_record r"
    rows = find_said._fetch(cursor, query, ("person", *READ))
    people = np.array(rows["person"].to_pylist(), dtype=object)
    opened = ExitStack()
    engine = opened.enter_context(on_this_machine(memory="6GB"))
    model = load_model()
    put_names(engine, model)
    _describe(engine, standardise(_as_records(rows)), first=0, into="everybody")
    api = splink_on(engine)
    everybody = api.register("everybody")
    linker = Linker(everybody, splink_settings(model), log_level=None)

    def ask(
        question: Any, opened: ExitStack = opened
    ) -> list[str]:  # open for as long as it is asked
        _describe(engine, standardise(_question_as_record(question)), first=-1, into="asked")
        asked = api.register("asked")
        scored = linker.inference.predict_between(
            everybody,
            asked,
            blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKING],
            threshold_match_weight=ENOUGH,
            warning_mode="never",
        )
        found = engine.fetch(
            f"""SELECT CASE WHEN identity_l = -1 THEN identity_r ELSE identity_l END AS identity
                FROM {scored.physical_name} ORDER BY match_weight DESC LIMIT 50"""
        )
        scored.drop_table_from_database_and_remove_from_cache()
        asked.drop_table_from_database_and_remove_from_cache(force_non_splink_table=True)
        return list(dict.fromkeys(people[found["identity"].to_pylist()]))[:10]

    return ask


def _describe(engine: Any, standard: pa.Table, *, first: int, into: str) -> None:
    engine.put("said_by_one", standard.append_column("place", pa.array(range(standard.num_rows))))
    engine.make(
        "said",
        f"SELECT place + {first} AS identity, 1 AS records, 1 AS registered, * FROM said_by_one",
    )
    describe(engine, said="said", described="described")
    engine.run("ALTER TABLE described RENAME COLUMN nhs_said TO nhs")
    engine.make(
        into, f"SELECT identity, house, street, {', '.join(IDENTITY_FIELDS)} FROM described"
    )
    engine.drop("described", "said", "said_by_one")


def _as_records(rows: pa.Table) -> pa.Table:
    columns = [
        pa.repeat(pa.scalar(FIXED[name], RECORDS.field(name).type), rows.num_rows)
        if name in FIXED
        else rows[name].cast(RECORDS.field(name).type)
        for name in RECORDS.names
    ]
    return pa.table(columns, schema=RECORDS)


def _question_as_record(question: Any) -> pa.Table:
    said = {
        "agency": "", "record_id": "", "controller": "", "sealed": False,
        "given_name": question.given or None, "family_name": question.family or None,
        "born_on": None if question.year_only else question.born,
        "postcode": question.postcode or None,
    }  # fmt: skip
    return pa.Table.from_pylist([said], schema=RECORDS)
