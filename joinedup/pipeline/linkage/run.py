"""The linkage stage on one screen: standard records in, people out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.engines import Cluster, DuckDB, Engine, on_this_machine, write_rows
from joinedup.pipeline.kept import RECORD
from joinedup.pipeline.linkage.answers import Persons
from joinedup.pipeline.linkage.collapse import put_names
from joinedup.pipeline.linkage.delta import Before, carry_over
from joinedup.pipeline.linkage.full import link_all
from joinedup.pipeline.linkage.model import Model, load_model
from joinedup.pipeline.linkage.outcome import (
    FILES,
    NAMES_AFTER_CHANGES,
    PAIR_PERSONS,
    Progress,
    name_records,
    put_pairs,
    see_changes,
    write_files,
)
from joinedup.pipeline.linkage.state import (
    FOUND,
    NeedsFullRun,
    close_cache,
    links_of,
    put_decisions,
    put_found,
    put_names_before,
    write_whole,
)
from joinedup.pipeline.linkage.tiers import Resolving


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
    def review_changed(self) -> Path | None:
        """Of a run of changes: the pairs for review that were none before, or are no longer, or weigh otherwise."""
        path = self.folder / "review_changed.parquet"
        return path if path.exists() else None

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
    told_whose: Callable[[Linked], None] = lambda linked: None,
) -> Linked:
    """Link records into people and write what was found to `out`.

    `standard` holds every live record (STANDARD), or, where `gone` (agency, record_id) is given, only the
    new and changed ones: then all else is taken from `previous`, the folder of the run before. Both
    give the same people. `decisions` (DECISIONS) are all that reviewers ever decided. `told_whose` is called
    when a run of changes has written `links_changed` and `events`, before it knows who else may be one.

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
            counts = link_all(engine, standard, model, previous, out=out, as_at=as_at, tell=tell)
        else:
            counts = _link_changes(
                engine,
                model,
                previous,
                gone,
                out=out,
                as_at=as_at,
                tell=tell,
                told_whose=told_whose,
            )
        close_cache(engine, model, out)
        tell("Linked", 1.0)
    return Linked(out, counts)


def _link_changes(
    engine: DuckDB | Cluster, model: Model, previous: Path | None, gone: pa.Table, *, out: Path, as_at: date,
    tell: Progress, told_whose: Callable[[Linked], None],
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
    edges = engine.fetch("SELECT * FROM touched_edges")
    decided = engine.fetch(
        "SELECT d.* FROM decided d SEMI JOIN touched t ON t.identity = d.identity_l"
    )
    with ThreadPoolExecutor(1) as beside:
        tiers = Resolving(model, people, edges, decided, beside)
        certain = tiers.certain()
        tell("Keeping identifiers", 0.85)
        counts = _name_touched(engine, before, certain, out, as_at)
        told_whose(Linked(out, counts))
        put_pairs(engine, tiers.all(certain))
    for table, key in (("possible_pairs", "identity_l"), ("review_pairs", "identity_l")):
        engine.make(
            table,
            f"""
            SELECT o.* FROM old_{table} o ANTI JOIN touched t ON t.identity = o.{key}
            ANTI JOIN dead d ON d.identity = o.{key} UNION ALL SELECT * FROM found_{table}
            """,
        )
    before.links.change(
        leaving="SELECT agency, record_id FROM links_changed UNION SELECT agency, record_id FROM gone",
        coming="SELECT * FROM links_changed",
    )
    engine.make(
        "pair_persons",
        f"""
        SELECT o.* FROM old_pair_persons o ANTI JOIN touched t ON t.identity = o.identity
        ANTI JOIN dead d ON d.identity = o.identity UNION ALL {PAIR_PERSONS}
        """,
    )
    before.links.keep(out)
    write_whole(engine, out, *FOUND)
    for name in _COMPARED:
        engine.make(f"{name}_now", FILES[name])
    files = {name: f"SELECT * FROM {name}_now" for name in _COMPARED} | NAMES_AFTER_CHANGES
    counts |= {"links": len(before.links)} | write_files(engine, out, files)
    _compare(engine, previous, out)
    return counts


def _name_touched(
    engine: DuckDB, before: Before, certain: Persons, out: Path, as_at: date
) -> dict[str, int]:
    """Name the records of the touched; whose records are another's now, and what became of whom, is written."""
    before.members.choose("naming", "SEMI JOIN touched t ON t.identity = o.identity")
    engine.make(
        "named_keys",
        "SELECT agency, record_id FROM naming UNION ALL SELECT agency, record_id FROM gone",
    )
    before.links.find("named_before", "named_keys", RECORD[0])
    name_records(engine, certain, as_at)
    see_changes(engine)
    counts = {}
    for name in _TOLD_FIRST:
        rows = engine.fetch(FILES[name])
        write_rows(rows, out / f"{name}.parquet")
        counts[name] = len(rows)
    return counts


_TOLD_FIRST = ("links_changed", "events")
_COMPARED = ("possible", "review")
_LEFT = "SELECT * FROM {0}_before EXCEPT SELECT * FROM {0}_now"
_CAME = "SELECT * FROM {0}_now EXCEPT SELECT * FROM {0}_before"


def _compare(engine: Engine, previous: Path, out: Path) -> None:
    """Say which possible links came and which left, and which pairs did either.

    So that not all are held against the database's.
    """
    for name in _COMPARED:
        before = previous / f"{name}.parquet"
        if not before.exists():
            return
        engine.put(f"{name}_before", before)
    left, came = ({name: which.format(name) for name in _COMPARED} for which in (_LEFT, _CAME))
    changed = f"""SELECT agency_a, record_id_a, agency_b, record_id_b FROM ({left["review"]})
        UNION SELECT agency_a, record_id_a, agency_b, record_id_b FROM ({came["review"]})"""
    files = {
        "possible_left": left["possible"],
        "possible_came": came["possible"],
        "review_changed": changed,
    }
    write_files(engine, out, files)
