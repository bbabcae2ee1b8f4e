"""Keys kept beside the identities they are of, so that a night of changes reads only the blocks it touches."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from joinedup.pipeline.engines import ARROW, DuckDB, on_this_machine, read_arrow
from joinedup.pipeline.kept import Kept, share_file
from joinedup.pipeline.linkage.blocking import (
    RULES,
    gather_pairs,
    keys_sql,
    most_in_block,
    pair_off,
)


def lay_out_keys(folder: Path) -> None:
    """Work out the keys of all identities that a full run left, while the night does other things."""
    with on_this_machine(scratch=folder, threads=1, memory="1GB") as engine:
        base = read_arrow(folder / f"identities{ARROW}")
        place = pa.array(np.arange(len(base), dtype=np.int64))
        engine.put("identities_base", base.append_column("place", place))
        _lay_out(engine, folder)


def _lay_out(engine: DuckDB, folder: Path) -> None:
    """Write the keys of a base by rule: key, and the place of the identity."""
    engine.view("identities_by_place", "SELECT * REPLACE (place AS identity) FROM identities_base")
    for number, rule in enumerate(RULES):
        aside = folder / f"aside{ARROW}"
        keys = keys_sql(engine, rule, "identities_by_place")
        engine.write_later(f"SELECT key, identity AS place, free FROM ({keys}) k", aside)
        engine.finish()
        aside.replace(_path(folder, number))
    engine.drop("identities_by_place")


def _path(folder: Path, number: int) -> Path:
    return folder / f"keys_{number}.arrow"


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

    def choose(self, table: str, number: int, wanted: str) -> None:
        """Make a table of all (identity, free, key) of a rule whose key is in `wanted`."""
        engine, rule = self._engine, RULES[number]
        engine.put("keys_base", read_arrow(_path(self._folder, number)))
        found = engine.fetch(
            f"SELECT k.place, k.free, k.key FROM keys_base k SEMI JOIN {wanted} w ON w.key = k.key"
        )
        places = found["place"].to_numpy()
        alive = ~self.identities.dead[places]
        identity = self._identity[places[alive]]
        engine.put(
            "keys_near",
            found.filter(pa.array(alive))
            .drop_columns("place")
            .append_column("identity", pa.array(identity)),
        )
        engine.make(
            table,
            f"""
            SELECT identity, free, key FROM keys_near
            UNION ALL
            SELECT k.identity, k.free, k.key FROM ({keys_sql(engine, rule, self.identities.later)}) k
            SEMI JOIN {wanted} w ON w.key = k.key
            """,
        )
        engine.drop("keys_base", "keys_near")


def block_again(
    engine: DuckDB, keys: KeptKeys, *, was: str, now: str, chosen: str, pairs: str
) -> None:
    """Make the pairs to score again, and `chosen`, the identities they are of.

    `was` are the changed and withdrawn identities as they were, `now` the changed and new as they are.
    Chosen are the latter, and all members of a block that grew too large by it, or is so no longer.
    """
    _make_near(engine, keys, was=was, now=now)
    outgrown = " UNION ".join(
        f"SELECT identity FROM block_outgrown_{number}" for number in range(len(RULES))
    )
    engine.make("outgrown", f"SELECT o.* FROM ({outgrown}) o ANTI JOIN {now} n USING (identity)")
    engine.make(chosen, f"SELECT identity FROM {now} UNION ALL SELECT identity FROM outgrown")
    if len(engine.fetch("SELECT 1 AS one FROM outgrown LIMIT 1")):
        _add_near_outgrown(engine, keys)
    for number, rule in enumerate(RULES):
        engine.make(
            "block_keys",
            f"""
            SELECT k.*, c.identity IS NOT NULL AS chosen FROM block_near_{number} k
            SEMI JOIN (
                SELECT n.key FROM block_near_{number} n SEMI JOIN {chosen} x USING (identity)
            ) w ON w.key = k.key
            LEFT JOIN {chosen} c ON c.identity = k.identity
            """,
        )
        pair_off(engine, rule, keys="block_keys", pairs=f"block_pairs_{number}")
        engine.drop(f"block_near_{number}", f"block_outgrown_{number}", "block_keys")
    gather_pairs(engine, pairs)
    engine.drop("outgrown")


def _make_near(engine: DuckDB, keys: KeptKeys, *, was: str, now: str) -> None:
    """For each rule, all who share a key with a change, and of them those whose block crossed its size."""
    for number, rule in enumerate(RULES):
        engine.make(
            "block_wanted",
            f"""
            SELECT key, sum(n) AS more FROM (
                SELECT key, 1 AS n FROM ({keys_sql(engine, rule, now)}) k
                UNION ALL SELECT key, -1 FROM ({keys_sql(engine, rule, was)}) k
            ) k GROUP BY key
            """,
        )
        keys.choose(f"block_near_{number}", number, "block_wanted")
        most = most_in_block(rule)
        engine.make(
            f"block_outgrown_{number}",
            f"""
            WITH k AS (
                SELECT k.identity, k.key, w.more FROM block_near_{number} k
                JOIN block_wanted w ON w.key = k.key AND w.more <> 0
            ), crossed AS (
                SELECT key FROM k GROUP BY key, more
                HAVING (count(*) <= {most}) <> (count(*) - more <= {most})
            )
            SELECT DISTINCT k.identity FROM k SEMI JOIN crossed c ON c.key = k.key
            """,
        )
    engine.drop("block_wanted")


def _add_near_outgrown(engine: DuckDB, keys: KeptKeys) -> None:
    """Add those who share a key with the members of blocks that crossed their size."""
    keys.identities.choose("outgrown_said", "SEMI JOIN outgrown w ON w.identity = o.identity")
    for number, rule in enumerate(RULES):
        engine.make(
            "block_wanted",
            f"""
            SELECT DISTINCT k.key FROM ({keys_sql(engine, rule, "outgrown_said")}) k
            ANTI JOIN block_near_{number} n ON n.key = k.key
            """,
        )
        keys.choose("block_more", number, "block_wanted")
        engine.run(f"INSERT INTO block_near_{number} SELECT * FROM block_more")
    engine.drop("outgrown_said", "block_wanted", "block_more")
