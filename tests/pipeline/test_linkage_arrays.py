"""What is reckoned in arrays is what SQL and Splink would have said."""

import random
import re
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from joinedup.pipeline.contracts.stages import STANDARD
from joinedup.pipeline.engines import OVERLAP, DuckDB, on_this_machine
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.by_splink import splink_on, weigh_by_splink
from joinedup.pipeline.linkage.coded import coded
from joinedup.pipeline.linkage.collapse import collapse, describe, gather, put_names
from joinedup.pipeline.linkage.collapsed import collapsed
from joinedup.pipeline.linkage.comparisons import COMPARISONS
from joinedup.pipeline.linkage.identities import Identities, lay_out
from joinedup.pipeline.linkage.judging import FACTS
from joinedup.pipeline.linkage.lanes import Lanes
from joinedup.pipeline.linkage.meeting import meet
from joinedup.pipeline.linkage.model import load_model
from joinedup.pipeline.linkage.name_order import in_order, in_order_sql, put_in_order
from joinedup.pipeline.linkage.scoring import weigh
from joinedup.pipeline.linkage.state import put_decisions
from joinedup.pipeline.standardise.nicknames import roots_in_order
from tests.pipeline.towns import Town, record, standard


def of_tables(condition: str) -> str:
    return re.sub(r"\b(\w+?)_([lr])\b", r"\2.\1", condition)


LEVELS = [
    (c.field, level.sql) for c in COMPARISONS for level in (c.missing, *c.levels) if level.sql != "ELSE"
]  # fmt: skip
MORE = [
    ("in a list", "given_l IN (given_r, other_given_r, middle_r)"),
    ("neither", "NOT (given_l = given_r OR NOT family_l = other_family_r)"),
    ("arithmetic", "abs(month(born_on_l) - 2 * day(born_on_r)) + 1 > 3 AND family_l <> family_r"),
    ("outside", "year(born_on_l) - year(born_on_r) NOT BETWEEN -1 AND 1"),
    ("larger", "greatest(length(given_l), length(family_r)) = 6"),
    ("else", "coalesce(given_l = other_given_r, true)"),
    ("not else", "NOT coalesce(given_l = other_given_r, false)"),
    ("one side", "length(given_l) > 1 AND array_length(roots_l) = 1"),
    ("unheard of", "contains(given_l || family_r, 'AS') OR damerau_levenshtein(given_l, given_r) = 1"),
    ("of both", "coalesce(l.born_on, r.born_on) >= DATE '1971-01-01'"),
    *((name, sql) for name, (sql, kind) in FACTS.items() if kind == "bool"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> pa.Table:
    """Forty rows in which anything may be missing, or be what another field says."""
    draw = random.Random(7)
    names = ["ANN", "ANNA", "JOHN", "JON", "J", "SMITH", "ANN SMITH", "MOHAMMED", None]
    days = [date(1970, 1, 1), date(1970, 2, 3), date(1970, 3, 2), date(1985, 2, 3), None]

    def row() -> dict:
        said = {name: draw.choice(names) for name in
                ("given", "family", "other_given", "other_family", "middle")}  # fmt: skip
        return said | {
            "roots": draw.choice([["ANN"], ["ANN", "ANNA"], ["JOHN"], ["MOHAMMED"], None]),
            "born_on": draw.choice(days),
            "given_known": draw.random() < 0.5, "beside": draw.random() < 0.3,
            "family_root": draw.choice(["SMITH", "JONES", None]), "family_band": draw.choice([0, 1, 2]),
            "sex": draw.choice(["F", "M", None]),
            "home": draw.choice(["A/1", "A/2", None]), "house": draw.choice(["1", "2", None]),
            "street": draw.choice(["OAK RD", None]), "uprn": draw.choice(["1", None]),
            "postcode": draw.choice(["AB1 2CD", "AB1 2CE", None]),
            "previous_postcode": draw.choice(["AB1 2CD", None]), "phone": draw.choice(["1", "2", None]),
            "email": draw.choice(["a@b", None]), "nhs": draw.choice(["9990000018", "9990000081", None]),
        }  # fmt: skip

    return pa.Table.from_pylist([row() for _ in range(40)])


@pytest.fixture(scope="module")
def every_two(rows: pa.Table):
    """Every two of the rows: in arrays, and as tables l and r that DuckDB joins."""
    left, right = (side.ravel() for side in np.mgrid[0:40, 0:40])
    with duckdb.connect(config={"threads": 1}) as db:
        db.execute(f"CREATE MACRO {OVERLAP}")
        for name, places in (("l", left), ("r", right)):
            side = rows.take(pa.array(places)).append_column("n", pa.array(range(len(places))))
            db.register("side", side)
            db.execute(f"CREATE TABLE {name} AS SELECT * FROM side")
        yield Lanes.of(rows), left, right, db


@pytest.mark.parametrize(("name", "sql"), [*LEVELS, *MORE])
def test_a_condition_holds_in_arrays_where_it_holds_in_sql(every_two, name: str, sql: str):
    lanes, left, right, db = every_two
    for condition in (sql, f"NOT ({sql})"):
        said = db.execute(
            f"SELECT coalesce(({of_tables(condition)}), false) FROM l JOIN r ON l.n = r.n ORDER BY l.n"
        ).fetchall()
        assert lanes.holds(condition, left, right).tolist() == [answer for (answer,) in said]


def in_sql(engine: DuckDB) -> None:
    """Make `members` and `identities` of `standard`, as on a cluster."""
    collapse(engine, standard="standard", apart="apart", members="members")
    gather(engine, members="members", said="said")
    describe(engine, said="said", described="described")
    anchor(engine, described="described", identities="identities")


@pytest.fixture(scope="module")
def town():
    """A town's identities, as a table and laid out."""
    with on_this_machine() as engine:
        engine.put("standard", Town(6).whole())
        put_decisions(engine, None)
        put_names(engine, load_model())
        in_sql(engine)
        yield engine, lay_out(engine, "SELECT * FROM identities")


def test_lists_are_laid_out_as_a_cluster_hands_them_on():
    never_null = pa.list_(pa.field("element", pa.string(), nullable=False))
    said = [["ANN", "ANNA"], None, ["JOHN"], ["ANN", "ANNA"]]
    column = coded(pa.array(said, never_null))
    assert column.values.take(pa.array(column.codes)).to_pylist() == said


@pytest.mark.parametrize("nights", [0, 3])
def test_records_collapse_in_codes_into_the_same_identities_as_in_sql(nights: int):
    town = Town(6, exchanged=0.1)
    for _ in range(nights):
        town.night()
    with on_this_machine() as engine:
        engine.put("standard", town.whole())
        put_decisions(engine, town.decided())
        put_names(engine, load_model())
        in_sql(engine)
        found = collapsed(engine, town.whole())
        engine.put("coded_members", found.records.members)
        engine.put("coded_identities", found.identities())
        for table in ("members", "identities"):
            columns = ", ".join(engine.columns(f"coded_{table}"))
            for one, other in ((table, f"coded_{table}"), (f"coded_{table}", table)):
                query = f"SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other}"
                assert not engine.fetch(query).to_pylist()
        assert set(engine.columns("identities")) == set(found.identities().column_names)


NAMED = {
    ("MAUGHAN", None, "LIZZIE"): ("LIZZIE", None, "MAUGHAN"),
    ("WONG", "MEI", "CHUN KIT"): ("CHUN", "KIT MEI", "WONG"),
    ("WONG", None, "CHUN KIT"): ("CHUN", "KIT", "WONG"),
    ("LIZZIE", "ANN", "MAUGHAN"): ("LIZZIE", "ANN", "MAUGHAN"),
    ("KOWALSKI", None, "THOMAS"): ("KOWALSKI", None, "THOMAS"),
    ("KOWALSKI", None, "ZYXWV"): ("KOWALSKI", None, "ZYXWV"),
    ("MAUGHAN", None, None): ("MAUGHAN", None, None),
    (None, "ANN", "LIZZIE"): (None, "ANN", "LIZZIE"),
}
"""Given, middle and family name as written, and in order: THOMAS is a family name too, ZYXWV no name anybody bears."""


@pytest.mark.parametrize("coded_texts", [False, True])
def test_names_in_each_others_place_are_put_in_order_in_arrays_in_sql_and_of_one_record(
    coded_texts: bool,
):
    rows = [
        {**record("gp", str(nth), given, family, "1970-05-06"), "middle": middle}
        for nth, (given, middle, family) in enumerate(NAMED)
    ]
    columns, model = ("given", "given_root", "middle", "family"), load_model()
    with on_this_machine() as engine:
        engine.put("standard", standard(rows))
        put_names(engine, model)
        ordered = in_order_sql("standard", ("record_id", *columns))
        in_sql = engine.fetch(
            f"SELECT * EXCLUDE record_id FROM ({ordered}) s ORDER BY record_id"
        ).to_pylist()
        texts = standard(rows)
        for name in columns if coded_texts else ():
            at = texts.schema.get_field_index(name)
            texts = texts.set_column(at, name, texts[name].dictionary_encode())
        in_arrays = put_in_order(engine, texts).select(columns).to_pylist()
    of_each = [in_order(row, model) for row in rows]
    assert (
        in_sql == in_arrays == [{name: said.get(name) for name in columns} for said, _ in of_each]
    )
    assert [(row["given"], row["middle"], row["family"]) for row in in_sql] == [*NAMED.values()]
    assert [exchanged for _, exchanged in of_each] == [said != put for said, put in NAMED.items()]
    assert in_sql[0]["given_root"] == " ".join(roots_in_order("LIZZIE"))


def test_no_records_collapse_into_no_identities():
    with on_this_machine() as engine:
        put_decisions(engine, None)
        put_names(engine, load_model())
        assert len(collapsed(engine, STANDARD.empty_table()).people) == 0


def test_the_same_pairs_meet_in_arrays_as_in_sql(town: tuple[DuckDB, Identities]):
    engine, people = town
    block(engine, identities="identities", pairs="pairs")
    rows = engine.fetch("SELECT join_key_l, join_key_r FROM pairs").to_pylist()
    left, right = meet(people)
    met = list(zip(people.identity[left].tolist(), people.identity[right].tolist(), strict=True))
    assert sorted(met) == sorted((row["join_key_l"], row["join_key_r"]) for row in rows)
    assert len(met) > 500


def test_a_pair_weighs_in_arrays_what_it_weighs_in_splink(town: tuple[DuckDB, Identities]):
    engine, people = town
    block(engine, identities="identities", pairs="pairs")
    weigh_by_splink(
        engine,
        splink_on(engine),
        load_model(),
        identities="identities",
        pairs="pairs",
        edges="edges",
    )
    engine.put("weighed", weigh(people, load_model(), *meet(people)))
    for one, other in (("edges", "weighed"), ("weighed", "edges")):
        assert not len(engine.fetch(f"SELECT * FROM {one} EXCEPT SELECT * FROM {other}"))
    assert len(engine.fetch("SELECT * FROM edges")) > 100
