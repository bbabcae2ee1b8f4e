"""The linkage stage on one screen: standard records in, people out."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.engines import Engine, on_this_machine
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block
from joinedup.pipeline.linkage.collapse import collapse, describe, gather, put_names
from joinedup.pipeline.linkage.delta import carry_over
from joinedup.pipeline.linkage.identifiers import name_people
from joinedup.pipeline.linkage.identities import Identities, lay_out
from joinedup.pipeline.linkage.meeting import meet
from joinedup.pipeline.linkage.model import Model, load_model
from joinedup.pipeline.linkage.scoring import weigh, weigh_by_splink
from joinedup.pipeline.linkage.state import (
    COMPARED,
    FOUND,
    NeedsFullRun,
    close_cache,
    decide,
    put_cache,
    put_decisions,
    put_names_before,
    write_cache,
)
from joinedup.pipeline.linkage.tiers import find_people

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

    Raises NeedsFullRun when `gone` is given and the folder of the run before cannot carry it.
    """
    model = model or load_model()
    tell = progress or (lambda stage, share: None)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        engine = engine or stack.enter_context(on_this_machine(scratch=out))
        engine.put("standard", standard)
        put_decisions(engine, decisions)
        put_names_before(engine, previous)
        put_names(engine, model)
        if gone is None:
            people = _all(engine, model, tell)
        else:
            if previous is None:
                raise NeedsFullRun("There is no run before to add changes to.")
            put_cache(engine, previous, model)
            tell("Carrying over what has not changed", 0.0)
            carry_over(engine, model, gone=gone)
            people = lay_out(
                engine,
                "SELECT i.* FROM identities i SEMI JOIN touched t ON t.identity = i.identity",
            )
        write_cache(engine, out, COMPARED)
        tell("Resolving people", 0.7)
        _resolve(engine, model, people, whole=gone is None)
        write_cache(engine, out, FOUND)
        tell("Keeping identifiers", 0.85)
        _name(engine, as_at, whole=gone is None)
        counts = _write(engine, out)
        close_cache(engine, model, out)
        tell("Linked", 1.0)
    return Linked(out, counts)


def _all(engine: Engine, model: Model, tell: Progress) -> Identities:
    """From all records: members, identities, edges, and everybody to be resolved."""
    tell("Collapsing identical identities", 0.0)
    collapse(engine, standard="standard", apart="apart", members="members")
    gather(engine, standard="standard", members="members", said="said")
    describe(engine, said="said", described="described")
    anchor(engine, described="described", identities="identities")
    engine.drop("said", "described")
    people = lay_out(engine, "SELECT * FROM identities")
    tell("Finding pairs to compare", 0.2)
    if engine.one_machine:
        left, right = meet(people)
        tell("Weighing pairs", 0.4)
        engine.put("edges", weigh(people, model, left, right))
    else:
        block(engine, identities="identities", pairs="pairs")
        tell("Weighing pairs", 0.4)
        weigh_by_splink(engine, model, identities="identities", pairs="pairs", edges="edges")
        engine.drop("pairs")
    decide(engine)
    return people


_OF = {"resolved": "identity", "possible_pairs": "identity_l", "review_pairs": "identity_l"}


def _resolve(engine: Engine, model: Model, people: Identities, *, whole: bool) -> None:
    """Make `resolved`, `possible_pairs` and `review_pairs`, those not touched as they were."""
    part = "" if whole else "SEMI JOIN touched t ON t.identity = p.identity_l"
    tiers = find_people(
        model,
        people,
        edges=engine.fetch(f"SELECT p.* FROM edges p {part}"),
        decisions=engine.fetch(f"SELECT p.* FROM decided p {part}"),
    )
    engine.put(
        "found_resolved",
        pa.table(
            {
                "identity": tiers.identity,
                "cluster": tiers.identity[tiers.person],
                "weight": pa.array(tiers.weight, from_pandas=True),
                "because": tiers.because,
            }
        ),
    )
    engine.put("found_possible_pairs", tiers.possible)
    engine.put("found_review_pairs", tiers.review)
    for table, key in _OF.items():
        kept = f"""
            SELECT o.* FROM old_{table} o SEMI JOIN identities i ON i.identity = o.{key}
            ANTI JOIN touched t ON t.identity = o.{key} UNION ALL
        """
        engine.make(table, f"{'' if whole else kept} SELECT * FROM found_{table}")


def _name(engine: Engine, as_at: date, *, whole: bool) -> None:
    """Make `links` of all records, `links_changed` and `events`."""
    if whole:
        engine.make("naming", "SELECT * FROM members")
        engine.make("named_before", "SELECT * FROM before")
    else:
        engine.make(
            "naming", "SELECT m.* FROM members m SEMI JOIN touched t ON t.identity = m.identity"
        )
        engine.make(
            "named_before",
            """
            SELECT b.* FROM before b SEMI JOIN (
                SELECT agency, record_id FROM naming UNION ALL SELECT agency, record_id FROM gone
            ) n ON n.agency = b.agency AND n.record_id = b.record_id
            """,
        )
    name_people(
        engine, members="naming", resolved="resolved", before="named_before",
        known="before", retired="retired", as_at=as_at,
    )  # fmt: skip
    engine.make(
        "links_changed",
        """
        SELECT l.* FROM named_links l
        LEFT JOIN named_before b ON b.agency = l.agency AND b.record_id = l.record_id
        WHERE b.person IS DISTINCT FROM l.person OR b.tier IS DISTINCT FROM l.tier
            OR b.weight IS DISTINCT FROM l.weight OR b.because IS DISTINCT FROM l.because
        """,
    )
    kept = """
        SELECT b.* FROM before b
        ANTI JOIN naming n ON n.agency = b.agency AND n.record_id = b.record_id
        ANTI JOIN gone g ON g.agency = b.agency AND g.record_id = b.record_id UNION ALL
    """
    engine.make("links", f"{'' if whole else kept} SELECT * FROM named_links")


def _write(engine: Engine, out: Path) -> dict[str, int]:
    engine.make(
        "pair_persons",
        """
        SELECT m.identity, min(m.agency || chr(31) || m.record_id) AS key,
            min(l.person) AS person
        FROM members m SEMI JOIN (
            SELECT identity_l AS identity FROM possible_pairs UNION SELECT identity_r FROM possible_pairs
            UNION SELECT identity_l FROM review_pairs UNION SELECT identity_r FROM review_pairs
        ) p ON p.identity = m.identity
        JOIN links l ON l.agency = m.agency AND l.record_id = m.record_id GROUP BY m.identity
        """,
    )
    counts: dict[str, int] = {}
    for name, sql in _FILES.items():
        counts[name] = engine.write_later(sql, out / f"{name}.parquet")
    return counts


_FILES = {
    "links": "SELECT * FROM links",
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
    "retired": """
        SELECT r.* FROM (
            SELECT * FROM retired
            UNION SELECT person, CASE WHEN kind = 'merged' THEN other END AS merged_into FROM events
            WHERE kind IN ('merged', 'retired')
        ) r ANTI JOIN links l ON l.person = r.person""",
    "departed": """
        SELECT d.agency, d.record_id, coalesce(e.other, d.person) AS person FROM (
            SELECT agency, record_id, person FROM departed
            UNION ALL SELECT agency, record_id, person FROM before
        ) d
        ANTI JOIN members m ON m.agency = d.agency AND m.record_id = d.record_id
        LEFT JOIN (SELECT * FROM events WHERE kind = 'merged') e ON e.person = d.person""",
}
"""What each file of the folder holds; rows in no order."""
