"""Given and family name written in each other's place, put back where lists of names leave no doubt."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.engines import DuckDB, Engine
from joinedup.pipeline.linkage.edges import Flags
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.standardise.nicknames import roots_in_order

NAMES = ("given", "given_root", "middle", "family")
"""What is put in order of a standard record."""

_EXCHANGED = """
    LEFT JOIN only_family f ON f.family = i.given
    LEFT JOIN known_given n ON n.given = split_part(i.family, ' ', 1)
    LEFT JOIN known_family o ON o.family = i.family
"""
_IS_EXCHANGED = "f.family IS NOT NULL AND n.given IS NOT NULL AND o.family IS NULL"
_IN_ORDER = {
    "given": "n.given",
    "given_root": "n.root",
    "middle": "nullif(concat_ws(' ', nullif(substr(i.family, length(n.given) + 2), ''), i.middle), '')",
    "family": "i.given",
}


def put_name_lists(engine: Engine, model: Model) -> None:
    """Give the engine the given names that many bear, with what each may be a form of; and the family names."""
    given = sorted(model.known_given)
    roots = [" ".join(roots_in_order(name)) for name in given]
    named = {"given": pa.array(given, pa.string()), "root": pa.array(roots, pa.string())}
    engine.put("known_given", pa.table(named))
    family = _families(model)
    for table, names in (("known_family", family), ("only_family", family - model.known_given)):
        engine.put(table, pa.table({"family": pa.array(sorted(names), pa.string())}))


def in_order_sql(standard: str, columns: tuple[str, ...]) -> str:
    """Records with these columns, names put in order.

    A name that many bear as a family name and few as a given one stands for the given name, and one that many
    bear as a given name, and nobody as a family name, for the family name.
    """
    said = ", ".join(
        f"CASE WHEN {_IS_EXCHANGED} THEN {_IN_ORDER[name]} ELSE i.{name} END AS {name}"
        if name in NAMES
        else f"i.{name}"
        for name in columns
    )
    return f"SELECT {said} FROM {standard} i {_EXCHANGED}"


def put_in_order(engine: DuckDB, records: pa.Table) -> pa.Table:
    """The same of records in memory, texts as codes or not."""
    families = engine.fetch("SELECT family FROM only_family")["family"].cast(pa.string())
    row = pa.array(np.flatnonzero(_is_one_of(records["given"], families)))
    asked = records.select(["given", "family", "middle"]).take(row).append_column("row", row)
    engine.put("names_read", asked)
    found = engine.fetch(
        f"""
        SELECT i.row, {", ".join(f"{sql} AS {name}" for name, sql in _IN_ORDER.items())}
        FROM names_read i {_EXCHANGED} WHERE {_IS_EXCHANGED} ORDER BY i.row
        """
    )
    engine.drop("names_read")
    exchanged = np.zeros(len(records), dtype=bool)
    exchanged[found["row"].to_numpy()] = True
    for name in NAMES if len(found) else ():
        at = records.schema.get_field_index(name)
        said = found[name].cast(pa.string()).combine_chunks()
        records = records.set_column(at, name, _with(records[name], exchanged, said))
    return records


def in_order(record: Mapping[str, Any], model: Model) -> tuple[Mapping[str, Any], bool]:
    """The same of one standard record, and whether its names were exchanged."""
    given, family = record.get("given"), record.get("family")
    first, _, rest = (family or "").partition(" ")
    families = _families(model)
    exchanged = given in families - model.known_given and first in model.known_given
    if not exchanged or family in families:
        return record, False
    middle = " ".join(name for name in (rest, record.get("middle")) if name) or None
    roots = " ".join(roots_in_order(first))
    return {**record, "given": first, "given_root": roots, "middle": middle, "family": given}, True


def _families(model: Model) -> frozenset[str]:
    return frozenset(model.family_bands) | frozenset(model.family_forms)


def _is_one_of(column: pa.ChunkedArray, names: pa.ChunkedArray) -> Flags:
    """Of each text, whether it is one of the names; of codes each distinct text is asked once."""
    found = [np.zeros(0, dtype=bool)]
    for chunk in column.chunks:
        if not pa.types.is_dictionary(chunk.type):
            found.append(pc.is_in(chunk, value_set=names).to_numpy(zero_copy_only=False))
            continue
        held = pc.is_in(chunk.dictionary, value_set=names).to_numpy(zero_copy_only=False)
        codes = pc.fill_null(chunk.indices, len(held)).to_numpy()
        found.append(np.append(held, False)[codes])
    return np.concatenate(found)


def _with(column: pa.ChunkedArray, chosen: Flags, said: pa.Array) -> pa.Array:
    """A column of texts with these in the rows chosen."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.unify_dictionaries().combine_chunks()
    mask = pa.array(chosen)
    if not pa.types.is_dictionary(whole.type):
        return pc.replace_with_mask(whole, mask, said)
    values = whole.dictionary
    new = pc.unique(said.drop_null())
    values = pa.concat_arrays([values, new.filter(pc.invert(pc.is_in(new, value_set=values)))])
    places = pc.index_in(said, value_set=values).cast(whole.indices.type)
    return pa.DictionaryArray.from_arrays(pc.replace_with_mask(whole.indices, mask, places), values)
