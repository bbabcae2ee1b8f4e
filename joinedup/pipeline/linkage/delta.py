"""A night of changes: only new, changed and withdrawn identities are keyed, weighed and resolved again."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.anchors import anchor
from joinedup.pipeline.linkage.blocking import block, outgrown
from joinedup.pipeline.linkage.collapse import COUNTS, SAID, SAID_AGAIN, collapse, describe, gather
from joinedup.pipeline.linkage.identities import lay_out
from joinedup.pipeline.linkage.model import Model
from joinedup.pipeline.linkage.scoring import weigh, weigh_by_splink
from joinedup.pipeline.linkage.state import apart_sql, decide
from joinedup.pipeline.linkage.tiers import hanging_together


def carry_over(engine: Engine, model: Model, *, gone: pa.Table) -> None:
    """From the old tables and the changes in `standard`, make members, identities, edges and touched.

    `touched` are the identities whose people are to be found again: all that hang together with
    anything that changed. Everything made is what a full run would make.
    """
    engine.put("gone", gone.select(["agency", "record_id"]))
    _move_members(engine)
    _describe_again(engine)
    _anchor_again(engine)
    _weigh_again(engine, model)
    _touch(engine)


def _move_members(engine: Engine) -> None:
    """Make `members`, and `moved`: the identities that gained or lost a record."""
    engine.make(
        "kept_apart",
        f"""
        SELECT a.agency, a.record_id FROM (
            SELECT * FROM (({apart_sql("decisions")}) EXCEPT ({apart_sql("old_decisions")})) new
            UNION ALL
            SELECT * FROM (({apart_sql("old_decisions")}) EXCEPT ({apart_sql("decisions")})) undone
        ) a
        ANTI JOIN standard s ON s.agency = a.agency AND s.record_id = a.record_id
        """,
    )
    engine.make(
        "changing",
        f"""
        SELECT agency, record_id, {", ".join(SAID)} FROM standard
        UNION ALL
        SELECT k.agency, k.record_id, {SAID_AGAIN} FROM kept_apart k
        JOIN old_members m ON m.agency = k.agency AND m.record_id = k.record_id
        JOIN old_identities i ON i.identity = m.identity
        ANTI JOIN gone g ON g.agency = k.agency AND g.record_id = k.record_id
        """,
    )
    collapse(engine, standard="changing", apart="apart", members="new_members")
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
    engine.make(
        "members",
        """
        SELECT m.* FROM old_members m
        ANTI JOIN leaving l ON l.agency = m.agency AND l.record_id = m.record_id
        UNION ALL SELECT * FROM arriving
        """,
    )
    engine.make("moved", "SELECT identity FROM leaving UNION SELECT identity FROM arriving")
    engine.drop("kept_apart", "leaving")


def _describe_again(engine: Engine) -> None:
    """Make `alive`: the moved identities that have records now, described as they are now."""
    gather(engine, standard="changing", members="arriving", said="said_now")
    engine.make(
        "said",
        f"""
        SELECT c.identity, c.records, c.registered, {", ".join(f"w.{field}" for field in SAID)}
        FROM (
            SELECT m.identity, {COUNTS} FROM members m
            SEMI JOIN moved t ON t.identity = m.identity GROUP BY m.identity
        ) c JOIN (
            SELECT identity, {", ".join(SAID)} FROM said_now
            UNION ALL
            SELECT o.identity, {SAID_AGAIN} FROM old_identities o
            SEMI JOIN moved t ON t.identity = o.identity
            ANTI JOIN said_now n ON n.identity = o.identity
        ) w ON w.identity = c.identity
        """,
    )
    describe(engine, said="said", described="alive")
    engine.drop("said", "said_now", "arriving", "changing", "new_members")


def _anchor_again(engine: Engine) -> None:
    """Make `identities`; and `was` and `now`: those that compare otherwise than before."""
    columns = ", ".join(engine.columns("alive"))
    engine.make(
        "numbers",
        """
        SELECT nhs_said FROM old_identities o SEMI JOIN moved t ON t.identity = o.identity
        WHERE nhs_verified
        UNION SELECT nhs_said FROM alive WHERE nhs_verified
        """,
    )
    engine.make(
        "described",
        f"""
        SELECT {columns} FROM alive
        UNION ALL
        SELECT {columns} FROM old_identities o
        SEMI JOIN numbers n ON n.nhs_said = o.nhs_said
        ANTI JOIN moved t ON t.identity = o.identity
        WHERE o.nhs_verified
        """,
    )
    anchor(engine, described="described", identities="anchored")
    engine.make(
        "identities",
        """
        SELECT o.* FROM old_identities o
        ANTI JOIN moved t ON t.identity = o.identity
        ANTI JOIN anchored a ON a.identity = o.identity
        UNION ALL BY NAME SELECT * FROM anchored
        """,
    )
    engine.make(
        "now",
        """
        SELECT a.* FROM anchored a LEFT JOIN old_identities o ON o.identity = a.identity
        WHERE o.identity IS NULL OR a.nhs IS DISTINCT FROM o.nhs OR a.anchor IS DISTINCT FROM o.anchor
        """,
    )
    engine.make(
        "was",
        """
        SELECT o.* FROM old_identities o
        LEFT JOIN now n ON n.identity = o.identity
        LEFT JOIN (SELECT t.identity FROM moved t ANTI JOIN alive a ON a.identity = t.identity) d
            ON d.identity = o.identity
        WHERE n.identity IS NOT NULL OR d.identity IS NOT NULL
        """,
    )
    engine.drop("numbers", "described", "anchored", "alive")


def _weigh_again(engine: Engine, model: Model) -> None:
    """Make `edges`, and `stale`: the identities whose old edges no longer hold."""
    outgrown(engine, identities="identities", was="was", now="now", members="outgrown")
    engine.make("chosen", "SELECT identity FROM now UNION SELECT identity FROM outgrown")
    engine.make("stale", "SELECT identity FROM was UNION SELECT identity FROM chosen")
    block(engine, identities="identities", pairs="pairs", chosen="chosen")
    _weigh(engine, model)
    engine.make(
        "edges",
        """
        SELECT e.* FROM old_edges e
        ANTI JOIN stale l ON l.identity = e.identity_l
        ANTI JOIN stale r ON r.identity = e.identity_r
        UNION ALL SELECT * FROM new_edges
        """,
    )
    engine.drop("outgrown", "chosen", "pairs", "new_edges")


def _weigh(engine: Engine, model: Model) -> None:
    """Make `new_edges` from `pairs`."""
    if not engine.one_machine:
        weigh_by_splink(engine, model, identities="identities", pairs="pairs", edges="new_edges")
        return
    met = """SELECT i.* FROM identities i SEMI JOIN (
        SELECT join_key_l AS identity FROM pairs UNION SELECT join_key_r FROM pairs
    ) p ON p.identity = i.identity"""
    people = lay_out(engine, met)
    pairs = engine.fetch("SELECT join_key_l, join_key_r FROM pairs")
    left, right = (people.places(pairs[f"join_key_{side}"]) for side in "lr")
    engine.put("new_edges", weigh(people, model, left, right))


def _touch(engine: Engine) -> None:
    """Make `touched`: every identity that hangs together with something that changed, then or now."""
    engine.make(
        "decisions_changed",
        """
        SELECT * FROM (SELECT * FROM decisions EXCEPT SELECT * FROM old_decisions) new
        UNION ALL
        SELECT * FROM (SELECT * FROM old_decisions EXCEPT SELECT * FROM decisions) undone
        """,
    )
    decide(engine)
    engine.make(
        "dirty",
        """
        SELECT identity FROM stale
        UNION SELECT identity FROM moved
        UNION SELECT e.identity_r FROM old_edges e SEMI JOIN stale s ON s.identity = e.identity_l
        UNION SELECT e.identity_l FROM old_edges e SEMI JOIN stale s ON s.identity = e.identity_r
        UNION SELECT i.identity FROM identities i SEMI JOIN was w ON w.anchor = i.anchor
        UNION SELECT m.identity FROM members m
        JOIN before b ON b.agency = m.agency AND b.record_id = m.record_id
        SEMI JOIN (
            SELECT d.person FROM departed d
            JOIN standard s ON s.agency = d.agency AND s.record_id = d.record_id
        ) back ON back.person = b.person
        UNION SELECT m.identity FROM members m JOIN (
            SELECT agency_a AS agency, record_id_a AS record_id FROM decisions_changed
            UNION SELECT agency_b, record_id_b FROM decisions_changed
        ) d ON d.agency = m.agency AND d.record_id = m.record_id
        """,
    )
    nodes = engine.fetch("SELECT identity, anchor FROM identities ORDER BY identity")
    identity = nodes["identity"].to_numpy()
    hanging = hanging_together(
        identity,
        pc.fill_null(nodes["anchor"], -1).to_numpy(),
        engine.fetch("SELECT identity_l, identity_r FROM edges UNION ALL"
                     " SELECT identity_l, identity_r FROM decided WHERE same"),
    )  # fmt: skip
    dirty = engine.fetch(
        "SELECT d.identity FROM dirty d SEMI JOIN identities i ON i.identity = d.identity"
    )
    touched = np.zeros(len(identity), dtype=bool)
    touched[hanging[np.searchsorted(identity, dirty["identity"].to_numpy())]] = True
    engine.put("touched", pa.table({"identity": identity[touched[hanging]]}))
    engine.drop("stale", "moved", "dirty", "was", "now")
