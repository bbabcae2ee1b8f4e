"""Which identities that hang together can hardly be one person: names or birth dates differ."""

import numpy as np
import pyarrow as pa

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.judging import BORN_SQL, GIVEN_SQL, NHS_SQL, OWN_SQL, SEX_SQL
from joinedup.pipeline.linkage.resolve import CHAIN, Whole


def contradictions(
    engine: Engine, *, resolving: str, identity: Whole, cluster: Whole, own_explains: bool
) -> pa.Table:
    """Pairs (identity_l, identity_r) of one cluster that can hardly be one person.

    Their given names or birth dates differ; or, unless `own_explains`, their NHS numbers, verified or
    not, or sex, where given names only fit. Not two bearers of one verified number. Nor, of names and
    dates, where a third identity of the cluster explains both: it agrees with either and has one plain
    given name, or it goes by both names itself. Nor, with `own_explains`, where they share what is
    one's own: an e-mail address, a telephone, a middle name.
    """
    plain = "false" if own_explains else "(nhs = -1 OR (sex = -1 AND given < 3))"
    unexplained = "own = 0" if own_explains else "true"
    sizes = np.bincount(cluster, minlength=len(cluster))[cluster]
    inside = np.flatnonzero((sizes > 2) & (sizes <= CHAIN))
    engine.put("hanging", pa.table({"identity": identity[inside], "component": cluster[inside]}))
    engine.make(
        "mixed",
        f"""
        WITH h AS (
            SELECT i.*, h.component FROM hanging h JOIN {resolving} i ON i.identity = h.identity
        ), several AS (
            SELECT component FROM h GROUP BY component
            HAVING count(DISTINCT given) > 1 OR count(DISTINCT born_on) > 1 OR count(DISTINCT nhs) > 1
        )
        SELECT h.* FROM h SEMI JOIN several s ON s.component = h.component
        """,
    )
    engine.make(
        "stands",
        f"""
        SELECT l.identity AS identity_l, r.identity AS identity_r, {BORN_SQL} AS born,
            {GIVEN_SQL} AS given, {SEX_SQL} AS sex,
            {NHS_SQL} AS nhs, {OWN_SQL} AS own, coalesce(l.anchor = r.anchor, false) AS numbered
        FROM mixed l JOIN mixed r ON r.component = l.component AND l.identity < r.identity
        """,
    )
    engine.make(
        "odd",
        f"""
        SELECT identity_l, identity_r, {plain} AS plain FROM stands
        WHERE NOT numbered AND ({plain} OR ((born = -1 OR given = -1) AND {unexplained}))
        """,
    )
    engine.make(
        "agree",
        """
        SELECT s.w, s.other FROM (
            SELECT identity_l AS w, identity_r AS other, born, given FROM stands
            UNION ALL SELECT identity_r, identity_l, born, given FROM stands
        ) s JOIN mixed m ON m.identity = s.w
        WHERE s.born >= 1 AND s.given >= 1 AND length(m.given) > 1 AND array_length(m.roots) = 1
        """,
    )
    found = engine.fetch(
        """
        SELECT o.identity_l, o.identity_r FROM odd o ANTI JOIN (
            SELECT o.identity_l, o.identity_r FROM odd o
            JOIN agree a ON a.other = o.identity_l JOIN agree b ON b.other = o.identity_r AND b.w = a.w
            UNION ALL
            SELECT o.identity_l, o.identity_r FROM odd o
            JOIN mixed l ON l.identity = o.identity_l JOIN mixed r ON r.identity = o.identity_r
            JOIN mixed w ON w.component = l.component AND w.born_on = l.born_on AND w.born_on = r.born_on
                AND l.given IN (w.given, w.other_given, w.middle)
                AND r.given IN (w.given, w.other_given, w.middle)
        ) e ON e.identity_l = o.identity_l AND e.identity_r = o.identity_r AND NOT o.plain
        """
    )
    engine.drop("hanging", "mixed", "stands", "odd", "agree")
    return found
