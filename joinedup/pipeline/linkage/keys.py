"""Keys kept beside the identities they are of, so that a night of changes reads only the blocks it touches."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from joinedup.pipeline.engines import ARROW, DuckDB, on_this_machine, read_arrow
from joinedup.pipeline.kept import Kept, share_file
from joinedup.pipeline.linkage.blocking import RULES, keys_sql, most_in_block
from joinedup.pipeline.ordered import Ordered, write_ordered


def lay_out_keys(folder: Path) -> None:
    """Work out the keys of all identities that a full run left, while the night does other things."""
    with on_this_machine(scratch=folder, threads=1, memory="1GB") as engine:
        base = read_arrow(folder / f"identities{ARROW}")
        place = pa.array(np.arange(len(base), dtype=np.int64))
        engine.put("identities_base", base.append_column("place", place))
        _lay_out(engine, folder)


def _lay_out(engine: DuckDB, folder: Path) -> None:
    """Write the keys of a base by rule, in their order: key, and the place of the identity."""
    engine.view("identities_by_place", "SELECT * REPLACE (place AS identity) FROM identities_base")
    for number, rule in enumerate(RULES):
        keys = keys_sql(engine, rule, "identities_by_place")
        rows = engine.fetch(f"SELECT key, identity AS place, free FROM ({keys}) k")
        write_ordered(rows, _path(folder, number))
    engine.drop("identities_by_place")


def _path(folder: Path, number: int) -> Path:
    return folder / f"identities.keys_{number}{ARROW}"


class KeptKeys:
    """The keys of the identities in hand: those of their base from its file, of what came since anew."""

    def __init__(self, engine: DuckDB, identities: Kept, folder: Path) -> None:
        self.identities = identities
        self._engine, self._folder = engine, folder
        self._identity = identities.base["identity"].to_numpy()
        if not all(_path(folder, number).exists() for number in range(len(RULES))):
            _lay_out(engine, folder)

    def keep(self, out: Path) -> None:
        """Leave them for the next night; only where the base of the identities is left as well."""
        for number in range(len(RULES)):
            share_file(_path(self._folder, number), _path(out, number))

    def choose(self, table: str, wanted: str) -> None:
        """Make a table of all (rule, identity, free, key) whose rule and key are in `wanted`.

        Without blocks that are too large, and were before `more` of them came: common names alone are
        most of what is kept.
        """
        engine = self._engine
        asked = engine.fetch(f"SELECT rule, key, more FROM {wanted} ORDER BY rule, key")
        by_rule = asked["rule"].to_numpy()
        begins = np.searchsorted(by_rule, np.arange(len(RULES) + 1))
        found = [
            self._of_rule(number, asked.slice(begin, end - begin))
            for number, (begin, end) in enumerate(pairwise(begins.tolist()))
        ]
        engine.put("keys_near", pa.concat_tables([near for near, _ in found]))
        engine.put("keys_too_large", pa.concat_tables([too_large for _, too_large in found]))
        engine.make(
            table,
            f"""
            SELECT rule, identity, free, key FROM keys_near
            UNION ALL
            SELECT k.rule, k.identity, k.free, k.key FROM ({_of_all(engine, self.identities.later)}) k
            SEMI JOIN {wanted} w ON w.rule = k.rule AND w.key = k.key
            ANTI JOIN keys_too_large t ON t.rule = k.rule AND t.key = k.key
            """,
        )
        engine.drop("keys_near", "keys_too_large")

    def _of_rule(self, number: int, asked: pa.Table) -> tuple[pa.Table, pa.Table]:
        """What the base holds under these keys of a rule, which are in order; and the keys that are left out.

        What came since cannot make a block of the base smaller, so that it is too large by the base alone.
        """
        kept, most = Ordered.of(_path(self._folder, number)), most_in_block(RULES[number])
        more = asked["more"].to_numpy()
        rows, of = kept.find(asked["key"].to_numpy())
        places = kept.rows["place"].to_numpy()[rows]
        alive = ~self.identities.dead[places]
        there = np.bincount(of[alive], minlength=len(asked))
        too_large = np.minimum(there, there - more) > most
        near = alive & ~too_large[of]
        left_out = asked["key"].filter(pa.array(too_large))
        return pa.table(
            {
                "rule": np.full(int(near.sum()), number, np.int32),
                "identity": self._identity[places[near]],
                "free": kept.rows["free"].take(pa.array(rows[near])),
                "key": asked["key"].to_numpy()[of[near]],
            }
        ), pa.table({"rule": np.full(len(left_out), number, np.int32), "key": left_out})


def _of_all(engine: DuckDB, identities: str) -> str:
    """The keys of identities under all rules, each with the number of its rule."""
    return " UNION ALL ".join(
        f"SELECT {number} AS rule, identity, free, key FROM ({keys_sql(engine, rule, identities)}) k"
        for number, rule in enumerate(RULES)
    )


def block_again(
    engine: DuckDB, keys: KeptKeys, *, was: str, now: str, chosen: str, pairs: str
) -> None:
    """Make the pairs to score again, and `chosen`, the identities they are of.

    `was` are the changed and withdrawn identities as they were, `now` the changed and new as they are.
    Chosen are the latter, and all members of a block that grew too large by it, or is so no longer.
    All rules are asked at once: a night of few changes is made of what each question costs.
    """
    most = [most_in_block(rule) for rule in RULES]
    engine.put(
        "block_rules", pa.table({"rule": np.arange(len(RULES), dtype=np.int32), "most": most})
    )
    _make_near(engine, keys, was=was, now=now)
    engine.make(chosen, f"SELECT identity FROM {now} UNION ALL SELECT identity FROM outgrown")
    if len(engine.fetch("SELECT 1 AS one FROM outgrown LIMIT 1")):
        _add_near_outgrown(engine, keys)
    engine.make(
        "block_keys",
        f"""
        SELECT k.*, c.identity IS NOT NULL AS chosen FROM block_near k
        SEMI JOIN (
            SELECT n.rule, n.key FROM block_near n SEMI JOIN {chosen} x USING (identity)
        ) w ON w.rule = k.rule AND w.key = k.key
        LEFT JOIN {chosen} c ON c.identity = k.identity
        """,
    )
    engine.make(
        "block_sizes",
        """
        SELECT k.rule, k.key FROM block_keys k JOIN block_rules r ON r.rule = k.rule
        GROUP BY k.rule, k.key
        HAVING count(*) BETWEEN 2 AND any_value(r.most) AND bool_or(k.free)
        """,
    )
    engine.make(
        pairs,
        """
        SELECT DISTINCT least(l.identity, r.identity) AS join_key_l,
            greatest(l.identity, r.identity) AS join_key_r
        FROM block_keys l JOIN block_sizes s ON s.rule = l.rule AND s.key = l.key
        JOIN block_keys r ON r.rule = l.rule AND r.key = l.key
        WHERE l.free AND l.identity <> r.identity AND (NOT r.free OR l.identity < r.identity)
            AND (l.chosen OR r.chosen)
        """,
    )
    engine.drop("outgrown", "block_near", "block_keys", "block_sizes", "block_rules")


def _make_near(engine: DuckDB, keys: KeptKeys, *, was: str, now: str) -> None:
    """All who share a key with a change, and `outgrown`: those in a block that crossed its size by it."""
    engine.make(
        "block_wanted",
        f"""
        SELECT rule, key, sum(n)::BIGINT AS more FROM (
            SELECT rule, key, 1 AS n FROM ({_of_all(engine, now)}) k
            UNION ALL SELECT rule, key, -1 FROM ({_of_all(engine, was)}) k
        ) k GROUP BY rule, key
        """,
    )
    keys.choose("block_near", "block_wanted")
    engine.make(
        "outgrown",
        f"""
        WITH k AS (
            SELECT k.identity, k.rule, k.key, w.more, r.most FROM block_near k
            JOIN block_wanted w ON w.rule = k.rule AND w.key = k.key AND w.more <> 0
            JOIN block_rules r ON r.rule = k.rule
        ), crossed AS (
            SELECT rule, key FROM k GROUP BY rule, key, more, most
            HAVING (count(*) <= most) <> (count(*) - more <= most)
        ), outgrown AS (
            SELECT DISTINCT k.identity FROM k SEMI JOIN crossed c ON c.rule = k.rule AND c.key = k.key
        )
        SELECT o.* FROM outgrown o ANTI JOIN {now} n USING (identity)
        """,
    )
    engine.drop("block_wanted")


def _add_near_outgrown(engine: DuckDB, keys: KeptKeys) -> None:
    """Add those who share a key with the members of blocks that crossed their size."""
    keys.identities.choose("outgrown_said", "SEMI JOIN outgrown w ON w.identity = o.identity")
    engine.make(
        "block_wanted",
        f"""
        SELECT DISTINCT k.rule, k.key, 0::BIGINT AS more FROM ({_of_all(engine, "outgrown_said")}) k
        ANTI JOIN block_near n ON n.rule = k.rule AND n.key = k.key
        """,
    )
    keys.choose("block_more", "block_wanted")
    engine.run("INSERT INTO block_near SELECT * FROM block_more")
    engine.drop("outgrown_said", "block_wanted", "block_more")
