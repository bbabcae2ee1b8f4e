"""A run over all records: collapsed, compared and resolved from the first to the last, and named as before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfile

import pyarrow as pa

from joinedup.pipeline.engines import ARROW, Cluster, DuckDB, Engine, write_arrow, write_rows
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.answers import Persons
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.collapse import collapse, describe, gather
from joinedup.pipeline.linkage.collapsed import Records, collapsed
from joinedup.pipeline.linkage.edges import AT
from joinedup.pipeline.linkage.identifiers import NAMED, name_people
from joinedup.pipeline.linkage.identities import Identities, laid_out
from joinedup.pipeline.linkage.linked import links_of_all, placed
from joinedup.pipeline.linkage.meeting import Met
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.outcome import (
    FILES,
    NAMES_AFTER_ALL,
    PAIR_PERSONS,
    Progress,
    name_records,
    put_pairs,
    see_changes,
    write_files,
)
from joinedup.pipeline.linkage.scoring import weigh_in_place
from joinedup.pipeline.linkage.state import (
    FOUND,
    decide,
    put_links_before,
    put_names_before,
    write_whole,
)
from joinedup.pipeline.linkage.tiers import Resolving, hanging_together

_PAIRS = ("possible_pairs", "review_pairs")


def link_all(
    engine: DuckDB | Cluster, standard: Path | pa.Table, model: Model, previous: Path | None, *,
    out: Path, as_at: date, tell: Progress,
) -> dict[str, int]:  # fmt: skip
    """Link every record in `standard`, write what was found, and say how much of each."""
    put_links_before(engine, previous)
    put_names_before(engine, previous)
    people, edges, records = _all(engine, standard, model, out, tell)
    said = edges.select([name for name in edges.column_names if name not in AT])
    engine.later(partial(write_arrow, said, out / f"edges{ARROW}"))
    tell("Resolving people", 0.7)
    decided = engine.fetch("SELECT * FROM decided")
    engine.later(lambda: write_arrow(_hanging(people, edges, decided), out / "hanging.arrow"))
    with ThreadPoolExecutor(1) as beside:
        tiers = Resolving(model, people, edges, decided, beside)
        certain = tiers.certain()
        tell("Keeping identifiers", 0.85)
        engine.view("naming", "SELECT * FROM members")
        engine.view("named_before", "SELECT * FROM before")
        links = _name_all(engine, certain, records, as_at)
        for ending in (ARROW, ".parquet"):
            engine.later(partial(write_rows, links, out / f"links{ending}"))
        put_pairs(engine, tiers.all(certain))
    for table in _PAIRS:
        engine.make(table, f"SELECT * FROM found_{table}")
    engine.make("pair_persons", PAIR_PERSONS)
    write_whole(engine, out, *FOUND)
    counts = {"links": len(links), "links_changed": len(links)}
    files = {**FILES, **NAMES_AFTER_ALL}
    if len(engine.fetch("SELECT person FROM before LIMIT 1")):
        see_changes(engine)
    else:
        del files["links_changed"]
        engine.later(partial(_all_are_new, out))
    return counts | write_files(engine, out, files)


def _all_are_new(out: Path) -> None:
    """On a first run every link has changed: it is not looked for, nor written twice."""
    copyfile(out / "links.parquet", out / "links_changed.parquet")


def _hanging(people: Identities, edges: pa.Table, decided: pa.Table) -> pa.Table:
    """Whom each identity hangs together with: the smallest that it meets by edges, numbers and reviewers."""
    same = decided.filter(decided["same"])
    label = hanging_together(people.identity, people.anchor, edges, same)
    return pa.table({"identity": people.identity, "hangs_with": people.identity[label]})


def _name_all(engine: Engine, certain: Persons, records: Records | None, as_at: date) -> pa.Table:
    """The links of all records; make `named_links` of them, and `events`."""
    if records is None:
        name_records(engine, certain, as_at)
        return engine.fetch("SELECT * FROM named_links")
    engine.put("placed", placed(records, certain))
    name_people(engine, before="named_before", known="before", retired="retired", as_at=as_at)
    links = links_of_all(records, certain, engine.fetch(NAMED))
    engine.put("named_links", links)
    engine.drop("placed", "clusters")
    return links


def _all(
    engine: DuckDB | Cluster, standard: Path | pa.Table, model: Model, out: Path, tell: Progress
) -> tuple[Identities, pa.Table, Records | None]:
    """From all records everybody to be resolved, and edges; on one machine the records too."""
    tell("Collapsing identical identities", 0.0)
    if not isinstance(engine, DuckDB):
        return *_all_on_cluster(engine, model, out, tell), None
    found = collapsed(engine, standard)
    members, people = found.records.members, found.people
    engine.put("members", members)
    engine.later(partial(write_arrow, members, out / f"members{ARROW}"))
    engine.later(lambda: write_arrow(found.identities(), out / f"identities{ARROW}"))
    decide(engine)
    tell("Finding pairs to compare", 0.2)
    met = Met(people)
    tell("Weighing pairs", 0.4)
    parts = [partial(met.part, nth) for nth in range(len(met.parts))]
    return people, weigh_in_place(people, model, parts), found.records


def _all_on_cluster(
    engine: Cluster, model: Model, out: Path, tell: Progress
) -> tuple[Identities, pa.Table]:
    collapse(engine, standard="standard", apart="apart", members="collapsed")
    gather(engine, members="collapsed", said="said")
    engine.make("members", "SELECT agency, record_id, identity FROM collapsed")
    describe(engine, said="said", described="described")
    write_whole(engine, out, "members")
    anchor(engine, described="described", identities="identities")
    engine.drop("collapsed", "said", "described")
    rows = engine.fetch("SELECT * FROM identities")
    engine.later(partial(write_arrow, rows, out / f"identities{ARROW}"))
    decide(engine)
    tell("Finding pairs to compare", 0.2)
    block(engine, identities="identities", pairs="pairs")
    tell("Weighing pairs", 0.4)
    engine.weigh(model, identities="identities", pairs="pairs", edges="edges")
    engine.drop("pairs")
    return laid_out(rows), engine.fetch("SELECT * FROM edges")
