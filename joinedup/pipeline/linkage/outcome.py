"""What both kinds of run do with what was found: records named, changes seen, files written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.answers import Persons, Tiers
from joinedup.pipeline.linkage.identifiers import lay_links, name_people, place

Progress = Callable[[str, float], None]
"""Told the stage that begins, and the share of the work that is done."""


def put_pairs(engine: Engine, tiers: Tiers) -> None:
    """Make `found_possible_pairs` and `found_review_pairs`."""
    engine.put("found_possible_pairs", tiers.possible)
    engine.put("found_review_pairs", tiers.review)


def name_records(engine: Engine, certain: Persons, as_at: date) -> None:
    """Make `named_links` of the records in `naming`, and `events`."""
    resolved = {
        "identity": certain.identity,
        "cluster": certain.identity[certain.person],
        "weight": pa.array(certain.weight, from_pandas=True),
        "because": certain.because,
    }
    engine.put("resolved", pa.table(resolved))
    place(engine, members="naming", resolved="resolved")
    name_people(engine, before="named_before", known="before", retired="retired", as_at=as_at)
    lay_links(engine)
    engine.drop("placed", "clusters")


def see_changes(engine: Engine) -> None:
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


PAIR_PERSONS = """
    SELECT m.identity, min(m.agency || chr(31) || m.record_id) AS key, min(l.person) AS person
    FROM naming m SEMI JOIN (
        SELECT identity_l AS identity FROM found_possible_pairs
        UNION SELECT identity_r FROM found_possible_pairs
        UNION SELECT identity_l FROM found_review_pairs UNION SELECT identity_r FROM found_review_pairs
    ) p ON p.identity = m.identity
    JOIN named_links l ON l.agency = m.agency AND l.record_id = m.record_id GROUP BY m.identity
"""
"""Of each identity in a pair, its person and its first record."""


def write_files(engine: Engine, out: Path, files: dict[str, str]) -> dict[str, int]:
    """Write these queries as Parquet while other work goes on; how many rows each has."""
    return {name: engine.write_later(sql, out / f"{name}.parquet") for name, sql in files.items()}


FILES = {
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

NAMES_AFTER_ALL = {
    "retired": _RETIRED.format(named="named_links"),
    "departed": _DEPARTED.format(left="before", held="members"),
}
NAMES_AFTER_CHANGES = {
    # Nobody else was retired and is not, or departed and is here again.
    "retired": _RETIRED.format(named="links_changed"),
    "departed": _DEPARTED.format(
        left="(SELECT b.* FROM named_before b SEMI JOIN gone g"
             " ON g.agency = b.agency AND g.record_id = b.record_id)",
        held="naming",
    ),
}  # fmt: skip
