"""The linkage stage on one screen: standard records in, people out."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.contracts.stages import DECISIONS
from joinedup.pipeline.engines import Engine, on_this_machine
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.collapse import collapse, describe, put_names
from joinedup.pipeline.linkage.identifiers import NO_LINKS, RETIRED, name_people
from joinedup.pipeline.linkage.model import Model, load_model
from joinedup.pipeline.linkage.scoring import score
from joinedup.pipeline.linkage.tiers import Tiers, find_people

Progress = Callable[[str, float], None]
"""Told the stage that begins, and the share of the work that is done."""


@dataclass(frozen=True)
class Linked:
    """What a run left in its folder, and how much of each."""

    folder: Path
    counts: dict[str, int]

    @property
    def links(self) -> Path:
        """Every live record's person (LINKS)."""
        return self.folder / "links.parquet"

    @property
    def links_changed(self) -> Path:
        """The links that are new or differ from those of the run before (LINKS)."""
        return self.folder / "links_changed.parquet"

    @property
    def possible(self) -> Path:
        """Persons who may be one (POSSIBLE)."""
        return self.folder / "possible.parquet"

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
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Link records into people and write what was found to `out`.

    `standard` holds every live record (STANDARD), or, where `gone` (agency, record_id) is given, only the
    new and changed ones: then all else is taken from `previous`, the folder of the run before. Both
    give the same people. `decisions` (DECISIONS) are all that reviewers ever decided.
    """
    model = model or load_model()
    tell = progress or (lambda stage, share: None)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        engine = engine or stack.enter_context(on_this_machine(scratch=out))
        engine.put("standard", standard)
        _put_decisions(engine, decisions)
        _put_previous(engine, previous)
        put_names(engine, model)
        tell("Collapsing identical identities", 0.0)
        collapse(engine, standard="standard", apart="apart", members="members")
        describe(engine, standard="standard", members="members", identities="described")
        anchor(engine, described="described", identities="identities")
        tell("Finding pairs to compare", 0.2)
        block(engine, identities="identities", pairs="pairs")
        tell("Weighing pairs", 0.4)
        score(engine, model, identities="identities", pairs="pairs", edges="edges")
        tell("Resolving people", 0.7)
        _decide(engine)
        tiers = find_people(
            engine, model, identities="identities", edges="edges", decided="decided"
        )
        _put_resolved(engine, tiers)
        tell("Keeping identifiers", 0.85)
        name_people(
            engine, members="members", resolved="resolved", before="before", retired="retired",
            as_at=as_at,
        )  # fmt: skip
        counts = _write(engine, out)
        tell("Linked", 1.0)
    return Linked(out, counts)


def _put_decisions(engine: Engine, decisions: pa.Table | None) -> None:
    engine.put("decisions", decisions if decisions is not None else DECISIONS.empty_table())
    engine.make(
        "apart",
        """
        SELECT agency_a AS agency, record_id_a AS record_id FROM decisions WHERE NOT same
        UNION SELECT agency_b, record_id_b FROM decisions WHERE NOT same
        """,
    )


def _put_previous(engine: Engine, previous: Path | None) -> None:
    for table, file, schema in (("before", "links", NO_LINKS), ("retired", "retired", RETIRED)):
        path = previous / f"{file}.parquet" if previous else None
        engine.put(table, path if path and path.exists() else schema.empty_table())


def _decide(engine: Engine) -> None:
    """Decisions on records, as decisions on the identities they are of now."""
    engine.make(
        "decided",
        """
        SELECT least(a.identity, b.identity) AS identity_l, greatest(a.identity, b.identity) AS identity_r,
            bool_and(d.same) AS same
        FROM decisions d
        JOIN members a ON a.agency = d.agency_a AND a.record_id = d.record_id_a
        JOIN members b ON b.agency = d.agency_b AND b.record_id = d.record_id_b
        WHERE a.identity <> b.identity GROUP BY 1, 2
        """,
    )


def _put_resolved(engine: Engine, tiers: Tiers) -> None:
    engine.put(
        "resolved",
        pa.table(
            {
                "identity": tiers.identity,
                "cluster": tiers.identity[tiers.person],
                "weight": pa.array(tiers.weight, from_pandas=True),
                "because": pa.array(tiers.because, pa.string()),
            }
        ),
    )
    engine.put("possible_pairs", tiers.possible)
    engine.put("review_pairs", tiers.review)


def _write(engine: Engine, out: Path) -> dict[str, int]:
    engine.make("persons", "SELECT m.identity, min(l.agency || chr(31) || l.record_id) AS key,"
        " any_value(l.person) AS person FROM members m JOIN links l ON l.agency = m.agency"
        " AND l.record_id = m.record_id GROUP BY m.identity")  # fmt: skip
    files = {
        "links": "SELECT * FROM links ORDER BY agency, record_id",
        "links_changed": """
            SELECT l.* FROM links l LEFT JOIN before b ON b.agency = l.agency AND b.record_id = l.record_id
            WHERE b.person IS DISTINCT FROM l.person OR b.tier IS DISTINCT FROM l.tier
                OR b.weight IS DISTINCT FROM l.weight OR b.because IS DISTINCT FROM l.because
            ORDER BY l.agency, l.record_id""",
        "possible": """
            SELECT least(a.person, b.person) AS person_a, greatest(a.person, b.person) AS person_b,
                max(p.weight) AS weight, min(p.because) AS because
            FROM possible_pairs p JOIN persons a ON a.identity = p.identity_l
            JOIN persons b ON b.identity = p.identity_r GROUP BY 1, 2 ORDER BY 1, 2""",
        "review": """
            SELECT split_part(least(a.key, b.key), chr(31), 1) AS agency_a,
                split_part(least(a.key, b.key), chr(31), 2) AS record_id_a,
                split_part(greatest(a.key, b.key), chr(31), 1) AS agency_b,
                split_part(greatest(a.key, b.key), chr(31), 2) AS record_id_b, p.weight, p.because
            FROM review_pairs p JOIN persons a ON a.identity = p.identity_l
            JOIN persons b ON b.identity = p.identity_r ORDER BY 1, 2, 3, 4""",
        "events": "SELECT * FROM events ORDER BY kind, person, other",
        "retired": """
            SELECT * FROM retired
            UNION ALL SELECT person, CASE WHEN kind = 'merged' THEN other END FROM events
            WHERE kind IN ('merged', 'retired')""",
    }  # fmt: skip
    counts = {}
    for name, sql in files.items():
        engine.write(sql, out / f"{name}.parquet")
        counts[name] = engine.fetch(f"SELECT count(*) AS n FROM ({sql}) f")["n"][0].as_py()
    return counts
