"""What a run leaves for the next: a folder of Parquet, only valid under the same model and engine."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import DECISIONS, LINKS
from joinedup.pipeline.engines import ARROW, Engine, on_this_machine
from joinedup.pipeline.kept import RECORD, Kept, is_kept
from joinedup.pipeline.linkage.blocking import KEYS
from joinedup.pipeline.linkage.collapse import SAID
from joinedup.pipeline.linkage.comparisons import COMPARISONS
from joinedup.pipeline.linkage.identifiers import DEPARTED, RETIRED
from joinedup.pipeline.linkage.judging import FACTS, GRADED
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.tiers import RULES

MANIFEST = "manifest.json"

KEPT = ("members", "identities", "edges", "hanging", "links")
"""Tables too large to be written whole every night (pipeline.kept)."""

FOUND = ("possible_pairs", "review_pairs", "pair_persons", "decisions")
"""Small ones, written whole. All of these let a change-only run start where the last one ended."""


class NeedsFullRun(Exception):
    """The folder of the run before cannot carry a change-only run; says why."""


def stamp(engine: Engine, model: Model) -> dict[str, str]:
    """What must be the same for results to be carried over: model, rules and engine."""
    rules = repr((KEYS, [(c.field, c.missing.sql, [x.sql for x in c.levels]) for c in COMPARISONS],
                  [(name, graded.grades) for name, graded in GRADED.items()], FACTS, SAID, RULES))  # fmt: skip
    weights = repr((model.prior, model.m, model.u, model.thresholds, sorted(model.known_given),
                    sorted(model.other_forms.items()), sorted(model.family_forms.items()),
                    sorted(model.family_bands.items())))  # fmt: skip
    return {
        "model": model.name,
        "weights": sha256(weights.encode()).hexdigest(),
        "rules": sha256(rules.encode()).hexdigest(),
        "engine": engine.name,
    }


def put_links_before(engine: Engine, previous: Path | None) -> None:
    """Give the engine `before` (LINKS): who had which person."""
    there = previous is not None and is_kept(previous, "links")
    engine.put("before", links_of(previous) if previous and there else LINKS.empty_table())


def put_names_before(engine: Engine, previous: Path | None) -> None:
    """Give the engine `retired` and `departed`: who is nobody now, and whose the withdrawn records were."""
    for name, schema in (("retired", RETIRED), ("departed", DEPARTED)):
        path = previous / f"{name}.parquet" if previous else None
        engine.put(name, path if path and path.exists() else schema.empty_table())


def links_of(folder: Path) -> pa.Table:
    """Every live record's person (LINKS), from a folder that holds them whole or by what has changed."""
    whole = folder / "links.parquet"
    if whole.exists():
        return pq.read_table(whole)
    with on_this_machine() as engine:
        return Kept(engine, "links", RECORD, folder).whole()


def put_found(engine: Engine, previous: Path, model: Model) -> None:
    """Give the engine the small tables of the run before, each named old_…

    Raises NeedsFullRun when anything is not there or was made under another model or engine.
    """
    missing = [name for name in FOUND if not (previous / f"{name}.parquet").exists()]
    missing += [name for name in KEPT if not is_kept(previous, name)]
    if missing or not (previous / MANIFEST).exists():
        raise NeedsFullRun("What the last night left for the next is not complete.")
    if json.loads((previous / MANIFEST).read_text(encoding="utf-8")) != stamp(engine, model):
        raise NeedsFullRun(
            "The last night linked with another model, other rules or another engine."
        )
    for name in FOUND:
        engine.put(f"old_{name}", previous / f"{name}.parquet")


def put_decisions(engine: Engine, decisions: pa.Table | None) -> None:
    """Give the engine `decisions`, and `apart`: the records a reviewer has kept from another."""
    engine.put("decisions", decisions if decisions is not None else DECISIONS.empty_table())
    engine.make("apart", apart_sql("decisions"))


def apart_sql(decisions: str) -> str:
    """The records named in a decision that two are not the same."""
    return f"""
        SELECT agency_a AS agency, record_id_a AS record_id FROM {decisions} WHERE NOT same
        UNION SELECT agency_b, record_id_b FROM {decisions} WHERE NOT same
    """


def decide(engine: Engine, *, members: str = "members") -> None:
    """Make `decided`: decisions on records, as decisions on the identities they are of now."""
    engine.make(
        "decided",
        f"""
        SELECT least(a.identity, b.identity) AS identity_l, greatest(a.identity, b.identity) AS identity_r,
            bool_and(d.same) AS same
        FROM decisions d
        JOIN {members} a ON a.agency = d.agency_a AND a.record_id = d.record_id_a
        JOIN {members} b ON b.agency = d.agency_b AND b.record_id = d.record_id_b
        WHERE a.identity <> b.identity GROUP BY 1, 2
        """,
    )


def write_whole(engine: Engine, out: Path, *tables: str) -> None:
    """Keep tables of this run for the next; they are written while the run goes on."""
    for name in tables:
        ending = ARROW if name in KEPT else ".parquet"
        engine.write_later(f"SELECT * FROM {name}", out / f"{name}{ending}")


def close_cache(engine: Engine, model: Model, out: Path) -> None:
    """Wait until all is written; the manifest last, so that half a folder is none."""
    engine.finish()
    (out / MANIFEST).write_text(json.dumps(stamp(engine, model), indent=1), encoding="utf-8")
