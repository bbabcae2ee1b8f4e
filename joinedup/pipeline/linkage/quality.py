"""How good the links are: by pairs against truth or reviewers, wrong merges, missed links by group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

type Source = Path | pa.Table

PRECISION, RECALL, F1, WRONG_MERGES, WRONG_PERSONS, MISSED = (
    "precision", "recall", "f1", "wrong_merges", "mixed_persons", "missed_links",
)  # fmt: skip

PER = 100_000


@dataclass(frozen=True)
class Measure:
    """One figure: `numerator` of `denominator`; wrong merges are per 100,000 people, the rest are shares."""

    basis: str
    """truth, or reviewed."""
    tier: str
    """certain, or together (certain and probable)."""
    measure: str
    group_kind: str
    """Empty for everybody; else sex, age, name_origin or imd_decile."""
    group: str
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The figure itself; None where there was nothing to count."""
        if not self.denominator:
            return None
        return self.numerator / self.denominator * (PER if self.measure in _PER_PEOPLE else 1)


_PER_PEOPLE = frozenset({WRONG_MERGES, WRONG_PERSONS})

_GROUPS = {
    "sex": "sex",
    "age": "CASE WHEN age < 18 THEN '0-17' WHEN age < 40 THEN '18-39' WHEN age < 65 THEN '40-64'"
           " WHEN age < 80 THEN '65-79' ELSE '80+' END",
    "name_origin": "name_origin",
    "imd_decile": "lpad(cast(imd_decile AS varchar), 2, '0')",
}  # fmt: skip


def quality(
    links: Source, truth: Source, people: Source, *, as_at: date, possible: Source | None = None
) -> list[Measure]:
    """Measure links against who records are really of.

    Precision, recall and F1 count pairs of records. `wrong_merges` counts the true people who are in
    a wrong merge (whose person holds records of another true person too), per 100,000 true people that
    have a record; `mixed_persons` counts the persons that hold more than one true person, over the
    same. `missed_links` is, among the pairs of records of one true person, the share not joined.
    With `possible` (POSSIBLE) the same is measured for certain and probable links together.
    """
    with duckdb.connect() as db:
        db.execute("SET preserve_insertion_order = false")
        _put(db, "links", links)
        _put(db, "truth", truth)
        _put(db, "people", people)
        db.execute(
            f"""
            CREATE TABLE labelled AS
            SELECT l.person, t.true_person FROM links l
            JOIN truth t ON t.agency = l.agency AND t.record_id = l.record_id;
            CREATE TABLE grouped AS
            SELECT *, date_diff('year', born_on, DATE '{as_at}')
                - cast(strftime(born_on, '%m%d') > '{as_at:%m%d}' AS int) AS age FROM people
            """
        )
        found = _measures(db, "certain")
        if possible is not None:
            _put(db, "possible", possible)
            db.register("wider", _wider(db))
            db.execute(
                "CREATE OR REPLACE TABLE labelled AS SELECT coalesce(w.wider, l.person) AS person,"
                " l.true_person FROM labelled l LEFT JOIN wider w ON w.person = l.person"
            )
            found += _measures(db, "together")
    return found


def reviewed_quality(pairs: Iterable[tuple[bool, bool]]) -> list[Measure]:
    """Measure against reviewers, where there is no truth: (joined by the model, said to be the same)."""
    said = list(pairs)
    both = sum(joined and same for joined, same in said)
    return _pairwise(
        "reviewed",
        "certain",
        both,
        sum(joined for joined, _ in said),
        sum(same for _, same in said),
    )


def _put(db: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path):
        quoted = str(source).replace("'", "''")
        db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    else:
        db.register(name, source)


def _measures(db: duckdb.DuckDBPyConnection, tier: str) -> list[Measure]:
    db.execute(
        """
        CREATE OR REPLACE TABLE cells AS
        SELECT person, true_person, count(*) AS n FROM labelled GROUP BY ALL;
        CREATE OR REPLACE TABLE of_true AS
        SELECT true_person, sum(n)::BIGINT AS n, sum(n * (n - 1) // 2)::BIGINT AS found
        FROM cells GROUP BY ALL;
        CREATE OR REPLACE TABLE mixed AS
        SELECT person FROM cells GROUP BY person HAVING count(*) > 1
        """
    )
    found, sought, people = _one(
        db, "SELECT sum(found), sum(n * (n - 1) // 2), count(*) FROM of_true"
    )
    (joined,) = _one(
        db,
        "SELECT sum(n * (n - 1) // 2) FROM (SELECT sum(n) AS n FROM cells GROUP BY person) p",
    )
    (touched,) = _one(
        db, "SELECT count(DISTINCT true_person) FROM cells SEMI JOIN mixed USING (person)"
    )
    (mixed,) = _one(db, "SELECT count(*) FROM mixed")
    return [
        *_pairwise("truth", tier, found, joined, sought),
        Measure("truth", tier, WRONG_MERGES, "", "", touched, people),
        Measure("truth", tier, WRONG_PERSONS, "", "", mixed, people),
        Measure("truth", tier, MISSED, "", "", sought - found, sought),
        *_missed_by_group(db, tier),
    ]


def _pairwise(basis: str, tier: str, both: int, joined: int, sought: int) -> list[Measure]:
    return [
        Measure(basis, tier, PRECISION, "", "", both, joined),
        Measure(basis, tier, RECALL, "", "", both, sought),
        Measure(basis, tier, F1, "", "", 2 * both, joined + sought),
    ]


def _missed_by_group(db: duckdb.DuckDBPyConnection, tier: str) -> list[Measure]:
    measures = []
    for kind, group in _GROUPS.items():
        rows = db.execute(
            f"""
            SELECT coalesce(cast({group} AS varchar), 'not known') AS grp,
                sum(n * (n - 1) // 2 - found)::BIGINT, sum(n * (n - 1) // 2)::BIGINT
            FROM of_true JOIN grouped USING (true_person) GROUP BY ALL ORDER BY 1
            """
        ).fetchall()
        measures += [Measure("truth", tier, MISSED, kind, g, missed, of) for g, missed, of in rows]
    return measures


def _one(db: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, ...]:
    (row,) = db.execute(sql).fetchall()
    return tuple(int(value or 0) for value in row)


def _wider(db: duckdb.DuckDBPyConnection) -> pa.Table:
    """Every person of a possible link, with the first of the persons it hangs together with."""
    pairs = db.sql("SELECT person_a, person_b FROM possible ORDER BY ALL").to_arrow_table()
    names, codes = np.unique(
        np.concatenate((pairs["person_a"].to_numpy(), pairs["person_b"].to_numpy())).astype(str),
        return_inverse=True,
    )
    half = len(pairs)
    graph = coo_array((np.ones(half, np.int8), (codes[:half], codes[half:])), (len(names),) * 2)
    _, group = connected_components(graph, directed=False)
    first = np.unique(group, return_index=True)[1] if len(names) else np.array([], dtype=int)
    return pa.table(
        {"person": pa.array(names, pa.string()), "wider": pa.array(names[first[group]])}
    )
