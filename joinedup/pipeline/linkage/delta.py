"""A night of changes: only new, changed and withdrawn identities are keyed, weighed and resolved again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.kept import PERSON, RECORD, Kept
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.collapse import COUNTS, SAID, SAID_AGAIN, collapse, describe, gather
from joinedup.pipeline.linkage.identities import LAID_OUT, Identities, lay_out
from joinedup.pipeline.linkage.keys import KeptKeys, block_again
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.scoring import weigh
from joinedup.pipeline.linkage.state import apart_sql, decide
from joinedup.pipeline.linkage.tiers import hanging_together


@dataclass
class Before:
    """What the run before left, and what tonight makes of it."""

    members: Kept
    identities: Kept
    edges: Kept
    hanging: Kept
    links: Kept
    keys: KeptKeys

    @classmethod
    def of(cls, engine: DuckDB, folder: Path) -> "Before":
        """Open the tables of a folder."""
        identities = Kept(engine, "identities", (("identity",),), folder)
        return cls(
            members=Kept(engine, "members", RECORD, folder),
            identities=identities,
            edges=Kept(engine, "edges", (("identity_l",), ("identity_r",)), folder),
            hanging=Kept(engine, "hanging", (("identity",),), folder),
            links=Kept(engine, "before", RECORD, folder, file="links"),
            keys=KeptKeys(engine, identities, folder),
        )

    def keep(self, out: Path) -> None:
        """Leave all but the links, which are not known yet, for the next night."""
        for table in (self.members, self.edges, self.hanging):
            table.keep(out)
        if self.identities.keep(out):
            self.keys.keep(out)


def carry_over(engine: DuckDB, model: Model, before: Before, *, gone: pa.Table) -> Identities:
    """From what was kept and the changes in `standard`, find the identities whose people are to be found again.

    They are `touched`: all that hang together with anything that changed. Everything kept is then what
    a full run would make.
    """
    engine.put("gone", gone.select(["agency", "record_id"]))
    _move_members(engine, before)
    _describe_again(engine, before)
    _anchor_again(engine, before)
    _weigh_again(engine, model, before)
    return _touch(engine, before)


def _move_members(engine: DuckDB, before: Before) -> None:
    """Change `members`, and make `moved`: the identities that gained or lost a record."""
    engine.make(
        "kept_apart",
        f"""
        SELECT a.agency, a.record_id FROM (
            SELECT * FROM (({apart_sql("decisions")}) EXCEPT ({apart_sql("old_decisions")})) new
            UNION ALL
            SELECT * FROM (({apart_sql("old_decisions")}) EXCEPT ({apart_sql("decisions")})) undone
        ) a
        ANTI JOIN standard s ON s.agency = a.agency AND s.record_id = a.record_id
        ANTI JOIN gone g ON g.agency = a.agency AND g.record_id = a.record_id
        """,
    )
    _of_records(before.members, "apart_members", "kept_apart")
    _of_identities(before.identities, "apart_said", "apart_members")
    engine.make(
        "changing",
        f"""
        SELECT agency, record_id, {", ".join(SAID)} FROM standard
        UNION ALL
        SELECT m.agency, m.record_id, {SAID_AGAIN} FROM apart_members m
        JOIN apart_said i ON i.identity = m.identity
        """,
    )
    collapse(engine, standard="changing", apart="apart", members="new_members")
    engine.make(
        "named",
        "SELECT agency, record_id FROM gone UNION SELECT agency, record_id FROM new_members",
    )
    _of_records(before.members, "old_members", "named")
    engine.make(
        "leaving",
        """
        SELECT m.* FROM old_members m
        LEFT JOIN gone g ON g.agency = m.agency AND g.record_id = m.record_id
        LEFT JOIN new_members n ON n.agency = m.agency AND n.record_id = m.record_id
        WHERE g.agency IS NOT NULL OR n.identity <> m.identity
        """,
    )
    engine.make(
        "arriving",
        """
        SELECT n.* FROM new_members n
        LEFT JOIN old_members m ON m.agency = n.agency AND m.record_id = n.record_id
        WHERE m.identity IS DISTINCT FROM n.identity
        """,
    )
    before.members.change(
        leaving="SELECT agency, record_id FROM leaving",
        coming="SELECT agency, record_id, identity FROM arriving",
    )
    engine.make("moved", "SELECT identity FROM leaving UNION SELECT identity FROM arriving")
    engine.drop(
        "kept_apart", "apart_members", "apart_said", "changing", "new_members", "named",
        "old_members", "leaving",
    )  # fmt: skip


def _describe_again(engine: DuckDB, before: Before) -> None:
    """Make `alive`: the moved identities that have records now, described as they are now."""
    gather(engine, members="arriving", said="said_now")
    _of_identities(before.members, "moved_members", "moved")
    _of_identities(before.identities, "moved_before", "moved")
    engine.make(
        "said",
        f"""
        SELECT c.identity, c.records, c.registered, {", ".join(f"w.{field}" for field in SAID)}
        FROM (SELECT m.identity, {COUNTS} FROM moved_members m GROUP BY m.identity) c JOIN (
            SELECT identity, {", ".join(SAID)} FROM said_now
            UNION ALL
            SELECT o.identity, {SAID_AGAIN} FROM moved_before o
            ANTI JOIN said_now n ON n.identity = o.identity
        ) w ON w.identity = c.identity
        """,
    )
    describe(engine, said="said", described="alive")
    engine.drop("said", "said_now", "arriving", "moved_members")


def _anchor_again(engine: DuckDB, before: Before) -> None:
    """Change `identities`; make `was` and `now`, those that compare otherwise than before, and `dead`."""
    columns = ", ".join(engine.columns("alive"))
    engine.make(
        "numbers",
        """
        SELECT nhs_said FROM moved_before WHERE nhs_verified AND nhs_said IS NOT NULL
        UNION SELECT nhs_said FROM alive WHERE nhs_verified AND nhs_said IS NOT NULL
        """,
    )
    before.identities.choose(
        "bearers_before", "SEMI JOIN numbers n ON n.nhs_said = o.nhs_said AND o.nhs_verified"
    )
    engine.make(
        "near_before",
        """
        SELECT * FROM moved_before
        UNION ALL
        SELECT b.* FROM bearers_before b ANTI JOIN moved t ON t.identity = b.identity
        """,
    )
    engine.make(
        "described",
        f"""
        SELECT {columns} FROM alive
        UNION ALL
        SELECT {columns} FROM bearers_before b ANTI JOIN moved t ON t.identity = b.identity
        """,
    )
    anchor(engine, described="described", identities="anchored")
    engine.make(
        "dead", "SELECT t.identity FROM moved t ANTI JOIN alive a ON a.identity = t.identity"
    )
    engine.make(
        "now",
        """
        SELECT a.* FROM anchored a LEFT JOIN near_before o ON o.identity = a.identity
        WHERE o.identity IS NULL OR a.nhs IS DISTINCT FROM o.nhs OR a.anchor IS DISTINCT FROM o.anchor
        """,
    )
    engine.make(
        "was",
        """
        SELECT o.* FROM near_before o SEMI JOIN (
            SELECT identity FROM now UNION SELECT identity FROM dead
        ) x ON x.identity = o.identity
        """,
    )
    before.identities.change(
        leaving="""SELECT identity FROM was UNION SELECT identity FROM now
            UNION SELECT identity FROM alive UNION SELECT identity FROM dead""",
        coming="""SELECT a.* FROM anchored a SEMI JOIN (
            SELECT identity FROM now UNION SELECT identity FROM alive) x ON x.identity = a.identity""",
    )
    engine.drop(
        "numbers", "bearers_before", "near_before", "moved_before", "described", "anchored", "alive"
    )


def _weigh_again(engine: DuckDB, model: Model, before: Before) -> None:
    """Change `edges`; make `stale`, the identities whose old edges no longer hold, and `near_stale`."""
    block_again(engine, before.keys, was="was", now="now", chosen="chosen", pairs="pairs")
    engine.make("stale", "SELECT identity FROM was UNION SELECT identity FROM chosen")
    _of_edges(before.edges, "stale_edges", "stale")
    engine.make(
        "near_stale",
        "SELECT identity_l AS identity FROM stale_edges UNION SELECT identity_r FROM stale_edges",
    )
    engine.make(
        "met", "SELECT join_key_l AS identity FROM pairs UNION SELECT join_key_r FROM pairs"
    )
    _of_identities(before.identities, "met_identities", "met", only=LAID_OUT)
    people = lay_out(engine, "SELECT * FROM met_identities")
    pairs = engine.fetch("SELECT join_key_l, join_key_r FROM pairs")
    left, right = (people.places(pairs[f"join_key_{side}"]) for side in "lr")
    engine.put("new_edges", weigh(people, model, left, right))
    before.edges.change(leaving="SELECT identity FROM stale", coming="SELECT * FROM new_edges")
    engine.drop("chosen", "pairs", "met", "met_identities", "stale_edges")


def _touch(engine: DuckDB, before: Before) -> Identities:
    """Lay out the `touched`: every identity that hangs together with something that changed, then or now."""
    engine.make(
        "decided_on",
        """
        SELECT agency_a AS agency, record_id_a AS record_id FROM decisions
        UNION SELECT agency_b, record_id_b FROM decisions
        """,
    )
    _of_records(before.members, "decided_members", "decided_on")
    decide(engine, members="decided_members")
    _make_dirty(engine, before)
    # Whatever hangs together now did so before, but for what is new: so only those need be looked at.
    engine.make(
        "seeds",
        """
        SELECT identity FROM dirty
        UNION SELECT identity_l FROM new_edges UNION SELECT identity_r FROM new_edges
        UNION SELECT identity_l FROM decided WHERE same UNION SELECT identity_r FROM decided WHERE same
        """,
    )
    _of_identities(before.hanging, "seeds_hung", "seeds")
    engine.make("hung", "SELECT DISTINCT hangs_with FROM seeds_hung")
    before.hanging.choose("hung_before", "SEMI JOIN hung h ON h.hangs_with = o.hangs_with")
    engine.make("wider", "SELECT identity FROM hung_before UNION SELECT identity FROM seeds")
    _of_identities(before.identities, "wider_identities", "wider", only=LAID_OUT)
    before.edges.choose("wider_edges", "SEMI JOIN wider w ON w.identity = o.identity_l")
    nodes = engine.fetch("SELECT identity, anchor FROM wider_identities ORDER BY identity")
    identity = nodes["identity"].to_numpy()
    hanging = hanging_together(
        identity,
        pc.fill_null(nodes["anchor"], -1).to_numpy(),
        engine.fetch("SELECT identity_l, identity_r FROM wider_edges UNION ALL"
                     " SELECT identity_l, identity_r FROM decided WHERE same"),
    )  # fmt: skip
    _hang_again(engine, before, identity, hanging)
    dirty = engine.fetch(
        "SELECT d.identity FROM dirty d SEMI JOIN wider_identities i ON i.identity = d.identity"
    )
    touched = np.zeros(len(identity), dtype=bool)
    touched[hanging[np.searchsorted(identity, dirty["identity"].to_numpy())]] = True
    engine.put("touched", pa.table({"identity": identity[touched[hanging]]}))
    people = lay_out(
        engine, "SELECT i.* FROM wider_identities i SEMI JOIN touched t ON t.identity = i.identity"
    )
    engine.make(
        "touched_edges",
        "SELECT e.* FROM wider_edges e SEMI JOIN touched t ON t.identity = e.identity_l",
    )
    engine.drop(
        "stale", "near_stale", "moved", "dirty", "seeds", "seeds_hung", "hung", "hung_before",
        "wider", "wider_identities", "wider_edges", "was", "now", "new_edges", "decided_on",
        "decided_members",
    )  # fmt: skip
    return people


def _make_dirty(engine: DuckDB, before: Before) -> None:
    """Make `dirty`: the identities that stand otherwise than before, or beside which one did."""
    engine.make(
        "decisions_changed",
        """
        SELECT * FROM (SELECT * FROM decisions EXCEPT SELECT * FROM old_decisions) new
        UNION ALL
        SELECT * FROM (SELECT * FROM old_decisions EXCEPT SELECT * FROM decisions) undone
        """,
    )
    engine.make(
        "back",
        """
        SELECT DISTINCT d.person FROM departed d
        JOIN standard s ON s.agency = d.agency AND s.record_id = d.record_id
        """,
    )
    before.links.find("back_links", "back", PERSON)
    engine.make(
        "near_records",
        """
        SELECT agency, record_id FROM back_links
        UNION SELECT agency_a, record_id_a FROM decisions_changed
        UNION SELECT agency_b, record_id_b FROM decisions_changed
        """,
    )
    _of_records(before.members, "near_members", "near_records")
    engine.make(
        "anchors",
        "SELECT anchor FROM was WHERE anchor IS NOT NULL"
        " UNION SELECT anchor FROM now WHERE anchor IS NOT NULL",
    )
    before.identities.choose(
        "anchored", "SEMI JOIN anchors a ON a.anchor = o.anchor", only=("identity",)
    )
    engine.make(
        "dirty",
        """
        SELECT identity FROM stale
        UNION SELECT identity FROM moved
        UNION SELECT identity FROM near_stale
        UNION SELECT identity FROM anchored
        UNION SELECT identity FROM near_members
        """,
    )
    engine.drop(
        "decisions_changed", "back", "back_links", "near_records", "near_members", "anchors",
        "anchored",
    )  # fmt: skip


def _hang_again(engine: DuckDB, before: Before, identity: np.ndarray, hanging: np.ndarray) -> None:
    """Change `hanging` where somebody hangs together with others than before."""
    engine.put("hung_now", pa.table({"identity": identity, "hangs_with": identity[hanging]}))
    before.hanging.change(
        leaving="""
            SELECT b.identity FROM hung_before b LEFT JOIN hung_now n ON n.identity = b.identity
            WHERE n.hangs_with IS DISTINCT FROM b.hangs_with
            """,
        coming="""
            SELECT n.* FROM hung_now n LEFT JOIN hung_before b ON b.identity = n.identity
            WHERE n.hangs_with IS DISTINCT FROM b.hangs_with
            """,
    )
    engine.drop("hung_now")


def _of_records(kept: Kept, table: str, which: str) -> None:
    kept.find(table, which, RECORD[0])


def _of_identities(kept: Kept, table: str, which: str, only: Sequence[str] = ()) -> None:
    kept.choose(table, f"SEMI JOIN {which} w ON w.identity = o.identity", only)


def _of_edges(kept: Kept, table: str, which: str) -> None:
    kept.choose(
        table,
        f"""
        LEFT JOIN {which} l ON l.identity = o.identity_l
        LEFT JOIN {which} r ON r.identity = o.identity_r
        WHERE l.identity IS NOT NULL OR r.identity IS NOT NULL
        """,
    )
