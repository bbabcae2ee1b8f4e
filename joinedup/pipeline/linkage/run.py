"""The linkage stage on one screen: standard records in, people out."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfile

import pyarrow as pa

from joinedup.pipeline.engines import (
    ARROW,
    Cluster,
    DuckDB,
    Engine,
    on_this_machine,
    write_arrow,
    write_rows,
)
from joinedup.pipeline.kept import RECORD
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.collapse import collapse, describe, gather, put_names
from joinedup.pipeline.linkage.collapsed import Records, collapsed
from joinedup.pipeline.linkage.delta import Before, carry_over
from joinedup.pipeline.linkage.edges import AT
from joinedup.pipeline.linkage.identifiers import NAMED, lay_links, name_people, place
from joinedup.pipeline.linkage.identities import Identities, laid_out
from joinedup.pipeline.linkage.linked import links_of_all, placed
from joinedup.pipeline.linkage.meeting import meet
from joinedup.pipeline.linkage.model import Model, load_model
from joinedup.pipeline.linkage.scoring import weigh_in_place
from joinedup.pipeline.linkage.state import (
    FOUND,
    NeedsFullRun,
    close_cache,
    decide,
    links_of,
    put_decisions,
    put_found,
    put_links_before,
    put_names_before,
    write_whole,
)
from joinedup.pipeline.linkage.tiers import Tiers, find_people, hanging_together

Progress = Callable[[str, float], None]
"""Told the stage that begins, and the share of the work that is done."""


@dataclass(frozen=True)
class Linked:
    """What a run left in its folder, and how much of each."""

    folder: Path
    counts: dict[str, int]

    def links(self) -> pa.Table:
        """Every live record's person (LINKS)."""
        return links_of(self.folder)

    @property
    def whole_links(self) -> Path | None:
        """The same as a file, which only a run of all records writes."""
        path = self.folder / "links.parquet"
        return path if path.exists() else None

    @property
    def links_changed(self) -> Path:
        """The links that are new or differ from those of the run before (LINKS)."""
        return self.folder / "links_changed.parquet"

    @property
    def possible(self) -> Path:
        """Persons who may be one (POSSIBLE)."""
        return self.folder / "possible.parquet"

    @property
    def possible_left(self) -> Path | None:
        """Of a run of changes: who were possibly one before and are no longer, or for other reasons (POSSIBLE)."""
        path = self.folder / "possible_left.parquet"
        return path if path.exists() else None

    @property
    def possible_came(self) -> Path:
        """Beside it: who are now and were not, or were for other reasons (POSSIBLE)."""
        return self.folder / "possible_came.parquet"

    @property
    def review(self) -> Path:
        """Pairs for clerical review (REVIEW)."""
        return self.folder / "review.parquet"

    @property
    def events(self) -> Path:
        """What became of persons (identifiers.EVENTS)."""
        return self.folder / "events.parquet"


def link(
    standard: Path | pa.Table,
    *,
    out: Path,
    as_at: date,
    model: Model | None = None,
    decisions: pa.Table | None = None,
    previous: Path | None = None,
    gone: pa.Table | None = None,
    engine: DuckDB | Cluster | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Link records into people and write what was found to `out`.

    `standard` holds every live record (STANDARD), or, where `gone` (agency, record_id) is given, only the
    new and changed ones: then all else is taken from `previous`, the folder of the run before. Both
    give the same people. `decisions` (DECISIONS) are all that reviewers ever decided.

    Raises NeedsFullRun when `gone` is given and the folder of the run before cannot carry it.
    """
    model = model or load_model()
    tell = progress or (lambda stage, share: None)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        engine = engine or stack.enter_context(on_this_machine(scratch=out))
        engine.put("standard", standard)
        put_decisions(engine, decisions)
        put_names(engine, model)
        if gone is None:
            counts = _link_all(engine, standard, model, previous, out=out, as_at=as_at, tell=tell)
        else:
            counts = _link_changes(engine, model, previous, gone, out=out, as_at=as_at, tell=tell)
        close_cache(engine, model, out)
        tell("Linked", 1.0)
    return Linked(out, counts)


def _link_all(
    engine: DuckDB | Cluster, standard: Path | pa.Table, model: Model, previous: Path | None, *,
    out: Path, as_at: date, tell: Progress,
) -> dict[str, int]:  # fmt: skip
    put_links_before(engine, previous)
    put_names_before(engine, previous)
    people, edges, records = _all(engine, standard, model, out, tell)
    said = edges.select([name for name in edges.column_names if name not in AT])
    engine.later(partial(write_arrow, said, out / f"edges{ARROW}"))
    tell("Resolving people", 0.7)
    decided = engine.fetch("SELECT * FROM decided")
    engine.later(lambda: write_arrow(_hanging(people, edges, decided), out / "hanging.arrow"))
    found = find_people(model, people, edges=edges, decisions=decided)
    _put_found(engine, found)
    for table in _PAIRS:
        engine.make(table, f"SELECT * FROM found_{table}")
    tell("Keeping identifiers", 0.85)
    engine.view("naming", "SELECT * FROM members")
    engine.view("named_before", "SELECT * FROM before")
    links = _name_all(engine, found, records, as_at)
    for ending in (ARROW, ".parquet"):
        engine.later(partial(write_rows, links, out / f"links{ending}"))
    engine.make("pair_persons", _PAIR_PERSONS)
    write_whole(engine, out, *FOUND)
    counts = {"links": len(links), "links_changed": len(links)}
    files = {**_FILES, **_NAMES_AFTER_ALL}
    if len(engine.fetch("SELECT person FROM before LIMIT 1")):
        _see_changes(engine)
    else:
        del files["links_changed"]
        engine.later(partial(_all_are_new, out))
    return counts | _write(engine, out, files)


def _all_are_new(out: Path) -> None:
    """On a first run every link has changed: it is not looked for, nor written twice."""
    copyfile(out / "links.parquet", out / "links_changed.parquet")


def _hanging(people: Identities, edges: pa.Table, decided: pa.Table) -> pa.Table:
    """Whom each identity hangs together with: the smallest that it meets by edges, numbers and reviewers."""
    same = decided.filter(decided["same"])
    label = hanging_together(people.identity, people.anchor, edges, same)
    return pa.table({"identity": people.identity, "hangs_with": people.identity[label]})


def _link_changes(
    engine: DuckDB | Cluster, model: Model, previous: Path | None, gone: pa.Table, *, out: Path, as_at: date,
    tell: Progress,
) -> dict[str, int]:  # fmt: skip
    if previous is None:
        raise NeedsFullRun("There is no run before to add changes to.")
    if not isinstance(engine, DuckDB):
        raise NeedsFullRun("Only one machine adds changes to a run before; a cluster links anew.")
    put_found(engine, previous, model)
    put_names_before(engine, previous)
    tell("Carrying over what has not changed", 0.0)
    before = Before.of(engine, previous)
    people = carry_over(engine, model, before, gone=gone)
    before.keep(out)
    tell("Resolving people", 0.7)
    found = find_people(
        model,
        people,
        edges=engine.fetch("SELECT * FROM touched_edges"),
        decisions=engine.fetch(
            "SELECT d.* FROM decided d SEMI JOIN touched t ON t.identity = d.identity_l"
        ),
    )
    _put_found(engine, found)
    for table, key in (("possible_pairs", "identity_l"), ("review_pairs", "identity_l")):
        engine.make(
            table,
            f"""
            SELECT o.* FROM old_{table} o ANTI JOIN touched t ON t.identity = o.{key}
            ANTI JOIN dead d ON d.identity = o.{key} UNION ALL SELECT * FROM found_{table}
            """,
        )
    tell("Keeping identifiers", 0.85)
    before.members.choose("naming", "SEMI JOIN touched t ON t.identity = o.identity")
    engine.make(
        "named_keys",
        "SELECT agency, record_id FROM naming UNION ALL SELECT agency, record_id FROM gone",
    )
    before.links.find("named_before", "named_keys", RECORD[0])
    _name(engine, found, as_at)
    _see_changes(engine)
    before.links.change(
        leaving="SELECT agency, record_id FROM links_changed UNION SELECT agency, record_id FROM gone",
        coming="SELECT * FROM links_changed",
    )
    engine.make(
        "pair_persons",
        f"""
        SELECT o.* FROM old_pair_persons o ANTI JOIN touched t ON t.identity = o.identity
        ANTI JOIN dead d ON d.identity = o.identity UNION ALL {_PAIR_PERSONS}
        """,
    )
    before.links.keep(out)
    write_whole(engine, out, *FOUND)
    counts = {"links": len(before.links)}
    engine.make("possible_now", _FILES["possible"])
    files = {**_FILES, **_NAMES_AFTER_CHANGES, "possible": "SELECT * FROM possible_now"}
    counts |= _write(engine, out, files)
    _compare_possible(engine, previous / "possible.parquet", out)
    return counts


def _compare_possible(engine: Engine, before: Path, out: Path) -> None:
    """Say which possible links came and which left, so that not all are held against the database's."""
    if not before.exists():
        return
    engine.put("possible_before", before)
    left = "SELECT * FROM possible_before EXCEPT SELECT * FROM possible_now"
    came = "SELECT * FROM possible_now EXCEPT SELECT * FROM possible_before"
    _write(engine, out, {"possible_left": left, "possible_came": came})


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
    left, right = meet(people)
    tell("Weighing pairs", 0.4)
    return people, weigh_in_place(people, model, left, right), found.records


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


_PAIRS = ("possible_pairs", "review_pairs")


def _put_found(engine: Engine, tiers: Tiers) -> None:
    """Make `found_possible_pairs` and `found_review_pairs`."""
    engine.put("found_possible_pairs", tiers.possible)
    engine.put("found_review_pairs", tiers.review)


def _name_all(engine: Engine, tiers: Tiers, records: Records | None, as_at: date) -> pa.Table:
    """The links of all records; make `named_links` of them, and `events`."""
    if records is None:
        _name(engine, tiers, as_at)
        return engine.fetch("SELECT * FROM named_links")
    engine.put("placed", placed(records, tiers))
    name_people(engine, before="named_before", known="before", retired="retired", as_at=as_at)
    links = links_of_all(records, tiers, engine.fetch(NAMED))
    engine.put("named_links", links)
    engine.drop("placed", "clusters")
    return links


def _name(engine: Engine, tiers: Tiers, as_at: date) -> None:
    """Make `named_links` of the records in `naming`, and `events`."""
    resolved = {
        "identity": tiers.identity,
        "cluster": tiers.identity[tiers.person],
        "weight": pa.array(tiers.weight, from_pandas=True),
        "because": tiers.because,
    }
    engine.put("resolved", pa.table(resolved))
    place(engine, members="naming", resolved="resolved")
    name_people(engine, before="named_before", known="before", retired="retired", as_at=as_at)
    lay_links(engine)
    engine.drop("placed", "clusters")


def _see_changes(engine: Engine) -> None:
    """Make `links_changed`: the links that are new or differ from those before."""
    engine.make(
        "links_changed",
        """
        SELECT l.* FROM named_links l
        LEFT JOIN named_before b ON b.agency = l.agency AND b.record_id = l.record_id
        WHERE b.person IS DISTINCT FROM l.person OR b.tier IS DISTINCT FROM l.tier
            OR b.weight IS DISTINCT FROM l.weight OR b.because IS DISTINCT FROM l.because
        """,
    )


_PAIR_PERSONS = """
    SELECT m.identity, min(m.agency || chr(31) || m.record_id) AS key, min(l.person) AS person
    FROM naming m SEMI JOIN (
        SELECT identity_l AS identity FROM found_possible_pairs
        UNION SELECT identity_r FROM found_possible_pairs
        UNION SELECT identity_l FROM found_review_pairs UNION SELECT identity_r FROM found_review_pairs
    ) p ON p.identity = m.identity
    JOIN named_links l ON l.agency = m.agency AND l.record_id = m.record_id GROUP BY m.identity
"""
"""Of each identity in a pair, its person and its first record."""


def _write(engine: Engine, out: Path, files: dict[str, str]) -> dict[str, int]:
    return {name: engine.write_later(sql, out / f"{name}.parquet") for name, sql in files.items()}


_FILES = {
    "links_changed": "SELECT * FROM links_changed",
    "possible": """
        SELECT least(a.person, b.person) AS person_a, greatest(a.person, b.person) AS person_b,
            max(p.weight) AS weight, min(p.because) AS because
        FROM possible_pairs p JOIN pair_persons a ON a.identity = p.identity_l
        JOIN pair_persons b ON b.identity = p.identity_r GROUP BY 1, 2""",
    "review": """
        SELECT split_part(least(a.key, b.key), chr(31), 1) AS agency_a,
            split_part(least(a.key, b.key), chr(31), 2) AS record_id_a,
            split_part(greatest(a.key, b.key), chr(31), 1) AS agency_b,
            split_part(greatest(a.key, b.key), chr(31), 2) AS record_id_b, p.weight, p.because
        FROM review_pairs p JOIN pair_persons a ON a.identity = p.identity_l
        JOIN pair_persons b ON b.identity = p.identity_r""",
    "events": "SELECT * FROM events",
}
"""What each file of the folder holds; rows in no order."""

_RETIRED = """
    SELECT r.* FROM (
        SELECT * FROM retired
        UNION SELECT person, CASE WHEN kind = 'merged' THEN other END AS merged_into FROM events
        WHERE kind IN ('merged', 'retired')
    ) r ANTI JOIN {named} l ON l.person = r.person"""

_DEPARTED = """
    SELECT d.agency, d.record_id, coalesce(e.other, d.person) AS person FROM (
        SELECT agency, record_id, person FROM departed
        UNION ALL SELECT agency, record_id, person FROM {left}
    ) d
    ANTI JOIN {held} m ON m.agency = d.agency AND m.record_id = d.record_id
    LEFT JOIN (SELECT * FROM events WHERE kind = 'merged') e ON e.person = d.person"""

_NAMES_AFTER_ALL = {
    "retired": _RETIRED.format(named="named_links"),
    "departed": _DEPARTED.format(left="before", held="members"),
}
_NAMES_AFTER_CHANGES = {
    # Nobody else was retired and is not, or departed and is here again.
    "retired": _RETIRED.format(named="links_changed"),
    "departed": _DEPARTED.format(
        left="(SELECT b.* FROM named_before b SEMI JOIN gone g"
             " ON g.agency = b.agency AND g.record_id = b.record_id)",
        held="naming",
    ),
}  # fmt: skip
